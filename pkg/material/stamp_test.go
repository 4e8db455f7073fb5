package material

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestStampOf(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.jpg")
	stamp := func(content string, at time.Time, now time.Time) Stamp {
		t.Helper()
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		return stampOf(info, now)
	}
	written := time.Now()
	later := written.Add(time.Minute)
	first := stamp("a", written.Add(-time.Hour), later)
	if first == (Stamp{}) {
		t.Error("a file that has not changed for a minute has no stamp")
	}
	if got := stamp("b", written.Add(-2*time.Hour), later); got == first {
		t.Error("another time of change, the same stamp")
	}
	if got := stamp("a", written.Add(-time.Second), written); got != (Stamp{}) {
		t.Errorf("a file of a second ago has the stamp %+v", got)
	}
	if got := stamp("a", written.Add(time.Hour), written); got != (Stamp{}) {
		t.Errorf("a file of the future has the stamp %+v", got)
	}
}
