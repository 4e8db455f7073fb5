package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/draft"
)

func TestWrite(t *testing.T) {
	p := &draft.Paper{Lang: "zh", Title: "授权书", Blocks: []draft.Block{
		{Line: "致：平台"}, {Rows: []draft.Row{{Label: "授权方：", Value: "A & B <Ltd>\x01"}}}, {Para: "正文"}, {Sign: []string{"盖章：", "日期："}},
	}}
	data, err := Write(p)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Write(p)
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("other bytes for the same paper: %v", err)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names, texts []string
	for _, f := range z.File {
		names = append(names, f.Name)
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		for in := false; ; {
			tok, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			switch x := tok.(type) {
			case xml.StartElement:
				in = x.Name.Local == "t"
			case xml.CharData:
				if in && f.Name == "word/document.xml" {
					texts = append(texts, string(x))
				}
			case xml.EndElement:
				in = false
			}
		}
	}
	if want := []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml"}; !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
	if got := strings.Join(texts, "|"); got != "授权书|致：平台|授权方：|A & B <Ltd>|正文|盖章：|日期：" {
		t.Errorf("%q", got)
	}
}
