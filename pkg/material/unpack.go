package material

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strings"

	"github.com/aecheck/aecheck/pkg/archive"
)

// maxUnpacked is the most bytes that a zip file is unpacked to: far more than the
// materials of a case.
const maxUnpacked = 4 << 30

// ErrUnpacked says that a zip file holds more than is unpacked.
var ErrUnpacked = errors.New("the zip file is too large to be unpacked")

// IsZip reports whether a path is that of a zip file.
func IsZip(name string) bool { return isZip(filepath.Base(name)) }

// Unpack writes the files of a zip file by way of create, which is given paths with
// "/", names repaired where their encoding was told wrongly. What systems put beside files
// (patterns as in Options.Ignore) is left out. The first file that cannot be read ends
// it.
func Unpack(ctx context.Context, name string, ignore []string, create func(path string) (io.WriteCloser, error)) error {
	f, size, err := OpenNamed(name)
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := archive.NewReader(f, size)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	l := &lister{ignore: ignore}
	t := zipTree{lister: l}
	left := int64(maxUnpacked)
	for i := range r.Entries {
		e := &r.Entries[i]
		if err := ctx.Err(); err != nil {
			return err
		}
		if e.Dir || t.leftOut(e) {
			continue
		}
		if e.Err != nil {
			return fmt.Errorf("%s: %s: %w", name, shownName(e.Path), e.Err)
		}
		if left -= e.Size; left < 0 {
			return fmt.Errorf("%s: %w", name, ErrUnpacked)
		}
		if err := unpackOne(e, create); err != nil {
			return fmt.Errorf("%s: %s: %w", name, shownName(e.Path), err)
		}
	}
	return nil
}

func unpackOne(e *archive.Entry, create func(string) (io.WriteCloser, error)) error {
	in, err := e.Stream()
	if err != nil {
		return err
	}
	defer in.Close()
	parts := strings.Split(e.Path, "/")
	for i := range parts {
		parts[i] = nameOf(parts[i]).meant()
	}
	out, err := create(path.Join(parts...))
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
