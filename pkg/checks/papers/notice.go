package papers

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/expected"
	"github.com/aecheck/aecheck/pkg/edits"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Notice is "document-notice": what the notice shows is what case.yaml says of
// the violation (M14, M15): its ID, the product, the state, the type and the
// time. IDs not seen on the capture at all are another rule's matter.
type Notice struct{ onAsset }

// Name of the check.
func (Notice) Name() string { return "document-notice" }

// Doc says what it judges.
func (Notice) Doc() lang.Text {
	return lang.T("比较违规通知与 case.yaml：违规编号、商品 ID、状态、类型、时间和申诉截止时间；编号不符，或通知上标明的状态、类型、处罚时间与 case.yaml 不同，或通知上的截止时间更早，就不通过。只差一两个字符、像是时区不同、通知上的截止时间更晚，或读得不确定时，由人对照。截图上的时钟不算处罚时间。",
		"Compares the notice with case.yaml: violation ID, product ID, state, type, times and the deadline; fails where an ID is another, or a state, type or time of the penalty that the notice shows beside its label, and where the notice's deadline is earlier. A person compares where only a character or two differ, where times look like those of another zone, where the notice's deadline is later, and where the reading is unsure. The clock of the capture is never the penalty's.")
}

// NewParams returns nil: there are none.
func (Notice) NewParams() any { return nil }

// Needs what the notice shows.
func (Notice) Needs(any) []checks.Need {
	return needs("document.violation_ids", "document.product_ids", "document.states", "document.violation_types", "document.notice_times", "document.text", "document.dates", "document.found")
}

// Run judges one capture.
func (Notice) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	c := caseOf(s)
	f, d, res, ok := document(s, "violation_ids")
	if !ok {
		return res, nil
	}
	if c == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	f.ids(d, "violation_ids", d.ViolationIDs, c.Violation.ID)
	f.ids(d, "product_ids", d.ProductIDs, c.Product.ID)
	// A notice that is not penalised is another rule's matter; here, one that
	// is, while case.yaml says otherwise.
	if slices.Contains(d.States, "penalised") {
		f.oneOf(d, "states", d.States, c.Violation.State)
	}
	if t := c.Violation.Type; t != "" && len(d.ViolationTypes) > 0 && !slices.Contains(d.ViolationTypes, "other") {
		f.judged++
		if !slices.ContainsFunc(d.ViolationTypes, func(read string) bool { return read == t || among(read, t) }) {
			f.against(d, "violation_types", strings.Join(d.ViolationTypes, ", "), verdict.WantWords(t))
		}
	}
	f.times(d, c, s.Case.Clock)
	return f.result(), nil
}

// among reports whether a type a notice names holds the narrower one of
// case.yaml: "infringement" says no more than that someone's right is meant.
func among(read, stated string) bool {
	return read == "infringement" && (stated == "stolen_image" || stated == "brand_logo")
}

// oneOf asks that a value is among those read; one or two characters off, lost or
// doubled may be the reader's slip.
func (f *findings) oneOf(d *facts.Document, field string, read []string, want string) {
	if want == "" || len(read) == 0 {
		return
	}
	f.judged++
	for _, r := range read {
		if strings.EqualFold(r, want) {
			f.slip(d, field, read, want)
			return
		}
	}
	for _, r := range read {
		if edits.Distance([]rune(r), []rune(want)) <= 2 {
			f.Doubt(at(d, field, r, verdict.Want(want)))
			return
		}
	}
	f.against(d, field, strings.Join(read, ", "), verdict.Want(want))
}

// ids asks for an ID among those read, as oneOf does. It may stand on the paper
// where a slip of the reader hid it from those.
func (f *findings) ids(d *facts.Document, field string, read []string, want string) {
	if want != "" && len(read) > 0 && expected.Number(d, want) {
		f.judged++
		f.slip(d, field, read, want)
		return
	}
	f.oneOf(d, field, read, want)
}

