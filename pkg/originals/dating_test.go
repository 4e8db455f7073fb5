package originals_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/aecheck/aecheck/pkg/originals"
	"github.com/aecheck/aecheck/pkg/originals/ledger"
	"github.com/aecheck/aecheck/pkg/originals/stamp"
	"github.com/aecheck/aecheck/pkg/originals/tree"
	"github.com/aecheck/aecheck/pkg/testkit/authority"
)

func TestDate(t *testing.T) {
	s := newShelf(t)
	index := filepath.Join(t.TempDir(), "index")
	tsa := &authority.Authority{Name: "Made-up time", Time: day}
	address, stop := tsa.Start()
	defer stop()
	asking := 0
	date := func() (originals.Dating, bool, error) {
		return originals.Date(context.Background(), index, address, func() { asking++ })
	}

	if _, _, err := date(); !errors.Is(err, fs.ErrNotExist) {
		t.Error("no archive:", err)
	}
	if _, err := os.Stat(index + ".lock"); err == nil {
		t.Error("something was laid where no archive is")
	}
	w, err := ledger.Open(index, ledger.Handler{})
	if err != nil {
		t.Fatal(err)
	}
	w.Close()
	if _, _, err := date(); !errors.Is(err, originals.ErrEmpty) {
		t.Error("empty archive:", err)
	}
	add(t, index, s.dir)
	d, fresh, err := date()
	if err != nil || !fresh || d.Entries != 3 || !d.Token.Time.Equal(day) {
		t.Fatalf("%+v %t %v", d, fresh, err)
	}
	if d, fresh, err := date(); err != nil || fresh || d.Entries != 3 || tsa.Asked != 1 || asking != 1 {
		t.Errorf("asked again: %+v %t %v", d, fresh, err)
	}

	// What comes later is not covered by it, and what was before still is.
	save(t, filepath.Join(s.dir, "z.jpg"), patches(newRand(), 300, 200, 40), 90)
	add(t, index, s.dir)
	a, err := originals.Load(index)
	if err != nil {
		t.Fatal(err)
	}
	for i := range a.Entries {
		p := a.Proof(&a.Entries[i])
		if (p.Dating != nil) != (i < 3) || p.Number != i || p.Total != 4 {
			t.Errorf("entry %d: %+v", i, p)
			continue
		}
		if p.Dating != nil && !tree.Check(p.Dating.Digest, p.SHA256, p.Number, p.Dating.Entries, p.Path) {
			t.Errorf("entry %d is not proved", i)
		}
	}
	if got := a.Proof(&a.Entries[0]).Hashes(); len(got) != 2 || len(got[0]) != 64 {
		t.Error(got)
	}
	tsa.Time = day.AddDate(0, 1, 0)
	if _, fresh, err := date(); err != nil || !fresh || tsa.Asked != 2 {
		t.Error(fresh, err)
	}
	if a, err = originals.Load(index); err != nil {
		t.Fatal(err)
	}
	if p := a.Proof(&a.Entries[0]); !p.Dating.Token.Time.Equal(day) {
		t.Error("the later timestamp was taken")
	}
	if p := a.Proof(&a.Entries[3]); p.Dating == nil || !p.Dating.Token.Time.Equal(tsa.Time) {
		t.Error("the new photo is not proved")
	}

	tsa.Refuse = true
	save(t, filepath.Join(s.dir, "zz.jpg"), patches(newRand(), 300, 220, 40), 90)
	add(t, index, s.dir)
	if _, _, err := date(); !errors.Is(err, stamp.ErrRefused) {
		t.Error(err)
	}
}

// TestDatingsChanged: a timestamp over something else, or none at all, proves nothing.
func TestDatingsChanged(t *testing.T) {
	s := newShelf(t)
	index := filepath.Join(t.TempDir(), "index")
	add(t, index, s.dir)
	w, err := ledger.Reopen(index, ledger.Handler{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := originals.Load(index)
	if err != nil {
		t.Fatal(err)
	}
	two := a.Digest(2)
	for _, st := range []ledger.Stamp{{Entries: 3, Digest: two[:], Token: []byte("x")}, {Entries: 2, Digest: two[:], Token: []byte("x")}} {
		if err := w.Stamp(st); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if a, err = originals.Load(index); err != nil {
		t.Fatal(err)
	}
	for i, d := range a.Datings() {
		if d.Err == nil || d.Token != nil {
			t.Errorf("timestamp %d holds", i)
		}
	}
	if p := a.Proof(&a.Entries[0]); p.Dating != nil {
		t.Error("it proves something")
	}
}
