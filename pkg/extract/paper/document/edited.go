package document

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/extract/paper/pasted"
	"github.com/aecheck/aecheck/pkg/extract/paper/pdf"
	"github.com/aecheck/aecheck/pkg/facts"
)

// Programs that change pictures and pages (a letter has no business in them,
// M23), and those that make papers in the ordinary way: scanners, office
// programs, printers. The lists are those programs' own names
// in Producer, Creator and Software.
var (
	editors     = regexp.MustCompile(`(?i)photoshop|illustrator|indesign|coreldraw|affinity|gimp|inkscape|pixelmator|canva\b|photopea|pixlr|fotor|meitu|美图|稿定|gaoding|创客贴|wondershare|pdfelement`)
	pageEditors = regexp.MustCompile(`(?i)sejda|pdfescape|pdffiller|smallpdf|ilovepdf|pdf-xchange editor|foxit (?:phantom|pdf) ?editor|nitro|infix|iskysoft|pdfsam|pdftk|master pdf`)
	ordinary    = regexp.MustCompile(`(?i)scan|camscanner|扫描全能王|genius ?scan|adobe scan|office lens|microsoft|word|wps|libreoffice|openoffice|pages\b|quartz|ghostscript|acrobat distiller|pdfmaker|google docs|skia|chrome|epson|canon|ricoh|xerox|konica|kyocera|brother|hp |hewlett|fujitsu|toshiba|tex|itext|docusign|adobe sign|fadada|法大大|e签宝|esign|上上签`)
	history     = regexp.MustCompile(`(?i)softwareAgent(?:>|=")([^<"]{1,120})`)
)

// patchWeight is how strongly a patch without grain speaks for editing.
const patchWeight = 0.5

// edited gathers the traces of editing in the structure of a PDF. Each
// signal's weight is how strongly it speaks for editing; changed says that a page
// shows something else than a signature covers.
func edited(f *pdf.File, changed bool) []facts.Signal {
	var out []facts.Signal
	add := func(name, value string, weight float64) {
		out = append(out, facts.Signal{Name: name, Value: value, Weight: weight})
	}
	if changed {
		add("pdf.changed_after_signing", fmt.Sprintf("%d revisions", f.Revisions), 0.7)
	} else if f.Revisions > 1 && len(f.Signatures) == 0 {
		add("pdf.incremental_update", fmt.Sprintf("%d revisions", f.Revisions), 0.15)
	}
	for _, s := range [...]struct{ name, value string }{{"pdf.producer", f.Info.Producer}, {"pdf.creator", f.Info.Creator}} {
		switch {
		case s.value == "":
		case editors.MatchString(s.value):
			add(s.name, s.value, 0.5)
		case pageEditors.MatchString(s.value):
			add(s.name, s.value, 0.3)
		case ordinary.MatchString(s.value):
			add(s.name, s.value, 0)
		}
	}
	if agents := historyAgents(f.Info.XMP); agents != "" {
		add("xmp.history", agents, 0.5)
	}
	if bytes.Contains(f.Info.XMP, []byte("DocumentAncestors")) {
		add("xmp.document_ancestors", "photoshop:DocumentAncestors", 0.4)
	}
	if c, m := f.Info.Created, f.Info.Modified; !c.IsZero() && m.Sub(c) > 24*time.Hour && len(f.Signatures) == 0 {
		add("pdf.modified_later", fmt.Sprintf("%.0f d", m.Sub(c).Hours()/24), 0.05)
	}
	return out
}

// patches reports spots of a page that lack its grain.
func patches(p paper) []facts.Signal {
	var out []facts.Signal
	for _, b := range pasted.Find(p.m) {
		out = append(out, facts.Signal{Name: "pixels.patch_without_grain", Value: fmt.Sprintf("page %d %v", p.number, p.toPage(b)), Weight: patchWeight})
	}
	return out
}

// score is that of all signals together: each leaves its share of doubt.
func score(signals []facts.Signal) float64 {
	rest := 1.0
	for _, s := range signals {
		rest *= 1 - s.Weight
	}
	return math.Round((1-rest)*100) / 100
}

// historyAgents names the editors in a metadata packet's history.
func historyAgents(xmp []byte) string {
	var names []string
	for _, m := range history.FindAllSubmatch(xmp[:min(len(xmp), 1<<20)], 50) {
		name := string(m[1])
		if editors.MatchString(name) && (len(names) == 0 || names[len(names)-1] != name) && len(names) < 5 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
