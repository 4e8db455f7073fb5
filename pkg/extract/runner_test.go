package extract

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aecheck/aecheck/pkg/cputime"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

type memFile struct{ *bytes.Reader }

func (memFile) Close() error { return nil }

func source(content string) Source {
	return Source{Open: func() (ReadCloser, int64, error) {
		return memFile{bytes.NewReader([]byte(content))}, int64(len(content)), nil
	}}
}

// fake is an extractor whose behaviour each test gives.
type fake struct {
	name     string
	provides []string
	accepts  string
	runs     int
	do       func(ctx context.Context, in *Input, out *facts.Set) error
}

func (f *fake) Name() string           { return f.name }
func (f *fake) Provides() []string     { return f.provides }
func (f *fake) Accepts(fm string) bool { return f.accepts == "" || f.accepts == fm }
func (f *fake) Detail() int            { return 0 }
func (f *fake) Extract(ctx context.Context, in *Input, out *facts.Set) error {
	f.runs++
	return f.do(ctx, in, out)
}

// someDigests are those of the fakes.
func someDigests() Digests {
	return Digests{"exif": "e0", "text": "e1", "meta": "e2", "origin": "e3", "header": "e4", "pixels": "e5"}
}

func exifMake(make string) func(context.Context, *Input, *facts.Set) error {
	return func(_ context.Context, _ *Input, out *facts.Set) error {
		out.Exif.Present, out.Exif.Make = true, make
		out.SetStatus("exif", facts.Status{State: facts.Present})
		out.Text.ChineseShare = 1 // not its own: must not get through
		return nil
	}
}

func TestRunExtractsOnlyWhatIsWanted(t *testing.T) {
	exif := &fake{name: "exif", provides: []string{"exif"}, do: exifMake("Canon")}
	text := &fake{name: "text", provides: []string{"text"}, do: exifMake("")}
	r := NewRunner([]Extractor{exif, text}, DefaultLimits(), nil)
	set, err := r.Run(context.Background(), source("\xFF\xD8\xFF"), Request{Facts: []string{"exif.make"}})
	if err != nil {
		t.Fatal(err)
	}
	if exif.runs != 1 || text.runs != 0 {
		t.Errorf("runs: exif %d text %d, want 1 0", exif.runs, text.runs)
	}
	if set.Exif.Make != "Canon" || set.Status("exif.make").State != facts.Present {
		t.Errorf("exif.make = %q, state %v", set.Exif.Make, set.Status("exif.make"))
	}
	if set.Text.ChineseShare != 0 || set.Status("text").State != facts.NotExtracted {
		t.Error("an extractor wrote into a group that is not its own")
	}
	if set.File.Bytes != 3 || set.File.Format != "jpeg" || set.File.SHA256 != "" {
		t.Errorf("file = %+v", set.File)
	}
}

func TestRunStates(t *testing.T) {
	tests := []struct {
		name    string
		accepts string
		off     map[string]lang.Text
		do      func(context.Context, *Input, *facts.Set) error
		state   facts.State
		why     string
		asked   bool
	}{
		{"error", "", nil, func(context.Context, *Input, *facts.Set) error { return errors.New("bad chunk") }, facts.Failed, "bad chunk", false},
		{"panic", "", nil, func(context.Context, *Input, *facts.Set) error { panic("boom") }, facts.Failed, "boom", false},
		{"other format", "png", nil, nil, facts.NotExtracted, "format jpeg", false},
		{"switched off", "", map[string]lang.Text{"exif": lang.Plain("--no-exif")}, nil, facts.NotExtracted, "--no-exif", true},
		{"hangs", "", nil, func(ctx context.Context, _ *Input, _ *facts.Set) error { <-ctx.Done(); return ctx.Err() }, facts.Failed, "time limit", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			limits := DefaultLimits()
			limits.Work = 20 * time.Millisecond
			e := &fake{name: "exif", provides: []string{"exif"}, accepts: tt.accepts, do: tt.do}
			r := NewRunner([]Extractor{e}, limits, nil)
			set, err := r.Run(context.Background(), source("\xFF\xD8\xFF"), Request{Off: tt.off})
			if err != nil {
				t.Fatal(err)
			}
			st := set.Status("exif.make")
			if st.State != tt.state || !strings.Contains(st.Why.In(lang.EN), tt.why) || st.Asked != tt.asked {
				t.Errorf("status = %+v, want %s with %q", st, tt.state, tt.why)
			}
		})
	}
}

