package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/testkit/pdffile"
)

func TestParse(t *testing.T) {
	many := []string{pdffile.Catalog, "<< /Type /Pages /Kids [ "}
	for i := range MaxPages + 1 {
		many[1] += fmt.Sprintf("%d 0 R ", i+3)
		many = append(many, "<< /Type /Page >>")
	}
	many[1] += "] >>"
	for _, c := range []struct {
		name  string
		data  []byte
		pages int
		err   error
		check func(f *File) bool
	}{
		{"one page", pdffile.Build("", pdffile.Catalog, pdffile.OnePage, "<< /Type /Page /Parent 2 0 R >>"), 1, nil, func(f *File) bool { return !f.Encrypted && f.Revisions == 1 && !f.Damaged }},
		{"info", pdffile.Build("/Info 4 0 R", pdffile.Catalog, pdffile.OnePage, "<< /Type /Page >>", `<< /Producer (Adobe \(R\) \101) /Title <FEFF6388> /ModDate (D:20250301120000+08'00') >>`), 1, nil, func(f *File) bool {
			return f.Info.Producer == "Adobe (R) A" && f.Info.Title == "授" && f.Info.Modified.Equal(time.Date(2025, 3, 1, 4, 0, 0, 0, time.UTC))
		}},
		{"encrypted", pdffile.Build("/Encrypt 4 0 R", pdffile.Catalog, pdffile.OnePage, "<< /Type /Page >>", "<< /Filter /Standard >>"), 1, nil, func(f *File) bool { return f.Encrypted }},
		{"updated", append(pdffile.Build("", pdffile.Catalog, pdffile.OnePage, "<< /Type /Page >>"), "\n3 0 obj\n<< /Type /Page /Rotate 90 >>\nendobj\n%%EOF\n"...), 1, nil, func(f *File) bool { return f.Revisions == 2 }},
		{"page tree in an object stream", pdffile.Build("", pdffile.Catalog, pdffile.Stream("/Type /ObjStm /N 2 /First 8 /Filter /FlateDecode", pdffile.Flate("2 0 3 30"+"<< /Kids [3 0 R] /Count 1 >>  << /Type /Page >>"))), 1, nil, func(f *File) bool { return f.dict(ref(3))["Type"] == Name("Page") }},
		{"tree in a circle", pdffile.Build("", pdffile.Catalog, "<< /Type /Pages /Kids [2 0 R 3 0 R] >>", "<< /Type /Page >>"), 1, nil, nil},
		{"too many pages", pdffile.Build("", many...), 0, ErrTooManyPage, nil},
		{"no pages", pdffile.Build("", "<< /Type /Catalog >>"), 0, ErrNoPages, nil},
		{"no PDF", []byte("GIF89a"), 0, ErrNotPDF, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := Parse(c.data)
			if !errors.Is(err, c.err) {
				t.Fatalf("err %v, want %v", err, c.err)
			}
			if f == nil {
				return
			}
			if f.Pages != c.pages {
				t.Errorf("pages %d, want %d", f.Pages, c.pages)
			}
			if c.check != nil && !c.check(f) {
				t.Errorf("%+v", f)
			}
		})
	}
}

// TestBomb: a stream that unpacks to far more than is read.
func TestBomb(t *testing.T) {
	f := &File{budget: 1 << 16}
	if _, err := f.inflate([]byte(pdffile.Flate(strings.Repeat("a", 1<<18)))); !errors.Is(err, ErrTooComplex) {
		t.Errorf("err %v", err)
	}
	if _, err := f.inflate([]byte(pdffile.Flate("a"))); !errors.Is(err, ErrTooComplex) {
		t.Errorf("a used-up budget is refilled: %v", err)
	}
}

