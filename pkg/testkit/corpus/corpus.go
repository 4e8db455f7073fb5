// Package corpus finds, for tests, the sample files that come with modules in
// the module cache: real camera files, and files that broke other readers.
//
// It imports nothing of ours.
package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Modules with samples.
const (
	Goexif    = "github.com/rwcarlsen/goexif"
	Imagemeta = "github.com/bep/imagemeta"
	XImage    = "golang.org/x/image"
	Pigo      = "github.com/esimov/pigo"
	Imaging   = "github.com/disintegration/imaging"
	Gozxing   = "github.com/makiuchi-d/gozxing"
)

// MaxBytes is how large a sample may be: larger ones add seconds, not cases.
const MaxBytes = 8 << 20

// Dir returns a folder below a module's root; the test is skipped where the
// module is not in the cache.
func Dir(t testing.TB, module, folder string) string {
	t.Helper()
	dir, err := Root(module)
	if err != nil {
		t.Skip(err)
	}
	return filepath.Join(dir, filepath.FromSlash(folder))
}

// Root returns a module's root in the cache. It asks go, so the working directory
// lies in this project.
func Root(module string) (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	dir := strings.TrimSpace(string(out))
	if err == nil && dir == "" {
		err = errors.New("go mod download brings it")
	}
	if err != nil {
		return "", fmt.Errorf("module %s is not in the module cache: %w", module, err)
	}
	return dir, nil
}

// Each calls visit with the name, relative to the folder, and the content of
// every file below a module's folder.
func Each(t testing.TB, module, folder string, visit func(name string, data []byte)) {
	t.Helper()
	root := Dir(t, module, folder)
	n := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if info, err := d.Info(); err != nil || info.Size() > MaxBytes {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		n++
		visit(filepath.ToSlash(rel), data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n == 0 {
		t.Errorf("no samples in %s/%s", module, folder)
	}
}
