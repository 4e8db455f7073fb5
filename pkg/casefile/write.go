package casefile

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/lockedfile"

	"github.com/aecheck/aecheck/pkg/config"
)

// ErrChanged says that case.yaml was changed by somebody else in the meantime.
var ErrChanged = errors.New("case.yaml was changed in the meantime")

// Read returns the case.yaml of a folder; nothing, without error, where there
// is none. Links and anything but a regular file are refused.
func Read(dir, name string) ([]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return read(root, name)
}

func read(root *os.Root, name string) ([]byte, error) {
	info, err := root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", name)
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, config.MaxBytes+1))
	if err == nil && len(data) > config.MaxBytes {
		err = fmt.Errorf("%s is larger than %d bytes", name, config.MaxBytes)
	}
	return data, err
}

// Write replaces the case.yaml of a folder, or makes it, in one step: a reader
// sees the old content or the new. old is what it was made from; when the file
// holds something else by now nothing is written and the error is ErrChanged.
func Write(dir, name string, old, data []byte) (err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	defer lock()()
	now, err := read(root, name)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, old) {
		return ErrChanged
	}
	mode := fs.FileMode(0o644)
	if info, err := root.Lstat(name); err == nil {
		mode = info.Mode().Perm()
	}
	temp := fmt.Sprintf(".%s.%d.new", name, os.Getpid())
	f, err := root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, root.Remove(temp))
		}
	}()
	_, err = f.Write(data)
	if err = cmp.Or(err, f.Sync(), f.Close()); err != nil {
		var p *fs.PathError
		if errors.As(err, &p) {
			p.Path = name // what the user knows, not the file beside it
		}
		return err
	}
	return root.Rename(temp, name)
}

// lock keeps two programs of a user from replacing a case.yaml at the same time, each
// with what it knows. The system lets go of it when a program ends, however it
// ends. It lies outside the seller's folder, and is one for all folders: an agency's
// hundreds would each leave a file behind, and writing takes milliseconds. Where it
// cannot be had, comparing with what was read before still keeps all but the closest.
func lock() (unlock func()) {
	unlock, err := lockedfile.MutexAt(filepath.Join(os.TempDir(), fmt.Sprintf("aecheck-%d.lock", os.Getuid()))).Lock()
	if err != nil {
		return func() {}
	}
	return unlock
}

// Change writes what do makes of a file, again where somebody else has written it in
// the meantime, and returns it as it was before and after.
func Change(dir, name string, do func(old []byte) ([]byte, error)) (before, after []byte, err error) {
	const tries = 10
	for range tries {
		if before, err = Read(dir, name); err != nil {
			return nil, nil, err
		}
		if after, err = do(before); err != nil {
			return nil, nil, err
		}
		if err = Write(dir, name, before, after); !errors.Is(err, ErrChanged) {
			break
		}
	}
	return before, after, err
}
