package casefile

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/aecheck/aecheck/pkg/config"
)

func TestAdd(t *testing.T) {
	flow := strings.TrimPrefix(line, "- ")
	tests := []struct{ name, before, after string }{
		{"no file", "", "confirmations:\n  " + line + "\n"},
		{"comments only", "# my case\n", "# my case\nconfirmations:\n  " + line + "\n"},
		{"no list, no line end", "store:\n  id: 0012345 # as written", "store:\n  id: 0012345 # as written\nconfirmations:\n  " + line + "\n"},
		{"list at the end", "confirmations:   # turns a review\n  # first\n  - {rule: AE101, by: x}   # yes\nstore: {id: 12345}\n",
			"confirmations:   # turns a review\n  # first\n  - {rule: AE101, by: x}   # yes\n  " + line + "\nstore: {id: 12345}\n"},
		{"what stands above the next key stays there", "confirmations:\n  - rule: AE101\n    note: |\n      several\n\n      lines\n\n# the shop\nstore: {id: 12345}\n",
			"confirmations:\n  - rule: AE101\n    note: |\n      several\n\n      lines\n  " + line + "\n\n# the shop\nstore: {id: 12345}\n"},
		{"list in column 1", "confirmations:\n- rule: AE101\nstore: {id: 12345}\n", "confirmations:\n- rule: AE101\n" + line + "\nstore: {id: 12345}\n"},
		{"last line without an end", "confirmations:\n    - rule: AE101", "confirmations:\n    - rule: AE101\n    " + line + "\n"},
		{"nothing given", "confirmations:  # none yet\nstore: {id: 12345}\n", "confirmations:  # none yet\n  " + line + "\nstore: {id: 12345}\n"},
		{"null", "confirmations: null # none\n", "confirmations:  # none\n  " + line + "\n"},
		{"empty list", "confirmations: []\nstore: {id: 12345}\n", "confirmations: \n  " + line + "\nstore: {id: 12345}\n"},
		{"list in brackets", "confirmations: [{rule: AE101, note: 'a]b'}, # x]\n  {rule: AE102, note: \"]\"}\n]\nstore: {id: 12345}\n",
			"confirmations: [{rule: AE101, note: 'a]b'}, # x]\n  {rule: AE102, note: \"]\"}, " + flow + "]\nstore: {id: 12345}\n"},
		{"Windows line ends", "store: {id: 12345}\r\nconfirmations:\r\n  - rule: AE101\r\n", "store: {id: 12345}\r\nconfirmations:\r\n  - rule: AE101\r\n  " + line + "\r\n"},
		{"indented file", "  store: {id: 12345}\n", "  store: {id: 12345}\n  confirmations:\n    " + line + "\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Add("case.yaml", []byte(tt.before), []Confirmation{entry()})
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tt.after {
				t.Errorf("got\n%s\nwant\n%s", got, tt.after)
			}
		})
	}
}

func FuzzAdd(f *testing.F) {
	f.Add("store: {id: 1}\nconfirmations:\n  - {rule: AE101}\n# end", "a b.pdf", "王\u202e五", "x\n'\"\\#: ]}")
	f.Add("confirmations: [{rule: AE101, by: 'it''s'}]", "../x", "null", "2026-01-01")
	f.Add("confirmations: ~", "-", "1e3", "\u2028")
	f.Add("confirmations:\n  - rule: AE101\n    note: |+\n      a\n\n\n", "a", "b", "c")
	f.Fuzz(func(t *testing.T, text, file, by, note string) {
		k := entry()
		k.File, k.By, k.Note = file, by, note
		out, err := Add("case.yaml", []byte(text), []Confirmation{k, entry()})
		if err != nil {
			return
		}
		c := &File{}
		if _, err := config.Decode("case.yaml", out, c); err != nil {
			t.Fatalf("%q became %q: %v", text, out, err)
		}
		if n := len(c.Confirmations); n < 2 || c.Confirmations[n-2].Note != note || c.Confirmations[n-2].File != file || c.Confirmations[n-2].By != by {
			t.Errorf("%q became %q", text, out)
		}
		for _, l := range strings.Split(text, "\n") {
			if strings.HasPrefix(l, "#") && !bytes.Contains(out, []byte(l)) {
				t.Errorf("the comment %q is gone from %q", l, out)
			}
		}
	})
}

