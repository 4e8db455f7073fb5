package document

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/paper/pdf/render"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

// reader gives the same lines for every page and a name for every seal.
type reader struct{ lines []ocr.Line }

func (r reader) Read(context.Context, *raster.RGB, ocr.Options) ([]ocr.Line, error) {
	return r.lines, nil
}
func (r reader) Recognize(context.Context, *raster.RGB) (ocr.Line, error) {
	return ocr.Line{Text: "艾克美贸易有限公司", Confidence: 0.9}, nil
}

// letterPicture is a signed and sealed page.
func letterPicture(t *testing.T) []byte {
	t.Helper()
	s := papers.NewSheet(1000, 1400, 5)
	if err := s.Body(180, 20); err != nil {
		t.Fatal(err)
	}
	s.Sign(250, 1040, 240, 90, papers.Black)
	s.Chop(700, 1100, 95, 95, 0, 360, papers.Red)
	var b bytes.Buffer
	if err := png.Encode(&b, s.RGBA); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPicture(t *testing.T) {
	data := letterPicture(t)
	lines := []ocr.Line{
		{Text: "品牌授权书", Confidence: 0.98, Box: facts.Box{400, 60, 200, 40}},
		{Text: "授权方:艾克美贸易有限公司", Confidence: 0.97, Box: facts.Box{100, 110, 400, 30}},
		{Text: "被授权方:深圳市示例科技有限公司", Confidence: 0.97, Box: facts.Box{100, 150, 400, 30}},
		{Text: "上公有司", Confidence: 0.4, Box: facts.Box{640, 1040, 120, 60}}, // what a reader makes of the ring
	}
	var set facts.Set
	if err := New(reader{lines}, nil).Extract(context.Background(), input(data, "png"), &set); err != nil {
		t.Fatal(err)
	}
	d := set.Document
	if d.Kind != "brand" || d.Grantor.Name != "艾克美贸易有限公司" || d.Grantee.Name != "深圳市示例科技有限公司" || d.TextSource != "recognised" || len(d.Text) != 3 {
		t.Errorf("kind %q grantor %q grantee %q source %q lines %d", d.Kind, d.Grantor.Name, d.Grantee.Name, d.TextSource, len(d.Text))
	}
	if len(d.Seals) != 1 || d.Seals[0].Text != "艾克美贸易有限公司" || d.Seals[0].Page != 1 || !d.Color {
		t.Errorf("seals %+v", d.Seals)
	}
	if len(d.Signatures) == 0 {
		t.Error("no signature")
	}
	for _, f := range []string{"document.kind", "document.seals", "document.edited"} {
		if st := set.Status(f); st.State != facts.Present {
			t.Errorf("%s: %+v", f, st)
		}
	}
}

// TestWithoutReader: seals still are found, text is said to be missing, by the
// user's wish.
func TestWithoutReader(t *testing.T) {
	var set facts.Set
	e := New(nil, nil)
	if err := e.Extract(context.Background(), input(letterPicture(t), "png"), &set); err != nil {
		t.Fatal(err)
	}
	if len(set.Document.Seals) != 1 || set.Status("document.seals").State != facts.Present {
		t.Errorf("seals %+v", set.Document.Seals)
	}
	if st := set.Status("document.grantor"); st.State != facts.NotExtracted || !st.Asked || st.Why.IsZero() {
		t.Errorf("grantor: %+v", st)
	}
	if with := New(reader{}, nil); with.Name() == e.Name() {
		t.Error("facts found without text would be served from the cache")
	}
}

// pdfOf writes a small PDF: a page of text, or none.
func pdfOf(trailer, contents string, pages int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count %d /Kids [", pages)
	for range pages {
		b.WriteString("3 0 R ")
	}
	fmt.Fprintf(&b, "] >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n"+
		"4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n5 0 obj\n<< /Producer (Adobe Photoshop 24.0) >>\nendobj\ntrailer\n<< /Root 1 0 R /Size 6 %s >>\n%%%%EOF\n", len(contents), contents, trailer)
	return []byte(b.String())
}

// codeDir is where the program keeps PDFium's compiled code, if this system has a
// place for it: compiling takes seconds.
func codeDir(t *testing.T) string {
	t.Helper()
	base, err := os.UserCacheDir()
	if err != nil {
		return t.TempDir()
	}
	return filepath.Join(base, "aecheck", "render")
}

// TestPDF starts PDFium once for all its cases.
func TestPDF(t *testing.T) {
	engine := render.NewEngine(codeDir(t), nil)
	defer engine.Close()
	e := New(nil, engine)
	read := func(data []byte) (facts.Set, error) {
		var set facts.Set
		err := e.Extract(context.Background(), input(data, "pdf"), &set)
		return set, err
	}
	text := "BT /F 14 Tf 60 780 Td (Certificate of Authorization) Tj 0 -40 Td (Licensor: Bella Moda S.r.l.) Tj 0 -30 Td (Licensee: Yiwu Sample Trading Co., Ltd) Tj 0 -30 Td (Valid from 2025-01-01 to 2026-12-31) Tj ET"
	set, err := read(pdfOf("/Info 5 0 R", text, 1))
	if err != nil {
		t.Fatal(err)
	}
	d := set.Document
	if d.TextSource != "text_layer" || d.Grantee.Name != "Yiwu Sample Trading Co., Ltd" || d.Ends.Format("2006-01-02") != "2026-12-31" || d.Pages != 1 || d.PagesRead != 1 || d.Confidence != 1 {
		t.Errorf("source %q grantee %q ends %v pages %d/%d", d.TextSource, d.Grantee.Name, d.Ends, d.PagesRead, d.Pages)
	}
	if len(d.Text) != 4 || d.Text[0].Page != 1 || d.Text[0].Box[0] < 160 || d.Text[0].Box[0] > 175 || d.Text[0].Box[1] < 120 || d.Text[0].Box[1] > 180 {
		t.Errorf("lines %+v", d.Text)
	}
	if d.Edited.Score != 0.5 || d.Edited.Signals[0].Name != "pdf.producer" {
		t.Errorf("edited %+v", d.Edited)
	}
	if st := set.Status("document.grantor"); st.State != facts.Present {
		t.Errorf("status %+v", st)
	}

	// A page without text and without a reader: not read, and said so.
	if set, err = read(pdfOf("", "0 0 100 100 re f", 1)); err != nil || set.Status("document.kind").State != facts.NotExtracted {
		t.Errorf("no text: %v %+v", err, set.Status("document.kind"))
	}
	if _, err = read([]byte("%PDF-1.7\nnothing")); !errors.Is(err, render.ErrBroken) {
		t.Errorf("broken: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := e.Extract(ctx, input(pdfOf("", text, 1), "pdf"), &set); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestText(t *testing.T) {
	var set facts.Set
	text := "申诉理由\r\n商品 1005001234567890 的主图由我方于2026年2月20日拍摄。\r\n\r\n我司高度重视。"
	if err := New(nil, nil).Extract(context.Background(), input([]byte(text), "text"), &set); err != nil {
		t.Fatal(err)
	}
	d := set.Document
	if len(d.Text) != 3 || len(d.ProductIDs) != 1 || len(d.Boilerplate) != 1 || len(d.Dates) != 1 || set.Status("document.kind").State != facts.Present {
		t.Errorf("%+v", d)
	}
}

// TestLongText: what the part that was read does not say may stand in the rest.
func TestLongText(t *testing.T) {
	var set facts.Set
	text := "商品 1005001234567890\n" + strings.Repeat("很长的一段。\n", 4500)
	if err := New(nil, nil).Extract(context.Background(), input([]byte(text), "text"), &set); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]facts.State{"document.product_ids": facts.Present, "document.length": facts.Present, "document.violation_ids": facts.NotExtracted,
		"document.boilerplate": facts.NotExtracted, "document.text": facts.NotExtracted, "document.pages": facts.Present} {
		if got := set.Status(path).State; got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

// TestTIFFPages walks chains of directories, an endless one among them.
func TestTIFFPages(t *testing.T) {
	file := func(next ...uint32) []byte {
		b := []byte{'I', 'I', 42, 0, 8, 0, 0, 0}
		for _, n := range next {
			b = append(b, 0, 0) // no entries
			b = binary.LittleEndian.AppendUint32(b, n)
		}
		return b
	}
	for name, c := range map[string]struct {
		data []byte
		want int
	}{
		"one":       {file(0), 1},
		"two":       {file(14, 0), 2},
		"endless":   {file(14, 8), 2},
		"off file":  {file(9999), 1},
		"cut":       {[]byte{'I', 'I', 42}, 0},
		"one entry": {append(file(0), 1), 1},
	} {
		if got := len(tiffPages(bytes.NewReader(c.data), int64(len(c.data)))); got != c.want {
			t.Errorf("%s: %d pages, want %d", name, got, c.want)
		}
	}
	p := &tiffPage{bytes.NewReader(file(14, 0)), 14, binary.LittleEndian}
	b := make([]byte, 5)
	if _, err := p.ReadAt(b, 2); err != nil || b[2] != 14 {
		t.Errorf("% x %v", b, err)
	}
}
