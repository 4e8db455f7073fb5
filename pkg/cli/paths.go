package cli

import (
	"errors"
	"runtime"

	"github.com/aecheck/aecheck/pkg/wildcard"
)

// paths are the files and folders that arguments stand for. Elsewhere the shell has
// put them there, and what is left with a * is a name.
func (a *app) paths(args []string) ([]string, error) {
	if runtime.GOOS != "windows" {
		return args, nil
	}
	return a.expanded(args)
}

func (a *app) expanded(args []string) ([]string, error) {
	out, err := wildcard.Expand(args)
	var none *wildcard.NoMatch
	if errors.As(err, &none) {
		return nil, usageError{fill(a.msgs.CLI.ErrNoMatch, "pattern", none.Pattern)}
	}
	return out, err
}
