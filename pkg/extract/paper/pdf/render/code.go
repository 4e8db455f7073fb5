package render

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// codeDir is the folder where wazero keeps PDFium as machine code. wazero runs
// what lies there and, of its files, checks the greater part and no more: a
// damaged one would fail every PDF from then on, or the program. So beside each
// stands a file of its sum, and what does not have that is taken away before
// wazero looks.
type codeDir string

// sumSuffix names the file with the sum of another.
const sumSuffix = ".sha256"

// codeRoom is what must be free before wazero is told to keep code, in bytes:
// PDFium takes 22 MB on amd64, less on arm64. Where wazero cannot write it has
// compiled in vain, which takes eight seconds.
const codeRoom = 32 << 20

// leftBehind is the age from which a file that was being written is what an
// interrupted run left.
const leftBehind = time.Hour

// ready takes away what is damaged and reports whether wazero may use the folder:
// it holds code or there is room for some. kept tells which.
func (c codeDir) ready() (kept, ok bool) { return c.readyAt(time.Now()) }

func (c codeDir) readyAt(now time.Time) (kept, ok bool) {
	if c == "" || os.MkdirAll(string(c), 0o700) != nil {
		return false, false
	}
	err := c.walk(func(name string, info fs.FileInfo) error {
		switch {
		case strings.HasSuffix(name, ".tmp"):
			if now.Sub(info.ModTime()) > leftBehind {
				return os.Remove(name)
			}
			return nil // of a run beside this one, or of no harm
		case sound(name):
			kept = true
			return nil
		}
		if err := os.Remove(name); err != nil {
			return err
		}
		_ = os.Remove(name + sumSuffix) // it names nothing any more
		return nil
	})
	if err != nil {
		return false, false
	}
	return kept, kept || c.hasRoom()
}

// looksKept reports whether there is a sum, and so perhaps code.
func (c codeDir) looksKept() bool {
	found, err := filepath.Glob(filepath.Join(string(c), "*", "*"+sumSuffix))
	return c != "" && err == nil && len(found) > 0
}

// seal writes the sums of files that have none. Without them the code is compiled
// again next time.
func (c codeDir) seal() {
	_ = c.walk(func(name string, _ fs.FileInfo) error {
		if strings.HasSuffix(name, ".tmp") || sound(name) {
			return nil
		}
		sum, err := sumOf(name)
		if err != nil {
			return err
		}
		tmp, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*.tmp")
		if err != nil {
			return err
		}
		_, werr := tmp.WriteString(sum)
		if err := errors.Join(werr, tmp.Close()); err != nil {
			return errors.Join(err, os.Remove(tmp.Name()))
		}
		return os.Rename(tmp.Name(), name+sumSuffix)
	})
}

// CodeSize is the number of bytes that lie in the folder of an engine's compiled
// code; 0 where there is none.
func CodeSize(dir string) (int64, error) {
	var total int64
	err := codeDir(dir).walk(func(_ string, info fs.FileInfo) error {
		total += info.Size()
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return total, err
}

// CleanCode removes the folder of an engine's compiled code.
func CleanCode(dir string) error { return os.RemoveAll(dir) }

// walk visits the files that are no sums.
func (c codeDir) walk(visit func(name string, info fs.FileInfo) error) error {
	return filepath.WalkDir(string(c), func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || strings.HasSuffix(name, sumSuffix) {
			return err
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // another run took it away
		}
		if err != nil {
			return err
		}
		return visit(name, info)
	})
}

// hasRoom writes codeRoom bytes and takes them away again.
func (c codeDir) hasRoom() bool {
	f, err := os.CreateTemp(string(c), "room.*.tmp")
	if err != nil {
		return false
	}
	block := make([]byte, 1<<20)
	for range codeRoom / len(block) {
		if _, err = f.Write(block); err != nil {
			break
		}
	}
	return errors.Join(err, f.Close(), os.Remove(f.Name())) == nil
}

// sound reports whether a file is as it was when its sum was written.
func sound(name string) bool {
	want, err := os.ReadFile(name + sumSuffix)
	if err != nil {
		return false
	}
	sum, err := sumOf(name)
	return err == nil && slices.Equal(want, []byte(sum))
}

// sumOf is the SHA-256 of a file in hexadecimal digits.
func sumOf(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
