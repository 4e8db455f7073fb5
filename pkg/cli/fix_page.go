package cli

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/fix"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// plain is a text of a finding on one line, fit for a terminal.
func plain(t verdict.Text) string { return terminal.Clean(report.Plain(t)) }

// lookAlike is the likeness from which a copy is called the same picture: lifting a
// background and compressing at quality 95 keeps open product pictures above 0.95.
const lookAlike = 0.9

// page is what a run of fix says.
func (x *fixing) page() string {
	t := x.msgs.Fixing
	p := &page{ruler: terminal.RulerFromEnv(x.Getenv), width: terminal.Width(x.Out, x.Getenv)}
	made := 0
	for _, f := range x.files {
		if f.made() || x.f.dryRun && slices.ContainsFunc(f.job.Steps(x.o), func(s fix.Step) bool { return s.Done() }) {
			made++
		}
		x.drawFile(p, f)
	}
	x.drawHands(p)
	if len(x.files) == 0 {
		p.WriteString(t.Nothing + "\n")
		return p.String()
	}
	p.WriteString("\n")
	if x.f.dryRun {
		p.WriteString(fill(t.DryDone, "n", made) + "\n")
		return p.String()
	}
	if made > 0 {
		p.fold(0, fill(t.Done, "n", made, "path", x.f.out))
		p.fold(0, fill(t.Next, "case", strings.Join(x.j.opt.Paths, " ")))
		x.drawRenamed(p)
	}
	return p.String()
}

// fold writes a text folded to the width, indented.
func (p *page) fold(indent int, text string) {
	pad := strings.Repeat(" ", indent)
	for _, line := range p.ruler.Wrap(terminal.Clean(text), p.width-indent) {
		p.WriteString(pad + line + "\n")
	}
}

// sign heads a line of a step.
func (x *fixing) sign(s fix.Safety, done bool) string {
	t := x.msgs.Fixing
	switch {
	case !done:
		return "✗"
	case s == fix.Safe:
		return "✓ " + t.Safe
	case s == fix.Pixels:
		return "~ " + t.Pixels
	}
	return "! " + t.Eye
}

// figures are a picture's format, size and bytes.
func figures(format string, w, h int, bytes int64) string {
	size := fmt.Sprintf("%d KB", (bytes+1023)/1024)
	if bytes >= 1<<20 {
		size = fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
	}
	return fmt.Sprintf("%s %d×%d %s", strings.ToUpper(format), w, h, size)
}

func (x *fixing) drawFile(p *page, f *fixed) {
	t, facts := x.msgs.Fixing, f.job.Facts
	name := path.Join(x.j.found.Cases[f.kase].Path, f.job.Path)
	was := figures(facts.File.Format, facts.Image.Width, facts.Image.Height, facts.File.Bytes)
	if p.Len() > 0 {
		p.WriteString("\n")
	}
	if f.err != nil {
		p.fold(0, fill(t.NotMade, "file", name, "why", x.reason(f.err)))
		return
	}
	if f.res == nil {
		p.fold(0, fill(t.Planned, "file", name, "was", was))
		for _, s := range f.job.Steps(x.o) {
			x.drawStep(p, s)
		}
		return
	}
	head := fill(t.Planned, "file", name, "was", was)
	if f.made() {
		head = fill(t.Made, "file", name, "was", was, "out", filepath.ToSlash(filepath.Join(x.f.out, x.inFolder(f))), "now", figures(f.res.Format, f.res.Width, f.res.Height, f.res.Bytes))
	}
	p.fold(0, head)
	for _, s := range f.res.Steps {
		x.drawStep(p, s)
	}
	if !f.made() {
		return
	}
	if f.res.Labelled {
		p.fold(4, t.Labelled)
	}
	if f.res.Credentials {
		p.fold(4, t.Dropped)
	}
	alike := t.Same
	if f.res.Likeness < lookAlike {
		alike = t.Changed
	}
	p.fold(4, fill(alike, "percent", fmt.Sprintf("%.1f", 100*f.res.Likeness)))
	x.drawAfter(p, f)
}

func (x *fixing) drawStep(p *page, s fix.Step) {
	kind, _ := fix.ByName(s.Name)
	line := x.sign(s.Safety, s.Done()) + "  " + kind.Does.In(x.lang)
	if len(s.Rules) > 0 {
		line += " [" + strings.Join(s.Rules, " ") + "]"
	}
	said := s.Did
	if !s.Done() {
		said = s.Refused
	}
	if !said.IsZero() {
		line += x.msgs.Words.Colon + said.In(x.lang)
	}
	p.fold(4, line)
}

// drawAfter tells how the rules see the copy.
func (x *fixing) drawAfter(p *page, f *fixed) {
	t := x.msgs.Fixing
	var passed, left, fresh, ask []string
	for _, id := range f.before.fails {
		if !f.after.against(id) {
			passed = append(passed, id)
		}
	}
	for _, id := range f.after.fails {
		if slices.Contains(f.before.fails, id) {
			left = append(left, id)
		} else {
			fresh = append(fresh, id)
		}
	}
	for _, id := range f.after.asks {
		if !slices.Contains(f.before.asks, id) {
			ask = append(ask, id)
		}
	}
	for _, l := range []struct {
		text string
		ids  []string
	}{{t.Mended, passed}, {t.Remains, left}, {t.New, fresh}, {t.Asks, ask}} {
		if len(l.ids) > 0 {
			p.fold(4, fill(l.text, "rules", strings.Join(l.ids, " ")))
		}
	}
}

// handFiles is how many files of one rule are named.
const handFiles = 5

// drawHands lists what no program mends, a rule with its files and its advice.
func (x *fixing) drawHands(p *page) {
	if len(x.hands) == 0 {
		return
	}
	if p.Len() > 0 {
		p.WriteString("\n")
	}
	p.WriteString(x.msgs.Fixing.ByHand + "\n")
	var order []string
	files, remedy := map[string][]string{}, map[string]string{}
	for _, h := range x.hands {
		if files[h.Rule] == nil {
			order = append(order, h.Rule)
			remedy[h.Rule] = h.Remedy
		}
		files[h.Rule] = append(files[h.Rule], path.Join(h.Case, h.Path))
	}
	slices.Sort(order)
	for _, id := range order {
		title, names := id, files[id]
		if r := x.j.set.Rule(id); r != nil {
			title += " " + r.Title.In(x.lang)
		}
		if len(names) > handFiles {
			names = append(names[:handFiles:handFiles], fill(x.msgs.Fixing.AndMore, "n", len(names)-handFiles))
		}
		p.fold(4, title+x.msgs.Words.Colon+strings.Join(names, x.msgs.Words.Join))
		p.fold(8, remedy[id])
	}
}

// drawRenamed names the files whose copies bear another name than case.yaml has.
func (x *fixing) drawRenamed(p *page) {
	for _, f := range x.files {
		file := x.j.found.Cases[f.kase].File
		if !f.made() || file == nil || f.res.Out == f.job.Path {
			continue
		}
		for _, im := range file.Images {
			if casefile.PathKey(im.File) == casefile.PathKey(f.job.Path) {
				p.fold(0, fill(x.msgs.Fixing.Renamed, "old", f.job.Path, "new", f.res.Out))
				break
			}
		}
	}
}
