package origin

import (
	_ "embed" // the lists
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed data/editors.txt
var editorList string

//go:embed data/transfer.txt
var transferList string

//go:embed data/notcameras.txt
var notCameraList string

//go:embed data/capture.txt
var captureList string

//go:embed data/generators.txt
var generatorList string

//go:embed data/screens.txt
var screenList string

// tables are the lists, parsed.
type tables struct {
	editors, transfer, notCameras, capture, generators []program
	screens                                            map[[2]int]string // kind by width and height
	tall                                               map[[2]int]bool   // phones so tall that hardly anything else is: 2 to 1 and more
}

// program is a line of a list.
type program struct {
	token, name string
	weight      float64 // generators only
}

func parseTables() (*tables, error) {
	t := &tables{screens: make(map[[2]int]string), tall: make(map[[2]int]bool)}
	for _, l := range []struct {
		dest   *[]program
		text   string
		fields int
	}{{&t.editors, editorList, 2}, {&t.transfer, transferList, 2}, {&t.notCameras, notCameraList, 2}, {&t.capture, captureList, 2}, {&t.generators, generatorList, 3}} {
		for line := range lines(l.text) {
			f := strings.Split(line, "|")
			if len(f) != l.fields {
				return nil, fmt.Errorf("list line %q has %d fields, not %d", line, len(f), l.fields)
			}
			p := program{token: strings.ToLower(strings.TrimSpace(f[0])), name: strings.TrimSpace(f[1])}
			if l.fields == 3 {
				w, err := strconv.ParseFloat(strings.TrimSpace(f[2]), 64)
				if err != nil {
					return nil, fmt.Errorf("list line %q: %w", line, err)
				}
				p.weight = w
			}
			*l.dest = append(*l.dest, p)
		}
	}
	for line := range lines(screenList) {
		f := strings.Fields(line)
		for _, size := range f[1:] {
			var w, h int
			if _, err := fmt.Sscanf(size, "%dx%d", &w, &h); err != nil {
				return nil, fmt.Errorf("screen size %q: %w", size, err)
			}
			// A monitor stands only one way; where a phone lies across, its
			// size may be that of one.
			t.screens[[2]int{w, h}] = f[0]
			if f[0] == "phone" && h >= 2*w {
				t.tall[[2]int{w, h}] = true
			}
			if f[0] != "desktop" {
				t.screens[[2]int{h, w}] = f[0]
			}
		}
	}
	return t, nil
}

// lines yields the lines that are neither empty nor comments.
func lines(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			if line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

// find returns the first program whose token stands in text as whole words.
func find(list []program, text string) (program, bool) {
	low := strings.ToLower(text)
	for _, p := range list {
		if hasWords(low, p.token) {
			return p, true
		}
	}
	return program{}, false
}

// hasWords reports whether token stands in low (lower case) without a Latin
// letter or digit running on at either end: "gimp" is in "GIMP 2.10", not in
// "gimped". Han characters need no boundary.
func hasWords(low, token string) bool {
	for from := 0; ; {
		i := strings.Index(low[from:], token)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(low[:i])
		after, _ := utf8.DecodeRuneInString(low[i+len(token):])
		first, _ := utf8.DecodeRuneInString(token)
		if !runsOn(before) && !runsOn(after) || unicode.Is(unicode.Han, first) {
			return true
		}
		from = i + len(token)
	}
}

func runsOn(r rune) bool {
	return r < unicode.MaxLatin1 && unicode.IsLetter(r)
}
