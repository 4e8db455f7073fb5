package papers

import (
	"context"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/cameras"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/models"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// ShotWith is "document-camera": a paper that names a camera names that of the originals
// (M11, M19): a reviewer lays the log of the shooting beside them.
type ShotWith struct{ onAsset }

// Name of the check.
func (ShotWith) Name() string { return "document-camera" }

// Doc says what it judges.
func (ShotWith) Doc() lang.Text {
	return lang.T("文书或表格里写到相机（品牌和型号）时，检查原图里有用这台相机拍的；一张也没有时由人判断，从不直接判不通过。手机品牌的型号和照片里的代号对不上，只比较品牌。",
		"Where a paper or table names a camera by maker and model, asks that some original was taken with it; where none was a person looks, it never fails. Of phones whose files bear codes nothing but the maker is compared.")
}

// NewParams returns nil: there are none.
func (ShotWith) NewParams() any { return nil }

// Needs what is named and what took the originals.
func (ShotWith) Needs(any) []checks.Need {
	return append(needs("document.text", "table.cameras"), checks.Need{Kind: facts.KindSource, Fact: "exif.make"}, checks.Need{Kind: facts.KindSource, Fact: "exif.model"})
}

// Run judges one paper.
func (ShotWith) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	skip := checks.Result{Outcome: verdict.Skip}
	if s.Case == nil || s.Asset == nil || s.Asset.Facts == nil {
		return skip, nil
	}
	named, quote := camerasOf(s.Asset.Facts)
	if len(named) == 0 {
		return skip, nil
	}
	var taken []string
	for _, a := range s.Case.Of(facts.KindSource) {
		if a.Facts == nil || a.Facts.Exif.Make == "" && a.Facts.Exif.Model == "" {
			continue
		}
		x := &a.Facts.Exif
		if slices.ContainsFunc(named, func(c cameras.Camera) bool { return c.MayBe(x.Make+" "+x.Model, x.Model) }) {
			return checks.Result{Outcome: verdict.Pass}, nil
		}
		with := strings.TrimSpace(x.Model)
		if !strings.HasPrefix(strings.ToLower(with), strings.ToLower(firstWord(x.Make))) {
			with = strings.TrimSpace(x.Make + " " + with)
		}
		if !slices.Contains(taken, with) {
			taken = append(taken, with)
		}
	}
	if len(taken) == 0 {
		return skip, nil
	}
	f := &findings{}
	f.judged++
	ev := verdict.Evidence{Fact: "document.text", Observed: named[0].Text, Required: verdict.Want(strings.Join(taken, ", ")), Quote: quote.Text, Page: quote.Page}
	if s.Asset.Facts.Status("table").State == facts.Present {
		ev.Fact = "table.cameras"
	}
	f.Doubt(ev)
	return f.result(), nil
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// camerasOf are the cameras that a paper or table names where it is about taking pictures,
// not of goods that fit them, and the line that names the first.
func camerasOf(set *facts.Set) (named []cameras.Camera, quote facts.DocLine) {
	keep := func(l facts.DocLine, found []cameras.Camera) {
		if len(named) == 0 && len(found) > 0 {
			quote = l
		}
		named = append(named, found...)
	}
	const around = 2 // lines, which may hold the label
	lines := set.Document.Text
	for i, l := range lines {
		if l.Confidence < surely || cameras.IsAside(l.Text) {
			continue
		}
		found := cameras.Find(l.Text)
		if len(found) > 0 && slices.ContainsFunc(lines[max(0, i-around):min(len(lines), i+around+1)], func(o facts.DocLine) bool { return cameras.IsAbout(o.Text) }) {
			keep(l, found)
		}
	}
	for _, text := range set.Table.Cameras {
		keep(facts.DocLine{Text: text, Confidence: 1}, cameras.Find(text))
	}
	return named, quote
}

// LogFits is "log-fits-originals": what a log of the shooting says of the originals is what
// they say themselves, the day they were taken on and the body's serial number (M11, M19).
type LogFits struct{ onAsset }

// Name of the check.
func (LogFits) Name() string { return "log-fits-originals" }

// Doc says what it judges.
func (LogFits) Doc() lang.Text {
	return lang.T("拍摄记录的表格写到原图的文件名时，检查写的日期和原图的拍摄日期相差不超过一天，写的机身序列号有原图用过；对不上时由人判断，从不直接判不通过。",
		"Where a table names originals, asks that its days are those on which they were taken, within one, and that some original bears a serial number that it names; where not a person looks, it never fails.")
}

// NewParams returns nil: there are none.
func (LogFits) NewParams() any { return nil }

// Needs what the table says, and what the originals do.
func (LogFits) Needs(any) []checks.Need {
	return append(needs("table.shots", "table.serials"), checks.Need{Kind: facts.KindSource, Fact: "exif.taken_at"}, checks.Need{Kind: facts.KindSource, Fact: "exif.serial"})
}

// Run judges one table.
func (LogFits) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	if s.Case == nil || s.Asset == nil || s.Asset.Facts == nil || len(s.Asset.Facts.Table.Shots) == 0 && len(s.Asset.Facts.Table.Serials) == 0 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	t := &s.Asset.Facts.Table
	f := &findings{}
	byName := map[string]*facts.Asset{}
	var bodies []string
	for _, a := range s.Case.Of(facts.KindSource) {
		if a.Facts == nil {
			continue
		}
		base := path.Base(a.Path)
		byName[strings.ToUpper(strings.TrimSuffix(base, path.Ext(base)))] = a
		if n := strings.ToUpper(strings.TrimSpace(a.Facts.Exif.Serial)); n != "" && !slices.Contains(bodies, n) {
			bodies = append(bodies, n)
		}
	}
	for _, shot := range t.Shots {
		a := byName[shot.File]
		if a == nil || !a.Facts.Exif.HasTakenAt {
			continue
		}
		f.judged++
		// Both are days on the calendar of whoever wrote them.
		y, m, d := a.Facts.Exif.TakenAt.Date()
		apart := shot.Day.Sub(time.Date(y, m, d, 0, 0, 0, 0, shot.Day.Location()))
		if apart > 26*time.Hour || apart < -26*time.Hour {
			f.Doubt(verdict.Evidence{Fact: "table.shots", Observed: path.Base(a.Path) + " " + shot.Day.Format(time.DateOnly), Quote: path.Base(a.Path),
				Required: verdict.Want(a.Facts.Exif.TakenAt.Format(time.DateOnly)), Related: &verdict.Related{Asset: path.Join(s.Case.Path, a.Path)}})
			break // the others are as far off, as a rule
		}
	}
	if len(t.Serials) > 0 && len(bodies) > 0 {
		f.judged++
		if !slices.ContainsFunc(t.Serials, func(n string) bool {
			return slices.ContainsFunc(bodies, func(b string) bool { return strings.HasSuffix(b, n) || strings.HasSuffix(n, b) })
		}) {
			f.Doubt(verdict.Evidence{Fact: "table.serials", Observed: strings.Join(t.Serials, ", "), Required: verdict.Want(strings.Join(bodies, ", "))})
		}
	}
	if f.judged == 0 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	return f.result(), nil
}

