package report

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// asked are the lines about a case under the headings they stand under.
type asked struct{ missing, rejected, unread, look, better []string }

// wanted lists what is open in a case, numbered from *n on so that one can answer by
// number.
func (a *asking) wanted(c *caseView, n *int) string {
	var k asked
	a.missing(c, &k)
	a.questions(c, &k)
	for _, g := range c.groups {
		if g.item == facts.KindStatement || g.item == notesItem {
			continue // the text of the appeal is not for the client to write
		}
		for i := range g.entries {
			a.entry(c, &g.entries[i], &k)
		}
	}
	var out strings.Builder
	for _, part := range []struct {
		head  string
		lines []string
	}{{a.say.Missing, k.missing}, {a.say.Rejected, k.rejected}, {a.say.Unread, k.unread}, {a.say.Look, k.look}, {a.say.Better, k.better}} {
		if len(part.lines) == 0 {
			continue
		}
		out.WriteString(part.head + "\n")
		for _, line := range part.lines {
			*n++
			fmt.Fprintf(&out, "%d. %s\n", *n, line)
		}
	}
	return out.String()
}

// missing lists the material that is not there, each with how to get it.
func (a *asking) missing(c *caseView, k *asked) {
	for i := range c.items {
		it := &c.items[i]
		if it.State != verdict.ItemMissing || it.Item == facts.KindStatement {
			continue
		}
		how := ""
		for s := 0; s < len(it.steps) && how == ""; s++ {
			how = forClient(it.steps[s].finding.Remedy)
		}
		switch {
		case how != "":
		case it.Item == facts.KindViolating:
			how = a.say.HowViolating
		case it.Item == facts.KindSource:
			how = a.say.HowSource
		}
		text := clean(it.Title)
		if how != "" {
			text += a.words.Colon + clean(how)
		}
		k.missing = append(k.missing, text)
	}
}

// questions asks for what case.yaml does not say and a client knows. What stands on the
// notice is not asked for beside the notice.
func (a *asking) questions(c *caseView, k *asked) {
	onNotice := []string{a.say.Deadline, a.say.ViolationID, a.say.ViolationType}
	noNotice := slices.ContainsFunc(c.items, func(it item) bool { return it.Item == facts.KindNotice && it.State == verdict.ItemMissing })
	add := func(text string) {
		if text != "" && !slices.Contains(k.look, text) && !(noNotice && slices.Contains(onNotice, text)) {
			k.look = append(k.look, text)
		}
	}
	if c.Deadline == nil && !c.plain && c.Of == 0 {
		add(a.say.Deadline)
	}
	for i := range c.findings {
		f := &c.findings[i]
		if weight(f) < 2 || f.Kind == facts.KindStatement {
			continue
		}
		for _, key := range askedKeys(f) {
			add(a.question(key))
		}
	}
}

// askedKeys are the keys of case.yaml that a finding is about, and nothing else.
func askedKeys(f *finding) []string {
	var keys []string
	for i := range f.Evidence {
		key, is := strings.CutPrefix(index.ReplaceAllString(f.Evidence[i].Fact, ""), "case.")
		if !is {
			return nil
		}
		keys = append(keys, key)
	}
	return keys
}

// question is how a client is asked for a key of case.yaml; empty for what is not the
// client's to say.
func (a *asking) question(key string) string {
	s := a.say
	switch group, field, _ := strings.Cut(key, "."); {
	case key == "violation.id":
		return s.ViolationID
	case key == "violation.type", key == "violation.state":
		return s.ViolationType
	case key == "violation.effective_at", key == "violation.notified_at", key == "violation.deadline":
		return s.Deadline
	case key == "violation.image_urls":
		return s.Addresses
	case key == "product.id":
		return s.ProductID
	case strings.HasPrefix(key, "product.skus"):
		return s.SKUs
	case key == "product.category":
		return s.Category
	case key == "product.sites":
		return s.Sites
	case group == "originals":
		return s.Originals
	case key == "store.id":
		return s.StoreID
	case strings.HasPrefix(field, "name") && group == "store":
		return s.StoreName
	case group == "ai":
		return s.AI
	case group == "people":
		return s.People
	case group == "brands":
		return s.Brands
	}
	return ""
}

// entry adds what is wrong with a file, with several that share a fault, or with the case
// as a whole.
func (a *asking) entry(c *caseView, e *entry, k *asked) {
	switch {
	case e.shared:
		var files []string
		for i := range e.findings {
			files = append(files, e.findings[i].Asset)
		}
		why := ""
		if a.alike(c, e) {
			why = a.why(c, &e.findings[0])
		}
		a.add(a.names(c, files), why, e.findings[:1], k)
	case e.asset != "":
		why := ""
		if len(e.findings) == 1 {
			why = a.why(c, &e.findings[0])
		}
		a.add(a.names(c, []string{e.asset}), why, e.findings, k)
	default:
		for i := range e.findings {
			if f := &e.findings[i]; !a.ours(c, f) {
				a.add(a.names(c, a.filesOf(c, f)), a.why(c, f), e.findings[i:i+1], k)
			}
		}
	}
}

// ours reports whether a finding on a case as a whole is none of the client's business:
// it is about case.yaml or the clock, or it says that something is missing, which is
// said already.
func (a *asking) ours(c *caseView, f *finding) bool {
	for _, it := range c.Checklist {
		if it.State == verdict.ItemMissing && slices.Contains(it.Findings, f.Fingerprint) {
			return true
		}
	}
	for i := range f.Evidence {
		group, key, _ := strings.Cut(index.ReplaceAllString(f.Evidence[i].Fact, ""), ".")
		switch {
		case group == "clock", group == "case" && !strings.HasPrefix(key, "letters"):
		case group == "materials" && (key == "case_file" || key == "named_absent"):
		default:
			return false
		}
	}
	return len(f.Evidence) > 0
}

