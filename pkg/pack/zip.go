package pack

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/manifest"
	"github.com/aecheck/aecheck/pkg/output"
)

// overhead is what a file costs in a zip file beside its bytes: a local header, one in
// the list, its name in both (APPNOTE.TXT 4.3.7, 4.3.12; 64-bit fields included).
func overhead(name string) int64 { return int64(30 + 46 + 2*28 + 2*len(name)) }

// assign divides files into parts of at most so many bytes, in their order, and returns
// how many there are. sheets is what the sheets take, which go with the first; every
// part has room for the manifest and its own listing.
func assign(files []manifest.File, most, sheets int64) int {
	const perFile, fixed = 1500, 4 << 10 // of a manifest and a listing
	each := int64(fixed + perFile*len(files))
	part, size, filled := 1, each+sheets, false
	for i := range files {
		need := files[i].Bytes + overhead(files[i].Path)
		if size+need > most && filled {
			part, size = part+1, each
		}
		files[i].Part, size, filled = part, size+need, true
	}
	return part
}

// zips are the zip files of all cases, kept together or not at all.
type zips struct {
	options *Options
	files   []*output.File
}

// write makes the zip files of a case. Nothing is packed tighter: photos are packed
// already, and a stored file is the same whoever packs it.
func (z *zips) write(ctx context.Context, w *writer, name string) ([]Zip, error) {
	m := w.out.Manifest
	var made []Zip
	for part := 1; part <= m.Parts; part++ {
		target := name
		if m.Parts > 1 {
			ext := filepath.Ext(name)
			target = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ext), part, ext)
		}
		f, err := output.NewFile(target, z.options.Apart)
		if err != nil {
			return nil, err
		}
		z.files = append(z.files, f)
		one := Zip{Name: target}
		if err := z.part(ctx, w, f, part, &one); err != nil {
			return nil, err
		}
		if one.Bytes, err = f.Seek(0, io.SeekEnd); err != nil {
			return nil, err
		}
		if one.Bytes > z.options.MaxPart {
			largest := slices.MaxFunc(partOf(m, part), func(a, b manifest.File) int { return int(min(max(a.Bytes-b.Bytes, -1), 1)) })
			one.Oversize = largest.Path
		}
		made = append(made, one)
	}
	return made, nil
}

func partOf(m *manifest.Manifest, part int) []manifest.File {
	return slices.DeleteFunc(slices.Clone(m.Files), func(f manifest.File) bool { return !f.In(part) })
}

// part writes one zip file: entries by path, all of one time, names in UTF-8.
func (z *zips) part(ctx context.Context, w *writer, out io.Writer, part int, one *Zip) error {
	m, say := w.out.Manifest, z.options.Say.Handing
	files := partOf(m, part)
	names := make([]string, 0, len(files)+2)
	for _, f := range files {
		names = append(names, f.Path)
	}
	one.Files = len(files)
	names = append(names, manifest.Name)
	if m.Parts > 1 {
		// Written beside, so that it gets its sums, and taken away again: it belongs to the
		// part alone.
		listing := PartFile(part, m.Parts)
		var b strings.Builder
		b.WriteString(lang.Fill(say.PartHead, "part", part, "parts", m.Parts) + "\n\n")
		for _, f := range files {
			fmt.Fprintf(&b, "%s  (%s)\n", f.Path, Size(f.Bytes))
		}
		if _, err := w.put(listing, []byte(b.String())); err != nil {
			return err
		}
		defer func() { _ = w.folder.Remove(path.Join(w.dir, listing)) }()
		names = append(names, listing)
	}
	slices.Sort(names)
	zw := zip.NewWriter(out)
	for _, name := range names {
		if err := addStored(ctx, zw, w, name); err != nil {
			return err
		}
	}
	return zw.Close()
}

// PartFile is the name of a part's listing. It tells Verify which part it is, so it is
// the same in every language.
func PartFile(part, parts int) string { return fmt.Sprintf("part-%d-of-%d.txt", part, parts) }

// addStored adds a file with its sums in front of it: behind it, readers that do not
// look at the list first could not take a stored file.
func addStored(ctx context.Context, zw *zip.Writer, w *writer, name string) error {
	const utf8Names, firstDay = 1 << 11, 1<<5 | 1 // APPNOTE.TXT 4.4.4; 1980-01-01
	s := w.sums[name]
	h := &zip.FileHeader{Name: name, Method: zip.Store, Flags: utf8Names, CRC32: s.crc32, CompressedSize64: uint64(s.bytes), UncompressedSize64: uint64(s.bytes)}
	h.ModifiedDate = firstDay //nolint:staticcheck // CreateRaw writes this and not Modified
	out, err := zw.CreateRaw(h)
	if err != nil {
		return err
	}
	in, err := w.folder.Open(path.Join(w.dir, name))
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = io.Copy(out, under{ctx, in})
	return err
}

func (z *zips) keep() error {
	for i, f := range z.files {
		if err := f.Keep(); err != nil {
			for _, done := range z.files[:i] {
				done.Undo()
			}
			z.files = z.files[i:]
			return err
		}
	}
	return nil
}

// undo takes away what was kept.
func (z *zips) undo() {
	for _, f := range z.files {
		f.Undo()
	}
}

// discard leaves nothing of what was not kept.
func (z *zips) discard() {
	for _, f := range z.files {
		f.Discard()
	}
}
