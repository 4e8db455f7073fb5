package licences

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write notices.txt anew")

// part is something in the program that others wrote.
type part struct {
	name, version string
	where         string   // what it is, empty for a Go module
	files         []string // of its licence
}

// embedded are the parts that no module list names.
func embedded(t *testing.T) []part {
	const heif, pdf = "../raster/heif/lib/", "pdfium/"
	out := []part{
		{"libheif", "1.18.2", "compiled to WebAssembly, pkg/raster/heif/lib; README.md there says how to use a changed one", []string{heif + "LICENSE.libheif"}},
		{"libde265", "1.0.15", "in the same file", []string{heif + "LICENSE.libde265"}},
		{"libavif", "", "compiled to WebAssembly, pkg/raster/heif/lib", []string{heif + "LICENSE.libavif"}},
		{"libaom", "", "in the same file", []string{heif + "LICENSE.aom"}},
		{"gen2brain/heic, gen2brain/avif", "0.4.5, 0.4.4", "the WebAssembly builds of these", []string{heif + "LICENSE.gen2brain"}},
		{"PP-OCRv4 and PP-OCRv6 models", "", "pkg/ocr/models", []string{"../ocr/models/NOTICE"}},
		{"EfficientNet-Lite0", "", "changed, pkg/extract/picture/shown/models", []string{"../extract/picture/shown/models/NOTICE"}},
		{"facefinder cascade of pigo", "", "pkg/extract/picture/faces/cascade", []string{"../extract/picture/faces/cascade/LICENSE.pigo"}},
		{"PDFium", "", "compiled to WebAssembly, in go-pdfium", []string{pdf + "pdfium.txt"}},
	}
	files, err := filepath.Glob(pdf + "*.txt")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d licences of PDFium: %v", len(files), err)
	}
	for _, f := range files {
		if name := strings.TrimSuffix(filepath.Base(f), ".txt"); name != "pdfium" {
			out = append(out, part{name, "", "in PDFium", []string{filepath.ToSlash(f)}})
		}
	}
	return out
}

// modules are those linked on any system, and Go's own library.
func modules(t *testing.T) []part {
	t.Helper()
	found := map[string]part{}
	for _, system := range []string{"linux", "windows", "darwin"} {
		c := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", "../../cmd/aecheck")
		c.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0")
		out, err := c.Output()
		if err != nil {
			t.Fatal(err)
		}
		for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
			f := strings.Split(lines.Text(), "\t")
			if len(f) == 3 && found[f[0]].name == "" {
				found[f[0]] = part{name: f[0], version: f[1], files: licenceFiles(t, f[2])}
			}
		}
	}
	// Go's own licence, which not every distribution installs with it, is that of
	// its x modules.
	parts := slices.SortedFunc(maps.Values(found), func(a, b part) int { return cmp.Compare(a.name, b.name) })
	return append([]part{{name: "Go", where: "the language's own library", files: licenceFiles(t, filepath.Dir(found["golang.org/x/sync"].files[0]))[:1]}}, parts...)
}

func licenceFiles(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if name := strings.ToLower(e.Name()); strings.HasPrefix(name, "licen") || strings.HasPrefix(name, "notice") || strings.HasPrefix(name, "copying") {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	if len(out) == 0 {
		t.Fatalf("%s has no licence", dir)
	}
	return out
}

// known names licences by words of their texts.
var known = []struct{ words, name string }{
	{"GNU LESSER GENERAL PUBLIC LICENSE", "LGPL-3.0-or-later"}, {"Mozilla Public License Version 2.0", "MPL-2.0"}, {"Apache License", "Apache-2.0"}, {"FreeType Project LICENSE", "FTL"}, {"UNICODE LICENSE V3", "Unicode-3.0"},
	{"PNG Reference Library License version 2", "libpng-2.0"}, {"Independent JPEG Group", "IJG"}, {"used to endorse or promote", "BSD-3-Clause"}, {"Anti-Grain Geometry", "AGG"},
	{"Sam Leffler", "libtiff"}, {"Jean-loup Gailly", "Zlib"}, {"Redistribution and use in source and binary forms", "BSD-2-Clause"}, {"Permission is hereby granted, free of charge", "MIT"},
}

func nameOf(t *testing.T, p part, text string) string {
	t.Helper()
	flat := strings.Join(strings.Fields(text), " ")
	var names []string
	for _, k := range known {
		longer := k.name == "BSD-2-Clause" && slices.Contains(names, "BSD-3-Clause")
		if strings.Contains(flat, k.words) && !longer {
			names = append(names, k.name)
		}
	}
	if len(names) == 0 {
		t.Errorf("%s: what licence is this? %.200s", p.name, flat)
	}
	return strings.Join(names, ", ")
}

var blanks = regexp.MustCompile(`[ \t\r]+\n`)

// TestNotices: notices.txt names every part that is linked, with its licence in full.
func TestNotices(t *testing.T) {
	var list, texts strings.Builder
	under := map[string][]string{} // licence text → names of parts
	var order []string
	for _, p := range slices.Concat(modules(t), embedded(t)) {
		var all []string
		for _, f := range p.files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, strings.Trim(blanks.ReplaceAllString(strings.ReplaceAll(string(data), "\f", ""), "\n"), "\n"))
		}
		text := strings.Join(all, "\n\n")
		fmt.Fprintf(&list, "  %s\n", strings.Join(slices.DeleteFunc([]string{strings.TrimSpace(p.name + " " + p.version), nameOf(t, p, text), p.where}, func(s string) bool { return s == "" }), " · "))
		if under[text] == nil {
			order = append(order, text)
		}
		under[text] = append(under[text], p.name)
	}
	for _, text := range order {
		fmt.Fprintf(&texts, "\n%s\n%s\n\n%s\n", strings.Repeat("=", 80), strings.Join(under[text], ", "), text)
	}
	want := "aecheck is under the licence in the file LICENSE of its source. It holds the work of others:\n\n" + list.String() + texts.String()
	if *update {
		if err := os.WriteFile("notices.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("notices.txt.gz", packed(t, want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	read, err := os.ReadFile("notices.txt")
	if err != nil {
		t.Fatal(err)
	}
	if text, err := Text(); err != nil || text != want || string(read) != want {
		t.Error("notices.txt is not what is linked: run go test ./pkg/licences -update")
	}
}

func packed(t *testing.T, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
