// Package wildcard does what shells on Unix do before a program starts and those
// on Windows leave to the program: it puts in the place of photos\*.JPG the files
// that it stands for.
//
// It imports nothing of ours.
package wildcard

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// NoMatch is the error for a pattern that stands for no file.
type NoMatch struct{ Pattern string }

func (e *NoMatch) Error() string { return fmt.Sprintf("nothing matches %s", e.Pattern) }

// Expand gives the paths that arguments stand for, each once, those of a pattern in
// the order of their names. As on Windows a * stands for any characters of a name,
// a ? for one, *.* for every name, and case makes no difference; brackets are
// brackets, for folders are called "photos [1]". What is there under the very name
// is no pattern. Names with a leading dot are only meant by a pattern with one, as
// in shells. Errors are *NoMatch and those of reading a folder.
func Expand(args []string) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	for _, arg := range args {
		found, err := expand(arg)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, &NoMatch{arg}
		}
		for _, f := range found {
			if !seen[f] {
				seen[f] = true
				out = append(out, f)
			}
		}
	}
	return out, nil
}

const wild = "*?"

// expand gives the paths one argument stands for. It does not end at the first
// name with a wildcard: clients\*\source\*.JPG.
func expand(arg string) ([]string, error) {
	volume := len(filepath.VolumeName(arg)) // \\?\C: is no pattern
	if !strings.ContainsAny(arg[volume:], wild) {
		return []string{arg}, nil
	}
	if _, err := os.Lstat(arg); err == nil {
		return []string{arg}, nil
	}
	start := volume
	for start < len(arg) && os.IsPathSeparator(arg[start]) {
		start++
	}
	paths := []string{arg[:start]}
	parts := strings.FieldsFunc(arg[start:], func(r rune) bool { return r < unicode.MaxASCII && os.IsPathSeparator(uint8(r)) })
	for i, part := range parts {
		var next []string
		for _, dir := range paths {
			if !strings.ContainsAny(part, wild) {
				next = append(next, join(dir, part))
				continue
			}
			names, err := list(dir, part)
			if err != nil {
				return nil, err
			}
			for _, name := range names {
				if p := join(dir, name); i == len(parts)-1 || isDir(p) {
					next = append(next, p)
				}
			}
		}
		paths = next
	}
	return slices.DeleteFunc(paths, func(p string) bool {
		_, err := os.Lstat(p)
		return err != nil
	}), nil
}

// join keeps what was typed: filepath.Join would turn C:x into C:.\x and clean the
// rest.
func join(dir, name string) string {
	if dir == "" || os.IsPathSeparator(dir[len(dir)-1]) || dir == filepath.VolumeName(dir) {
		return dir + name
	}
	return dir + string(filepath.Separator) + name
}

func isDir(p string) bool {
	info, err := os.Stat(p)
	return err == nil && info.IsDir()
}

// list gives the names in a folder that a pattern means; none where there is no
// such folder.
func list(dir, pattern string) ([]string, error) {
	if dir == "" {
		dir = "."
	} else if dir == filepath.VolumeName(dir) {
		dir += "." // C: alone is the current folder of the drive
	}
	if !isDir(dir) {
		return nil, nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if matches(pattern, e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// matches tells whether a pattern without separators means a name.
func matches(pattern, name string) bool {
	if strings.HasPrefix(name, ".") && !strings.HasPrefix(pattern, ".") {
		return false
	}
	if pattern == "*.*" {
		return true
	}
	p, n := []rune(pattern), []rune(name)
	at, star, from := 0, -1, 0 // star: the last * seen, which took n[:from] so far
	for i := 0; i < len(n); {
		switch {
		case at < len(p) && p[at] == '*':
			star, from = at, i
			at++
		case at < len(p) && (p[at] == '?' || unicode.ToUpper(p[at]) == unicode.ToUpper(n[i])):
			at++
			i++
		case star >= 0:
			from++
			at, i = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(string(p[at:]), "*") == ""
}
