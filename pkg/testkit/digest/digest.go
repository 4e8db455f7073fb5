// Package digest sums up, for tests, the sources that a package's results depend
// on: its own files and those of every package of ours that it imports, with what
// they embed, and the versions of the modules of others. pkg/scan keeps such
// digests as keys of the cache, and a test there fails when one is stale.
//
// A digest is the same on every system, for it counts the files of all of them,
// and whichever Go builds the program. Comments, blanks and line ends do not
// count, nor do tests. Of the standard library only the release that go.mod asks
// for counts: what Go promises to keep is kept, and a program built by a later
// Go is to find what an earlier one left.
//
// It imports nothing of ours.
package digest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Options say what does not count. Packages are named from the module on, as
// "pkg/facts".
type Options struct {
	// LeftOut are packages that count for nothing, nor does what they import.
	LeftOut []string
	// Untyped are packages whose types do not count: those that matter are
	// given to Of.
	Untyped []string
}

// Sources are those of a module.
type Sources struct {
	files    fs.FS
	module   string
	release  string // of Go, that go.mod asks for
	others   Modules
	options  Options
	packages map[string]*source
}

// source is what one package counts for.
type source struct {
	sum     string
	imports []string
}

// New returns the sources of the module whose root is files.
func New(files fs.FS, others Modules, o Options) (*Sources, error) {
	mod, err := fs.ReadFile(files, "go.mod")
	if err != nil {
		return nil, err
	}
	s := &Sources{files: files, others: others, options: o, packages: map[string]*source{}}
	for line := range strings.Lines(string(mod)) {
		switch words := strings.Fields(line); {
		case len(words) == 2 && words[0] == "module":
			s.module = words[1]
		case len(words) == 2 && words[0] == "go":
			s.release = words[1]
		}
	}
	if s.module == "" || s.release == "" {
		return nil, fmt.Errorf("go.mod names no module or no Go")
	}
	return s, nil
}

// Of returns the digest, 32 hexadecimal digits, of what results of the packages of
// these import paths depend on, the types they are written in among it.
func (s *Sources) Of(importPaths []string, types ...reflect.Type) (string, error) {
	names, others, err := s.closure(importPaths)
	if err != nil {
		return "", err
	}
	// Every line is a list of quoted words, so no two lists write the same.
	var list bytes.Buffer
	fmt.Fprintf(&list, "%q\n", []string{"go", s.release})
	for _, name := range names {
		fmt.Fprintf(&list, "%q\n", []string{"package", name, s.packages[name].sum})
	}
	for _, m := range others {
		fmt.Fprintf(&list, "%q\n", []string{"module", m})
	}
	for _, t := range types {
		fmt.Fprintf(&list, "%q\n", []string{"type", s.shape(t, nil)})
	}
	return sum(list.Bytes())[:32], nil
}

// Packages lists the import paths of the module's packages that count for some,
// those among them.
func (s *Sources) Packages(importPaths []string) ([]string, error) {
	names, _, err := s.closure(importPaths)
	for i, name := range names {
		names[i] = path.Join(s.module, name)
	}
	return names, err
}

// closure lists, in order, the packages of ours that some rest on and the modules
// of others, with their versions.
func (s *Sources) closure(importPaths []string) (names, others []string, err error) {
	seen, modules := map[string]bool{}, map[string]bool{}
	var visit func(importPath string) error
	visit = func(importPath string) error {
		name, ours := s.ours(importPath)
		switch {
		case !ours:
			first, _, _ := strings.Cut(importPath, "/")
			if !strings.Contains(first, ".") {
				return nil // the standard library
			}
			list, err := s.others.of(importPath)
			for _, m := range list {
				modules[m] = true
			}
			return err
		case seen[name] || slices.Contains(s.options.LeftOut, name):
			return nil
		}
		seen[name] = true
		p, err := s.load(name)
		if err != nil {
			return err
		}
		for _, imported := range p.imports {
			if err := visit(imported); err != nil {
				return err
			}
		}
		return nil
	}
	for _, importPath := range importPaths {
		if err := visit(importPath); err != nil {
			return nil, nil, err
		}
	}
	return slices.Sorted(maps.Keys(seen)), slices.Sorted(maps.Keys(modules)), nil
}

// ours is the name from the module on, "." for its root.
func (s *Sources) ours(importPath string) (string, bool) {
	if importPath == s.module {
		return ".", true
	}
	return strings.CutPrefix(importPath, s.module+"/")
}

// load reads every file of a package that the compiler reads on some system.
func (s *Sources) load(name string) (*source, error) {
	if p, ok := s.packages[name]; ok {
		return p, nil
	}
	entries, err := fs.ReadDir(s.files, name)
	if err != nil {
		return nil, err
	}
	p := &source{}
	var list bytes.Buffer
	embedded := map[string]bool{}
	for _, e := range entries {
		file := e.Name()
		if e.IsDir() || strings.HasPrefix(file, "_") || strings.HasPrefix(file, ".") || strings.HasSuffix(file, "_test.go") {
			continue
		}
		var content []byte
		switch path.Ext(file) {
		case ".go":
			g, err := s.readGo(name, file)
			if err != nil {
				return nil, err
			}
			content = g.tokens
			p.imports = append(p.imports, g.imports...)
			for _, pattern := range g.embeds {
				if err := s.embed(embedded, name, pattern); err != nil {
					return nil, fmt.Errorf("%s: %w", path.Join(name, file), err)
				}
			}
		case ".s", ".S", ".h", ".syso":
			if content, err = s.readText(path.Join(name, file)); err != nil {
				return nil, err
			}
		default:
			continue
		}
		fmt.Fprintf(&list, "%q\n", []string{"file", file, sum(content)})
	}
	if list.Len() == 0 {
		return nil, fmt.Errorf("no package in %s", name)
	}
	for _, file := range slices.Sorted(maps.Keys(embedded)) {
		content, err := s.readText(file)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&list, "%q\n", []string{"embedded", file, sum(content)})
	}
	p.sum = sum(list.Bytes())
	s.packages[name] = p
	return p, nil
}

