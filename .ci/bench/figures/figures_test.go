package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSaidByPeer puts codes and texts to the files they are of, whatever zbarimg
// read into a picture.
func TestSaidByPeer(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const document = "<barcodes xmlns='http://zbar.sourceforge.net/2008/barcode'>\n<source href='/tmp/small/a__1.jpg.png'>\n<index num='0'>\n" +
		"<symbol type='QR-Code' quality='1'><data><![CDATA[one\xff\x01&]]></data></symbol>\n</index></source></barcodes>\n"
	write("qr.xml", document+strings.ReplaceAll(strings.ReplaceAll(document, "a__1", "a__2"), "one", "two"))
	write("ocr/a__1.jpg.png.txt", "words")
	write("pdf/b__l.pdf-1.png.txt", "page one")
	write("pdf/b__l.pdf-2.png.txt", "page two")
	got, err := saidByPeer(dir, map[string]bool{"a/1.jpg": true, "a/2.jpg": true, "b/l.pdf": true, "a/3.jpg": true})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string][]string{"a/1.jpg": {"words", "one"}, "a/2.jpg": {"two"}, "b/l.pdf": {"page one", "page two"}, "a/3.jpg": nil} {
		for _, w := range want {
			if !strings.Contains(got[path], w) {
				t.Errorf("%s: %q lacks %q", path, got[path], w)
			}
		}
		if len(want) == 0 && got[path] != "" {
			t.Errorf("%s: %q, want nothing", path, got[path])
		}
	}
}

// TestMeasure counts what a command's children took, and hands its exit code on.
func TestMeasure(t *testing.T) {
	file := filepath.Join(t.TempDir(), "runs")
	code, err := measure(file, "a, loop", []string{"bash", "-c", "bash -c 'for ((i = 0; i < 100000; i++)); do :; done'; exit 3"})
	if err != nil || code != 3 {
		t.Fatalf("exit code %d, %v", code, err)
	}
	byName, order, err := readRuns(file)
	if err != nil || len(order) != 1 || byName["a, loop"].CPU <= 0 || byName["a, loop"].Peak < 1 {
		t.Errorf("%v, %v", byName, err)
	}
}
