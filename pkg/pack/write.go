package pack

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/extract/file/charset"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/manifest"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/output"
)

// writer writes one case.
type writer struct {
	options *Options
	folder  *output.Folder
	dir     string // of the case, below the folder
	kase    *Case
	sums    map[string]sum // of what was written, by path below dir
	out     Packed
	boxes   []boxed
	texts   map[string]string // of statements that are plain text, by path below the case
}

// sum is what is known of a file once it is written.
type sum struct {
	sha256 string
	crc32  uint32
	bytes  int64
}

func (w *writer) write(ctx context.Context) (*Packed, error) {
	o := w.options
	entries, left := plan(w.kase, o)
	m := &manifest.Manifest{
		SchemaVersion: manifest.Version, Tool: manifest.Tool{Name: o.Tool.Name, Version: o.Tool.Version},
		Now: o.Now.In(lang.Beijing()).Format("2006-01-02T15:04:05-07:00"), Lang: o.Lang.Tag(),
		Case: w.idsOf(), Rules: manifest.Rules{Digest: o.Rules.Digest, Layers: o.Rules.Layers},
		Outcome: string(w.kase.Told.Outcome), Open: w.open(), Files: []manifest.File{},
	}
	fails, missing := Blocking(w.kase.Told)
	m.Forced = len(fails)+len(missing) > 0
	w.out = Packed{Case: w.kase, Dir: w.dir, Manifest: m, Left: left, options: o}
	for i := range entries {
		if err := w.entry(ctx, &entries[i]); err != nil {
			return nil, err
		}
	}
	if last := w.kase.LastOf(o.Last); last != nil {
		var kinds []string
		for _, k := range o.Kinds {
			kinds = append(kinds, k.ID)
		}
		w.out.Compared, w.out.Changes = true, m.Since(last, kinds)
	}
	if err := w.sheets(); err != nil {
		return nil, err
	}
	data, err := m.Encode()
	if err != nil {
		return nil, err
	}
	if _, err := w.put(manifest.Name, data); err != nil {
		return nil, err
	}
	return &w.out, nil
}

func (w *writer) idsOf() manifest.Case {
	c := w.kase.View.File
	if c == nil {
		return manifest.Case{}
	}
	return manifest.Case{ViolationID: c.Violation.ID, ProductID: c.Product.ID, StoreID: c.Store.ID, StoreName: storeName(w.kase.View), Track: c.Appeal.Track, Ground: c.Appeal.Ground}
}

func (w *writer) open() []manifest.Open {
	out := []manifest.Open{}
	for _, f := range open(w.kase.Told) {
		out = append(out, manifest.Open{Rule: f.Rule, Outcome: string(f.Outcome), Severity: string(f.Severity), Asset: w.kase.below(f.Asset)})
	}
	return out
}

// entry copies a file, and makes what goes beside it.
func (w *writer) entry(ctx context.Context, e *entry) error {
	in, err := material.Open(e.found)
	if err != nil {
		if changed(err) {
			return &ChangedError{e.found.Path}
		}
		return err
	}
	defer in.Close()
	s, err := w.copy(ctx, e.dest, io.NewSectionReader(in, 0, e.found.Size))
	if err != nil {
		return err
	}
	set := e.known.Facts
	if set == nil {
		set = &facts.Set{}
	}
	if judged := set.File.SHA256; s.bytes != e.found.Size || judged != "" && judged != s.sha256 {
		return &ChangedError{e.found.Path}
	}
	f := manifest.File{
		Path: e.dest, Role: manifest.Original, OriginalPath: e.found.Path, OriginalPathRawBase64: e.found.RawBase64,
		SHA256: s.sha256, Bytes: s.bytes, Kind: e.kind.ID, Slot: e.found.Slot, Format: set.File.Format,
		Camera: strings.Join(strings.Fields(set.Exif.Make+" "+set.Exif.Model), " "), Width: set.Image.Width, Height: set.Image.Height,
	}
	if set.Exif.HasTakenAt {
		f.TakenAt = set.Exif.TakenAt.Format("2006-01-02T15:04:05-07:00")
	}
	w.add(f)
	if err := w.plain(in, e); err != nil {
		return err
	}
	if err := w.converted(ctx, in, e, set); err != nil {
		return err
	}
	return w.annotated(ctx, in, e, set)
}

// plain keeps the text of a statement that is a plain file, with its blank lines: what
// was extracted has none.
func (w *writer) plain(in material.File, e *entry) error {
	const most = 64 << 10
	ext := strings.ToLower(path.Ext(e.found.Path))
	if e.kind.ID != kindStatement || ext != ".txt" && ext != ".md" || e.found.Size > most {
		return nil
	}
	data, err := io.ReadAll(io.NewSectionReader(in, 0, e.found.Size))
	if err != nil {
		return err
	}
	text := strings.ReplaceAll(strings.TrimPrefix(charset.File(data), "\ufeff"), "\r\n", "\n")
	if w.texts == nil {
		w.texts = map[string]string{}
	}
	w.texts[e.found.Path] = strings.TrimSpace(text)
	return nil
}

func (w *writer) add(f manifest.File) { w.out.Manifest.Files = append(w.out.Manifest.Files, f) }

// copy writes a file as it is read; neither is held in memory.
func (w *writer) copy(ctx context.Context, dest string, in io.Reader) (sum, error) {
	out, err := w.folder.Create(path.Join(w.dir, dest))
	if err != nil {
		return sum{}, err
	}
	sha, crc := sha256.New(), crc32.NewIEEE()
	n, err := io.Copy(io.MultiWriter(out, sha, crc), under{ctx, in})
	if err = errors.Join(err, out.Close()); err != nil {
		return sum{}, err
	}
	s := sum{sha256: hexOf(sha), crc32: crc.Sum32(), bytes: n}
	w.sums[dest] = s
	return s, nil
}

// put writes a file of our own.
func (w *writer) put(dest string, data []byte) (sum, error) {
	return w.copy(context.Background(), dest, strings.NewReader(string(data)))
}

func hexOf(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

// under stops reading once ctx has ended.
type under struct {
	ctx context.Context
	in  io.Reader
}

func (u under) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.in.Read(p)
}

// sheets divides the files into parts where zip files are made, and writes the sheets.
func (w *writer) sheets() error {
	o, m := w.options, w.out.Manifest
	name := SafeName(o.Say.Handing.SheetName)
	draw := func() (html, text []byte, err error) {
		s := w.sheet()
		if html, err = s.HTML(); err != nil {
			return nil, nil, err
		}
		return html, s.Markdown(), nil
	}
	html, text, err := draw()
	if err != nil {
		return err
	}
	if o.Zip != "" {
		// The sheets are drawn again with the part of each file in them.
		const perFile = 100
		m.Parts = assign(m.Files, o.MaxPart, int64(len(html)+len(text)+perFile*len(m.Files)))
		if html, text, err = draw(); err != nil {
			return err
		}
	}
	for _, f := range []struct {
		ext  string
		data []byte
	}{{".html", html}, {".md", text}} {
		s, err := w.put(name+f.ext, f.data)
		if err != nil {
			return err
		}
		w.add(manifest.File{Path: name + f.ext, Role: manifest.Sheet, SHA256: s.sha256, Bytes: s.bytes, Part: min(m.Parts, 1)})
	}
	w.out.Sheet = path.Join(w.dir, name+".html")
	slices.SortStableFunc(m.Files, func(a, b manifest.File) int { return strings.Compare(a.Path, b.Path) })
	return nil
}
