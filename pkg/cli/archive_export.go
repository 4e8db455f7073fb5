package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/draft/pdf"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/letters"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/originals"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/terminal"
)

type archiveExportFlags struct{ index, out, folder, in string }

func (a *app) archiveExportCmd() *cobra.Command {
	var f archiveExportFlags
	t := a.msgs.Archiving
	cmd := &cobra.Command{
		Use:     "export NAME",
		Short:   t.CmdExport,
		Long:    t.CmdExport + "\n\n" + t.LongExport,
		Example: "  aecheck archive export 3f9a52c1d07b --case ./listing\n  aecheck archive export E:\\照片\\IMG_3101.JPG --out proof",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.archiveExport(cmd.Context(), args[0], f)
		},
	}
	fl := cmd.Flags()
	a.indexFlag(fl, &f.index)
	fl.StringVar(&f.folder, "case", "", t.FlagCase)
	fl.StringVar(&f.out, "out", "", t.FlagOut)
	fl.StringVar(&f.in, "in", "", fill(t.FlagIn, "languages", strings.Join(letters.Languages(), " ")))
	return cmd
}

func (a *app) archiveExport(ctx context.Context, name string, f archiveExportFlags) error {
	t := a.msgs.Archiving
	if f.folder == "" && f.out == "" {
		return usageError{t.NeedTarget}
	}
	if f.folder != "" && !material.IsFolder(f.folder) {
		return usageError{fill(t.NoCaseFolder, "path", f.folder)}
	}
	in, err := a.letterLang(f.in)
	if err != nil {
		return err
	}
	index, err := a.indexPath(f.index)
	if err != nil {
		return err
	}
	archive, err := originals.Load(index)
	if err != nil {
		return a.archiveError(index, err)
	}
	o, err := archive.ByName(name)
	switch {
	case errors.Is(err, originals.ErrUnknown):
		return usageError{fill(t.Unknown, "name", terminal.Clean(name))}
	case errors.Is(err, originals.ErrAmbiguous):
		return usageError{fill(t.Ambiguous, "name", terminal.Clean(name))}
	case err != nil:
		return err
	}
	file, err := a.atHand(o)
	if err != nil {
		return err
	}
	e := exporting{app: a, proof: archive.Proof(o), file: file, words: i18n.For(papersLang(in)).Archiving.Paper}
	if e.paper, err = pdf.Write(recordPaper(e.proof, filepath.Base(file), in, e.words)); err != nil {
		return err
	}
	if f.out != "" {
		if err := e.intoFolder(ctx, f.out); err != nil {
			return err
		}
	}
	if f.folder != "" {
		if err := e.intoCase(f.folder); err != nil {
			return err
		}
	}
	if e.proof.Dating == nil {
		a.note(t.NoStampYet)
	}
	return nil
}

// papersLang is the language of a tag that letterLang knows.
func papersLang(tag string) lang.Lang {
	if tag == lang.ZH.Tag() {
		return lang.ZH
	}
	return lang.EN
}

// atHand is the path at which an original can be opened now, unchanged.
func (a *app) atHand(o *originals.Original) (string, error) {
	t := a.msgs.Archiving
	place, file, reach := o.Where()
	switch {
	case reach == originals.Offline && place.Folder.Label != "":
		return "", usageError{fill(t.NotHereDisk, "label", terminal.Clean(place.Folder.Label), "path", terminal.Clean(file))}
	case reach == originals.Other:
		return "", usageError{fill(t.NoLonger, "path", terminal.Clean(file))}
	case reach != originals.Here:
		return "", usageError{fill(t.NotHere, "path", terminal.Clean(file))}
	}
	same, err := o.Is(file)
	switch {
	case err != nil:
		return "", fmt.Errorf("%s: %w", file, err)
	case !same:
		return "", usageError{fill(t.NoLonger, "path", terminal.Clean(file))}
	}
	return file, nil
}