// readText reads a file; of text, line ends are those of Unix, for a checkout on
// Windows may have others.
func (s *Sources) readText(name string) ([]byte, error) {
	content, err := fs.ReadFile(s.files, name)
	if err != nil || bytes.IndexByte(content, 0) >= 0 || !utf8.Valid(content) {
		return content, err
	}
	return bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n")), nil
}

// embed adds the files that a go:embed pattern names.
func (s *Sources) embed(files map[string]bool, dir, pattern string) error {
	if unquoted, err := strconv.Unquote(pattern); err == nil {
		pattern = unquoted
	}
	pattern, all := strings.CutPrefix(pattern, "all:")
	found, err := fs.Glob(s.files, path.Join(dir, pattern))
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return fmt.Errorf("nothing to embed as %s", pattern)
	}
	for _, root := range found {
		if err := fs.WalkDir(s.files, root, func(name string, d fs.DirEntry, err error) error {
			hidden := name != root && !all && strings.ContainsAny(d.Name()[:1], "._")
			switch {
			case err != nil:
				return err
			case hidden && d.IsDir():
				return fs.SkipDir
			case !hidden && !d.IsDir():
				files[name] = true
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// goFile is what counts of a file of Go.
type goFile struct {
	tokens  []byte
	imports []string
	embeds  []string // patterns
}

func (s *Sources) readGo(dir, name string) (*goFile, error) {
	content, err := fs.ReadFile(s.files, path.Join(dir, name))
	if err != nil {
		return nil, err
	}
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, path.Join(dir, name), content, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	g := &goFile{}
	for _, i := range parsed.Imports {
		importPath, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			return nil, err
		}
		g.imports = append(g.imports, importPath)
	}
	untyped := slices.Contains(s.options.Untyped, dir)
	file := set.File(parsed.FileStart)
	tokens(file.Name(), content, func(offset int, tok token.Token, literal string) {
		if tok == token.COMMENT {
			// Directives are comments that do something.
			patterns, embeds := strings.CutPrefix(literal, "//go:embed ")
			if embeds {
				g.embeds = append(g.embeds, strings.Fields(patterns)...)
			}
			if !strings.HasPrefix(literal, "//go:") {
				return
			}
		} else if untyped && outsideCode(parsed, file.Pos(offset)) {
			return
		}
		if tok == token.SEMICOLON {
			literal = "" // written or not
		}
		g.tokens = append(g.tokens, tok.String()...)
		g.tokens = append(strconv.AppendQuote(append(g.tokens, ' '), literal), '\n')
	})
	return g, nil
}

// outsideCode reports whether a place lies in no declaration but one of types, or
// of imports, which a type may ask for.
func outsideCode(f *ast.File, p token.Pos) bool {
	for _, d := range f.Decls {
		if d.Pos() <= p && p < d.End() {
			g, general := d.(*ast.GenDecl)
			return general && (g.Tok == token.TYPE || g.Tok == token.IMPORT)
		}
	}
	return true
}

// tokens visits the tokens of a file that parses.
func tokens(name string, content []byte, visit func(offset int, tok token.Token, literal string)) {
	file := token.NewFileSet().AddFile(name, -1, len(content))
	var sc scanner.Scanner
	sc.Init(file, content, nil, scanner.ScanComments)
	for {
		pos, tok, literal := sc.Scan()
		if tok == token.EOF {
			return
		}
		visit(file.Offset(pos), tok, literal)
	}
}

// wordsOfTags are the struct tags that describe a field and change no value.
var wordsOfTags = regexp.MustCompile(`\b(en|zh|unit|enum|oneof):"([^"\\]|\\.)*" *`)

// shape writes down a type: fields in order, what they hold, what their tags say
// but for descriptions. Types of others stand with their names.
func (s *Sources) shape(t reflect.Type, within []reflect.Type) string {
	_, ours := s.ours(t.PkgPath())
	switch {
	case t.PkgPath() != "" && !ours:
		return t.PkgPath() + "." + t.Name()
	case slices.Contains(within, t):
		return "again " + t.String()
	}
	within = append(within, t)
	switch t.Kind() {
	case reflect.Struct:
		var b strings.Builder
		for i := range t.NumField() {
			f := t.Field(i)
			tag := wordsOfTags.ReplaceAllString(string(f.Tag), "")
			fmt.Fprintf(&b, "%q %t %s %q; ", f.Name, f.Anonymous, s.shape(f.Type, within), strings.TrimSpace(tag))
		}
		return "struct{" + b.String() + "}"
	case reflect.Slice:
		return "[]" + s.shape(t.Elem(), within)
	case reflect.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), s.shape(t.Elem(), within))
	case reflect.Pointer:
		return "*" + s.shape(t.Elem(), within)
	case reflect.Map:
		return fmt.Sprintf("map[%s]%s", s.shape(t.Key(), within), s.shape(t.Elem(), within))
	}
	return t.Kind().String()
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}
