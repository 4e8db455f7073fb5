// Package since asks git which files changed since a commit: by the program, as the
// user has it, told nothing that a user could turn into an option, and kept from
// running what a repository's own configuration names.
//
// It imports nothing of ours.
package since

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Changes are what differs between a commit and the working tree.
type Changes struct {
	// Root is the working tree, absolute.
	Root string
	// Files are those changed, added, renamed or copied to, staged or not, and those
	// that git does not know yet and does not ignore: absolute, sorted.
	Files []string
	// Gone are those deleted or renamed: absolute, sorted.
	Gone []string
}

// Why says what keeps git from answering.
type Why string

const (
	NoGit        Why = "no_git"        // there is no program called git
	NoRepository Why = "no_repository" // the folder lies in no repository, or git does not trust it
	UnknownRef   Why = "unknown_ref"   // there is no such commit
	Shallow      Why = "shallow"       // there is none in a clone that holds a part of the history
	Failed       Why = "failed"        // git says something else
)

// Error says why there is no answer.
type Error struct {
	Why    Why
	Ref    string
	Detail string // what git says, its first line
}

func (e *Error) Error() string { return string(e.Why) + ": " + e.Ref + ": " + e.Detail }

// Find asks what changed in the repository that a folder lies in since ref, a
// commit, branch or tag. Like git diff it takes "main..." for the commit at which
// main and what is checked out parted. Errors are *Error and those of ctx.
func Find(ctx context.Context, dir, ref string) (*Changes, error) {
	g := git{ctx: ctx, dir: dir, ref: ref}
	top, err := g.run(NoRepository, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	// Git writes / on Windows too.
	g.dir = filepath.FromSlash(strings.TrimRight(top, "\r\n"))
	g.disarm()
	commit, err := g.commit()
	if err != nil {
		return nil, err
	}
	diff, err := g.run(Failed, "diff", "--name-status", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "-z", "-M", commit, "--")
	if err != nil {
		return nil, err
	}
	files, gone, err := parse(diff)
	if err != nil {
		return nil, &Error{Why: Failed, Ref: ref, Detail: err.Error()}
	}
	others, err := g.run(Failed, "ls-files", "--others", "--exclude-standard", "-z", "--")
	if err != nil {
		return nil, err
	}
	files = append(files, fields(others)...)
	return &Changes{Root: g.dir, Files: g.absolute(files), Gone: g.absolute(gone)}, nil
}

// git runs the program in a folder.
type git struct {
	ctx context.Context
	dir string
	ref string
	env []string // switches off what the repository names
}

// disarm switches off the filters that the repository's own configuration names: git
// runs them to compare a file. What comes of it is that more files count as changed.
// Those of the user's configuration (Git LFS) stay.
func (g *git) disarm() {
	said, err := g.run(Failed, "config", "--show-scope", "--includes", "--name-only", "-z", "--get-regexp", `^filter\.`)
	if err != nil {
		return // there are none
	}
	list := fields(said)
	n := given(os.Environ())
	set := func(key, value string) {
		g.env = append(g.env, fmt.Sprintf("GIT_CONFIG_KEY_%d=%s", n, key), fmt.Sprintf("GIT_CONFIG_VALUE_%d=%s", n, value))
		n++
	}
	for i := 0; i+1 < len(list); i += 2 {
		scope, key := list[i], list[i+1]
		if scope != "local" && scope != "worktree" {
			continue
		}
		name := key[:max(strings.LastIndexByte(key, '.'), 0)]
		set(name+".clean", "")
		set(name+".process", "")
		set(name+".required", "false")
	}
	g.env = append(g.env, fmt.Sprintf("%s%d", configCount, n))
}

const configCount = "GIT_CONFIG_COUNT="

// given is how many keys the environment sets for git already.
func given(environ []string) int {
	n := 0
	for _, e := range environ {
		if value, ok := strings.CutPrefix(e, configCount); ok {
			n, _ = strconv.Atoi(value) // git complains of what is no number
		}
	}
	return n
}

// commit is the hash that the ref stands for: it is hex digits, so it may be an
// argument.
func (g *git) commit() (string, error) {
	name, parted := strings.CutSuffix(g.ref, "...")
	if name == "" || strings.HasPrefix(name, "-") || strings.ContainsAny(name, "\x00\n") {
		return "", &Error{Why: UnknownRef, Ref: g.ref}
	}
	hash, err := g.run(UnknownRef, "rev-parse", "--verify", "--quiet", name+"^{commit}")
	if err == nil && parted {
		hash, err = g.run(UnknownRef, "merge-base", strings.TrimSpace(hash), "HEAD")
	}
	if err != nil {
		var unknown *Error
		if errors.As(err, &unknown) && unknown.Why == UnknownRef {
			if shallow, bad := g.run(Failed, "rev-parse", "--is-shallow-repository"); bad == nil && strings.TrimSpace(shallow) == "true" {
				unknown.Why = Shallow
			}
		}
		return "", err
	}
	return strings.TrimSpace(hash), nil
}

// run gives what git prints. Where it fails the error is of the kind said.
func (g *git) run(why Why, args ...string) (string, error) {
	// A repository may name programs that git is to run when it looks at the working
	// tree (core.fsmonitor); an index that is written anew calls a hook; a partial clone
	// would fetch what it lacks.
	cmd := exec.CommandContext(g.ctx, "git", append([]string{"-C", g.dir, "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "protocol.allow=never"}, args...)...)
	cmd.Env = append(append(os.Environ(), "GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C"), g.env...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	err := cmd.Run()
	switch {
	case err == nil:
		return out.String(), nil
	case g.ctx.Err() != nil:
		return "", g.ctx.Err()
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, exec.ErrDot):
		return "", &Error{Why: NoGit, Ref: g.ref}
	}
	lines := strings.Split(strings.TrimSpace(said.String()), "\n")
	return "", &Error{Why: why, Ref: g.ref, Detail: lines[0]}
}

func (g *git) absolute(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = filepath.Join(g.dir, filepath.FromSlash(name))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// errForm says that git's list is not as documented.
var errForm = errors.New("git diff: unexpected output")

// parse reads what git diff --name-status -z prints: a status, then the path, of
// renames and copies the old one and the new.
func parse(diff string) (files, gone []string, err error) {
	list := fields(diff)
	for len(list) > 0 {
		status := list[0]
		paths := 1
		if status != "" && strings.Contains("RC", status[:1]) {
			paths = 2
		}
		if status == "" || len(list) < 1+paths {
			return nil, nil, errForm
		}
		switch first, last := list[1], list[paths]; status[0] {
		case 'D':
			gone = append(gone, first)
		case 'R':
			gone, files = append(gone, first), append(files, last)
		default:
			files = append(files, last)
		}
		list = list[1+paths:]
	}
	return files, gone, nil
}

func fields(s string) []string {
	if s = strings.TrimSuffix(s, "\x00"); s == "" {
		return nil
	}
	return strings.Split(s, "\x00")
}
