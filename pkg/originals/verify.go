package originals

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"github.com/aecheck/aecheck/pkg/material"
)

// State is how an original is found when the archive is looked over.
type State string

const (
	Sound   State = "ok"      // it lies where it was seen
	Moved   State = "moved"   // its content lies elsewhere below the folders of the archive
	Altered State = "changed" // where it was seen lies another content, or it cannot be read
	Lost    State = "missing" // nowhere
	Absent  State = "offline" // the folder it lies in is not there: a disk that is not connected
	Unread  State = "unreadable"
)

// Checked is how one original was found.
type Checked struct {
	*Original
	State State
	Place Place  // the place that is told: the last one
	Name  string // the path of it, as it is to be had now
	To    string // where a moved one lies
	Err   error  // why an unreadable one could not be read
}

// VerifyOptions say how thoroughly an archive is looked over.
type VerifyOptions struct {
	Deep   bool // read every file, not only those whose size or time of change differs
	Ignore []string
	// Progress is told of every original that was looked at; may be nil.
	Progress func(done, total int, path string)
}

// Verify looks whether the originals are still what they were when they were added,
// in the order in which that was. The error is that of ctx.
func (a *Archive) Verify(ctx context.Context, o VerifyOptions) ([]Checked, error) {
	out := make([]Checked, len(a.Entries))
	strayed := map[[32]byte][]int{}
	for i := range a.Entries {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out[i] = a.Entries[i].check(o.Deep)
		if s := out[i].State; s == Lost || s == Altered {
			strayed[a.Entries[i].SHA256] = append(strayed[a.Entries[i].SHA256], i)
		}
		if o.Progress != nil {
			o.Progress(i+1, len(a.Entries), out[i].Name)
		}
	}
	if len(strayed) > 0 {
		if err := a.seek(ctx, o.Ignore, func(name string, sum [32]byte) {
			for _, i := range strayed[sum] {
				if out[i].To == "" {
					out[i].State, out[i].To = Moved, name
				}
			}
		}, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// check looks at the places of an original, the last one first, until one is sound.
func (o *Original) check(deep bool) Checked {
	worst := []State{Sound, Absent, Unread, Altered, Lost}
	best := Checked{Original: o, State: Lost}
	for i, p := range slices.Backward(o.Places) {
		c := Checked{Original: o, Place: p}
		c.State, c.Name, c.Err = p.check(o.SHA256, deep)
		if i == len(o.Places)-1 || slices.Index(worst, c.State) < slices.Index(worst, best.State) {
			best = c
		}
		if best.State == Sound {
			break
		}
	}
	return best
}

// check looks at one place.
func (p Place) check(sum [32]byte, deep bool) (State, string, error) {
	name, how := p.Now()
	switch how {
	case Offline:
		return Absent, name, nil
	case Gone:
		return Lost, name, nil
	}
	root, _ := p.root()
	now, err := material.Standing(root, p.Path)
	if err != nil {
		return Unread, name, err
	}
	if !deep && !p.Replaced && now.Size == p.Size && now.Changed.UnixNano() == p.Changed {
		return Sound, name, nil
	}
	got, err := contentOf(root, p.Path)
	switch {
	case err != nil:
		return Unread, name, err
	case got != sum:
		return Altered, name, nil
	}
	return Sound, name, nil
}

// contentOf is the SHA-256 of a file below a folder.
func contentOf(root, below string) (sum [32]byte, err error) {
	f, _, err := material.OpenListed(root, filepath.FromSlash(below))
	if err != nil {
		return sum, err
	}
	defer f.Close()
	return sumOf(f)
}

// seek goes through the folders of the archive for files that are not where any
// original was seen, and have the size of one that is not where it was; tell is told
// of their contents.
func (a *Archive) seek(ctx context.Context, ignore []string, tell func(string, [32]byte), checked []Checked) error {
	sizes := map[int64]bool{}
	for _, c := range checked {
		if c.State == Lost || c.State == Altered {
			sizes[c.Bytes] = true
		}
	}
	taken, done := map[string]bool{}, map[string]bool{}
	for _, c := range checked {
		if c.State == Sound {
			taken[c.Name] = true
		}
	}
	for _, r := range a.roots {
		root, ok := Place{Folder: r}.root()
		if !ok || done[root] {
			continue
		}
		done[root] = true
		files, _, err := material.Gather(ctx, root, ignore, MostFiles)
		if err != nil && (ctx.Err() != nil || errors.Is(err, material.ErrTooMany)) {
			return err
		}
		for _, f := range files {
			name := filepath.Join(root, filepath.FromSlash(f.Path))
			if !sizes[f.Size] || taken[name] {
				continue
			}
			taken[name] = true
			if sum, err := contentOf(root, f.Path); err == nil {
				tell(name, sum)
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
	}
	return nil
}
