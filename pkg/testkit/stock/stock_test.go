package stock

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

const honest = "../../../testdata/honest"

// TestMadeAlike wants the same files and plants twice.
func TestMadeAlike(t *testing.T) {
	if testing.Short() {
		t.Skip("draws camera files")
	}
	made := func(size Size) (map[string][]byte, []Plant) {
		dir := t.TempDir()
		plants, err := Make(dir, honest, size)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string][]byte{}
		for _, folder := range []string{Camera, Product, Letters} {
			names, err := filepath.Glob(filepath.Join(dir, folder, "*"))
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range names {
				data, err := os.ReadFile(n)
				if err != nil {
					t.Fatal(err)
				}
				files[folder+"/"+filepath.Base(n)] = data
			}
		}
		return files, plants
	}
	a, plantsA := made(Size{1, 3, 2})
	b, plantsB := made(Size{1, 3, 2})
	if len(a) != 6 || !slices.Equal(plantsA, plantsB) {
		t.Errorf("%d files, planted %v and then %v", len(a), plantsA, plantsB)
	}
	for name, data := range a {
		if !bytes.Equal(data, b[name]) {
			t.Errorf("%s is made in two ways", name)
		}
	}
	for _, p := range plantsA {
		if a[p.Path] == nil {
			t.Errorf("%s was planted in %s, which is not there", p.Value, p.Path)
		}
	}
	again, err := ParseList(List(plantsA))
	if err != nil || !slices.Equal(again, plantsA) {
		t.Errorf("the list reads as %v, %v", again, err)
	}
}

// TestTimes wants of each kind one file at least.
func TestTimes(t *testing.T) {
	for scale, want := range map[float64]Size{1: Whole, 0.1: {6, 12, 2}, 0.001: {1, 1, 1}} {
		if got := Whole.Times(scale); got != want {
			t.Errorf("%v: %v, want %v", scale, got, want)
		}
	}
}

// TestCount finds what was planted however it is written, and only in its own file.
func TestCount(t *testing.T) {
	plants := []Plant{
		{"a.jpg", Text, "50% OFF"}, {"a.jpg", Text, "www.shop4.example"}, {"b.jpg", Text, "厂家直销"},
		{"b.jpg", Code, "https://example.com/p/2?u=wx9"},
		{"l.pdf", Fact, "2026-01-05"}, {"l.pdf", Fact, "2026-12-31"}, {"l.pdf", Fact, "12345678"},
	}
	said := map[string]string{
		"a.jpg": "HOT SALE ５０％ off\nWWW. shop4 .example",
		"b.jpg": "厂 家 直 俏 https://example.com/p/2?u=wx9",
		"l.pdf": "自 2026 年 1 月 5 日至 2026.12.31 止 第1234567号",
	}
	want := []Recall{{Text, 3, 2}, {Code, 1, 1}, {Fact, 3, 2}}
	if got := Count(plants, said); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestSmall makes pictures of which no two are alike.
func TestSmall(t *testing.T) {
	dir := t.TempDir()
	if err := Small(dir, 102); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*", "*.jpg"))
	if err != nil || len(names) != 102 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	seen := map[string]string{}
	for _, n := range names {
		data, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		if other, twice := seen[string(data)]; twice {
			t.Errorf("%s is %s", n, other)
		}
		seen[string(data)] = n
	}
}
