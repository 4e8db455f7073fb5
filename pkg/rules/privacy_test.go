package rules

import (
	"reflect"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// What a finding says of a value says who may see it: what rules and program
// say, and numbers, anybody; the seller's own words nobody else.
func TestWhoMaySeeFindings(t *testing.T) {
	set := facts.Set{
		File:  facts.File{Name: "a.jpg", Troubles: []string{"empty"}},
		Image: facts.Image{Width: 600, ColorModel: "rgb"},
		Exif:  facts.Exif{Make: "Canon", Latitude: 22.5, TakenAt: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)},
		Text:  facts.Text{Contacts: []facts.Contact{{Kind: "qq", Value: "12345", Text: "QQ:12345"}}},
	}
	status := map[string]facts.Status{}
	for _, group := range []string{"file", "image", "exif", "text"} {
		status[group] = facts.Status{State: facts.Present}
	}
	kase := casefile.File{}
	kase.Store.Name.EN, kase.Violation.Type, kase.Store.Level = "Example Ltd", "watermark", 3
	for fields, want := range map[string]struct{ observed, required verdict.Privacy }{
		"require: image.width >= params.replacement.min_side":            {verdict.Public, verdict.Public},
		"require: image.color_model == 'gray'":                           {verdict.Public, verdict.Public},
		"require: exif.make == 'Sony'":                                   {verdict.Private, verdict.Public},
		"require: lower(exif.make) == 'sony'":                            {verdict.Private, verdict.Public},
		"require: exif.make == case.store.name.en":                       {verdict.Private, verdict.Private},
		"require: image.width == case.store.level":                       {verdict.Public, verdict.Public},
		"require: image.color_model == case.violation.type":              {verdict.Public, verdict.Public},
		"require: exif.latitude > 30":                                    {verdict.Private, verdict.Public},
		"require: image.aspect > exif.latitude":                          {verdict.Public, verdict.Private},
		"require: exif.taken_at > date('2026-02-01')":                    {verdict.Private, verdict.Public},
		"require: file.name == 'b.jpg'":                                  {verdict.Path, verdict.Public},
		"require: asset.kind == 'source'":                                {verdict.Public, verdict.Public},
		"require: asset.path == 'b'":                                     {verdict.Path, verdict.Public},
		"require: len(text.contacts) == 0":                               {verdict.Public, verdict.Public},
		"forbid: text.contacts":                                          {observed: verdict.Private},
		"forbid: map(text.contacts, .kind)":                              {observed: verdict.Private},
		"forbid: file.troubles":                                          {observed: verdict.Public},
		"forbid: map(text.contacts, file.troubles[0])":                   {observed: verdict.Private},
		"require: true\n    review: exif.make == 'Canon'":                {observed: verdict.Private},
		"require: true\n    review: 'filter(file.troubles, len(#) > 1)'": {observed: verdict.Public},
	} {
		f := situation{set: set, status: status, kase: kase, given: []string{"store.name.en", "store.level", "violation.type"}, fields: fields}.judge(t)
		if len(f.Evidence) == 0 {
			t.Errorf("%s: %s without evidence", fields, f.Outcome)
			continue
		}
		e := f.Evidence[0]
		if got := e.Privacy.For(e.Observed); got != want.observed {
			t.Errorf("%s: %v may be seen by %s, want %s", fields, e.Observed, got, want.observed)
		}
		if want.required != "" {
			if e.Required == nil {
				t.Errorf("%s: nothing required", fields)
			} else if got := e.Required.Value.Privacy.For(e.Required.Value.Of); got != want.required {
				t.Errorf("%s: required %v may be seen by %s, want %s", fields, e.Required.Value.Of, got, want.required)
			}
		}
	}

	text := "{image.width}|{params.replacement.min_side}|{file.name}|{exif.make}|{exif.latitude}|{exif.taken_at|date}|{clock.now|time}|{case.store.name.en}|{case.violation.type}|{count}|{items}"
	f := situation{set: set, status: status, kase: kase, given: []string{"store.name.en", "violation.type"}, fields: "forbid: text.contacts\n    message_review: {en: \"" + text + "\"}\n    confidence: guess"}.judge(t)
	var got []verdict.Value
	for _, p := range f.Message {
		if p.Value != nil {
			v := *p.Value
			v.Privacy = v.Privacy.For(v.Of)
			got = append(got, v)
		}
	}
	want := []verdict.Value{
		{Of: 600, Fact: "image.width", Unit: "px", Privacy: verdict.Public}, {Of: 800, Fact: "params.replacement.min_side", Privacy: verdict.Public},
		{Of: "a.jpg", Fact: "file.name", Privacy: verdict.Path}, {Of: "Canon", Fact: "exif.make", Privacy: verdict.Private},
		{Of: 22.5, Fact: "exif.latitude", Unit: "°", Privacy: verdict.Private}, {Of: "2026-01-02T08:00:00+08:00", Fact: "exif.taken_at", Format: verdict.Date, Privacy: verdict.Private},
		{Fact: "clock.now", Format: verdict.Time, Privacy: verdict.Public}, {Of: "Example Ltd", Fact: "case.store.name.en", Privacy: verdict.Private},
		{Of: "watermark", Fact: "case.violation.type", Privacy: verdict.Public}, {Of: 1, Privacy: verdict.Public}, {Of: []any{"12345"}, Privacy: verdict.Private},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("values\ngot  %+v\nwant %+v", got, want)
	}
}
