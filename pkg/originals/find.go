package originals

import (
	"context"
	"encoding/hex"
	"errors"
	"path/filepath"
	"slices"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/originals/ledger"
	"github.com/aecheck/aecheck/pkg/originals/look"
)

// Picture is a picture whose original is looked for.
type Picture struct {
	sum   [32]byte
	query *look.Query // nil where it could not be decoded: only the same file is found
}

// NewPicture makes a picture ready from its facts (see QueryFacts).
func NewPicture(set *facts.Set) (*Picture, error) {
	p := &Picture{}
	if _, err := hex.Decode(p.sum[:], []byte(set.File.SHA256)); err != nil {
		return nil, err
	}
	q, err := look.NewQuery(set)
	if err != nil && !errors.Is(err, look.ErrNoLook) {
		return nil, err
	}
	p.query = q
	return p, nil
}

// Readable reports whether the picture could be decoded.
func (p *Picture) Readable() bool { return p.query != nil }

// QueryFacts are what finding asks of a runner, beside the content's hash.
func QueryFacts() []string { return append(look.Facts(), "file") }

// ReadPicture reads a picture whose original is looked for.
func ReadPicture(ctx context.Context, r *extract.Runner, open func() (extract.ReadCloser, int64, error)) (*Picture, error) {
	set, err := r.Run(ctx, extract.Source{Open: open}, extract.Request{Facts: QueryFacts(), Hash: true})
	if err != nil {
		return nil, err
	}
	return NewPicture(set)
}

// Hit is an original that a picture may be made from.
type Hit struct {
	Original
	look.Candidate
	Same bool // the very same file
	// Rivals are how many others the picture is as surely made from, by their looks.
	Rivals int
	// Thumb is a small JPEG of it; nil where there is none.
	Thumb []byte
}

// Confidence is how sure it is that the picture is made from this original, 0 to 1: see
// look.Confidence. A picture is made from one of them, so rivals share it.
func (h Hit) Confidence() float64 {
	if h.Same {
		return 1
	}
	return look.Confidence(h.Distance) / float64(1+h.Rivals)
}

// Sure reports whether it is this original and no other.
func (h Hit) Sure() bool { return h.Confidence() >= look.Confidence(look.Sure) }

