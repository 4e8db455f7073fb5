package terminal

import (
	"io"

	"golang.org/x/sys/windows"
)

// enableEscapes asks the Windows console to obey colour sequences; older
// consoles print them as text unless asked.
func enableEscapes(w io.Writer) bool {
	f, ok := w.(fder)
	if !ok {
		return false
	}
	h := windows.Handle(f.Fd())
	var mode uint32
	if err := windows.GetConsoleMode(h, &mode); err != nil {
		return false
	}
	const wanted = windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING
	return mode&wanted != 0 || windows.SetConsoleMode(h, mode|wanted) == nil
}
