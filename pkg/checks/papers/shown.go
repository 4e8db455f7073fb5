package papers

import (
	"context"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Shown is "notice-shows": the notice bears its violation ID, or a time (M14). A page is
// often captured in several pieces: one of them that bears it will do, and where no piece
// bears both a person sees whether they belong together.
type Shown struct{ onAsset }

// ShownParams of the check.
type ShownParams struct {
	// Field is what the notice must bear.
	Field string `json:"field" enum:"violation_ids,dates" zh:"通知上要有的内容：violation_ids（违规编号）或 dates（时间）" en:"what the notice must bear: violation_ids or dates"`
}

// Name of the check.
func (Shown) Name() string { return "notice-shows" }

// Doc says what it judges.
func (Shown) Doc() lang.Text {
	return lang.T("检查通知上有违规编号（或时间）；几张通知截图上都没有就不通过。这一张没有、别的通知截图上编号和时间都有的通过；编号和时间分在两张上、或只读到日期没有时刻时由人判断。",
		"Asks that the notice bears a violation ID, or a time; fails where no capture of a notice does. One without it passes beside another that bears both ID and time; a person looks where these stand on two captures, and where only a day was read.")
}

// NewParams returns the default: the ID.
func (Shown) NewParams() any { return &ShownParams{Field: "violation_ids"} }

// Needs IDs and times of all notices.
func (Shown) Needs(any) []checks.Need {
	var out []checks.Need
	for _, field := range []string{"violation_ids", "dates", "timestamps", "unread"} {
		out = append(out, needs("document."+field)...)
		out = append(out, checks.Need{Kind: facts.KindNotice, Fact: "document." + field})
	}
	return out
}

// Run judges one capture.
func (Shown) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	field := params.(*ShownParams).Field
	f, d, res, ok := document(s, field)
	if !ok {
		return res, nil
	}
	f.judged++
	ev := verdict.Evidence{Fact: "document." + field}
	switch part, whole := shownBeside(s, field); {
	case bears(d, field):
		if field == "dates" && len(d.Timestamps) == 0 {
			f.Doubt(ev)
		}
	case whole:
	case part:
		f.Doubt(ev)
	default:
		f.Failed = append(f.Failed, ev)
	}
	return f.result(), nil
}

func bears(d *facts.Document, field string) bool {
	if field == "dates" {
		return len(d.Dates) > 0
	}
	return len(d.ViolationIDs) > 0
}

// shownBeside reports whether another notice bears what is asked for or may, and whether one
// bears both ID and time.
func shownBeside(s checks.Subject, field string) (part, whole bool) {
	if s.Case == nil {
		return false, false
	}
	for _, o := range s.Case.Of(facts.KindNotice) {
		if o == s.Asset || o.Facts == nil {
			continue
		}
		d := &o.Facts.Document
		// What could not be read, or was not asked to be, may bear it.
		st := o.Facts.Status("document." + field)
		unread := len(d.Unread) > 0 || st.State == facts.NotExtracted || st.State == facts.Failed
		part = part || unread || bears(d, field)
		whole = whole || bears(d, "violation_ids") && bears(d, "dates")
	}
	return part, whole
}
