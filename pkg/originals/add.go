package originals

import (
	"context"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/originals/ledger"
	"github.com/aecheck/aecheck/pkg/originals/look"
)

// MostFiles is how many files of one folder are looked at.
const MostFiles = 1_000_000

// Facts are what adding asks of a runner.
func Facts() []string { return append(look.Facts(), "file", "image", "exif") }

// AddOptions say what is added to which index.
type AddOptions struct {
	Index   string
	Folders []string
	Ignore  []string // patterns of names that are left out, see material.Gather
	Runner  *extract.Runner
	Jobs    int // files read at the same time, ≥ 1
	Now     time.Time
	// Progress is told of every file that was looked at; may be nil.
	Progress func(done, total int, path string)
}

// Added is what adding came to, in files.
type Added struct {
	New       int // contents that the archive did not have
	Again     int // files whose content it had from elsewhere: moved ones, copies
	Changed   int // of New and Again: files that had another content before
	Unchanged int // that were not read again
	Others    int // that are no photos by their name, not opened
	Plain     int // of New: without EXIF, which prove little
	Unseen    int // of New: which could not be decoded whole, so that no copy leads to them
	Total     int // entries of the archive now
	Troubles  []Trouble
}

// Trouble is a file or folder that could not be read.
type Trouble struct {
	Path string
	Err  error
}

// photo is one file to be looked at.
type photo struct {
	root int // in adding.folders
	material.Kept
}

// adding is one run of Add.
type adding struct {
	AddOptions
	Added

	archive *Archive
	known   map[[32]byte]int // entries by content
	folders []ledger.Root
	numbers []int // of folders in the index, -1 where they are not in it yet
	writer  *ledger.Writer
}

// Add adds the photos of folders to an index. Files that were seen before and have the
// same size and time of change are not read again, so a run that was cut short is taken
// up where it ended. Photos come in the order of their paths, whatever the timing. The
// error is about the index, a folder that is not there or ctx; what was added stays.
func Add(ctx context.Context, o AddOptions) (*Added, error) {
	a := &adding{AddOptions: o, archive: &Archive{Path: o.Index}, known: map[[32]byte]int{}}
	photos, err := a.gather(ctx)
	if err != nil {
		return nil, err
	}
	if a.writer, err = ledger.Open(o.Index, a.archive.handler()); err != nil {
		return nil, err
	}
	for i := range a.archive.Entries {
		a.known[a.archive.Entries[i].SHA256] = i
	}
	a.number()
	err = a.all(ctx, photos)
	a.Total = a.writer.Size().Entries
	return &a.Added, errors.Join(err, a.writer.Close())
}

// gather lists the photos of all folders.
func (a *adding) gather(ctx context.Context) ([]photo, error) {
	var out []photo
	index, _ := os.Stat(a.Index) // not there yet, mostly
	for i, dir := range a.Folders {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return nil, err
		}
		abs = material.RealFolder(abs)
		files, unread, err := material.Gather(ctx, abs, a.Ignore, MostFiles)
		if err != nil {
			return nil, err
		}
		a.folders = append(a.folders, rootOf(abs))
		for _, p := range unread {
			a.Troubles = append(a.Troubles, Trouble{filepath.Join(abs, filepath.FromSlash(p.Path)), errors.New(p.Detail)})
		}
		for _, f := range files {
			if !isPhoto(f.Path) {
				if index == nil || filepath.Join(abs, filepath.FromSlash(f.Path)) != a.Index {
					a.Others++
				}
				continue
			}
			out = append(out, photo{i, f})
		}
	}
	return out, nil
}

// rootOf describes a folder, with the disk that it lies on where the system knows that.
func rootOf(abs string) ledger.Root {
	r := ledger.Root{Path: abs}
	if v, ok := material.VolumeOf(abs); ok {
		r.Volume, r.Label, r.Below = v.ID, v.Label, v.Below
	}
	return r
}

// isPhoto goes by the extensions of what cameras and phones write.
func isPhoto(name string) bool {
	return format.HasExtension(strings.ToLower(strings.TrimPrefix(filepath.Ext(name), ".")), format.Picture, format.RAW)
}

// number finds the folders in the index.
func (a *adding) number() {
	a.numbers = make([]int, len(a.folders))
	for i, r := range a.folders {
		a.numbers[i] = slices.Index(a.archive.roots, r)
	}
}

// readPhoto is what reading a photo gave.
type readPhoto struct {
	set *facts.Set
	err error
}

// all looks at every photo: some are read at the same time, and written in order.
func (a *adding) all(ctx context.Context, photos []photo) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	type job struct {
		at   int
		read chan readPhoto // nil: nothing to read
	}
	jobs := make(chan job, max(1, a.Jobs))
	go func() {
		defer close(jobs)
		for i, p := range photos {
			j := job{at: i}
			if !a.unchanged(p) {
				j.read = make(chan readPhoto, 1)
				go func() {
					set, err := a.read(ctx, p)
					j.read <- readPhoto{set, err}
				}()
			}
			select {
			case jobs <- j:
			case <-ctx.Done():
				return
			}
		}
	}()
	for j := range jobs {
		p := photos[j.at]
		name := filepath.Join(a.folders[p.root].Path, filepath.FromSlash(p.Path))
		if j.read == nil {
			a.Unchanged++
		} else {
			got := <-j.read
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case got.err != nil:
				a.Troubles = append(a.Troubles, Trouble{name, got.err})
			default:
				if err := a.keep(p, got.set); err != nil {
					return err
				}
			}
		}
		if a.Progress != nil {
			a.Progress(j.at+1, len(photos), name)
		}
	}
	return ctx.Err()
}

// unchanged reports whether a photo is as it was seen before.
func (a *adding) unchanged(p photo) bool {
	at, ok := a.archive.latest[key(a.folders[p.root], p.Path)]
	return ok && at.Size == p.Size && at.Changed == p.Changed.UnixNano()
}

func (a *adding) read(ctx context.Context, p photo) (*facts.Set, error) {
	dir := a.folders[p.root].Path
	return a.Runner.Run(ctx, extract.Source{Open: func() (extract.ReadCloser, int64, error) {
		return material.OpenListed(dir, filepath.FromSlash(p.Path))
	}}, extract.Request{Facts: Facts(), Hash: true, Threads: 1})
}

// ErrNoPhoto says that a file is not what its name says.
var ErrNoPhoto = errors.New("its content is not that of a photo")

// keep writes down what was read of a photo.
func (a *adding) keep(p photo, set *facts.Set) error {
	if class := format.Class(set.File.Class); class != format.Picture && class != format.RAW {
		a.Troubles = append(a.Troubles, Trouble{filepath.Join(a.folders[p.root].Path, filepath.FromSlash(p.Path)), ErrNoPhoto})
		return nil
	}
	if a.numbers[p.root] < 0 {
		n, err := a.writer.Root(a.folders[p.root])
		if err != nil {
			return err
		}
		a.numbers[p.root] = n
	}
	var sum [32]byte
	if _, err := hex.Decode(sum[:], []byte(set.File.SHA256)); err != nil {
		return err
	}
	at := ledger.Place{Root: a.numbers[p.root], Path: p.Path, Size: set.File.Bytes, Changed: p.Changed.UnixNano(), Seen: a.Now.Unix()}
	before, was := a.archive.latest[key(a.folders[p.root], p.Path)]
	number, known := a.known[sum]
	if was && (!known || before.Entry != number) {
		a.Changed++
	}
	if known {
		if !was || before.Entry != number {
			a.Again++
		} else {
			a.Unchanged++ // only its time of change is another
		}
		at.Entry = number
		return a.writer.Place(at)
	}
	var raw []byte
	if l, err := look.Of(set); err == nil {
		raw = l.Bytes()
	} else {
		a.Unseen++
	}
	number, err := a.writer.Entry(sum, raw, factsOf(set, a.Now), at)
	if err != nil {
		return err
	}
	a.known[sum] = number
	a.New++
	if !set.Exif.Present {
		a.Plain++
	}
	return nil
}

// factsOf are the facts that are kept of a photo. Where it was taken is not among them:
// nobody needs it, and an index may be handed on.
func factsOf(set *facts.Set, now time.Time) ledger.Facts {
	f := ledger.Facts{
		Format: set.File.Format, Bytes: set.File.Bytes, Width: set.Image.Width, Height: set.Image.Height,
		Exif: set.Exif.Present, Make: short(set.Exif.Make), Model: short(set.Exif.Model), Serial: short(set.Exif.Serial),
		Software: short(set.Exif.Software), Added: now.Unix(),
	}
	if set.Exif.HasTakenAt {
		f.Taken = set.Exif.TakenAt.Format("2006-01-02 15:04:05")
		if set.Exif.Offset != "" {
			f.Taken += " " + short(set.Exif.Offset)
		}
	}
	return f
}

// short keeps a text that no camera writes from filling the index.
func short(s string) string {
	const most = 40 // characters
	if r := []rune(strings.TrimSpace(s)); len(r) > most {
		return string(r[:most])
	}
	return strings.TrimSpace(s)
}
