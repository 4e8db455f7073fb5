package material

import (
	"io/fs"
	"syscall"
)

// cloudOnly: iCloud marks files that reading would fetch (SF_DATALESS, chflags(2)).
func cloudOnly(info fs.FileInfo) bool {
	const dataless = 0x40000000
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && st.Flags&dataless != 0
}
