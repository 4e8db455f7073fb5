package material

import (
	"io/fs"
	"time"
)

// Stamp is what the file system says of a file beside its name and size. While it
// stays the same, so does the content, but for files that somebody sets back in time
// on purpose. The zero value says nothing.
type Stamp struct {
	Modified int64  `json:"modified"`          // nanoseconds since 1970
	Changed  int64  `json:"changed,omitempty"` // when anything of it was: Unix ctime, Windows creation
	Inode    uint64 `json:"inode,omitempty"`
}

// coarsest is the coarsest clock of a file system that stamps are made by (FAT, 2 s),
// with some room.
const coarsest = 3 * time.Second

// stampNow is the stamp of a file that was just looked at.
func stampNow(info fs.FileInfo) Stamp { return stampOf(info, time.Now()) }

// stampOf is the stamp of a file as it is at now; zero where the file changed so lately
// that another change need not change the stamp.
func stampOf(info fs.FileInfo, now time.Time) Stamp {
	out := Stamp{Modified: info.ModTime().UnixNano()}
	out.Changed, out.Inode = changed(info)
	if max(out.Modified, out.Changed) >= now.Add(-coarsest).UnixNano() {
		return Stamp{}
	}
	return out
}