// One that never comes back is left behind; what was found before it stays, and
// those after it still run.
func TestRunLeavesTheStuckBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stuck := make(chan struct{})
		first := &fake{name: "exif", provides: []string{"exif"}, do: exifMake("Canon")}
		second := &fake{name: "meta", provides: []string{"meta"}, do: func(_ context.Context, _ *Input, out *facts.Set) error {
			<-stuck
			out.SetStatus("meta", facts.Status{State: facts.Present})
			return nil
		}}
		third := &fake{name: "origin", provides: []string{"origin"}, do: func(ctx context.Context, _ *Input, out *facts.Set) error {
			out.SetStatus("origin", facts.Status{State: facts.Present})
			return nil
		}}
		r := NewRunner([]Extractor{first, second, third}, DefaultLimits(), nil)
		r.meter = cputime.MeterOf(func() (time.Duration, bool) { return 0, true }) // so the bubble's clock counts
		began := time.Now()
		set, err := r.Run(context.Background(), source("\xFF\xD8\xFF"), Request{})
		if err != nil {
			t.Fatal(err)
		}
		const ticks = time.Second // to which the meter is exact, and more
		if took, limit := time.Since(began), DefaultLimits().Work+grace; took < limit || took > limit+ticks {
			t.Errorf("took %v, limit %v", took, limit)
		}
		close(stuck)
		synctest.Wait()
		if set.Exif.Make != "Canon" || set.Status("meta").State != facts.Failed || set.Status("origin").State != facts.Present {
			t.Errorf("make %q, meta %+v, origin %+v", set.Exif.Make, set.Status("meta"), set.Status("origin"))
		}
	})
}

// A file's facts known to one extractor are there for the next.
func TestRunPassesFileAndImageOn(t *testing.T) {
	header := &fake{name: "header", provides: []string{"image", "file.truncated"}, do: func(_ context.Context, _ *Input, out *facts.Set) error {
		out.Image.Width, out.File.Truncated = 7, true
		return nil
	}}
	var seen facts.Set
	next := &fake{name: "exif", provides: []string{"exif"}, do: func(_ context.Context, _ *Input, out *facts.Set) error {
		seen = *out
		return nil
	}}
	r := NewRunner([]Extractor{header, next}, DefaultLimits(), nil)
	if _, err := r.Run(context.Background(), source("\xFF\xD8\xFF"), Request{}); err != nil {
		t.Fatal(err)
	}
	if seen.Image.Width != 7 || !seen.File.Truncated || seen.File.Format != "jpeg" {
		t.Errorf("seen: %+v %+v", seen.Image, seen.File)
	}
}

// TestUprightWhateverIsAskedFor: what decodes a picture learns which side is up even
// where nobody asks for the group that says it, and that group is not given then.
func TestUprightWhateverIsAskedFor(t *testing.T) {
	header := &fake{name: "header", provides: []string{"image"}, do: func(_ context.Context, _ *Input, out *facts.Set) error {
		out.Image.Orientation = 6
		return nil
	}}
	for _, asked := range [][]string{nil, {"hash", "image"}, {"hash"}} {
		seen := 0
		next := decoding{&fake{name: "pixels", provides: []string{"hash.dhash"}, do: func(_ context.Context, _ *Input, out *facts.Set) error {
			seen = out.Image.Orientation
			return nil
		}}}
		set, err := NewRunner([]Extractor{header, next}, DefaultLimits(), nil).Run(context.Background(), source("\xFF\xD8\xFF"), Request{Facts: asked})
		if err != nil {
			t.Fatal(err)
		}
		if seen != 6 {
			t.Errorf("%v: orientation %d, want 6", asked, seen)
		}
		if given := set.Image.Orientation; len(asked) == 1 && given != 0 {
			t.Errorf("%v: orientation %d is given unasked", asked, given)
		}
	}
}