// Find looks for the originals of pictures in an index, which is gone through once.
// For each picture it returns up to so many, the likeliest first. Errors are those of
// ledger.Read and of ctx.
func Find(ctx context.Context, index string, pictures []*Picture, most int) ([][]Hit, error) {
	s := seeking{kept: map[int]*ledger.Entry{}, places: map[int][]ledger.Place{}, same: map[[32]byte]int{}}
	if err := s.read(ctx, index, pictures); err != nil {
		return nil, err
	}
	out := make([][]Hit, len(pictures))
	for i, p := range pictures {
		if n, ok := s.same[p.sum]; ok {
			out[i] = append(out[i], Hit{Same: true, Candidate: look.Candidate{Number: n, Agree: 1, Likeness: 1}})
		}
		if p.query == nil {
			continue
		}
		for _, c := range p.query.Best(most) {
			if c.Distance <= look.Maybe && len(out[i]) < most && !slices.ContainsFunc(out[i], func(h Hit) bool { return h.Number == c.Number }) {
				out[i] = append(out[i], Hit{Candidate: c})
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	for i := range out {
		for j := range out[i] {
			if err := s.describe(&out[i][j]); err != nil {
				return nil, err
			}
		}
		rivals(out[i])
	}
	return out, nil
}

// rivals counts, of hits that are near enough to be sure, the others that are so too.
// Next to the very same file nothing else is; what has no camera data, as a screenshot
// that shows the photo, is no rival of what has.
func rivals(hits []Hit) {
	near := func(h *Hit) bool { return h.Same || h.Distance <= look.Sure }
	camera := slices.ContainsFunc(hits, func(h Hit) bool { return near(&h) && h.Exif })
	for i := range hits {
		h := &hits[i]
		if h.Same || !near(h) {
			continue
		}
		for j := range hits {
			if o := &hits[j]; j != i && near(o) && (o.Same || o.Exif || !camera) {
				h.Rivals++
			}
		}
	}
}

// seeking is one reading of an index for Find.
type seeking struct {
	roots  []ledger.Root
	kept   map[int]*ledger.Entry // those that may be told of
	places map[int][]ledger.Place
	same   map[[32]byte]int // entries by the content that is looked for
}

func (s *seeking) read(ctx context.Context, index string, pictures []*Picture) error {
	const now = 1000 // entries between two looks at ctx
	_, err := ledger.Read(index, ledger.Handler{
		Root: func(r ledger.Root) error {
			s.roots = append(s.roots, r)
			return nil
		},
		Entry: func(e *ledger.Entry) error {
			if e.Number%now == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			keep := false
			for _, p := range pictures {
				if e.SHA256 == p.sum {
					s.same[p.sum], keep = e.Number, true
				}
				if p.query != nil && p.query.Offer(e.Number, e.Look) {
					keep = true
				}
			}
			if keep {
				s.kept[e.Number] = e.Clone()
			}
			return nil
		},
		Place: func(p ledger.Place) error {
			if s.kept[p.Entry] != nil {
				s.places[p.Entry] = append(s.places[p.Entry], p)
			}
			return nil
		},
	})
	return err
}

// describe fills in what the index says of an original.
func (s *seeking) describe(h *Hit) error {
	e := s.kept[h.Number]
	f, err := e.Facts()
	if err != nil {
		return err
	}
	h.Original = Original{SHA256: e.SHA256, Facts: f, Looked: len(e.Look) > 0}
	if l, err := look.Parse(e.Look); err == nil {
		h.Thumb = l.Thumb.JPEG()
	}
	for _, p := range s.places[h.Number] {
		h.place(Place{Place: p, Folder: s.roots[p.Root], content: e.SHA256})
	}
	return nil
}

// Reach is where a file is to be had now.
type Reach string

const (
	Here    Reach = "here"    // the file is there: its size and time of change say so, or its content
	Offline Reach = "offline" // the folder it lies in is not there: a disk that is not connected
	Gone    Reach = "gone"    // the folder is there, the file is not
	Other   Reach = "changed" // another file lies there
)

// Now says where a place is to be had now, and the path.
func (p Place) Now() (name string, r Reach) {
	root, ok := p.root()
	name = filepath.Join(root, filepath.FromSlash(p.Path))
	if !ok {
		return name, Offline
	}
	f, err := material.Standing(root, p.Path)
	switch {
	case err != nil:
		return name, Gone
	case f.Size != p.Size:
		return name, Other
	case f.Changed.UnixNano() == p.Changed:
		return name, Here
	}
	if got, err := contentOf(root, p.Path); err != nil || got != p.content {
		return name, Other
	}
	return name, Here
}

// root is the folder the place was added from, where it lies now; a disk that is
// mounted elsewhere than it was is found. It is false where it is not there.
func (p Place) root() (string, bool) {
	root := p.Folder.Path
	if material.IsFolder(root) && p.onVolume(root) {
		return root, true
	}
	if p.Folder.Volume == "" {
		return root, false
	}
	at, ok := material.Mounted(p.Folder.Volume)
	if !ok {
		return root, false
	}
	root = filepath.Join(at, filepath.FromSlash(p.Folder.Below))
	return root, material.IsFolder(root)
}

// onVolume reports whether what is mounted at a root is the disk that it was.
func (p Place) onVolume(root string) bool {
	if p.Folder.Volume == "" {
		return true
	}
	v, ok := material.VolumeOf(root)
	return !ok || v.ID == p.Folder.Volume
}

// Where is the place at which an original is to be had now, or else the last one it
// was seen at.
func (o *Original) Where() (place Place, name string, r Reach) {
	rank := []Reach{Here, Offline, Other, Gone}
	best := len(rank)
	for i := len(o.Places) - 1; i >= 0; i-- {
		n, how := o.Places[i].Now()
		if at := slices.Index(rank, how); at < best {
			best, place, name, r = at, o.Places[i], n, how
		}
	}
	return place, name, r
}
