package material

import (
	"cmp"
	"path"
	"slices"

	"github.com/aecheck/aecheck/pkg/casefile"
)

// With returns a case as it would be with files of another folder in the place of
// some of its own: replaced gives, by Asset.Path, what takes a file's place, a name
// below folder with "/", and which then is its path in the case. What case.yaml says
// of a file holds for what replaces it. The error is that of the first file that is
// not there.
func (c *Case) With(folder string, replaced map[string]string) (*Case, error) {
	root, err := openCase(folder, ".")
	if err != nil {
		return nil, err
	}
	defer root.Close()
	out := *c
	out.Assets = make([]*Asset, len(c.Assets))
	for i, a := range c.Assets {
		out.Assets[i] = a
		name, ok := replaced[a.Path]
		if !ok {
			continue
		}
		f, size, code, err := openRegular(root, name)
		if err != nil {
			return nil, &OpenError{Path: name, Code: code, Err: err}
		}
		f.Close()
		out.Assets[i] = &Asset{Path: path.Clean(name), Kind: a.Kind, Slot: a.Slot, Placed: a.Placed, Size: size,
			at: location{root: folder, dir: ".", file: name}}
	}
	slices.SortStableFunc(out.Assets, func(x, y *Asset) int { return cmp.Compare(x.Path, y.Path) })
	out.Problems = slices.DeleteFunc(slices.Clone(c.Problems), func(p Problem) bool { return replaced[p.Path] != "" })
	if c.File != nil {
		out.File = renamed(c.File, replaced)
	}
	return &out, nil
}

// renamed is a case.yaml whose pictures bear their new names.
func renamed(f *casefile.File, names map[string]string) *casefile.File {
	out := *f
	out.Images = slices.Clone(f.Images)
	for i := range out.Images {
		for old, now := range names {
			if casefile.PathKey(out.Images[i].File) == casefile.PathKey(old) {
				out.Images[i].File = now
			}
		}
	}
	return &out
}