// slip asks about an ID that differs by a digit or two from the right one, which stands
// on the paper too: it was typed wrongly in one place.
func (f *findings) slip(d *facts.Document, field string, read []string, want string) {
	for _, r := range read {
		if len(r) == len(want) && !strings.EqualFold(r, want) && edits.Distance([]rune(r), []rune(want)) <= 2 {
			f.Doubt(at(d, field, r, verdict.Want(want)))
			return
		}
	}
}

// EvidenceDate is "document-evidence-date": evidence of earlier use bears a
// date before the complainant's (M19), else before the penalty.
type EvidenceDate struct{ onAsset }

// Name of the check.
func (EvidenceDate) Name() string { return "document-evidence-date" }

// Doc says what it judges.
func (EvidenceDate) Doc() lang.Text {
	return lang.T("检查在先使用的证据上，最早的日期早于投诉方的日期，没有投诉时早于处罚；不够早就不通过，读得不确定时由人判断。没有读到日期的不判断。",
		"Asks that evidence of earlier use bears a date before the complainant's, else before the penalty; fails where its earliest date is not, and a person looks where the reading is unsure. Evidence without a date is not judged.")
}

// NewParams returns nil: there are none.
func (EvidenceDate) NewParams() any { return nil }

// Needs the dates shown.
func (EvidenceDate) Needs(any) []checks.Need { return needs("document.dates", "document.found") }

// Run judges one piece of evidence.
func (EvidenceDate) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	c := caseOf(s)
	f, d, res, ok := document(s, "dates")
	if !ok {
		return res, nil
	}
	if c == nil || len(d.Dates) == 0 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	limit := c.Violation.EffectiveAt
	for _, t := range [...]time.Time{c.Violation.Complaint.FiledAt, c.Violation.Complaint.TheirEarliest} {
		if !t.IsZero() {
			limit = t
		}
	}
	if limit.IsZero() {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	f.judged++
	earliest := d.Dates[0]
	for _, x := range d.Dates[1:] {
		if x.At.Before(earliest.At) {
			earliest = x
		}
	}
	if !earliest.At.Before(limit) {
		box := earliest.Box
		ev := verdict.Evidence{Fact: "document.dates", Observed: date(earliest.At), Required: verdict.Compared("<", date(limit)), Quote: earliest.Text, Page: earliest.Page, Box: &box}
		if earliest.Confidence >= surely {
			f.Failed = append(f.Failed, ev)
		} else {
			f.Doubt(ev)
		}
	}
	return f.result(), nil
}

// Mentions is "document-mentions": a statement names the violation and the
// product it is about (M29): facts, not assurances.
type Mentions struct{ onAsset }

// Name of the check.
func (Mentions) Name() string { return "document-mentions" }

// Doc says what it judges.
func (Mentions) Doc() lang.Text {
	return lang.T("检查申诉理由写了 case.yaml 里的违规编号和商品 ID；这一份和旁边同一语言的几份里都缺任何一样就不通过。",
		"Asks that a statement names the violation and the product it is about, as case.yaml gives them; fails where one of them is missing from it and from the statements in the same language beside it.")
}

// NewParams returns nil: there are none.
func (Mentions) NewParams() any { return nil }

// Needs the text.
func (Mentions) Needs(any) []checks.Need { return needs("document.text") }

// Run judges one statement.
func (Mentions) Run(_ context.Context, s checks.Subject, _ any) (checks.Result, error) {
	c := caseOf(s)
	f, d, res, ok := document(s, "text")
	if !ok {
		return res, nil
	}
	if c == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	text := unspaced(d)
	for _, o := range s.Case.Of(s.Asset.Kind) { // a statement may go on in another file
		if o != s.Asset && o.Facts != nil && o.Facts.Document.Language == d.Language {
			text += "\n" + unspaced(&o.Facts.Document)
		}
	}
	for _, w := range [...]struct{ key, value string }{{"case.violation.id", c.Violation.ID}, {"case.product.id", c.Product.ID}} {
		if w.value == "" {
			continue
		}
		f.judged++
		if !strings.Contains(text, strings.ToLower(w.value)) {
			f.Failed = append(f.Failed, verdict.Evidence{Fact: w.key, Required: verdict.Want(w.value)})
		}
	}
	return f.result(), nil
}

