package material

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMountsIn(t *testing.T) {
	got := mountsIn(`22 28 0:21 / /proc rw,nosuid - proc proc rw
28 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
97 28 8:17 / /media/seller/My\040Disk rw,nosuid shared:52 - exfat /dev/sdb1 rw,uid=1000
98 28 8:2 /var/lib /srv rw - ext4 /dev/sda2 rw
99 28 0:50 / /home/share rw - nfs4 nas:/photos rw
nonsense
- -
`)
	if d := cmp.Diff([]mount{{"/", "/dev/sda2"}, {"/media/seller/My Disk", "/dev/sdb1"}}, got, cmp.AllowUnexported(mount{})); d != "" {
		t.Error(d)
	}
	for in, want := range map[string]string{`a\040b`: "a b", `a\`: `a\`, `a\9`: `a\9`, `\134x`: `\x`, "": ""} {
		if got := unescaped(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}