// Released is "release-covers-models": who a log of the shooting names as the model has
// released the pictures (M12).
type Released struct{}

// Name of the check.
func (Released) Name() string { return "release-covers-models" }

// Doc says what it judges.
func (Released) Doc() lang.Text {
	return lang.T("拍摄记录等证据里写了模特姓名、又有肖像授权书时，检查写到的每个模特都有授权书；没有时由人判断，从不直接判不通过。中文名和外文名无法对照的不判断。",
		"Where evidence such as a log of the shooting names models and there are releases, asks that each of them has given one; where one has not a person looks, it never fails. Names in letters that cannot be compared are not judged.")
}

// NewParams returns nil: there are none.
func (Released) NewParams() any { return nil }

// Vars are who is named and who has released.
func (Released) Vars() []string { return []string{"observed", "required"} }

// Needs who is named, and who grants.
func (Released) Needs(any) []checks.Need {
	out := []checks.Need{{Kind: facts.KindEvidence, Fact: "document.text"}, {Kind: facts.KindEvidence, Fact: "table.people"}}
	for _, f := range append(partyFacts(), "document.kind") {
		out = append(out, checks.Need{Kind: facts.KindAuthorization, Fact: f})
	}
	return out
}

// Run judges the case.
func (Released) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	res := checks.Result{Outcome: verdict.Skip, Vars: map[string]verdict.Value{"observed": checks.Names(nil, ", "), "required": checks.Names(nil, ", ")}}
	if s.Case == nil {
		return res, nil
	}
	granted, open := releasedBy(s.Case)
	if open || len(granted) == 0 {
		return res, nil
	}
	var missing []string
	for _, a := range s.Case.Of(facts.KindEvidence) {
		for _, name := range peopleOf(a) {
			res.Outcome = verdict.Pass
			if slices.Contains(missing, name) || slices.ContainsFunc(granted, func(g string) bool { return models.Compare(name, g) != models.Other }) {
				continue
			}
			missing = append(missing, name)
			res.Evidence = append(res.Evidence, verdict.Evidence{Fact: "table.people", Observed: name, Required: verdict.Want(strings.Join(granted, ", ")),
				Related: &verdict.Related{Asset: path.Join(s.Case.Path, a.Path)}})
		}
	}
	if len(missing) > 0 {
		res.Outcome, res.Cause = verdict.Review, verdict.Judgement
		res.Vars["observed"], res.Vars["required"] = checks.Names(missing, ", "), checks.Names(granted, ", ")
	}
	return res, nil
}

// releasedBy are the people who have given releases; open where one of those could not be
// read, or another paper may be one.
func releasedBy(c *facts.Case) (granted []string, open bool) {
	for _, a := range c.Of(facts.KindAuthorization) {
		if blind(a) {
			return nil, true
		}
		d := &a.Facts.Document
		if d.Kind != "portrait" {
			continue
		}
		if d.Grantor.Name == "" || d.Grantor.Confidence < 0.5 {
			return nil, true
		}
		granted = append(granted, d.Grantor.Name)
	}
	return granted, false
}

func peopleOf(a *facts.Asset) []string {
	if a.Facts == nil {
		return nil
	}
	out := slices.Clone(a.Facts.Table.People)
	for _, l := range a.Facts.Document.Text {
		if name := models.Named(l.Text); name != "" && l.Confidence >= surely {
			out = append(out, name)
		}
	}
	return out
}
