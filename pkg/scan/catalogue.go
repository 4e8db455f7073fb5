package scan

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/checks/batch"
	stated "github.com/aecheck/aecheck/pkg/checks/casefile"
	"github.com/aecheck/aecheck/pkg/checks/papers"
	"github.com/aecheck/aecheck/pkg/checks/pictures"
	"github.com/aecheck/aecheck/pkg/compare/lumacopy"
	"github.com/aecheck/aecheck/pkg/contacts"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/c2pa"
	"github.com/aecheck/aecheck/pkg/extract/file/exif"
	"github.com/aecheck/aecheck/pkg/extract/file/imageinfo"
	"github.com/aecheck/aecheck/pkg/extract/file/meta"
	"github.com/aecheck/aecheck/pkg/extract/file/origin"
	"github.com/aecheck/aecheck/pkg/extract/paper/document"
	"github.com/aecheck/aecheck/pkg/extract/paper/links"
	"github.com/aecheck/aecheck/pkg/extract/paper/pdf/render"
	"github.com/aecheck/aecheck/pkg/extract/paper/table"
	"github.com/aecheck/aecheck/pkg/extract/picture/codes"
	"github.com/aecheck/aecheck/pkg/extract/picture/faces"
	"github.com/aecheck/aecheck/pkg/extract/picture/pixels"
	"github.com/aecheck/aecheck/pkg/extract/picture/shown"
	"github.com/aecheck/aecheck/pkg/extract/picture/text"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/heap"
	"github.com/aecheck/aecheck/pkg/ocr"
)

// RunnerOptions say how facts are found.
type RunnerOptions struct {
	Limits extract.Limits
	Cache  *extract.Cache // nil for none
	NoOCR  bool           // read no text in pictures
	Facts  []string       // all that will be asked for, nil for any; the rest is not made ready
	// Trust are the lists C2PA signers are looked for in; nil for the built-in ones.
	Trust *c2pa.Trust
	// CodeDir keeps the PDF renderer's compiled code, which takes seconds to
	// make; empty for no such place.
	CodeDir string
	// Heap is told of memory outside of Go's heap, and lets go of what is kept for
	// later; nil for none.
	Heap *heap.Heap
	// Known asks for what the cache has alone; the rest fails.
	Known bool
}

func (o RunnerOptions) wants(group string) bool {
	return o.Facts == nil || slices.ContainsFunc(o.Facts, func(f string) bool { return facts.Covers(group, f) })
}

// NewRunner returns a runner over every extractor, and what to call when it is
// done with. An error means that something built into the program is broken.
func NewRunner(o RunnerOptions) (*extract.Runner, func() error, error) {
	engine := render.NewEngine(o.CodeDir, o.Heap.Outside)
	list, err := extractors(o, engine)
	if err != nil {
		return nil, nil, err
	}
	if o.Known {
		for i, e := range list {
			list[i] = known{e}
		}
	}
	o.Limits.Outside = o.Heap.Outside
	return extract.NewRunner(list, o.Limits, o.Cache), engine.Close, nil
}

// known is an extractor that finds nothing itself: what is in the cache is all.
type known struct{ extract.Extractor }

var errNotRead = errors.New("not read yet")

func (known) Extract(context.Context, *extract.Input, *facts.Set) error { return errNotRead }

func (known) Detail() int { return 0 }

// OpenCache opens the cache of what these extractors find and of pairs of pictures
// (see extract.OpenCache).
func OpenCache(dir string, maxBytes int64) *extract.Cache {
	known := digests()
	known[stampRecord] = stampVersion
	return extract.OpenCache(dir, maxBytes, known)
}

// DefaultCodeDir is the place for compiled code in the user's cache directory;
// empty where there is none.
func DefaultCodeDir() string {
	base, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(base, "aecheck", "render")
}

// CodeSize is the number of bytes of compiled code that are kept there.
func CodeSize(dir string) (int64, error) { return render.CodeSize(dir) }

// CleanCode removes compiled code.
func CleanCode(dir string) error { return render.CleanCode(dir) }

// extractors lists every extractor in the order they run: what others build on
// comes first.
func extractors(o RunnerOptions, engine *render.Engine) ([]extract.Extractor, error) {
	trust := o.Trust
	if trust == nil {
		trust = c2pa.BuiltinTrust()
	}
	list := []extract.Extractor{imageinfo.Extractor{}, imageinfo.Integrity{}, exif.Extractor{}, meta.New(trust)}
	if o.wants("origin") {
		from, err := origin.New(trust)
		if err != nil {
			return nil, err
		}
		list = append(list, from)
	}
	list = append(list, pixels.Extractors()...)
	list = append(list, lumacopy.Extractor{}, faces.New(), shown.New())
	if o.wants("codes") {
		detector, err := contacts.New()
		if err != nil {
			return nil, err
		}
		list = append(list, codes.New(detector))
	}
	reader, err := ocr.New()
	if err != nil {
		return nil, err
	}
	if o.Heap != nil {
		o.Heap.OnPressure(reader.Rest)
	}
	if o.wants("text") {
		words, err := text.New(reader)
		if err != nil {
			return nil, err
		}
		list = append(list, words)
	}
	var pages document.TextReader
	if !o.NoOCR {
		pages = reader
	}
	return append(list, document.New(pages, engine), links.Extractor{}, table.New()), nil
}

// Checks lists every named check.
func Checks() []checks.Check {
	return slices.Concat(pictures.All(), stated.All(), papers.All(), batch.All())
}
