package scan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"time"

	"github.com/aecheck/aecheck/pkg/compare"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/shard"
)

// share says what a part of a Found is part of.
type share struct {
	at    []int   // for each case where it is in the whole
	files []place // for each case where its assets are in the whole case
	first bool    // the part that speaks for what belongs to no case
}

// place is where the assets of a case are in the whole case, and how many that has.
type place struct {
	at []int
	of int
}

// divisible reports whether the files of a case may be read apart: those of a plain
// folder in which no picture is compared with another. What rules say of several files
// or cases is judged when all parts are there.
func divisible(c *material.Case) bool { return c.Listing && !compare.HasWork(c) }

// Share is what one of several machines reads: whole cases, and of plain folders of
// photos some files. Which they are depends on names and sizes alone; all shares of one
// Found together are the Found.
func (f *Found) Share(p shard.Part) *Found {
	type unit struct{ c, asset int } // asset -1 for the whole case
	var units []unit
	var weights []shard.Unit
	for i, c := range f.Cases {
		if divisible(c) && len(c.Assets) > 0 {
			for k, a := range c.Assets {
				units = append(units, unit{i, k})
				weights = append(weights, shard.Unit{Name: path.Join(c.Path, a.Path), Weight: shard.Weight(a.Size)})
			}
			continue
		}
		w := shard.Unit{Name: c.Path}
		for _, a := range c.Assets {
			w.Weight += shard.Weight(a.Size)
		}
		units, weights = append(units, unit{i, -1}), append(weights, w)
	}
	out := &Found{Roots: f.Roots, share: &share{first: p.Index == 1}}
	if p.Index == 1 {
		out.Outside = f.Outside
	}
	last := -1
	for u, part := range shard.Assign(weights, p.Count) {
		if part != p.Index-1 {
			continue
		}
		c := f.Cases[units[u].c]
		if units[u].asset < 0 {
			where := place{of: len(c.Assets)}
			for k := range c.Assets {
				where.at = append(where.at, k)
			}
			out.take(units[u].c, c, where)
			continue
		}
		if units[u].c != last {
			some := *c
			some.Assets = nil
			out.take(units[u].c, &some, place{of: len(c.Assets)})
			last = units[u].c
		}
		end := len(out.Cases) - 1
		out.Cases[end].Assets = append(out.Cases[end].Assets, c.Assets[units[u].asset])
		out.share.files[end].at = append(out.share.files[end].at, units[u].asset)
	}
	return out
}

func (f *Found) take(at int, c *material.Case, where place) {
	f.Cases = append(f.Cases, c)
	f.share.at = append(f.share.at, at)
	f.share.files = append(f.share.files, where)
}

// Input tells lists of files apart: by the names and sizes of all that was found, and
// what of it is asked about.
func (f *Found) Input() shard.Input {
	var in shard.Input
	sum := sha256.New()
	for _, label := range slices.Sorted(maps.Keys(f.Roots)) {
		fmt.Fprintf(sum, "root %q\n", label)
	}
	for _, c := range f.Cases {
		fmt.Fprintf(sum, "case %q %t %t %t %d %d\n", c.Path, c.Listing, c.Packed, c.Part, c.Asked, c.Of)
		in.Cases++
		for _, a := range c.Assets {
			fmt.Fprintf(sum, "%q %q %d %t\n", a.Path, a.RawBase64, a.Size, a.Beside)
			in.Files++
			in.Bytes += a.Size
		}
	}
	for _, p := range f.Outside {
		fmt.Fprintf(sum, "outside %q %s\n", p.Path, p.Code)
	}
	in.Digest = hex.EncodeToString(sum.Sum(nil)[:16])
	return in
}