// add puts findings that are about the same files under the heading of the gravest.
func (a *asking) add(files, why string, findings []finding, k *asked) {
	var titles, advice []string
	to, grave := (*[]string)(nil), 0
	for i := range findings {
		f := &findings[i]
		if f.Asked || weight(f) < 2 || internal.MatchString(f.Title) {
			continue
		}
		what, how := f.Title, forClient(f.Remedy)
		under := k.under(f)
		switch trouble(f) {
		case local:
			continue
		case spoilt:
			under, how = &k.unread, ""
		case locked:
			under, what, how = &k.unread, a.say.Password, ""
		}
		if under == &k.unread && f.Outcome != verdict.Fail {
			what, how = a.say.Again, "" // what could not be checked for it is no fault of it
		}
		if to == nil || weight(f) > grave {
			to, grave = under, weight(f)
		}
		if what = clean(what); !slices.Contains(titles, what) {
			titles = append(titles, what)
		}
		if how = clean(how); how != "" && !slices.Contains(advice, how) {
			advice = append(advice, how)
		}
	}
	if to == nil {
		return
	}
	text := strings.Join(titles, a.words.Semicolon)
	if files != "" {
		text = files + a.words.Colon + text
	}
	if why != "" && len(titles) == 1 && to != &k.unread {
		text += a.paren(why)
	}
	if len(advice) > 0 {
		stop := a.words.Stop
		if !strings.HasSuffix(stop, "。") {
			stop += " "
		}
		text += stop + advice[0]
	}
	if !slices.Contains(*to, text) {
		*to = append(*to, text)
	}
}

// under is the heading that a finding stands under.
func (k *asked) under(f *finding) *[]string {
	switch {
	case f.Outcome == verdict.Error, f.Outcome == verdict.Review && f.Cause == verdict.Unavailable:
		return &k.unread
	case f.Outcome == verdict.Review, f.Kind == facts.KindUnsorted:
		return &k.look
	case f.Severity == verdict.SeverityError:
		return &k.rejected
	}
	return &k.better
}

// Troubles with a file, by who can mend them.
const (
	local  = "local"  // whoever runs this
	spoilt = "spoilt" // the client, who sends it again
	locked = "locked" // the client, who knows the password
)

// trouble says whose trouble it is that a file cannot be read; empty where a finding is
// about none. The words are codes of pkg/material.
func trouble(f *finding) string {
	for i := range f.Evidence {
		e := &f.Evidence[i]
		switch e.Fact {
		case "file.truncated", "image.decodable":
			return spoilt
		case "file.troubles":
		default:
			continue
		}
		codes := strings.FieldsFunc(fmt.Sprint(e.Observed), func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') })
		for _, code := range codes {
			switch code {
			case "encrypted":
				return locked
			case "empty", "bad_archive":
				return spoilt
			case "unplaced", "name_encoding":
			default:
				return local
			}
		}
	}
	return ""
}

// most is how long a reason may be: what is longer lists things.
const most = 80

// why says what was seen, where it is short and tells a client something; empty else.
// Paths are the folders of whoever runs this, and letters go by names of theirs.
func (a *asking) why(c *caseView, f *finding) string {
	text := strings.TrimRight(oneLine(f.Message), "。.")
	ofLetter := slices.ContainsFunc(f.Evidence, func(e verdict.Evidence) bool { return strings.HasPrefix(e.Fact, "case.") })
	if text != "" && text != f.Title && !ofLetter && (f.Asset == "" || !strings.Contains(text, path.Base(f.Asset))) && a.fits(c, text) {
		return text
	}
	for i := range f.Evidence {
		value, wanted := a.compared(&f.Evidence[i], "")
		if value != "" && wanted != "" {
			if text := value + a.words.Clause + a.say.Needed + a.words.Colon + wanted; a.fits(c, text) {
				return text
			}
		}
	}
	return ""
}

// fits reports whether a text can be said to a client as it is, in brackets.
func (a *asking) fits(c *caseView, text string) bool {
	return a.o.Ruler.Columns(text) <= most && !internal.MatchString(text) && !strings.ContainsAny(text, "。()（）≤≥") &&
		(c.Path == "." || !strings.Contains(text, c.Path+"/"))
}

// names are files by their own names, the first few; with the folder where two files of
// the case have one name.
func (a *asking) names(c *caseView, files []string) string {
	count := map[string]int{}
	for i := range c.Assets {
		count[path.Base(c.Assets[i].Path)]++
	}
	var names []string
	for _, f := range files {
		name := path.Base(f)
		if count[name] > 1 {
			name = path.Base(path.Dir(f)) + "/" + name
		}
		if name = clean(name); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) > maxStepFiles {
		return lang.Fill(a.say.Files, "files", strings.Join(names[:maxStepFiles], a.words.Join), "n", len(names))
	}
	return strings.Join(names, a.words.Join)
}

// filesOf are the files of the case that a finding on the whole of it is about.
func (a *asking) filesOf(c *caseView, f *finding) []string {
	var out []string
	for i := range f.Evidence {
		e := &f.Evidence[i]
		p := a.pathOf(c, altered.ReplaceAllString(e.Quote, ""))
		if p == "" && e.Related != nil {
			p = e.Related.Asset
		}
		if c.assets[p] != nil && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}
