package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/archive"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/manifest"
	"github.com/aecheck/aecheck/pkg/pack"
)

// verifyPackage says of every file of a package whether it is what it was.
func (a *app) verifyPackage(ctx context.Context, path string, f packFlags) error {
	if f.out != "" || f.zip != "" || f.force || f.against != "" {
		return usageError{a.msgs.Handing.VerifyAlone}
	}
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	found, err := pack.Verify(ctx, path, set.Ignore())
	if err != nil {
		return a.notPackage(path, err)
	}
	clean := true
	for i := range found {
		v := &found[i]
		if v.Count(pack.Same) != len(v.Files) {
			clean = false
		}
		if err := a.showVerified(filepath.Join(path, filepath.FromSlash(v.Dir)), v); err != nil {
			return err
		}
	}
	if !clean {
		return codeError(exitFindings)
	}
	return nil
}

// showVerified prints a line for each file and what it comes to.
func (a *app) showVerified(path string, v *pack.Verified) error {
	say := a.msgs.Handing
	text := map[pack.State]string{pack.Same: say.VerifySame, pack.Differs: say.VerifyChanged, pack.Missing: say.VerifyMissing, pack.Extra: say.VerifyAdded, pack.NotRead: say.VerifyUnread}
	sign := map[pack.State]string{pack.Same: "✓", pack.Differs: "✗", pack.Missing: "✗", pack.Extra: "+", pack.NotRead: "✗"}
	var lines []string
	if len(v.Parts) > 0 {
		parts := make([]string, len(v.Parts))
		for i, p := range v.Parts {
			parts[i] = strconv.Itoa(p)
		}
		lines = append(lines, fill(say.VerifyPart, "part", strings.Join(parts, ", "), "parts", v.Of))
	}
	for _, f := range v.Files {
		why := ""
		if f.Why != nil {
			why = a.reason(f.Why)
		}
		lines = append(lines, "  "+sign[f.State]+" "+fill(text[f.State], "path", f.Path, "why", why))
	}
	if n := v.Count(pack.Same); n == len(v.Files) {
		lines = append(lines, fill(lang.Count(say.VerifyAll, n), "path", path))
	} else {
		lines = append(lines, fill(say.VerifyNotAll, "path", path, "same", n, "changed", v.Count(pack.Differs)+v.Count(pack.NotRead), "missing", v.Count(pack.Missing), "added", v.Count(pack.Extra)))
	}
	_, err := fmt.Fprintln(a.Out, strings.Join(lines, "\n"))
	return err
}

// notPackage is the error of something that is no package, or cannot be looked at.
func (a *app) notPackage(path string, err error) error {
	var pe *fs.PathError
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, pack.ErrNotPackage), errors.Is(err, manifest.ErrNone), errors.Is(err, archive.ErrNotZip), errors.Is(err, archive.ErrBomb),
		errors.Is(err, archive.ErrTooMany), errors.Is(err, archive.ErrOverlap), !errors.As(err, &pe):
		return usageError{fill(a.msgs.Handing.NotPackage, "path", path, "why", a.reason(err))}
	}
	return usageError{fill(a.msgs.CLI.ErrPath, "path", path, "why", a.reason(err))}
}

// readLast reads what was submitted before; nothing where no name is given.
func (a *app) readLast(ctx context.Context, name string) ([]*manifest.Manifest, error) {
	if name == "" {
		return nil, nil
	}
	set, err := a.loadRules()
	if err != nil {
		return nil, err
	}
	last, err := pack.Manifests(ctx, name, set.Ignore())
	if err != nil {
		return nil, a.notPackage(name, err)
	}
	return last, nil
}
