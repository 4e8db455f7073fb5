package facts

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// privacies says who may see the fields of a struct, by path.
func privacies(out map[string]verdict.Privacy, path string, t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() {
			continue
		}
		name := path + f.Tag.Get("json")
		out[name] = verdict.PrivacyOf(f.Tag)
		inner := f.Type
		for inner.Kind() == reflect.Slice {
			inner = inner.Elem()
		}
		if inner.Kind() == reflect.Struct && inner != reflect.TypeFor[time.Time]() {
			privacies(out, name+".", inner)
		}
	}
}

// What says where a picture was taken, what a file is called and what was read
// or typed is the seller's alone. This is the whole list of texts and times that
// anybody may see; think before you add to it.
func TestWhoMaySeeFacts(t *testing.T) {
	got := map[string]verdict.Privacy{}
	privacies(got, "", reflect.TypeFor[Set]())
	privacies(got, "clock.", reflect.TypeFor[Clock]())
	privacies(got, "materials.", reflect.TypeFor[Materials]())
	for name, want := range map[string]verdict.Privacy{
		"exif.latitude,omitzero": verdict.Private, "exif.longitude,omitzero": verdict.Private, "file.path": verdict.Path, "file.name": verdict.Path,
		"exif.serial": verdict.ByType, "document.grantor.name": verdict.ByType, "text.lines.text": verdict.ByType, "clock.track": verdict.ByType,
	} {
		if p, ok := got[name]; !ok || p != want {
			t.Errorf("%s: %q, want %q", name, p, want)
		}
	}
	var public []string
	for _, name := range slices.Sorted(maps.Keys(got)) {
		switch got[name] {
		case verdict.Public:
			public = append(public, name)
		case verdict.ByType, verdict.Private, verdict.Path:
		default:
			t.Errorf("%s: privacy %q", name, got[name])
		}
	}
	want := []string{
		"background.color", "background.kind", "clock.basis", "clock.case_deadline,omitzero", "clock.deadline,omitzero", "clock.end_of_day,omitzero", "clock.last_at,omitzero", "clock.last_result",
		"clock.now", "clock.release_from,omitzero", "clock.release_to,omitzero", "clock.review_from,omitzero", "clock.review_to,omitzero", "clock.started_at,omitzero",
		"clock.unit", "clock.weight_from,omitzero", "clock.weight_to,omitzero",
		"document.digital_signature.added_since", "document.edited.signals.name", "document.edited.verdict", "document.kind", "document.language", "document.languages", "document.legalized", "document.marketplaces", "document.notice_times.role", "document.platforms", "document.seals.of", "document.states",
		"document.sublicense", "document.text_source", "document.track", "document.unread", "document.violation_types",
		"file.class", "file.format", "file.troubles", "frame.border.color", "frame.border.sides", "frame.touches_edge", "image.color_model",
		"materials.case_file", "materials.missing", "materials.undecided", "meta.c2pa.state", "meta.c2pa.trust_list", "meta.c2pa.trust_lists", "meta.quant_table",
		"origin.ai.signals.name", "origin.ai.verdict", "origin.camera.signals.name", "origin.camera.verdict", "origin.edited.signals.name", "origin.edited.verdict",
		"origin.messenger.signals.name", "origin.messenger.verdict", "origin.screenshot.signals.name", "origin.screenshot.verdict",
	}
	if !slices.Equal(public, want) {
		t.Errorf("anybody may see\n%q\nwant\n%q", public, want)
	}

	// Of case.yaml only words of ours: those that a key must be one of.
	file := map[string]verdict.Privacy{}
	privacies(file, "", reflect.TypeFor[casefile.File]())
	for name, p := range file {
		if p == verdict.Path {
			t.Errorf("%s: %q", name, p)
		}
	}
	if file["violation.type"] != verdict.Public || file["store.name.zh"] != verdict.ByType || file["appeal.track"] != verdict.ByType || file["letters.file"] != verdict.ByType {
		t.Errorf("case.yaml: %v", file)
	}
}
