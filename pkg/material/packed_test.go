package material

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// zipped packs files, path → content, sorted by path; a path in GBK has no flag
// for UTF-8, as Chinese Windows writes it.
func zipped(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range slices.Sorted(func(yield func(string) bool) {
		for p := range files {
			if !yield(p) {
				return
			}
		}
	}) {
		h := &zip.FileHeader{Name: p, Method: zip.Deflate, NonUTF8: strings.HasPrefix(p, "gbk:")}
		if h.NonUTF8 {
			name, err := simplifiedchinese.GBK.NewEncoder().String(strings.TrimPrefix(p, "gbk:"))
			if err != nil {
				t.Fatal(err)
			}
			h.Name = name
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, files[p]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// described says cases and assets in one line each, with what is wrong.
func described(cases []*Case, outside []Problem) string {
	var b strings.Builder
	for _, c := range cases {
		fmt.Fprintf(&b, "%s packed=%v file=%v\n", c.Path, c.Packed, c.File != nil)
		for _, a := range c.Assets {
			fmt.Fprintf(&b, "  %s %s %s %s\n", a.Path, a.Kind, a.Slot, a.Unread)
		}
		for _, p := range c.Problems {
			fmt.Fprintf(&b, "  ! %s %s\n", p.Path, p.Code)
		}
		for _, p := range c.Ignored {
			fmt.Fprintf(&b, "  - %s\n", p)
		}
	}
	for _, p := range outside {
		fmt.Fprintf(&b, "! %s %s\n", p.Path, p.Code)
	}
	return b.String()
}

func TestArchives(t *testing.T) {
	client := map[string]string{"原图/a.jpg": "A", "gbk:替换图/主图/b.jpg": "B", "case.yaml": "store: {name: {zh: 店}}", "__MACOSX/原图/._a.jpg": "x", ".DS_Store": "x"}
	const whole = "  原图/a.jpg source  \n  替换图/主图/b.jpg replacement main \n"
	for _, tt := range []struct {
		name  string
		files map[string]string
		scan  string // below the folder
		want  string
	}{
		{"a client's folder as a zip file", map[string]string{"client.zip": zipped(t, client)}, "client.zip",
			". packed=true file=true\n" + whole + "  - .DS_Store\n  - __MACOSX/原图/._a.jpg\n"},
		{"zip files among clients", map[string]string{"A.zip": zipped(t, client), "B/原图/c.jpg": "C", "B/授权书/d.pdf": "D"}, ".",
			"A.zip packed=true file=true\n" + whole + "  - .DS_Store\n  - __MACOSX/原图/._a.jpg\nB packed=false file=false\n  原图/c.jpg source  \n  授权书/d.pdf authorization  \n"},
		{"the folder inside the zip file", map[string]string{"A.zip": zipped(t, map[string]string{"甲/原图/a.jpg": "A", "甲/授权书/b.pdf": "B"})}, ".",
			"A.zip/甲 packed=true file=false\n  原图/a.jpg source  \n  授权书/b.pdf authorization  \n"},
		{"a kind as a zip file", map[string]string{"原图.zip": zipped(t, map[string]string{"a.jpg": "A"}), "授权书/b.pdf": "B"}, ".",
			". packed=false file=false\n  原图.zip/a.jpg source  \n  授权书/b.pdf authorization  \n"},
		{"a zip file in a zip file", map[string]string{"A.zip": zipped(t, map[string]string{"原图.zip": zipped(t, map[string]string{"a.jpg": "A", "deep.zip": zipped(t, map[string]string{"c.jpg": "C"})}), "授权书/b.pdf": "B"})}, ".",
			"A.zip packed=true file=false\n  原图.zip/a.jpg source  \n  原图.zip/deep.zip source  \n  授权书/b.pdf authorization  \n"},
		{"unpacked beside it", map[string]string{"原图.zip": zipped(t, map[string]string{"a.jpg": "A"}), "原图/a.jpg": "A", "授权书/b.pdf": "B"}, ".",
			". packed=false file=false\n  原图/a.jpg source  \n  授权书/b.pdf authorization  \n  - 原图.zip\n"},
		{"damaged", map[string]string{"证据.zip": "PK\x03\x04 and no more", "原图/a.jpg": "A", "授权书/b.pdf": "B"}, ".",
			". packed=false file=false\n  原图/a.jpg source  \n  授权书/b.pdf authorization  \n  证据.zip evidence  \n  ! 证据.zip bad_archive\n"},
		{"two files of one name", map[string]string{"原图.zip": zipped(t, map[string]string{"a.jpg": "A", "./a.jpg": "B"}), "授权书/b.pdf": "B"}, ".",
			". packed=false file=false\n  原图.zip/a.jpg source  \n  授权书/b.pdf authorization  \n  ! 原图.zip name_twice\n"},
		{"of another kind", map[string]string{"证据/x.rar": "Rar!", "原图/a.jpg": "A", "原图/b.7z": "7z"}, ".",
			". packed=false file=false\n  原图/a.jpg source  \n  原图/b.7z source  other_archive\n  证据/x.rar evidence  other_archive\n  ! 原图/b.7z other_archive\n  ! 证据/x.rar other_archive\n"},
		{"empty file inside", map[string]string{"原图.zip": zipped(t, map[string]string{"a.jpg": ""}), "授权书/b.pdf": "B"}, ".",
			". packed=false file=false\n  原图.zip/a.jpg source  empty\n  授权书/b.pdf authorization  \n  ! 原图.zip/a.jpg empty\n"},
		{"bytes that are not here", map[string]string{"原图/.b.jpg.icloud": "bplist", "原图/a.jpg": "A", "原图/.a.jpg.icloud": "bplist", "授权书/l.pdf": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"}, ".",
			". packed=false file=false\n  原图/a.jpg source  \n  原图/b.jpg source  not_downloaded\n  授权书/l.pdf authorization  lfs_pointer\n  ! 原图/b.jpg not_downloaded\n  ! 授权书/l.pdf lfs_pointer\n  - 原图/.a.jpg.icloud\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := lay(t, tt.files)
			cases, outside, err := Walk(t.Context(), []string{filepath.Join(dir, tt.scan)}, testOptions())
			if err != nil {
				t.Fatal(err)
			}
			if got := described(cases, outside); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
			for _, c := range cases {
				for _, a := range c.Assets {
					if a.Unread != "" {
						continue
					}
					f, err := Open(a)
					if err != nil {
						t.Errorf("%s: %v", a.Path, err)
						continue
					}
					if b, err := io.ReadAll(io.NewSectionReader(f, 0, a.Size+1)); err != nil || int64(len(b)) != a.Size {
						t.Errorf("%s: %q, %v", a.Path, b, err)
					}
					f.Close()
				}
			}
		})
	}
}

// TestArchiveChanged: a zip file that is another one when its turn comes.
func TestArchiveChanged(t *testing.T) {
	dir := lay(t, map[string]string{"原图.zip": zipped(t, map[string]string{"a.jpg": "A", "b.jpg": "B"}), "授权书/b.pdf": "B"})
	cases, _, err := Walk(t.Context(), []string{dir}, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	other := lay(t, map[string]string{"原图.zip": zipped(t, map[string]string{"a.jpg": "longer"})})
	if err := copyFile(filepath.Join(other, "原图.zip"), filepath.Join(dir, "原图.zip")); err != nil {
		t.Fatal(err)
	}
	for _, a := range cases[0].Assets[:2] {
		var open *OpenError
		if _, err := Open(a); !errors.As(err, &open) || open.Code != TooLarge && !errors.Is(err, ErrChanged) {
			t.Errorf("%s: err = %v", a.Path, err)
		}
	}
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o600)
}
