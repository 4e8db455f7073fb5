// Package pack lays a judged case out as it is handed in: a folder with one numbered
// folder for each field of the platform's form, the seller's files in it byte for byte,
// a sheet that says which file goes into which field, and a manifest (pkg/manifest)
// by which everything can be checked later. It reads files through pkg/material and
// writes through pkg/output; what it makes is there whole or not at all.
//
// It may import pkg/archive, pkg/extract/file/charset, pkg/facts, pkg/format, pkg/i18n,
// pkg/lang, pkg/manifest, pkg/material, pkg/output, pkg/pack/sheet, pkg/raster, pkg/report,
// pkg/terminal and pkg/verdict.
package pack

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/manifest"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Case is a judged case: as it lies, as it is known, as it was told.
type Case struct {
	Found *material.Case
	View  *facts.Case
	Told  *verdict.Case
}

// Kind is a field of the platform's form.
type Kind struct{ ID, Title, Limits string }

// Params are the parameters of packing, params.pack of rules.yaml.
type Params struct {
	MaxPart     int64    `json:"max_part"`      // bytes of a zip file
	NotHandedIn []string `json:"not_handed_in"` // kinds that stay at home
	Convert     []string `json:"convert"`       // kinds of which JPEGs are made where they are none
	Annotate    []string `json:"annotate"`      // kinds of which copies with boxes are made
}

// Options say how to pack.
type Options struct {
	Params
	Tool  verdict.Tool
	Now   time.Time
	Lang  lang.Lang
	Say   i18n.Messages
	Rules verdict.Rules
	Kinds []Kind          // in the order of the platform's form
	Slots []verdict.Named // in the order of rules.yaml

	Out   string               // the folder to make
	Zip   string               // the zip file to make beside it; empty for none
	Apart []string             // folders that nothing may be written into
	Force bool                 // pack although something fails
	Last  []*manifest.Manifest // what was submitted last, of these cases
}

// Packed is what was made of a case.
type Packed struct {
	Case     *Case
	Dir      string // below Options.Out, "." for itself
	Sheet    string // HTML, below Options.Out
	Manifest *manifest.Manifest
	Zips     []Zip
	// Converted and NotConverted are paths of originals below the case.
	Converted, NotConverted []string
	Left                    []Left
	Changes                 []manifest.Change
	Compared                bool

	options *Options
}

// TitleOf is what a kind is called in the package's language.
func (p *Packed) TitleOf(kind string) string { return p.options.title(kind) }

// Zip is a zip file that was made.
type Zip struct {
	Name  string
	Files int
	Bytes int64
	// Oversize is the file that makes it larger than a part may be; empty for none.
	Oversize string
}

// Left is a file that is not in the package.
type Left struct {
	Path string // below the case
	Why  Why
}

// Why a file was left out.
type Why string

// The reasons.
const (
	Unsorted    Why = "unsorted"
	NotHandedIn Why = "not_handed_in"
	Unread      Why = "unread"
)

// ChangedError says that a file is not the one that was judged.
type ChangedError struct{ Path string }

func (e *ChangedError) Error() string { return e.Path + " changed while it was packed" }

// Blocking are the findings that stand in the way of handing in, and the items of the
// checklist that are missing.
func Blocking(c *verdict.Case) (fails []*verdict.Finding, missing []verdict.ChecklistItem) {
	for i := range c.Findings {
		if f := &c.Findings[i]; blocks(f) {
			fails = append(fails, f)
		}
	}
	for _, item := range c.Checklist {
		if item.State == verdict.ItemMissing {
			missing = append(missing, item)
		}
	}
	return fails, missing
}

func blocks(f *verdict.Finding) bool {
	return f.Suppressed == nil && f.Outcome == verdict.Fail && f.Severity == verdict.SeverityError
}