// exporting is one original being handed out.
type exporting struct {
	*app
	proof *originals.Proof
	file  string // the original
	paper []byte
	words i18n.ArchivePaper
}

// Names of what others check a proof with.
const (
	proofName = "proof.json"
	tokenName = "timestamp.der"
)

// intoFolder makes a folder of the photo, the paper and what a proof is checked with.
func (e *exporting) intoFolder(ctx context.Context, out string) error {
	folder, err := output.NewFolder(out, nil)
	if errors.Is(err, output.ErrHasContent) {
		return usageError{fill(e.msgs.Archiving.OutHas, "path", out)}
	}
	if err == nil {
		if err = e.fillFolder(folder); err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = folder.Keep()
		} else {
			folder.Discard()
		}
	}
	if err != nil {
		return reportError{out, err}
	}
	_, err = fmt.Fprintln(e.Out, fill(e.msgs.Archiving.Wrote, "path", terminal.Clean(out)))
	return err
}

func (e *exporting) fillFolder(folder *output.Folder) error {
	in, _, err := material.OpenNamed(e.file)
	if err != nil {
		return err
	}
	defer in.Close()
	w, err := folder.Create(filepath.Base(e.file))
	if err != nil {
		return err
	}
	_, err = io.Copy(w, in)
	if err = cmp.Or(err, w.Close()); err != nil {
		return err
	}
	data, err := json.MarshalIndent(newProof(e.proof), "", "  ")
	if err != nil {
		return err
	}
	err = cmp.Or(folder.Write(e.words.Name+".pdf", e.paper), folder.Write(proofName, append(data, '\n')))
	if err == nil && e.proof.Dating != nil {
		err = folder.Write(tokenName, e.proof.Dating.Token.DER)
	}
	return err
}

// intoCase puts the photo and the paper where a case has such things.
func (e *exporting) intoCase(dir string) error {
	t := e.msgs.Archiving
	set, err := e.loadRules()
	if err != nil {
		return err
	}
	folders, err := kindFolders(set, dir)
	if err != nil {
		return err
	}
	source := folderFor(set, folders, facts.KindSource)
	name, copied, err := material.Adopt(dir, source, e.file)
	if err != nil {
		return reportError{filepath.Join(dir, source), err}
	}
	photo := filepath.Join(dir, name)
	if !copied {
		if same, err := e.proof.Is(photo); err != nil || !same {
			return usageError{fill(t.CaseHas, "path", terminal.Clean(photo))}
		}
	}
	lines := []string{fill(t.Copied, "path", terminal.Clean(photo))}
	if !copied {
		lines[0] = fill(t.PaperThere, "path", terminal.Clean(photo))
	}
	paper := output.Named{Name: e.words.Name + "-" + e.proof.ID()[:shortID] + ".pdf", Data: e.paper}
	to := filepath.Join(dir, folderFor(set, folders, facts.KindEvidence))
	written := filepath.Join(to, paper.Name)
	switch err := output.WriteNew(to, nil, []output.Named{paper}); {
	case errors.Is(err, output.ErrExists):
		lines = append(lines, fill(t.PaperThere, "path", terminal.Clean(written)))
	case err != nil:
		return reportError{written, err}
	default:
		lines = append(lines, fill(t.Wrote, "path", terminal.Clean(written)))
	}
	lines = append(lines, fill(t.NextExport, "case", terminal.Clean(dir)))
	_, err = fmt.Fprintln(e.Out, strings.Join(lines, "\n"))
	return err
}

// folderFor is a case's folder of a kind. One that is missing is named as the others
// are: by the kind's first name where some have Chinese names.
func folderFor(set *rules.Set, folders map[string]string, kind string) string {
	if name := folders[kind]; name != "" {
		return name
	}
	for _, name := range folders {
		if strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			for _, k := range set.Kinds() {
				if k.ID == kind && len(k.Aliases) > 0 {
					return k.Aliases[0]
				}
			}
		}
	}
	return kind
}
