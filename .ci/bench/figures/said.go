package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// saidByAecheck reads what `aecheck inspect --format json` wrote: of each file all the
// strings among its facts.
func saidByAecheck(files ...string) (map[string]string, error) {
	out := map[string]string{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var list []struct {
			Path  string
			Facts any
		}
		if err := json.Unmarshal(data, &list); err != nil {
			return nil, err
		}
		for _, f := range list {
			var b strings.Builder
			gather(f.Facts, &b)
			out[f.Path] += b.String()
		}
	}
	return out, nil
}

func gather(v any, b *strings.Builder) {
	switch x := v.(type) {
	case string:
		b.WriteString(x + "\n")
	case []any:
		for _, item := range x {
			gather(item, b)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(x)) {
			gather(x[key], b)
		}
	}
}

// saidByPeer reads what .ci/bench/peer left: text files and codes under names that
// begin with the file's path, with __ for /.
func saidByPeer(dir string, paths map[string]bool) (map[string]string, error) {
	out := map[string]string{}
	add := func(name, text string) {
		for p := range paths {
			if strings.HasPrefix(name, strings.ReplaceAll(p, "/", "__")) {
				out[p] += text + "\n"
			}
		}
	}
	for _, folder := range []string{"ocr", "pdf"} {
		err := filepath.WalkDir(filepath.Join(dir, folder), func(name string, d fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(name) != ".txt" {
				return err
			}
			data, err := os.ReadFile(name)
			add(filepath.Base(name), string(data))
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, "qr.xml"))
	if err != nil {
		return nil, err
	}
	return out, codes(string(data), add)
}

// codes reads zbarimg's XML, several documents on end. What was misread for a code may
// hold bytes that XML does not allow.
func codes(data string, add func(name, text string)) error {
	d := xml.NewDecoder(strings.NewReader(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(data, "?"))))
	source := ""
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "source":
			for _, a := range start.Attr {
				if a.Name.Local == "href" {
					source = path.Base(a.Value)
				}
			}
		case "data":
			var text string
			if err := d.DecodeElement(&text, &start); err != nil {
				return err
			}
			add(source, text)
		}
	}
}