// decoding is a fake that wants a picture.
type decoding struct{ *fake }

func (decoding) Detail() int { return Overview }

func TestRunRefusesLargeAndUnreadable(t *testing.T) {
	limits := DefaultLimits()
	limits.MaxBytes = 2
	r := NewRunner(nil, limits, nil)
	var large *TooLargeError
	if _, err := r.Run(context.Background(), source("\xFF\xD8\xFF"), Request{}); !errors.As(err, &large) {
		t.Errorf("err = %v, want TooLargeError", err)
	}
	broken := Source{Open: func() (ReadCloser, int64, error) { return nil, 0, os.ErrPermission }}
	if _, err := r.Run(context.Background(), broken, Request{}); !errors.Is(err, os.ErrPermission) {
		t.Errorf("err = %v, want permission", err)
	}
	shrunk := Source{Open: func() (ReadCloser, int64, error) {
		return memFile{bytes.NewReader([]byte("a"))}, 2, nil
	}}
	if _, err := r.Run(context.Background(), shrunk, Request{}); err == nil {
		t.Error("a file that ends early was read without an error")
	}
}

func TestCacheServesTheSameFacts(t *testing.T) {
	cache := OpenCache(t.TempDir(), 1<<20, someDigests())
	e := &fake{name: "exif", provides: []string{"exif"}, do: exifMake("尼康")}
	r := NewRunner([]Extractor{e}, DefaultLimits(), cache)
	var makes []string
	for range 2 {
		set, err := r.Run(context.Background(), source("\xFF\xD8\xFF"), Request{})
		if err != nil {
			t.Fatal(err)
		}
		if set.Status("exif").State != facts.Present {
			t.Errorf("status = %+v", set.Status("exif"))
		}
		makes = append(makes, set.Exif.Make)
	}
	if e.runs != 1 || makes[0] != makes[1] || makes[1] != "尼康" {
		t.Errorf("runs %d, makes %q", e.runs, makes)
	}
	entries, size, err := cache.Info()
	if err != nil || entries != 1 || size == 0 {
		t.Errorf("Info() = %d, %d, %v", entries, size, err)
	}
}

func TestCacheKeepsWhatWasAskedFor(t *testing.T) {
	want := facts.Status{State: facts.NotExtracted, Why: lang.T("已关闭", "switched off"), Asked: true}
	e := &fake{name: "exif", provides: []string{"exif"}, do: func(_ context.Context, _ *Input, out *facts.Set) error {
		out.SetStatus("exif", facts.Status{State: facts.Present})
		out.SetStatus("exif.make", want)
		return nil
	}}
	r := NewRunner([]Extractor{e}, DefaultLimits(), OpenCache(t.TempDir(), 1<<20, someDigests()))
	for range 2 {
		set, err := r.Run(context.Background(), source("\xFF\xD8\xFF"), Request{})
		if err != nil {
			t.Fatal(err)
		}
		if got := set.Status("exif.make"); !reflect.DeepEqual(got, want) {
			t.Errorf("status = %+v, want %+v", got, want)
		}
	}
	if e.runs != 1 {
		t.Errorf("runs = %d, want 1", e.runs)
	}
}

func TestCacheDoesNotKeepFailures(t *testing.T) {
	cache := OpenCache(t.TempDir(), 1<<20, someDigests())
	e := &fake{name: "exif", provides: []string{"exif"}, do: func(context.Context, *Input, *facts.Set) error { return errors.New("no") }}
	r := NewRunner([]Extractor{e}, DefaultLimits(), cache)
	for range 2 {
		if _, err := r.Run(context.Background(), source("\xFF\xD8\xFF"), Request{}); err != nil {
			t.Fatal(err)
		}
	}
	if e.runs != 2 {
		t.Errorf("runs = %d, want 2", e.runs)
	}
}

