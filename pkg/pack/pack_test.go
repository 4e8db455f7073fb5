package pack

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/tiff"

	"github.com/aecheck/aecheck/pkg/archive"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/manifest"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// drawn is a grey picture.
func drawn() image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, 300, 200))
	for i := range img.Pix {
		img.Pix[i] = 200
	}
	return img
}

func encoded(t *testing.T, encode func(io.Writer, image.Image) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b, drawn()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func asPNG(w io.Writer, m image.Image) error  { return png.Encode(w, m) }
func asTIFF(w io.Writer, m image.Image) error { return tiff.Encode(w, m, nil) }

// files of the sample case.
func sample(t *testing.T) map[string]string {
	return map[string]string{
		"case.yaml":     "violation: {id: WG1}\nproduct: {id: \"1005\"}\nstore: {id: \"11012\", name: 甲公司}\n",
		"原图/IMG_1.tif":  encoded(t, asTIFF),
		"原图/IMG_2.NEF":  "raw",
		"替换图/主图/a.jpg":  "one",
		"替换图/主图2/A.JPG": "two",
		"替换图/SKU/a.jpg": "three",
		"授权书/CON.png":   encoded(t, asPNG),
		"申诉理由/申诉理由.txt": "第一行\r\n\r\n第二行<b>",
		"参考/logo.png":   "logo",
		"who knows.dat": "?",
		"替换图/" + strings.Repeat("长", 70) + ".jpg": "long",
	}
}

func written(t *testing.T, dir string, files map[string]string) string {
	t.Helper()
	for name, data := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var formats = map[string]string{".tif": "tiff", ".nef": "nef", ".png": "png", ".jpg": "jpeg"}

// judged walks a folder and makes up what would be known of its files.
func judged(t *testing.T, dir string) []Case {
	t.Helper()
	found, _, err := material.Walk(context.Background(), []string{dir}, material.Options{Vocabulary: material.Vocabulary{
		Kinds: []material.Names{{ID: "authorization", Aliases: []string{"授权书"}}, {ID: "source", Aliases: []string{"原图"}}, {ID: "replacement", Aliases: []string{"替换图"}},
			{ID: "statement", Aliases: []string{"申诉理由"}}, {ID: "reference", Aliases: []string{"参考"}}},
		Slots: []material.Names{{ID: "main", Aliases: []string{"主图"}}, {ID: "sku"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	var out []Case
	for _, c := range found {
		v := &facts.Case{Path: c.Path, File: c.File, HasFile: c.File != nil, Clock: facts.Clock{DeadlineKnown: true, Deadline: now.Add(50 * time.Hour), Remaining: 50 * 3600, Hours: 50}}
		told := &verdict.Case{Path: c.Path, ID: "WG1", Outcome: verdict.Pass, Checklist: []verdict.ChecklistItem{{Item: "source", State: verdict.ItemReady}}}
		for _, a := range c.Assets {
			in, err := material.Open(a)
			if err != nil {
				t.Fatal(err)
			}
			sum := sha256.New()
			if _, err := io.Copy(sum, io.NewSectionReader(in, 0, a.Size)); err != nil {
				t.Fatal(err)
			}
			in.Close()
			set := &facts.Set{}
			set.File.SHA256, set.File.Bytes = hex.EncodeToString(sum.Sum(nil)), a.Size
			set.File.Format = formats[strings.ToLower(filepath.Ext(a.Path))]
			set.File.Class = map[string]string{"nef": "raw", "tiff": "picture", "png": "picture", "jpeg": "picture"}[set.File.Format]
			set.Image.Width, set.Image.Height, set.Image.Orientation = 300, 200, 1
			if a.Kind == "authorization" {
				set.Document.Seals = []facts.Seal{{Page: 1, Box: facts.Box{100, 80, 60, 60}, Text: "甲公司"}}
				set.Document.Signatures = []facts.Signature{{Page: 2, Box: facts.Box{1, 1, 5, 5}}}
			}
			v.Assets = append(v.Assets, facts.Asset{Path: a.Path, Kind: a.Kind, Slot: a.Slot, Facts: set})
		}
		out = append(out, Case{Found: c, View: v, Told: told})
	}
	return out
}

var now = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)

func options(dir string) Options {
	return Options{
		Params: Params{MaxPart: 50 << 20, NotHandedIn: []string{"reference"}, Convert: []string{"source"}, Annotate: []string{"authorization"}},
		Tool:   verdict.Tool{Name: "aecheck", Version: "v1"}, Now: now, Lang: lang.ZH, Say: i18n.For(lang.ZH), Rules: verdict.Rules{Digest: "abc"},
		Kinds: []Kind{{"authorization", "授权书", ""}, {"source", "原图", ""}, {"replacement", "替换图", ""}, {"statement", "申诉理由", ""}, {"reference", "参考", ""}},
		Slots: []verdict.Named{{ID: "main", Title: "主图"}, {ID: "sku", Title: "SKU 1:1"}},
		Out:   filepath.Join(dir, "out"), Zip: filepath.Join(dir, "out.zip"),
	}
}

func paths(m *manifest.Manifest) []string {
	var out []string
	for _, f := range m.Files {
		out = append(out, f.Path)
	}
	return out
}

func TestMake(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	files := sample(t)
	o := options(dir)
	made, err := Make(ctx, judged(t, written(t, filepath.Join(dir, "case"), files)), o)
	if err != nil {
		t.Fatal(err)
	}
	if len(made) != 1 {
		t.Fatalf("%d packages", len(made))
	}
	p := made[0]
	want := []string{
		"00_上传对照表.html", "00_上传对照表.md", "01_授权书/_CON.png", "02_原图/IMG_1.tif", "02_原图/IMG_1_converted.jpg", "02_原图/IMG_2.NEF",
		"03_替换图/1_主图/A-2.JPG", "03_替换图/1_主图/a.jpg", "03_替换图/2_SKU 1x1/a.jpg", "03_替换图/" + strings.Repeat("长", 38) + ".jpg",
		"04_申诉理由/申诉理由.txt", "annotated/01_授权书/_CON_annotated.png",
	}
	if got := paths(p.Manifest); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if len(p.Left) != 2 || p.Left[0] != (Left{"who knows.dat", Unsorted}) && p.Left[1] != (Left{"who knows.dat", Unsorted}) {
		t.Errorf("left out: %v", p.Left)
	}
	if !slices.Equal(p.NotConverted, []string{"原图/IMG_2.NEF"}) || !slices.Equal(p.Converted, []string{"原图/IMG_1.tif"}) {
		t.Errorf("converted %v, not %v", p.Converted, p.NotConverted)
	}
	for _, f := range p.Manifest.Files {
		data, err := os.ReadFile(filepath.Join(o.Out, filepath.FromSlash(f.Path)))
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != f.SHA256 || int64(len(data)) != f.Bytes {
			t.Errorf("%s is not what the manifest says", f.Path)
		}
		if f.Role == manifest.Original && string(data) != files[f.OriginalPath] {
			t.Errorf("%s is not %s byte for byte", f.Path, f.OriginalPath)
		}
	}
	converted, err := os.Open(filepath.Join(o.Out, "02_原图", "IMG_1_converted.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	defer converted.Close()
	if c, err := jpeg.DecodeConfig(converted); err != nil || c.Width != 300 || c.Height != 200 {
		t.Errorf("%v, %v", c, err)
	}
	// The box goes around the seal, the number stands on it, the rest is as it was.
	boxes, err := os.Open(filepath.Join(o.Out, "annotated", "01_授权书", "_CON_annotated.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer boxes.Close()
	img, err := png.Decode(boxes)
	if err != nil {
		t.Fatal(err)
	}
	blue := color.NRGBAModel.Convert(boxColor)
	if at := color.NRGBAModel.Convert(img.At(130, 77)); at != blue {
		t.Errorf("no line above the seal: %v", at)
	}
	if at := color.NRGBAModel.Convert(img.At(130, 110)); at == blue {
		t.Error("the seal is painted over")
	}
	html, err := os.ReadFile(filepath.Join(o.Out, "00_上传对照表.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"WG1", "第一行\n\n第二行&lt;b&gt;", "_converted.jpg", "1  公章 甲公司", "who knows.dat", "只供比对"} {
		if !bytes.Contains(html, []byte(s)) {
			t.Errorf("the sheet does not say %q", s)
		}
	}
	if len(p.Zips) != 1 || p.Zips[0].Name != o.Zip {
		t.Errorf("zip files: %v", p.Zips)
	}
	for _, name := range []string{o.Out, o.Zip} {
		found, err := Verify(ctx, name, nil)
		if err != nil || len(found) != 1 || found[0].Count(Same) != len(want) || len(found[0].Files) != len(want) {
			t.Errorf("%s: %v %v", name, found, err)
		}
	}
}

// TestSame: the same case gives the same bytes, in zip files too.
func TestSame(t *testing.T) {
	dir := t.TempDir()
	source := written(t, filepath.Join(dir, "case"), sample(t))
	var zips [][]byte
	for _, sub := range []string{"1", "2"} {
		o := options(filepath.Join(dir, sub))
		if err := os.Mkdir(filepath.Join(dir, sub), 0o755); err != nil {
			t.Fatal(err)
		}
		if _, err := Make(context.Background(), judged(t, source), o); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(o.Zip)
		if err != nil {
			t.Fatal(err)
		}
		zips = append(zips, data)
	}
	if !bytes.Equal(zips[0], zips[1]) {
		t.Error("the zip files differ")
	}
	r, err := zip.NewReader(bytes.NewReader(zips[0]), int64(len(zips[0])))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range r.File {
		if f.Flags != 1<<11 || f.Modified.Year() != 1980 || i > 0 && r.File[i-1].Name >= f.Name {
			t.Errorf("%s: flags %x, %v", f.Name, f.Flags, f.Modified)
		}
	}
}

// TestParts: parts keep within the limit but for a file that is larger, every file is in
// one, and each can be looked over alone.
func TestParts(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	files := sample(t)
	files["替换图/主图/big.jpg"] = strings.Repeat("x", 200_000)
	o := options(dir)
	o.MaxPart = 120_000
	made, err := Make(ctx, judged(t, written(t, filepath.Join(dir, "case"), files)), o)
	if err != nil {
		t.Fatal(err)
	}
	p := made[0]
	if len(p.Zips) < 3 || p.Manifest.Parts != len(p.Zips) {
		t.Fatalf("%d zip files, %d parts", len(p.Zips), p.Manifest.Parts)
	}
	total, oversize := 0, 0
	for i, z := range p.Zips {
		if z.Oversize != "" {
			oversize++
		} else if z.Bytes > o.MaxPart {
			t.Errorf("%s has %d bytes", z.Name, z.Bytes)
		}
		total += z.Files
		found, err := Verify(ctx, z.Name, nil)
		if err != nil || len(found) != 1 || found[0].Count(Same) != z.Files || len(found[0].Files) != z.Files || !slices.Equal(found[0].Parts, []int{i + 1}) {
			t.Errorf("%s with %d files: %+v %v", z.Name, z.Files, found, err)
		}
	}
	if total != len(p.Manifest.Files) || oversize != 2 { // the TIFF is 240 kB
		t.Errorf("%d of %d files, %d too large", total, len(p.Manifest.Files), oversize)
	}
	for _, e := range entriesOf(t, o.Out) {
		if strings.HasPrefix(e, "part-") {
			t.Errorf("a listing of a part is left in the folder: %s", e)
		}
	}
}

func entriesOf(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// TestChanged: a file that is another by now, of the same size or not, or gone, ends
// it, and nothing is left.
func TestChanged(t *testing.T) {
	for name, change := range map[string]func(p string) error{
		"same size": func(p string) error { return os.WriteFile(p, []byte("ONE"), 0o644) },
		"longer":    func(p string) error { return os.WriteFile(p, []byte("one more"), 0o644) },
		"gone":      os.Remove,
	} {
		dir := t.TempDir()
		cases := judged(t, written(t, filepath.Join(dir, "case"), sample(t)))
		if err := change(filepath.Join(dir, "case", "替换图", "主图", "a.jpg")); err != nil {
			t.Fatal(err)
		}
		var changed *ChangedError
		if _, err := Make(context.Background(), cases, options(dir)); !errors.As(err, &changed) || changed.Path != "替换图/主图/a.jpg" {
			t.Errorf("%s: %v", name, err)
		}
		if got := entriesOf(t, dir); !slices.Equal(got, []string{"case"}) {
			t.Errorf("%s: left behind: %v", name, got)
		}
	}
}

func TestPlaces(t *testing.T) {
	dir := t.TempDir()
	cases := judged(t, written(t, filepath.Join(dir, "case"), sample(t)))
	o := options(dir)
	o.Apart = []string{filepath.Join(dir, "case")}
	o.Out = filepath.Join(dir, "case", "out")
	if _, err := Make(context.Background(), cases, o); !errors.Is(err, output.ErrInside) {
		t.Errorf("inside: %v", err)
	}
	o.Out = filepath.Join(dir, "case")
	if _, err := Make(context.Background(), cases, o); !errors.Is(err, output.ErrHasContent) {
		t.Errorf("the case itself: %v", err)
	}
	o.Out, o.Zip = filepath.Join(dir, "out"), filepath.Join(dir, "there.zip")
	written(t, dir, map[string]string{"there.zip": "x"})
	if _, err := Make(context.Background(), cases, o); !errors.Is(err, output.ErrExists) {
		t.Errorf("a zip file that is there: %v", err)
	}
	for _, zip := range []string{o.Out, filepath.Join(o.Out, "x.zip"), filepath.Join(o.Out, "deep", "x.zip")} {
		o.Zip = zip
		if _, err := Make(context.Background(), cases, o); !errors.Is(err, ErrZipInside) {
			t.Errorf("%s: %v", zip, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	o.Zip = ""
	if _, err := Make(ctx, cases, o); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	if got := entriesOf(t, dir); !slices.Equal(got, []string{"case", "there.zip"}) {
		t.Errorf("left behind: %v", got)
	}
}

func TestSeveralCases(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	clients := filepath.Join(dir, "clients")
	for _, name := range []string{"甲", "乙"} {
		written(t, filepath.Join(clients, name), sample(t))
	}
	o := options(dir)
	made, err := Make(ctx, judged(t, clients), o)
	if err != nil || len(made) != 2 {
		t.Fatalf("%d, %v", len(made), err)
	}
	if got := entriesOf(t, o.Out); !slices.Equal(got, []string{"乙", "甲"}) {
		t.Errorf("%v", got)
	}
	if made[0].Zips[0].Name != filepath.Join(dir, "out-乙.zip") {
		t.Errorf("%v", made[0].Zips)
	}
	written(t, o.Out, map[string]string{"stray.txt": "x", "甲/more.txt": "x"})
	found, err := Verify(ctx, o.Out, nil)
	if err != nil || len(found) != 3 || found[0].Count(Extra) != 0 || found[1].Count(Extra) != 1 || found[2].Count(Extra) != 1 {
		t.Errorf("%+v, %v", found, err)
	}
}

func TestBlocking(t *testing.T) {
	c := &verdict.Case{
		Findings: []verdict.Finding{
			{Rule: "A", Outcome: verdict.Fail, Severity: verdict.SeverityError, Fingerprint: "1"}, {Rule: "B", Outcome: verdict.Fail, Severity: verdict.SeverityWarning},
			{Rule: "C", Outcome: verdict.Review, Severity: verdict.SeverityError}, {Rule: "D", Outcome: verdict.Fail, Severity: verdict.SeverityError, Suppressed: &verdict.Suppression{}},
			{Rule: "E", Outcome: verdict.Fail, Severity: verdict.SeverityInfo},
		},
		Checklist: []verdict.ChecklistItem{{Item: "x", State: verdict.ItemMissing, Findings: []string{"1"}}, {Item: "y", State: verdict.ItemMissing}, {Item: "z", State: verdict.ItemProblem}},
	}
	fails, missing := Blocking(c)
	if len(fails) != 1 || fails[0].Rule != "A" || len(missing) != 2 {
		t.Errorf("%v %v", fails, missing)
	}
	if got := Lacking(c); len(got) != 1 || got[0].Item != "y" {
		t.Errorf("%v", got)
	}
	var rules []string
	for _, f := range open(c) {
		rules = append(rules, f.Rule)
	}
	if strings.Join(rules, "") != "ACB" {
		t.Errorf("%v", rules)
	}
}

func TestVerify(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	o := options(dir)
	made, err := Make(ctx, judged(t, written(t, filepath.Join(dir, "case"), sample(t))), o)
	if err != nil {
		t.Fatal(err)
	}
	n := len(made[0].Manifest.Files)
	written(t, o.Out, map[string]string{"03_替换图/2_SKU 1x1/a.jpg": "THREE", "new.txt": "x", "Thumbs.db": "x", ".DS_Store": "x"})
	if err := os.Remove(filepath.Join(o.Out, "04_申诉理由", "申诉理由.txt")); err != nil {
		t.Fatal(err)
	}
	found, err := Verify(ctx, o.Out, []string{"Thumbs.db"})
	if err != nil {
		t.Fatal(err)
	}
	v := &found[0]
	if v.Count(Differs) != 1 || v.Count(Missing) != 1 || v.Count(Extra) != 1 || v.Count(Same) != n-2 {
		t.Errorf("%+v", v.Files)
	}
	if os.Remove(filepath.Join(o.Out, "new.txt")) == nil && os.Symlink("/etc/passwd", filepath.Join(o.Out, "new.txt")) == nil {
		file := filepath.Join(o.Out, "03_替换图", "1_主图", "a.jpg")
		if err := errors.Join(os.Remove(file), os.Symlink(filepath.Join(dir, "case", "替换图", "主图", "a.jpg"), file)); err != nil {
			t.Fatal(err)
		}
		if found, err = Verify(ctx, o.Out, []string{"Thumbs.db"}); err != nil || found[0].Count(NotRead) != 1 || found[0].Count(Extra) != 1 {
			t.Errorf("links: %+v %v", found, err)
		}
	}
	if _, err := Verify(ctx, filepath.Join(dir, "case"), nil); !errors.Is(err, ErrNotPackage) {
		t.Errorf("a case: %v", err)
	}
}

// TestVerifyHostile: what others send as a package gives an error or a difference.
func TestVerifyHostile(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	body := strings.Repeat("0", 1000)
	sum := sha256.Sum256([]byte(body))
	m := &manifest.Manifest{SchemaVersion: 1, Tool: manifest.Tool{Name: "aecheck"}, Files: []manifest.File{
		{Path: "a.txt", Role: manifest.Original, SHA256: hex.EncodeToString(sum[:]), Bytes: 1000}, {Path: "b.txt", Role: manifest.Original, SHA256: hex.EncodeToString(sum[:]), Bytes: 1000},
	}}
	data, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	zipped := func(name string, add func(*zip.Writer)) string {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		put := func(h *zip.FileHeader, s string) {
			f, err := w.CreateHeader(h)
			if err == nil {
				_, err = io.WriteString(f, s)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		put(&zip.FileHeader{Name: manifest.Name}, string(data))
		put(&zip.FileHeader{Name: "a.txt", Method: zip.Deflate}, body)
		add(w)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		written(t, dir, map[string]string{name: b.String()})
		return filepath.Join(dir, name)
	}
	entry := func(h zip.FileHeader, s string) func(*zip.Writer) {
		return func(w *zip.Writer) {
			f, err := w.CreateHeader(&h)
			if err == nil {
				_, err = io.WriteString(f, s)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	link := zip.FileHeader{Name: "b.txt"}
	link.SetMode(0o777 | os.ModeSymlink)
	raw := func(h zip.FileHeader, s string) func(*zip.Writer) {
		return func(w *zip.Writer) {
			f, err := w.CreateRaw(&h)
			if err == nil {
				_, err = io.WriteString(f, s)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, tt := range map[string]struct {
		file  string
		state State
	}{
		"encrypted": {zipped("encrypted.zip", raw(zip.FileHeader{Name: "b.txt", Flags: 1, CompressedSize64: 4, UncompressedSize64: 1000}, "abcd")), NotRead},
		"a link":    {zipped("link.zip", entry(link, "/etc/passwd")), NotRead},
		"a slip":    {zipped("slip.zip", entry(zip.FileHeader{Name: "../../b.txt"}, "x")), Differs}, // below the archive, whatever it says
		"a lie":     {zipped("lie.zip", raw(zip.FileHeader{Name: "b.txt", Method: zip.Store, CompressedSize64: 4, UncompressedSize64: 1000}, "abcd")), NotRead},
		"missing":   {zipped("missing.zip", func(*zip.Writer) {}), Missing},
	} {
		found, err := Verify(ctx, tt.file, nil)
		if err != nil || found[0].Count(Same) != 1 || found[0].Count(tt.state) != 1 {
			t.Errorf("%s: %+v %v", name, found, err)
		}
	}
	for _, twice := range []string{"a.txt", "./a.txt", "../a.txt", manifest.Name} {
		found, err := Verify(ctx, zipped("twice.zip", entry(zip.FileHeader{Name: twice}, "x")), nil)
		if err != nil || found[0].Count(Extra) != 1 {
			t.Errorf("%s twice: %+v %v", twice, found, err)
		}
	}
	bomb := zipped("bomb.zip", entry(zip.FileHeader{Name: "b.txt", Method: zip.Deflate}, strings.Repeat("0", 200<<20)))
	if _, err := Verify(ctx, bomb, nil); !errors.Is(err, archive.ErrBomb) {
		t.Errorf("a bomb: %v", err)
	}
	written(t, dir, map[string]string{"no.zip": "PK", "empty/x": "x", "forged/manifest.json": `{"schema_version":1,"tool":{"name":"aecheck"},"files":[{"path":"../x"}]}`})
	for name, want := range map[string]error{"no.zip": archive.ErrNotZip, "empty": ErrNotPackage, "forged": manifest.ErrNone} {
		if _, err := Verify(ctx, filepath.Join(dir, name), nil); !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
