// Package originals keeps a seller's archive of originals: which photos there are, what
// their cameras wrote into them, how they look and where they lie, so that the original
// of a penalised picture is found in a moment, also while the disk that it lies on is
// in a drawer, and so that it can be proved since when the archive held it. The photos
// themselves are never touched or copied but for an export.
//
// It may import pkg/extract, pkg/facts, pkg/format, pkg/material, pkg/originals/ledger,
// pkg/originals/look, pkg/originals/stamp and pkg/originals/tree.
package originals

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/originals/ledger"
	"github.com/aecheck/aecheck/pkg/originals/tree"
)

// Archive is an index as read: everything but how the originals look.
type Archive struct {
	Path    string
	Entries []Original // in the order in which they were added
	Stamps  []ledger.Stamp

	roots []ledger.Root
	// latest says by which place a file is known, by its name on its disk.
	latest map[string]Place
}

// Original is one photo in the archive.
type Original struct {
	SHA256 [32]byte
	ledger.Facts
	// Looked: it could be decoded, so that copies of it lead to it.
	Looked bool
	Places []Place
}

// ID is the content's SHA-256 in hex.
func (o *Original) ID() string { return hex.EncodeToString(o.SHA256[:]) }

// Is reports whether a file has the original's content.
func (o *Original) Is(file string) (bool, error) {
	f, _, err := material.OpenNamed(file)
	if err != nil {
		return false, err
	}
	defer f.Close()
	sum, err := sumOf(f)
	return sum == o.SHA256, err
}

// Place is where an original was seen.
type Place struct {
	ledger.Place
	Folder ledger.Root
	// Replaced: another content was seen there later. Load says so, Find does not.
	Replaced bool

	content [32]byte // what lay there
}

// Name is the file's path.
func (p Place) Name() string { return filepath.Join(p.Folder.Path, filepath.FromSlash(p.Path)) }

// key is what a file is called on its disk, wherever that is mounted.
func key(r ledger.Root, below string) string {
	if r.Volume != "" {
		return "volume " + r.Volume + " " + path.Join(r.Below, below)
	}
	return path.Join(filepath.ToSlash(r.Path), below)
}

// Load reads an index. Errors are those of ledger.Read.
func Load(index string) (*Archive, error) {
	a := &Archive{Path: index}
	if _, err := ledger.Read(index, a.handler()); err != nil {
		return nil, err
	}
	a.settle()
	return a, nil
}

// handler takes in what an index holds.
func (a *Archive) handler() ledger.Handler {
	a.latest = map[string]Place{}
	return ledger.Handler{
		Root: func(r ledger.Root) error {
			a.roots = append(a.roots, r)
			return nil
		},
		Entry: func(e *ledger.Entry) error {
			f, err := e.Facts()
			if err != nil {
				return err
			}
			a.Entries = append(a.Entries, Original{SHA256: e.SHA256, Facts: f, Looked: len(e.Look) > 0})
			return nil
		},
		Place: func(p ledger.Place) error {
			o := &a.Entries[p.Entry]
			at := Place{Place: p, Folder: a.roots[p.Root], content: o.SHA256}
			o.place(at)
			a.latest[key(at.Folder, p.Path)] = at
			return nil
		},
		Stamp: func(s ledger.Stamp) error {
			a.Stamps = append(a.Stamps, s)
			return nil
		},
	}
}

// place notes a place, once.
func (o *Original) place(at Place) {
	k := key(at.Folder, at.Path)
	o.Places = append(slices.DeleteFunc(o.Places, func(q Place) bool { return key(q.Folder, q.Path) == k }), at)
}

// settle marks the places where something else was seen later.
func (a *Archive) settle() {
	for i := range a.Entries {
		for j := range a.Entries[i].Places {
			p := &a.Entries[i].Places[j]
			p.Replaced = a.latest[key(p.Folder, p.Path)].Entry != i
		}
	}
}

// Leaves are the SHA-256 of all entries in the order in which they were added: what the
// digest of the index is made of.
func (a *Archive) Leaves() [][32]byte {
	out := make([][32]byte, len(a.Entries))
	for i := range a.Entries {
		out[i] = a.Entries[i].SHA256
	}
	return out
}

// Digest is the digest over the first n entries.
func (a *Archive) Digest(n int) [32]byte { return tree.Root(a.Leaves()[:n]) }

// What ByName's error wraps.
var (
	ErrUnknown   = errors.New("not in the archive")
	ErrAmbiguous = errors.New("more than one original begins so")
)

// leastID is how many digits of an ID are asked for: fewer could be a file's name.
const leastID = 8

// ByName finds an original by its ID or the beginning of it, by a path at which it was
// seen, or by a file with the same content. The error is ErrUnknown, ErrAmbiguous or
// that of reading the file.
func (a *Archive) ByName(name string) (*Original, error) {
	if low := strings.ToLower(name); len(low) >= leastID && strings.Trim(low, "0123456789abcdef") == "" {
		var hit *Original
		for i := range a.Entries {
			if strings.HasPrefix(a.Entries[i].ID(), low) {
				if hit != nil {
					return nil, ErrAmbiguous
				}
				hit = &a.Entries[i]
			}
		}
		if hit != nil {
			return hit, nil
		}
	}
	abs, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	for i := range a.Entries {
		for _, p := range a.Entries[i].Places {
			if !p.Replaced && p.Name() == abs {
				return &a.Entries[i], nil
			}
		}
	}
	f, _, err := material.OpenNamed(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrUnknown
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	sum, err := sumOf(f)
	if err != nil {
		return nil, err
	}
	for i := range a.Entries {
		if a.Entries[i].SHA256 == sum {
			return &a.Entries[i], nil
		}
	}
	return nil, ErrUnknown
}

func sumOf(r io.Reader) (sum [32]byte, err error) {
	h := sha256.New()
	_, err = io.Copy(h, r)
	h.Sum(sum[:0])
	return sum, err
}