func TestCacheIgnoresDamageAndTrims(t *testing.T) {
	cache := OpenCache(t.TempDir(), 0, someDigests())
	e := &fake{name: "exif", provides: []string{"exif"}, do: exifMake("Canon")}
	r := NewRunner([]Extractor{e}, DefaultLimits(), cache)
	set, err := r.Run(context.Background(), source("\xFF\xD8\xFF"), Request{})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(cache.file(set.File.SHA256, contentRecord), []byte(`{"values":{"exif":"x"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if set, _ = r.Run(context.Background(), source("\xFF\xD8\xFF"), Request{}); set.Exif.Make != "Canon" || e.runs != 2 {
		t.Errorf("a damaged entry was believed: make %q, runs %d", set.Exif.Make, e.runs)
	}
	if err := cache.Trim(); err != nil {
		t.Fatal(err)
	}
	if n, _, _ := cache.Info(); n != 0 {
		t.Errorf("%d entries left after trimming to 0 bytes", n)
	}
}

func TestCacheTrimsDaily(t *testing.T) {
	cache := OpenCache(filepath.Join(t.TempDir(), "facts"), 0, someDigests())
	now := time.Now()
	cache.TrimDaily(now)
	if _, err := os.Stat(cache.Dir()); err == nil {
		t.Error("a cache nobody uses was made")
	}
	entries := func() int {
		cache.Save("exif", Key{1}, "a record")
		cache.TrimDaily(now)
		n, _, err := cache.Info()
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := entries(); n != 0 {
		t.Errorf("%d entries left in a cache of 0 bytes", n)
	}
	now = now.Add(23 * time.Hour)
	if n := entries(); n != 1 {
		t.Errorf("trimmed again after 23 hours")
	}
	now = now.Add(2 * time.Hour)
	if n := entries(); n != 0 {
		t.Errorf("not trimmed after a day")
	}
}

// What a later extractor says of a field stands, whichever of the two the cache
// knew already.
func TestOrderHoldsWhereOneIsCached(t *testing.T) {
	say := func(state facts.State) func(context.Context, *Input, *facts.Set) error {
		return func(_ context.Context, _ *Input, out *facts.Set) error {
			out.Image.Decodable = state == facts.Present
			out.SetStatus("image", facts.Status{State: facts.Present})
			out.SetStatus("image.decodable", facts.Status{State: state})
			return nil
		}
	}
	header := func() *fake {
		return &fake{name: "header", provides: []string{"image"}, do: say(facts.NotExtracted)}
	}
	pixels := func() *fake {
		return &fake{name: "pixels", provides: []string{"image.decodable"}, do: say(facts.Present)}
	}
	for name, first := range map[string]Extractor{"header": header(), "pixels": pixels(), "neither": nil} {
		cache := OpenCache(t.TempDir(), 1<<20, someDigests())
		if first != nil {
			if _, err := NewRunner([]Extractor{first}, DefaultLimits(), cache).Run(context.Background(), source("\xFF\xD8\xFF"), Request{}); err != nil {
				t.Fatal(err)
			}
		}
		h, p := header(), pixels()
		set, err := NewRunner([]Extractor{h, p}, DefaultLimits(), cache).Run(context.Background(), source("\xFF\xD8\xFF"), Request{})
		if err != nil {
			t.Fatal(err)
		}
		if st := set.Status("image.decodable"); st.State != facts.Present || !set.Image.Decodable {
			t.Errorf("%s cached: decodable is %+v, %t", name, st, set.Image.Decodable)
		}
		if first != nil && h.runs+p.runs != 1 {
			t.Errorf("%s cached: %d runs", name, h.runs+p.runs)
		}
	}
}