// FactsDigest is another for programs that find other facts in the same file.
func FactsDigest() string {
	sum := sha256.New()
	all := digests()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintf(sum, "%s %s\n", name, all[name])
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// Kinds of record in the file of a shard. A case is followed by its facts, then by its
// assets, each followed by its facts.
const (
	recordOutside = 'o' // the problems that belong to no case
	recordSlow    = 's'
	recordCase    = 'c'
	recordView    = 'v'
	recordAsset   = 'a'
	recordFacts   = 'f'
)

// savedPlace says where a case or an asset is in the whole, and of a case how many
// assets the whole case has.
type savedPlace struct {
	At int             `json:"at"`
	Of int             `json:"of,omitempty"`
	Is json.RawMessage `json:"is"`
}

// savedSlow is a Slow, its time in nanoseconds.
type savedSlow struct {
	Path string        `json:"path"`
	CPU  time.Duration `json:"cpu"`
}

// Save writes what was read of a share (Found.Share). base is the working directory,
// links resolved. Errors are those of what is written to.
func (k *Known) Save(w *shard.Writer, base string) error {
	s := saving{w: w}
	if k.found.share.first {
		s.json(recordOutside, k.found.Outside)
	}
	var slow []savedSlow
	for _, one := range k.slow {
		slow = append(slow, savedSlow(one))
	}
	s.json(recordSlow, slow)
	for i, c := range k.found.Cases {
		data, err := material.EncodeCase(c, base)
		s.fail(err)
		s.json(recordCase, savedPlace{At: k.found.share.at[i], Of: k.found.share.files[i].of, Is: data})
		view := *k.views[i]
		view.Assets = nil
		data, err = facts.EncodeCase(&view)
		s.fail(err)
		s.record(recordView, data)
		for n, a := range c.Assets {
			data, err := material.EncodeAsset(a)
			s.fail(err)
			s.json(recordAsset, savedPlace{At: k.found.share.files[i].at[n], Is: data})
			data, err = facts.EncodeSet(k.views[i].Assets[n].Facts)
			s.fail(err)
			s.record(recordFacts, data)
		}
		if s.err != nil {
			break
		}
	}
	return s.err
}

// saving keeps the first error.
type saving struct {
	w   *shard.Writer
	err error
}

func (s *saving) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *saving) json(kind byte, v any) {
	if s.err != nil {
		return
	}
	data, err := json.Marshal(v)
	s.fail(err)
	s.record(kind, data)
}

func (s *saving) record(kind byte, data []byte) {
	if s.err == nil {
		s.err = s.w.Record(kind, data)
	}
}

// Joining puts together what several machines read.
type Joining struct {
	// Base is the working directory, links resolved. Previews: the small pictures that
	// some reports show are wanted.
	Base     string
	Previews bool

	input shard.Input
	found Found
	slow  []Slow
	cases map[int]*joined
}

// joined is a case being put together, its assets by their place.
type joined struct {
	found  *material.Case
	view   *facts.Case
	of     int
	assets map[int]joinedAsset
}

type joinedAsset struct {
	found *material.Asset
	facts *facts.Set
}

// Add takes what a file has. The error is shard.ErrDamaged where it makes no sense.
func (j *Joining) Add(r *shard.Reader) error {
	if j.cases == nil {
		j.cases, j.input = map[int]*joined{}, r.Header.Input
		j.found.Roots = map[string]string{}
		for label, p := range r.Header.Roots {
			j.found.Roots[label] = string(p)
		}
	}
	var now *joined // the case that the records are about
	for {
		kind, data, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if now, err = j.record(r, now, kind, data); err != nil {
			return shard.ErrDamaged
		}
	}
}

// errRecord: a record where none of its kind can be.
var errRecord = errors.New("a record out of place")

// record takes one record, of a case or asset with that of its facts.
func (j *Joining) record(r *shard.Reader, now *joined, kind byte, data []byte) (*joined, error) {
	switch kind {
	case recordOutside:
		return nil, shard.Decode(data, &j.found.Outside)
	case recordSlow:
		var slow []savedSlow
		err := shard.Decode(data, &slow)
		for _, one := range slow {
			j.slow = append(j.slow, Slow(one))
		}
		return nil, err
	case recordCase:
		return j.aCase(r, data)
	case recordAsset:
		if now == nil {
			return nil, errRecord
		}
		return now, j.asset(r, now, data)
	}
	return nil, errRecord
}

func (j *Joining) aCase(r *shard.Reader, data []byte) (*joined, error) {
	var at savedPlace
	if err := shard.Decode(data, &at); err != nil {
		return nil, err
	}
	at.Is = slices.Clone(at.Is) // the record ends with the next
	data, err := next(r, recordView)
	if err != nil {
		return nil, err
	}
	view, err := facts.DecodeCase(data)
	if err != nil {
		return nil, err
	}
	c, err := material.DecodeCase(at.Is, j.Base, view.File)
	if err != nil {
		return nil, err
	}
	if at.At < 0 || at.At >= j.input.Cases || at.Of < 0 || at.Of > j.input.Files || len(view.Assets) > 0 {
		return nil, errRecord
	}
	now := j.cases[at.At]
	switch {
	case now == nil:
		now = &joined{found: c, view: view, of: at.Of, assets: map[int]joinedAsset{}}
		j.cases[at.At] = now
	case !now.found.Listing || !c.Listing || now.of != at.Of || now.found.Path != c.Path:
		return nil, errRecord
	case !slices.Equal(now.found.Ignored, c.Ignored):
		// What one part leaves in the folder another may have seen there.
		now.found.Ignored = slices.Compact(slices.Sorted(slices.Values(slices.Concat(now.found.Ignored, c.Ignored))))
	}
	return now, nil
}

func (j *Joining) asset(r *shard.Reader, now *joined, data []byte) error {
	var at savedPlace
	if err := shard.Decode(data, &at); err != nil {
		return err
	}
	a, err := material.DecodeAsset(at.Is)
	if err != nil {
		return err
	}
	if data, err = next(r, recordFacts); err != nil {
		return err
	}
	set, err := facts.DecodeSet(data)
	if err != nil {
		return err
	}
	if !j.Previews {
		set.Preview.JPEG = nil
	}
	if _, twice := now.assets[at.At]; twice || at.At < 0 || at.At >= now.of {
		return errRecord
	}
	now.assets[at.At] = joinedAsset{a, set}
	return nil
}

// next is a record that must be of a kind.
func next(r *shard.Reader, kind byte) ([]byte, error) {
	got, data, err := r.Next()
	if err == nil && got != kind {
		err = errRecord
	}
	return data, err
}

// Known is what all machines read together, as one would have. The error is
// shard.ErrDamaged where a file had not what it should have.
func (j *Joining) Known() (*Known, error) {
	out, err := j.whole()
	if err == nil && j.found.Input() != j.input {
		err = shard.ErrDamaged
	}
	return out, err
}

func (j *Joining) whole() (*Known, error) {
	out := &Known{found: &j.found, slow: j.slow}
	for i := range j.input.Cases {
		c := j.cases[i]
		if c == nil || len(c.assets) != c.of {
			return nil, shard.ErrDamaged
		}
		c.view.Assets = make([]facts.Asset, c.of)
		c.found.Assets = make([]*material.Asset, c.of)
		for k, a := range c.assets {
			c.found.Assets[k] = a.found
			c.view.Assets[k] = facts.Asset{Path: a.found.Path, Kind: a.found.Kind, Slot: a.found.Slot, Facts: a.facts}
		}
		j.found.Cases, out.views = append(j.found.Cases, c.found), append(out.views, c.view)
	}
	slices.SortFunc(out.slow, bySlowPath)
	return out, nil
}

// Invalid joins what is wrong in the case files that are asked about, as Find does.
func (k *Known) Invalid() error {
	var all []error
	for _, c := range k.found.Cases {
		if c.Err != nil && !c.Untouched() {
			all = append(all, c.Err)
		}
	}
	return errors.Join(all...)
}