func TestSinglePicture(t *testing.T) {
	jpeg := "\xFF\xD8\xFF\xE0 not really \xFF\xD9"
	page := func(page, contents string) []byte {
		return pdffile.Build("", pdffile.Catalog, pdffile.OnePage, "<< /Type /Page /Resources << /XObject << /Im0 5 0 R >> >> /Contents 4 0 R "+page+" >>",
			pdffile.Stream("", contents), pdffile.Stream("/Subtype /Image /Filter /DCTDecode /ColorSpace /DeviceRGB /Width 8 /Height 8", jpeg))
	}
	const full = "q 595 0 0 842 0 0 cm /Im0 Do Q"
	for _, c := range []struct {
		name           string
		page, contents string
		want           bool
	}{
		{"scan", "", full, true},
		{"scan in two steps", "", "q 0.5 0 0 0.5 0 0 cm q 1190 0 0 1684 0 0 cm /Im0 Do Q Q", true},
		{"with text", "", full + " BT (x) Tj ET", false},
		{"half a page", "", "q 297 0 0 421 0 0 cm /Im0 Do Q", false},
		{"twice", "", full + " " + full, false},
		{"turned", "/Rotate 90", full, false},
		{"with a stamp", "/Annots [4 0 R]", full, false},
	} {
		f, err := Parse(page(c.page, c.contents))
		if err != nil {
			t.Fatal(err)
		}
		got, w, h, ok := f.SinglePicture(0)
		if ok != c.want || ok && (string(got) != jpeg || w != 595 || h != 842) {
			t.Errorf("%s: %v %v×%v", c.name, ok, w, h)
		}
	}
}

func TestSignature(t *testing.T) {
	whole := pdffile.Signed(t)
	edit := func(f func(b []byte) []byte) []byte { return f(append([]byte(nil), whole...)) }
	for _, c := range []struct {
		name                  string
		data                  []byte
		valid, whole, changed bool
		reason                string
	}{
		{"signed", whole, true, true, false, ""},
		{"a byte changed", edit(func(b []byte) []byte { return bytes.Replace(b, []byte("595"), []byte("596"), 1) }), false, true, false, "digest differs"},
		{"added to", edit(func(b []byte) []byte { return append(b, "\n3 0 obj\n<< /Type /Page /Rotate 90 >>\nendobj\n%%EOF\n"...) }), true, false, true, ""},
		{"white space after", edit(func(b []byte) []byte { return append(b, "\n\n"...) }), true, true, false, ""},
		{"something hidden in the gap", edit(func(b []byte) []byte {
			i := bytes.Index(b, []byte("00>"))
			copy(b[i-30:], "> /Evil (x) /More <")
			return b
		}), false, true, false, "more than the signature"},
		{"range outside", edit(func(b []byte) []byte {
			i := bytes.Index(b, []byte("/ByteRange [0 "))
			copy(b[i+len("/ByteRange [0 "):], "99999999")
			return b
		}), false, false, true, "outside the file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := Parse(c.data)
			if err != nil {
				t.Fatal(err)
			}
			if len(f.Signatures) != 1 {
				t.Fatalf("%d signatures", len(f.Signatures))
			}
			s := f.Signatures[0]
			if !s.Checked || s.Valid != c.valid || s.CoversWhole != c.whole || !strings.Contains(s.Reason, c.reason) {
				t.Errorf("%+v", s)
			}
			if got := f.AfterSigning(); c.name != "range outside" && got.Changed != c.changed {
				t.Errorf("after signing: %+v", got)
			}
			if c.valid && (s.Signer != "Hans Meier" || !s.SignedAt.Equal(time.Date(2025, 3, 1, 4, 0, 0, 0, time.UTC))) {
				t.Errorf("signer %q at %v", s.Signer, s.SignedAt)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add(pdffile.Build("", pdffile.Catalog, pdffile.OnePage, "<< /Type /Page >>"))
	f.Add(pdffile.Signed(f))
	for _, c := range afterSigningCases(f) {
		f.Add(c.data)
	}
	f.Add(pdffile.Build("", pdffile.Catalog, pdffile.Stream("/Type /ObjStm /N 2 /First 8 /Filter /FlateDecode", pdffile.Flate("2 0 3 30<< /Kids [3 0 R] >>  << /Type /Page >>"))))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := Parse(b)
		if err == nil && (file.Pages < 0 || file.Pages > MaxPages) {
			t.Fatalf("%d pages", file.Pages)
		}
		if file != nil {
			file.SinglePicture(0)
			if later := file.AfterSigning(); len(file.Signatures) == 0 && (later.Changed || len(later.Added) > 0) {
				t.Fatalf("%+v after no signature", later)
			}
		}
	})
}
