// Package stock makes what a seller's disk holds, for measuring: camera files of 8
// to 12 megapixels, product pictures with texts, codes and near duplicates, letters
// on several media. It says what was planted in which file and counts what a program
// found of it. The same size gives the same bytes on every machine. Some pictures are
// made of photographs that modules bring as samples, so it asks go where those are.
//
// It may import pkg/lang and pkg/testkit.
package stock

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/aecheck/aecheck/pkg/testkit/cases"
)

// The folders of the stock, named as a case's, so that letters are read as such.
const (
	Camera  = "replacement/camera"
	Product = "replacement/product"
	Letters = "authorization"
)

// What is planted.
const (
	Text = "text" // printed on a picture
	Code = "code" // a QR code's payload
	Fact = "fact" // stands in a letter
)

// Plant is one thing that was planted in a file.
type Plant struct {
	Path  string // relative to the folder, with /
	Kind  string
	Value string // dates as 2026-01-31
}

// Size is how many files are made.
type Size struct {
	Camera  int `json:"camera"`
	Product int `json:"product"`
	Letters int `json:"letters"`
}

// Whole is the stock at scale 1.
var Whole = Size{60, 120, 20}

// Times is a part of a size, of each kind one file at least.
func (s Size) Times(scale float64) Size {
	part := func(n int) int { return max(1, int(math.Round(float64(n)*scale))) }
	return Size{part(s.Camera), part(s.Product), part(s.Letters)}
}

// stock is the work on one folder.
type stock struct {
	dir    string
	size   Size
	photos []source
	drawn  []source
}

// job draws one file; it has a drawer of letters to itself.
type job func(d *cases.Drawer) (name string, data []byte, plants []Plant, err error)

// Make makes the stock below dir. Every file has a seed
// of its own, so that files may be drawn at the same time. sample is the honest sample case.
func Make(dir, sample string, size Size) ([]Plant, error) {
	s := &stock{dir: dir, size: size, photos: photoSources(), drawn: drawnSources()}
	for _, folder := range []string{Camera, Product, Letters} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o755); err != nil {
			return nil, err
		}
	}
	var jobs []job
	for i := range size.Camera {
		jobs = append(jobs, func(*cases.Drawer) (string, []byte, []Plant, error) { return s.camera(i) })
	}
	for i := range size.Product {
		jobs = append(jobs, func(d *cases.Drawer) (string, []byte, []Plant, error) { return s.product(d, i) })
	}
	for i := range size.Letters {
		jobs = append(jobs, func(d *cases.Drawer) (string, []byte, []Plant, error) { return letter(d, i) })
	}
	return s.run(jobs, sample)
}

// run does the jobs on all processors and returns what was planted, in their order.
func (s *stock) run(jobs []job, sample string) ([]Plant, error) {
	all := make([][]Plant, len(jobs))
	var g errgroup.Group
	workers := runtime.GOMAXPROCS(0)
	for k := range workers {
		g.Go(func() error {
			d, err := cases.NewDrawer(os.DirFS(sample))
			if err != nil {
				return err
			}
			defer d.Close()
			for i := k; i < len(jobs); i += workers {
				name, data, plants, err := jobs[i](d)
				if err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
				if err := os.WriteFile(filepath.Join(s.dir, filepath.FromSlash(name)), data, 0o600); err != nil {
					return err
				}
				all[i] = plants
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return slices.Concat(all...), nil
}

// List writes plants one a line: path, kind and value between tabs.
func List(plants []Plant) string {
	var b strings.Builder
	for _, p := range plants {
		fmt.Fprintf(&b, "%s\t%s\t%s\n", p.Path, p.Kind, p.Value)
	}
	return b.String()
}

// ParseList reads what List wrote.
func ParseList(text string) ([]Plant, error) {
	var out []Plant
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("line %d: want path, kind and value between tabs", i+1)
		}
		out = append(out, Plant{f[0], f[1], f[2]})
	}
	return out, nil
}

// seeded is the chance of one file.
func seeded(kind uint64, i int) *rand.Rand { return rand.New(rand.NewPCG(kind, uint64(i))) }

func between(r *rand.Rand, lo, hi float64) float64 { return lo + (hi-lo)*r.Float64() }

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }
