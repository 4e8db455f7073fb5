package originals_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/disintegration/imaging"
	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/originals"
	"github.com/aecheck/aecheck/pkg/testkit/products"
)

var day = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

func newRand() *rand.Rand { return rand.New(rand.NewPCG(1, 1)) }

// shelf is a folder of photos: three products, photographed once each.
type shelf struct {
	dir    string
	photos []image.Image
	names  []string
}

// kinds are what is on it.
var kinds = []string{"mug", "lamp", "bag"}

// shot are the photos of all shelves, drawn once.
var shot = sync.OnceValue(func() []image.Image {
	var out []image.Image
	for i, kind := range kinds {
		s := products.Studio(360, 270)
		s.Seed, s.Ground = uint64(i+1), i
		p := products.New(kind, uint64(20+i))
		p.Print = 3
		out = append(out, p.Shoot(s).Image)
	}
	return out
})

func newShelf(t testing.TB) *shelf {
	t.Helper()
	s := &shelf{dir: filepath.Join(t.TempDir(), "照片"), photos: shot()}
	for i, kind := range kinds {
		s.names = append(s.names, filepath.Join(s.dir, "新品", kind+".JPG"))
		save(t, s.names[i], s.photos[i], 95)
	}
	if err := os.WriteFile(filepath.Join(s.dir, "notes.txt"), []byte("no photo"), 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

func save(t testing.TB, name string, m image.Image, quality int) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, encoded(t, m, quality), 0o600); err != nil {
		t.Fatal(err)
	}
}