// open are the findings that a person has to know of: what fails, warnings too, what is
// to be looked at, what could not be checked.
func open(c *verdict.Case) []*verdict.Finding {
	var out []*verdict.Finding
	for i := range c.Findings {
		f := &c.Findings[i]
		if f.Suppressed == nil && f.Severity != verdict.SeverityInfo && slices.Contains([]verdict.Outcome{verdict.Fail, verdict.Review, verdict.Error}, f.Outcome) {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b *verdict.Finding) int {
		return verdict.Rank(b.Outcome, b.Severity) - verdict.Rank(a.Outcome, a.Severity)
	})
	return out
}

// Make packs cases, each into a folder of its own where there are several. The error
// is a *ChangedError, one of pkg/output, or the system's; nothing is left behind then.
func Make(ctx context.Context, cases []Case, o Options) (made []Packed, err error) {
	if o.Zip != "" && below(o.Zip, o.Out) {
		return nil, ErrZipInside
	}
	folder, err := output.NewFolder(o.Out, o.Apart)
	if err != nil {
		return nil, err
	}
	defer folder.Discard()
	z := &zips{options: &o}
	defer z.discard()
	used := taken{}
	for i := range cases {
		dir := "."
		if len(cases) > 1 {
			dir = used.free("", strings.ReplaceAll(cases[i].Found.Path, "/", "_"))
		}
		w := &writer{options: &o, folder: folder, dir: dir, kase: &cases[i], sums: map[string]sum{}}
		p, err := w.write(ctx)
		if err != nil {
			return nil, err
		}
		if o.Zip != "" {
			if p.Zips, err = z.write(ctx, w, zipName(o.Zip, dir)); err != nil {
				return nil, err
			}
		}
		made = append(made, *p)
	}
	if err := z.keep(); err != nil {
		return nil, err
	}
	if err := folder.Keep(); err != nil {
		z.undo()
		return nil, err
	}
	return made, nil
}

// ErrZipInside says that the zip file would lie in the folder it is made of.
var ErrZipInside = errors.New("the zip file would lie in the folder")

// below reports whether a path is another or lies below it, however they are spelled.
func below(name, dir string) bool {
	a, errA := filepath.Abs(name)
	b, errB := filepath.Abs(dir)
	if errA != nil || errB != nil {
		return false
	}
	a, b = strings.ToLower(a), strings.ToLower(b)
	return a == b || strings.HasPrefix(a, b+string(filepath.Separator))
}

// zipName is the zip file of one of several cases.
func zipName(name, dir string) string {
	if dir == "." {
		return name
	}
	ext := filepath.Ext(name)
	return strings.TrimSuffix(name, ext) + "-" + dir + ext
}

// LastOf is the manifest of a case among those of a package: of the same violation; nil
// where there is none.
func (c *Case) LastOf(last []*manifest.Manifest) *manifest.Manifest {
	id := ""
	if c.View.File != nil {
		id = c.View.File.Violation.ID
	}
	for _, m := range last {
		if m.Case.ViolationID == id {
			return m
		}
	}
	return nil
}

// below is a path of a report as one below its case.
func (c *Case) below(p string) string {
	return strings.TrimPrefix(strings.TrimPrefix(p, c.Found.Path), "/")
}

// changed reports whether an error says that a file is not there as it was.
func changed(err error) bool {
	var open *material.OpenError
	return errors.Is(err, material.ErrChanged) || errors.As(err, &open) && (open.Code == material.Changed || open.Code == material.Vanished)
}

// shownTime writes a time for people.
func shownTime(t time.Time) string { return t.In(lang.Beijing()).Format("2006-01-02 15:04") }

func (o *Options) title(kind string) string {
	if i := slices.IndexFunc(o.Kinds, func(k Kind) bool { return k.ID == kind }); i >= 0 {
		return o.Kinds[i].Title
	}
	return kind
}

// number of a field of the form, from 01.
func (o *Options) number(kind string) string {
	return fmt.Sprintf("%02d", 1+slices.IndexFunc(o.Kinds, func(k Kind) bool { return k.ID == kind }))
}
