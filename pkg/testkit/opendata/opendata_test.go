package opendata

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// set makes a small data set and names it.
func set(t *testing.T, manifest string, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range append(files, "MANIFEST.tsv") {
		path := filepath.Join(dir, filepath.FromSlash(f))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(manifest), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv(Env, dir)
	return dir
}

const manifest = "path\tlabel\texpected\trepo\n" +
	"qr/card.png\tqr\tkind=qr-photo; payload=ORG:Net Ltd; TITLE:Consul; http://a.b/?c=d; size=65x65\tx/y\n" +
	"product-white/lamp.jpg\tproduct-white\tkind=white; border_white250=1.0\tx/y\n" +
	"ocr/line.jpg\tocr\ttext=a=b\tx/y\n"

func TestSamples(t *testing.T) {
	dir := set(t, manifest)
	all := Samples(t)
	if len(all) != 3 {
		t.Fatalf("%+v", all)
	}
	want := Sample{
		Path: filepath.Join(dir, "qr", "card.png"), Name: "qr/card.png", Label: "qr", Kind: "qr-photo",
		Want: map[string]string{"kind": "qr-photo", "payload": "ORG:Net Ltd; TITLE:Consul; http://a.b/?c=d", "size": "65x65"},
	}
	if !reflect.DeepEqual(all[0], want) {
		t.Errorf("got %+v, want %+v", all[0], want)
	}
	if !all[1].Product() || all[2].Product() || all[2].Kind != "" || all[2].Want["text"] != "a=b" {
		t.Errorf("%+v", all[1:])
	}
	if some := Samples(t, "ocr", "product-white"); !reflect.DeepEqual(some, all[1:]) {
		t.Errorf("by label: %+v", some)
	}
}

func TestFiles(t *testing.T) {
	dir := set(t, manifest, "b/2.jpg", "b/1.jpg", "b/3.png", "a/4.jpg")
	got := Files(t, "b/*.jpg", "a/*", "none/*")
	want := []string{filepath.Join(dir, "b", "1.jpg"), filepath.Join(dir, "b", "2.jpg"), filepath.Join(dir, "a", "4.jpg")}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
