//go:build unix

package output

import (
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestStreams: what is no file is written straight and stays what it is.
func TestStreams(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	read := make(chan string)
	go func() {
		f, err := os.Open(pipe)
		if err != nil {
			read <- err.Error()
			return
		}
		defer f.Close()
		data, err := io.ReadAll(f)
		if err != nil {
			data = []byte(err.Error())
		}
		read <- string(data)
	}()
	if err := target(t, pipe).Write([]byte("report")); err != nil {
		t.Fatal(err)
	}
	if got := <-read; got != "report" {
		t.Errorf("the pipe gave %q", got)
	}
	for _, name := range []string{pipe, os.DevNull} {
		before, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if name == os.DevNull {
			if err := target(t, name).Write([]byte("report")); err != nil {
				t.Error(err)
			}
		}
		after, err := os.Stat(name)
		if err != nil || !os.SameFile(before, after) || before.Mode() != after.Mode() {
			t.Errorf("%s: %v, was %v (%v)", name, after.Mode(), before.Mode(), err)
		}
	}
	// Two reports into one device are no accident.
	if target(t, os.DevNull).Same(target(t, os.DevNull)) {
		t.Error("a device counts as a file given twice")
	}
}

// TestUmask: a new file gets what the user's umask leaves.
func TestUmask(t *testing.T) {
	old := syscall.Umask(0o027)
	defer syscall.Umask(old)
	name := filepath.Join(t.TempDir(), "r.html")
	if err := target(t, name).Write(nil); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}