func encoded(t testing.TB, m image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func add(t testing.TB, index string, dirs ...string) *originals.Added {
	t.Helper()
	added, err := originals.Add(context.Background(), originals.AddOptions{Index: index, Folders: dirs, Runner: runner(t), Jobs: 2, Now: day})
	if err != nil {
		t.Fatal(err)
	}
	return added
}

// found looks for one picture.
func found(t testing.TB, index string, data []byte) []originals.Hit {
	t.Helper()
	p, err := originals.ReadPicture(context.Background(), runner(t), source(data).Open)
	if err != nil {
		t.Fatal(err)
	}
	hits, err := originals.Find(context.Background(), index, []*originals.Picture{p}, 3)
	if err != nil {
		t.Fatal(err)
	}
	return hits[0]
}

func TestAdd(t *testing.T) {
	s := newShelf(t)
	index := filepath.Join(t.TempDir(), "index")
	counts := func(a *originals.Added) [6]int {
		for _, x := range a.Troubles {
			t.Log(x.Path, x.Err)
		}
		return [6]int{a.New, a.Again, a.Changed, a.Unchanged, a.Total, len(a.Troubles)}
	}
	step := func(what string, want [6]int) {
		t.Helper()
		if d := cmp.Diff(want, counts(add(t, index, s.dir))); d != "" {
			t.Errorf("%s: new, again, changed, unchanged, total, troubles: %s", what, d)
		}
	}
	first := add(t, index, s.dir)
	if first.Others != 1 || first.Plain != 3 || first.Unseen != 0 || counts(first) != [6]int{3, 0, 0, 0, 3, 0} {
		t.Fatalf("%+v", first)
	}
	step("once more", [6]int{0, 0, 0, 3, 3, 0})

	moved := filepath.Join(s.dir, "moved.jpg")
	if err := os.Rename(s.names[0], moved); err != nil {
		t.Fatal(err)
	}
	step("moved", [6]int{0, 1, 0, 2, 3, 0})
	if err := os.Chtimes(s.names[1], day, day); err != nil {
		t.Fatal(err)
	}
	step("touched", [6]int{0, 0, 0, 3, 3, 0})
	save(t, s.names[2], imaging.Invert(s.photos[2]), 95)
	step("another content", [6]int{1, 0, 1, 2, 4, 0})
	if err := os.WriteFile(filepath.Join(s.dir, "text.jpg"), []byte("no photo"), 0o600); err != nil {
		t.Fatal(err)
	}
	step("a text with a photo's name", [6]int{0, 0, 0, 3, 4, 1})

	if _, err := originals.Add(context.Background(), originals.AddOptions{Index: index, Folders: []string{filepath.Join(s.dir, "none")}, Runner: runner(t), Jobs: 1, Now: day}); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := originals.Add(ctx, originals.AddOptions{Index: index, Folders: []string{s.dir}, Runner: runner(t), Jobs: 1, Now: day}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestAddOrder: the same folders give the same index, however many are read at once.
func TestAddOrder(t *testing.T) {
	s := newShelf(t)
	var first []byte
	for _, jobs := range []int{1, 3} {
		index := filepath.Join(t.TempDir(), "index")
		if _, err := originals.Add(context.Background(), originals.AddOptions{Index: index, Folders: []string{s.dir}, Runner: runner(t), Jobs: jobs, Now: day}); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(index)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		} else if !bytes.Equal(first, data) {
			t.Error("another index")
		}
	}
}

func TestFind(t *testing.T) {
	s := newShelf(t)
	index := filepath.Join(t.TempDir(), "index")
	add(t, index, s.dir)
	m := imaging.Clone(s.photos[0])
	r := newRand()
	for _, tt := range []struct {
		name     string
		picture  image.Image
		quality  int
		mirrored bool
		turned   int
	}{
		{name: "saved again", picture: m, quality: 45},
		{name: "resized", picture: imaging.Resize(m, 200, 0, imaging.Linear), quality: 85},
		{name: "cropped", picture: imaging.Crop(m, image.Rect(30, 20, 310, 240)), quality: 90},
		{name: "marked", picture: products.Marked(m, r), quality: 90},
		{name: "mirrored", picture: imaging.FlipH(m), quality: 90, mirrored: true},
		{name: "mirrored and cropped", picture: imaging.FlipH(imaging.Crop(m, image.Rect(30, 20, 320, 250))), quality: 90, mirrored: true},
		{name: "turned", picture: imaging.Rotate90(m), quality: 90, turned: 1},
		{name: "brighter", picture: imaging.AdjustGamma(m, 1.2), quality: 90},
	} {
		hits := found(t, index, encoded(t, tt.picture, tt.quality))
		if len(hits) == 0 || !strings.HasSuffix(hits[0].Places[0].Path, "mug.JPG") {
			t.Errorf("%s: not found: %v", tt.name, hits)
			continue
		}
		h := hits[0]
		if h.Same || h.Mirrored != tt.mirrored || h.Turned != tt.turned || h.Confidence() < 0.5 {
			t.Errorf("%s: %+v, confidence %.2f", tt.name, h.Candidate, h.Confidence())
		}
		if thumb, err := jpeg.Decode(bytes.NewReader(h.Thumb)); err != nil || thumb.Bounds().Dx() < 40 {
			t.Errorf("%s: no thumbnail (%v)", tt.name, err)
		}
	}
	same, err := os.ReadFile(s.names[1])
	if err != nil {
		t.Fatal(err)
	}
	if hits := found(t, index, same); len(hits) == 0 || !hits[0].Same || hits[0].Confidence() != 1 {
		t.Errorf("the very file: %+v", hits)
	}
	if hits := found(t, index, encoded(t, patches(r, 320, 320, 40), 90)); len(hits) > 0 {
		t.Errorf("something else: %+v", hits)
	}
	if hits := found(t, index, encoded(t, imaging.New(300, 300, color.White), 90)); len(hits) > 0 {
		t.Errorf("nothing at all: %+v", hits)
	}
}

// TestWhere: what find says of the file itself.
func TestWhere(t *testing.T) {
	s := newShelf(t)
	index := filepath.Join(t.TempDir(), "index")
	add(t, index, s.dir)
	data := encoded(t, imaging.Resize(s.photos[0], 300, 0, imaging.Linear), 90)
	where := func() originals.Reach {
		t.Helper()
		hits := found(t, index, data)
		if len(hits) == 0 {
			t.Fatal("not found")
		}
		_, _, reach := hits[0].Where()
		return reach
	}
	expect := func(want originals.Reach) {
		t.Helper()
		if got := where(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	expect(originals.Here)
	if err := os.Chtimes(s.names[0], day, day); err != nil {
		t.Fatal(err)
	}
	expect(originals.Here)
	kept, err := os.ReadFile(s.names[0])
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Clone(kept)
	changed[len(changed)-1] ^= 1
	if err := os.WriteFile(s.names[0], changed, 0o600); err != nil {
		t.Fatal(err)
	}
	expect(originals.Other)
	if err := os.Remove(s.names[0]); err != nil {
		t.Fatal(err)
	}
	expect(originals.Gone)
	if err := os.Rename(s.dir, s.dir+"-elsewhere"); err != nil {
		t.Fatal(err)
	}
	expect(originals.Offline)
}

func TestVerify(t *testing.T) {
	s := newShelf(t)
	other := newShelf(t) // the same photos
	index := filepath.Join(t.TempDir(), "index")
	add(t, index, s.dir)
	states := func(deep bool) map[string]originals.State {
		t.Helper()
		a, err := originals.Load(index)
		if err != nil {
			t.Fatal(err)
		}
		checked, err := a.Verify(context.Background(), originals.VerifyOptions{Deep: deep})
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]originals.State{}
		for _, c := range checked {
			out[strings.TrimSuffix(filepath.Base(c.Place.Path), ".JPG")] = c.State
			if (c.State == originals.Moved) != (c.To != "") {
				t.Errorf("%s lies at %q", c.State, c.To)
			}
		}
		return out
	}
	expect := func(what string, deep bool, mug, lamp, bag originals.State) {
		t.Helper()
		if d := cmp.Diff(map[string]originals.State{"mug": mug, "lamp": lamp, "bag": bag}, states(deep)); d != "" {
			t.Errorf("%s: %s", what, d)
		}
	}
	sound := originals.Sound
	expect("fresh", false, sound, sound, sound)
	if err := os.Rename(s.names[0], filepath.Join(s.dir, "a.jpg")); err != nil {
		t.Fatal(err)
	}
	expect("moved", false, originals.Moved, sound, sound)

	// A byte that changed while size and time did not is seen by reading alone.
	info, err := os.Stat(s.names[1])
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(s.names[1])
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(s.names[1], data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(s.names[1], info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	expect("rotten", false, originals.Moved, sound, sound)
	expect("rotten, read", true, originals.Moved, originals.Altered, sound)
	if err := os.Remove(s.names[2]); err != nil {
		t.Fatal(err)
	}
	expect("removed", true, originals.Moved, originals.Altered, originals.Lost)

	// A copy elsewhere is as good, once it is known.
	if added := add(t, index, other.dir); added.Again != 3 || added.New != 0 {
		t.Errorf("%+v", added)
	}
	expect("a copy", true, sound, sound, sound)
	for _, dir := range []string{s.dir, other.dir} {
		if err := os.Rename(dir, dir+"-away"); err != nil {
			t.Fatal(err)
		}
	}
	expect("away", true, originals.Absent, originals.Absent, originals.Absent)
}

func TestByName(t *testing.T) {
	s := newShelf(t)
	index := filepath.Join(t.TempDir(), "index")
	add(t, index, s.dir)
	a, err := originals.Load(index)
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "copy.jpg")
	data, err := os.ReadFile(s.names[1])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(copied, data, 0o600); err != nil {
		t.Fatal(err)
	}
	id := a.Entries[1].ID()
	want := &a.Entries[1]
	for _, name := range []string{id, id[:12], strings.ToUpper(id[:8]), want.Places[0].Name(), copied} {
		if got, err := a.ByName(name); err != nil || got != want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	for _, name := range []string{id[:6], "0123456789abcdef", filepath.Join(s.dir, "notes.txt"), "none.jpg"} {
		if _, err := a.ByName(name); !errors.Is(err, originals.ErrUnknown) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
