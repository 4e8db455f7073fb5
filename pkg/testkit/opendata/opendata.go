// Package opendata reads, for tests, a data set of labelled files that lies
// outside the project: public files that cannot be passed on. The environment
// variable AECHECK_OPEN_DATA names its folder; tests that need it skip without.
//
// In the folder lie subfolders named by label, with files and no further folders,
//
//	ai duplicates heic hostile letters ocr originals product-other
//	product-white qr screenshots seals watermarked
//
// and MANIFEST.tsv, a row a file, its columns parted by tabs. The first row
// names them; those after the third tell where a file is from and are not read:
//
//	path      of the file, from the folder on, with slashes
//	label     what sort of file it is; the name of its subfolder
//	expected  what is known of it: key=value, parted by "; "
//	repo commit source_path licence sha256 bytes
//
// Keys of expected begin with a small letter and go on in small letters, digits,
// _ and -. What the tests go by:
//
//	kind      a finer sort within the label; names of controls begin with CONTROL
//	decodes   yes where another reader decodes the picture whole
//	size type make model software lens date gps
//	          what another reader says of the header and EXIF
//	ai        yes where the file itself says that AI made it
//	payload   what a code holds; long ones are cut
//	red_seal  yes or no
//	group     files of one group show one photograph
//
// Tests inside pkg/raster use the package too, hence it decodes no pictures.
//
// It imports nothing of ours.
package opendata

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Env names the folder of the data set.
const Env = "AECHECK_OPEN_DATA"

// Dir returns the folder of the data set; the test is skipped where none is named.
func Dir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv(Env)
	if dir == "" {
		t.Skipf("%s names no folder", Env)
	}
	return dir
}

// Sample is a row of the manifest.
type Sample struct {
	Path  string            // of the file, from the folder named on
	Name  string            // path as the manifest has it
	Label string            // its subfolder
	Kind  string            // Want["kind"]
	Want  map[string]string // the column expected
}

// Product reports whether the sample is the photo of a product.
func (s Sample) Product() bool { return strings.HasPrefix(s.Label, "product-") }

// Samples returns the rows of the manifest with one of the labels, all rows for
// none, in its order; the test is skipped where no folder is named.
func Samples(t testing.TB, labels ...string) []Sample {
	t.Helper()
	dir := Dir(t)
	rows := strings.Split(string(Read(t, filepath.Join(dir, "MANIFEST.tsv"))), "\n")
	if !strings.HasPrefix(rows[0], "path\tlabel\texpected") {
		t.Fatalf("the manifest names other columns: %q", rows[0])
	}
	var out []Sample
	for _, row := range rows[1:] {
		col := strings.Split(row, "\t")
		if len(col) < 3 || len(labels) > 0 && !slices.Contains(labels, col[1]) {
			continue
		}
		want := fields(col[2])
		out = append(out, Sample{
			Path: filepath.Join(dir, filepath.FromSlash(col[0])), Name: col[0],
			Label: col[1], Kind: want["kind"], Want: want,
		})
	}
	return out
}

// key begins a field of the column expected.
var key = regexp.MustCompile(`^[a-z][a-z0-9_-]*=`)

// fields takes the column expected apart. A payload may hold "; " itself: what
// does not begin with a key belongs to the value before it.
func fields(expected string) map[string]string {
	out := map[string]string{}
	last := ""
	for _, part := range strings.Split(expected, "; ") {
		if key.MatchString(part) {
			k, v, _ := strings.Cut(part, "=")
			out[k], last = v, k
		} else if last != "" {
			out[last] += "; " + part
		}
	}
	return out
}

// Files returns the paths of what fits the patterns, such as "ai/*", whether the
// manifest has them or not: pattern by pattern, each sorted. The test is skipped
// where no folder is named.
func Files(t testing.TB, patterns ...string) []string {
	t.Helper()
	dir := Dir(t)
	var out []string
	for _, p := range patterns {
		found, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(p)))
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(found)
		out = append(out, found...)
	}
	return out
}

// Read returns the content of a file.
func Read(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