func TestReadWrite(t *testing.T) {
	dir := t.TempDir()
	if data, err := Read(dir, "case.yaml"); err != nil || data != nil {
		t.Fatalf("no file: %q, %v", data, err)
	}
	if err := Write(dir, "case.yaml", nil, []byte("one\n")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, "case.yaml"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(dir, "case.yaml", []byte("one\n"), []byte("two\n")); err != nil {
		t.Fatal(err)
	}
	if err := Write(dir, "case.yaml", []byte("one\n"), []byte("three\n")); !errors.Is(err, ErrChanged) {
		t.Errorf("changed in the meantime: %v", err)
	}
	if data, err := Read(dir, "case.yaml"); err != nil || string(data) != "two\n" {
		t.Errorf("%q, %v", data, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	if info, err := os.Stat(filepath.Join(dir, "case.yaml")); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	other := filepath.Join(t.TempDir(), "case.yaml")
	if err := os.WriteFile(other, []byte("elsewhere\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(other, filepath.Join(dir, "link.yaml")); err != nil {
		t.Skip("no links here:", err)
	}
	if err := Write(dir, "link.yaml", []byte("elsewhere\n"), []byte("x")); err == nil {
		t.Error("wrote through a link")
	}
}

const line = `- {rule: AE512, file: authorization/acme.pdf, sha256: ` + sum + `, by: 王五, at: 2026-11-19 10:00:05, note: "he said: \"scanned\", # twice"}`

func TestAddRefuses(t *testing.T) {
	if _, err := Add("case.yaml", []byte("{store: {id: 12345}}\n"), []Confirmation{entry()}); !errors.Is(err, ErrCannotEdit) {
		t.Errorf("a file in braces: %v", err)
	}
	if _, err := Add("case.yaml", []byte("stroe: {}\n"), []Confirmation{entry()}); config.All(err) == nil {
		t.Errorf("an invalid file: %v", err)
	}
	if out, err := Add("case.yaml", []byte("# x\n"), nil); err != nil || string(out) != "# x\n" {
		t.Errorf("nothing to add: %q, %v", out, err)
	}
}

const sum = "3fa9c0e1d2b3a4958677695a4b3c2d1e0f1e2d3c4b5a69788796a5b4c3d2e1f0"

func entry() Confirmation {
	return Confirmation{Rule: "AE512", File: "authorization/acme.pdf", SHA256: sum, By: "王五",
		At: time.Date(2026, 11, 19, 2, 0, 5, 0, time.UTC), Note: `he said: "scanned", # twice`}
}

// TestAddToOtherEncoding: what Notepad saved as "ANSI" or "Unicode" becomes UTF-8 with a
// mark when something is added, and nothing else changes.
func TestAddToOtherEncoding(t *testing.T) {
	const text = "store:\r\n  name: {zh: 深圳市示例科技有限公司}\r\n"
	want, err := Add("case.yaml", []byte("\ufeff"+text), []Confirmation{{Rule: "AE213", By: "李四"}})
	if err != nil {
		t.Fatal(err)
	}
	for name, enc := range map[string]encoding.Encoding{"GBK": simplifiedchinese.GBK, "UTF-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)} {
		old, err := enc.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Add("case.yaml", []byte(old), []Confirmation{{Rule: "AE213", By: "李四"}}); err != nil || string(got) != string(want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestAddKeepsBOM: what Notepad wrote before the text stays there.
func TestAddKeepsBOM(t *testing.T) {
	old := []byte("\ufeffstore: {id: 1234567}\r\n")
	got, err := Add("case.yaml", old, []Confirmation{{Rule: "AE101", By: "me"}})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(got, old) {
		t.Errorf("%q does not begin with %q", got, old)
	}
}
