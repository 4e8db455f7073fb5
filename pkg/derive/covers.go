package derive

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
)

// Covers marks the main pictures of a case that are not the first of their folder: a
// gallery begins with the cover, which has to be plain (M43), and goes on with scenes,
// backs and close-ups. Order is that of names, with numbers as numbers. It replaces the
// list of assets where it changes something.
func Covers(v *facts.Case) {
	first := map[string]int{} // by folder
	var mains []int
	for i, a := range v.Assets {
		if a.Kind != facts.KindReplacement || a.Slot != facts.SlotMain {
			continue
		}
		mains = append(mains, i)
		dir := path.Dir(a.Path)
		if at, ok := first[dir]; !ok || byNumber(a.Path, v.Assets[at].Path) < 0 {
			first[dir] = i
		}
	}
	if len(mains) == len(first) {
		return
	}
	v.Assets = slices.Clone(v.Assets)
	for _, i := range mains {
		a := &v.Assets[i]
		a.Later = first[path.Dir(a.Path)] != i
	}
}

// byNumber compares the names of two files without their extensions, numbers as numbers:
// 2 comes before 10.
func byNumber(a, b string) int {
	bare := func(p string) string { p = path.Base(p); return strings.TrimSuffix(p, path.Ext(p)) }
	x, y := bare(a), bare(b)
	for x != "" && y != "" {
		m, n := leadingDigits(x), leadingDigits(y)
		if m == 0 || n == 0 {
			if x[0] != y[0] {
				return cmp.Compare(x[0], y[0])
			}
			x, y = x[1:], y[1:]
			continue
		}
		p, q := strings.TrimLeft(x[:m], "0"), strings.TrimLeft(y[:n], "0")
		if c := cmp.Or(cmp.Compare(len(p), len(q)), strings.Compare(p, q)); c != 0 {
			return c
		}
		x, y = x[m:], y[n:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(a, b))
}

func leadingDigits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}
