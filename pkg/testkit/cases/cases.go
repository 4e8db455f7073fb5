// Package cases draws whole case folders: case.yaml, letters, commitment letter,
// notice and pictures, by seed and all made up. A case is clean, with everything
// that is asked of an appeal, or carries one planted defect of a named class, of
// which it says where it must be caught and by which rules. It is what the
// judgement as a whole is measured by.
//
// It may import pkg/draft, pkg/lang, pkg/testkit/papers and pkg/testkit/pdffile.
package cases

import (
	"fmt"
	"hash/fnv"
	"image"
	"image/draw"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"
)

func (s *screen) paste(img image.Image, x, y int) {
	draw.Draw(s.img, img.Bounds().Sub(img.Bounds().Min).Add(image.Pt(x, y)), img, img.Bounds().Min, draw.Src)
}

// Clean is the name of the class without a defect.
const Clean = "clean"

// Class is a kind of defect.
type Class struct {
	Name    string
	Mission string   // the fact of the appeal that it breaks, as M32
	Item    string   // item of the checklist where it must be caught
	Rules   []string // any of them, failing or asking, names it rightly
	// Says has, for rules that look at several things, words of which the message
	// or the evidence must have one: the thing that is wrong.
	Says map[string][]string
	// Also lists rules that may fail or ask along with it, as a consequence.
	Also []string

	wish  wish
	plant func(p *plan)
}

// Classes lists all classes: the clean one, then those of papers, then those of
// pictures.
func Classes() []Class {
	return slices.Concat([]Class{{Name: Clean}}, letterClasses(), markClasses(), captureClasses(), commitmentClasses(), noticeClasses(), caseClasses(), pictureClasses())
}

// File is one file of a case, its path relative to the case with /.
type File struct {
	Path string
	Data []byte
}

// Case is a drawn case. Now is the time at which the seller checks it.
type Case struct {
	Class Class
	Seed  uint64
	Now   time.Time
	Files []File
	// Layouts says what was drawn, for people: ground, violation, and each
	// paper's layout and medium.
	Layouts []string
}

// Drawer draws cases. It is not safe for concurrent use.
type Drawer struct {
	fonts  *metrics
	sample fs.FS
	made   map[string][]byte
	packed map[string]string
}

// NewDrawer returns a drawer that takes its pictures from sample, the folder of
// the honest sample case.
func NewDrawer(sample fs.FS) (*Drawer, error) {
	m, err := newMetrics()
	if err != nil {
		return nil, err
	}
	return &Drawer{fonts: m, sample: sample, made: map[string][]byte{}, packed: map[string]string{}}, nil
}

// Close frees the fonts.
func (d *Drawer) Close() { d.fonts.close() }

// Draw draws the case of a class that a seed stands for: the same every time.
func (d *Drawer) Draw(seed uint64, class string) (*Case, error) {
	all := Classes()
	at := slices.IndexFunc(all, func(c Class) bool { return c.Name == class })
	if at < 0 {
		return nil, fmt.Errorf("no class %q", class)
	}
	c := &all[at]
	p := planned(c, seed)
	out := &Case{Class: *c, Seed: seed, Now: p.now}
	if err := d.files(p, out); err != nil {
		return nil, fmt.Errorf("class %s, seed %d: %w", class, seed, err)
	}
	return out, nil
}

// planned is all that is true of a case, before it is drawn.
func planned(c *Class, seed uint64) *plan {
	h := fnv.New64a()
	h.Write([]byte(c.Name))
	p := newPlan(rand.New(rand.NewPCG(seed, h.Sum64())), seed, c.wish)
	p.told()
	if c.plant != nil {
		c.plant(p)
	}
	return p
}

// told makes case.yaml say what the letters say now.
func (p *plan) told() {
	p.said = nil
	for _, l := range p.letters {
		p.said = append(p.said, *l)
	}
}

// files draws what the plan says.
func (d *Drawer) files(p *plan, out *Case) error {
	add := func(path string, data []byte) { out.Files = append(out.Files, File{path, data}) }
	out.Layouts = append(out.Layouts, p.ground+", "+p.violation)
	zh := p.folders["notice"] != "notice"
	for _, pic := range p.pictures {
		data, err := d.picture(pic.from)
		if err != nil {
			return err
		}
		folder := p.folders[pic.kind] + "/"
		if pic.slot != "" {
			folder += slotFolder(pic.slot, zh) + "/"
		}
		add(folder+pic.file, data)
	}
	if p.notice.layout >= 0 {
		data, err := p.notice.draw(d, p.rng)
		if err != nil {
			return err
		}
		add(p.folders["notice"]+"/"+p.notice.file+".png", data)
		out.Layouts = append(out.Layouts, fmt.Sprintf("notice %d", p.notice.layout))
	}
	if p.commitment.layout >= 0 {
		pages, err := p.commitment.set(d, p)
		if err != nil {
			return err
		}
		data, ext, err := d.paper(p.rng, pages, p.commitment.media, p.commitment.flaw, "")
		if err != nil {
			return err
		}
		add(p.folders["commitment"]+"/"+p.commitment.file+ext, data)
		out.Layouts = append(out.Layouts, fmt.Sprintf("commitment %d, %s, %s", p.commitment.layout, p.commitment.media, marksText(p.commitment.seal, p.commitment.sign)))
	}
	for i, l := range p.letters {
		pages, err := l.set(d, p)
		if err != nil {
			return err
		}
		data, ext, err := d.paper(p.rng, pages, l.media, l.flaw, l.editor)
		if err != nil {
			return err
		}
		kind := "authorization"
		if l.kind == "ai_licence" {
			kind = "ai_licence"
		}
		path := fmt.Sprintf("%s/%s-%d%s", p.folders[kind], l.file, i+1, ext)
		for k := range p.said {
			if p.said[k].id == l.id {
				p.said[k].file = path
			}
		}
		add(path, data)
		out.Layouts = append(out.Layouts, fmt.Sprintf("%s %s: %s, %s, %s", l.id, l.kind, l.layout, l.media, marksText(l.seal, l.sign)))
	}
	if p.evidence {
		data, err := d.deposit(p)
		if err != nil {
			return err
		}
		add(p.folders["evidence"]+"/deposit.png", data)
	}
	if p.log {
		add(p.folders["upload_log"]+"/log.csv", []byte(uploadLog(p.rng, p.now, p.logDays)))
	}
	if p.statement != "" {
		add(p.folders["statement"]+"/statement.txt", []byte(p.statement))
	}
	add("case.yaml", []byte(p.caseYAML()))
	return nil
}

func marksText(s sealMark, g signMark) string {
	seal, sign := "no seal", "no signature"
	if s.shape != "" {
		seal = s.ink + " " + s.shape + " seal on " + s.on
	}
	if g.who != "" {
		sign = fmt.Sprintf("%s hand %d %s", g.ink, g.style, g.on)
	}
	return seal + ", " + sign
}

// Write writes the case's files below dir.
func (c *Case) Write(dir string) error {
	for _, f := range c.Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, f.Data, 0o600); err != nil {
			return err
		}
	}
	return nil
}
