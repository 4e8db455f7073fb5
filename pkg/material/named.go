package material

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
)

// OpenNamed opens a file that the user named on the command line, wherever it
// lies, with its size. What is no regular file is refused: a FIFO would block for
// ever. Errors are *os.PathError. The caller closes the file.
func OpenNamed(path string) (*os.File, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, &os.PathError{Op: "open", Path: path, Err: errors.New("not a regular file")}
	}
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// TooLargeError says that something has more than Max bytes.
type TooLargeError struct{ Max int64 }

func (e *TooLargeError) Error() string { return fmt.Sprintf("larger than %d bytes", e.Max) }

// ReadNamed reads what the user named of at most limit bytes; it may be a pipe, as
// the shell makes of <(…).
func ReadNamed(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = &os.PathError{Op: "read", Path: path, Err: &TooLargeError{limit}}
	}
	return data, err
}
