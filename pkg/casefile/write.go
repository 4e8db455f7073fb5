package casefile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

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
	unlock, err := lock(root, name)
	if err != nil {
		return err
	}
	defer unlock()
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
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return root.Rename(temp, name)
}

// lock keeps two programs from replacing case.yaml at the same time, each with what
// it knows: the file that stands for it is made by one alone. One that a program
// left behind when it was killed is taken over after a while.
func lock(root *os.Root, name string) (unlock func(), err error) {
	const (
		tries = 150
		pause = 20 * time.Millisecond
	)
	held := "." + name + ".lock"
	for i := 0; ; i++ {
		f, err := root.OpenFile(held, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			return func() { _ = root.Remove(held) }, f.Close()
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		if i == tries {
			if err := root.Remove(held); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
			i = 0
		}
		time.Sleep(pause)
	}
}