// unspaced is the text of a paper in small letters without blanks.
func unspaced(d *facts.Document) string {
	var all strings.Builder
	for _, l := range d.Text {
		all.WriteString(strings.Join(strings.Fields(l.Text), ""))
	}
	return strings.ToLower(all.String())
}

// LogDays is "table-days": the upload log covers so many days up to the
// penalty (M18), in one file or in several that go on where another ends.
type LogDays struct{ onAsset }

// LogDaysParams of the check.
type LogDaysParams struct {
	// Days to be covered.
	Days int `json:"days" unit:"days" zh:"要覆盖多少天" en:"days to be covered"`
	// Window is how many days back the penalty may lie where nobody says when it was.
	Window int `json:"window" unit:"days" zh:"不知道何时被处罚时，最多往前算几天" en:"days back that the penalty may lie where nobody says when it was"`
	// Slack is how many days at either end may be without an upload.
	Slack int `json:"slack" unit:"days" zh:"首尾各可以有几天没有上传" en:"days at either end that may be without an upload"`
}

// Name of the check.
func (LogDays) Name() string { return "table-days" }

// Doc says what it judges.
func (LogDays) Doc() lang.Text {
	return lang.T("检查上传日志覆盖处罚之前的规定天数，分成几个文件、前后相接的合起来算；开始得太晚或结束得太早就不通过。没有找到上传时间、表格读不出来，或缺的那几天可能在另一个读不出来的文件里时，由人判断。",
		"Asks that the upload log covers so many days up to the penalty, files that go on where another ends taken together; fails where it begins too late or ends too early. A person looks where no upload times were found, the table could not be read, or the days that lack may stand in another file that could not be read.")
}

// NewParams returns the defaults: thirty days, a window of seven, three of slack.
func (LogDays) NewParams() any { return &LogDaysParams{Days: 30, Window: 7, Slack: 3} }

// Needs the table.
func (LogDays) Needs(any) []checks.Need { return needs("table") }

// Run judges one log.
func (LogDays) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*LogDaysParams)
	if s.Asset == nil || s.Asset.Facts == nil || s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	if st := s.Asset.Facts.Status("table"); st.State == facts.NotExtracted || st.State == facts.Failed {
		return checks.Result{Outcome: verdict.Review, Cause: verdict.Unavailable, Evidence: []verdict.Evidence{{Fact: "table"}}, Vars: vars(nil)}, nil
	}
	t := &s.Asset.Facts.Table
	f := &findings{judged: 1}
	if t.DayMonthOpen {
		f.Doubt(verdict.Evidence{Fact: "table.day_month_open", Observed: t.TimeKey})
		return f.result(), nil
	}
	if t.First.IsZero() {
		f.Doubt(verdict.Evidence{Fact: "table.time_column", Observed: strings.Join(t.Columns, ", ")})
		return f.result(), nil
	}
	// Where nobody says when the penalty was it lies within the window, at most so
	// many days back: the log may end there.
	end, back := submission(s), p.Window
	if c := caseOf(s); c != nil && !c.Violation.EffectiveAt.IsZero() {
		end, back = c.Violation.EffectiveAt, 0
	} else if at := s.Case.Clock.StartedAt; !at.IsZero() {
		end, back = at, 0
	}
	first, last := end.AddDate(0, 0, -p.Days+p.Slack), end.AddDate(0, 0, -p.Slack-back)
	span := spanOf(s, p.Slack)
	tell := func(ev verdict.Evidence) {
		if span.unread {
			f.Doubt(ev)
		} else {
			f.Failed = append(f.Failed, ev)
		}
	}
	// One of several files tells what lacks at its end.
	if date(span.first) > date(first) && span.first.Equal(t.First) {
		tell(verdict.Evidence{Fact: "table.first", Observed: date(t.First), Required: verdict.Compared("<=", date(first))})
	}
	if date(span.last) < date(last) && span.last.Equal(t.Last) {
		tell(verdict.Evidence{Fact: "table.last", Observed: date(t.Last), Required: verdict.Compared(">=", date(last))})
	}
	return f.result(), nil
}
