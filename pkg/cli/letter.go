package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/draft/docx"
	"github.com/aecheck/aecheck/pkg/draft/pdf"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/letters"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/terminal"
)

type letterFlags struct{ kind, letter, in, out string }

func (a *app) letterCmd() *cobra.Command {
	var f letterFlags
	words, kinds := a.msgs.Drafting, strings.Join(letters.Kinds(), " ")
	cmd := &cobra.Command{
		Use:     "letter PATH",
		Short:   words.Command,
		Example: "  aecheck letter ./listing --kind commitment --out drafts\n  aecheck letter ./listing --kind authorization --in en --out drafts",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.letter(cmd.Context(), args[0], f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.kind, "kind", "", fill(words.FlagKind, "kinds", kinds))
	fl.StringVar(&f.letter, "letter", "", words.FlagLetter)
	fl.StringVar(&f.in, "in", "", fill(words.FlagIn, "languages", strings.Join(letters.Languages(), " ")))
	fl.StringVar(&f.out, "out", "", words.FlagOut)
	return cmd
}

// letterLang is the language a paper is written in.
func (a *app) letterLang(typed string) (string, error) {
	known := letters.Languages()
	switch {
	case typed == "" && slices.Contains(known, a.lang.Tag()):
		return a.lang.Tag(), nil
	case typed == "":
		return lang.EN.Tag(), nil
	case !slices.Contains(known, typed):
		return "", a.badFlag("--in", typed, strings.Join(known, " "))
	}
	return typed, nil
}

func (a *app) letter(ctx context.Context, path string, f letterFlags) error {
	words, kinds := a.msgs.Drafting, strings.Join(letters.Kinds(), " ")
	switch {
	case f.kind == "":
		return usageError{fill(words.NeedKind, "kinds", kinds)}
	case !slices.Contains(letters.Kinds(), f.kind):
		return a.badFlag("--kind", f.kind, kinds)
	case f.out == "":
		return usageError{words.NeedOut}
	}
	in, err := a.letterLang(f.in)
	if err != nil {
		return err
	}
	file, dir, err := a.caseOf(ctx, path)
	if err != nil {
		return err
	}
	if file == nil {
		a.note(fill(a.msgs.Stating.NoCaseFile, "path", path))
	}
	drafts, err := letters.Write(file, f.kind, f.letter, in)
	if errors.Is(err, letters.ErrLetter) {
		return usageError{fill(words.NoLetter, "id", f.letter)}
	}
	if err != nil {
		return err
	}
	var files []output.Named
	for _, d := range drafts {
		word, err := docx.Write(d.Paper)
		if err != nil {
			return err
		}
		page, err := pdf.Write(d.Paper)
		if err != nil {
			return err
		}
		files = append(files, output.Named{Name: d.Name + ".docx", Data: word}, output.Named{Name: d.Name + ".pdf", Data: page})
	}
	err = output.WriteNew(f.out, []string{dir}, files)
	switch {
	case errors.Is(err, output.ErrInside):
		return usageError{fill(words.Within, "path", f.out)}
	case errors.Is(err, output.ErrExists):
		for _, n := range files {
			if name := filepath.Join(f.out, n.Name); exists(name) {
				return usageError{fill(words.There, "path", name)}
			}
		}
		return usageError{fill(words.There, "path", f.out)}
	case err != nil:
		return reportError{f.out, err}
	}
	return a.drafted(drafts, path, f)
}

// exists reports that a file is there.
func exists(name string) bool {
	t, err := output.New(name)
	return err == nil && t.Exists()
}

// caseOf is case.yaml of the one case at a path, and its folder.
func (a *app) caseOf(ctx context.Context, path string) (*casefile.File, string, error) {
	set, err := a.loadRules()
	if err != nil {
		return nil, "", err
	}
	if err := a.forAppeals(set); err != nil {
		return nil, "", err
	}
	f := judgeFlags("")
	opt, _, err := a.scanOptions(set, []string{path}, f)
	if err != nil {
		return nil, "", err
	}
	opt.Whole = true
	paced := a.paceHeap()
	defer paced.Stop()
	s, _, err := a.session(set, f, paced)
	if err != nil {
		return nil, "", err
	}
	defer s.Close()
	found, err := s.Find(ctx, opt.FindOptions)
	switch {
	case err != nil:
		return nil, "", err
	case len(found.Cases) == 0:
		return nil, "", a.noCase(path)
	case len(found.Cases) > 1:
		return nil, "", usageError{fill(a.msgs.Drafting.OneCase, "n", len(found.Cases))}
	}
	return found.Cases[0].File, found.Cases[0].Dir, nil
}

// drafted tells what was made, what is left to fill in, and what comes next.
func (a *app) drafted(drafts []letters.Draft, path string, f letterFlags) error {
	words := a.msgs.Drafting
	var lines []string
	var missing []rune
	for _, d := range drafts {
		name := filepath.Join(f.out, d.Name)
		lines = append(lines, fill(words.Wrote, "docx", name+".docx", "pdf", name+".pdf"))
		if len(d.Open) == 0 {
			lines = append(lines, words.FilledIn)
		} else {
			lines = append(lines, words.Fill)
			for _, o := range d.Open {
				lines = append(lines, "  ☐ "+terminal.Clean(o))
			}
		}
		for _, b := range d.Paper.Blocks {
			text := b.Line + b.Para + strings.Join(b.Sign, "")
			for _, r := range b.Rows {
				text += r.Label + r.Value
			}
			missing = append(missing, pdf.Missing(text)...)
		}
	}
	if f.kind == letters.Commitment {
		lines = append(lines, words.Template, fill(words.NextCommitment, "case", path))
	} else {
		lines = append(lines, fill(words.NextGrant, "case", path), words.NextOriginal)
	}
	if len(missing) > 0 {
		slices.Sort(missing)
		a.note(fill(words.Missing, "characters", string(slices.Compact(missing))))
	}
	_, err := fmt.Fprintln(a.Out, strings.Join(lines, "\n"))
	return err
}
