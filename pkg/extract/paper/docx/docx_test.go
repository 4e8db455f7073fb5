package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func pack(t testing.TB, name, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(body)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const sample = `<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>申诉</w:t></w:r><w:r><w:t>理由</w:t></w:r></w:p><w:p><w:r><w:t>商品</w:t><w:tab/><w:t>1005001234567890</w:t></w:r></w:p></w:body></w:document>`

func TestParagraphs(t *testing.T) {
	b := pack(t, "word/document.xml", sample)
	got, err := Paragraphs(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"申诉理由", "商品 1005001234567890"}, got); d != "" {
		t.Error(d)
	}
	b = pack(t, "xl/workbook.xml", "<x/>")
	if _, err := Paragraphs(bytes.NewReader(b), int64(len(b))); !errors.Is(err, ErrNotDocx) {
		t.Errorf("err %v", err)
	}
}

func FuzzParagraphs(f *testing.F) {
	f.Add(pack(f, "word/document.xml", sample))
	f.Fuzz(func(t *testing.T, b []byte) {
		ps, err := Paragraphs(bytes.NewReader(b), int64(len(b)))
		if err != nil && ps != nil {
			t.Fatal("text and an error")
		}
	})
}
