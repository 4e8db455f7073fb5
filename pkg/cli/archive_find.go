package cli

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/originals"
	"github.com/aecheck/aecheck/pkg/terminal"
)

type archiveFindFlags struct {
	index, format string
	most          int
}

func (a *app) archiveFindCmd() *cobra.Command {
	var f archiveFindFlags
	t := a.msgs.Archiving
	cmd := &cobra.Command{
		Use:     "find IMAGE…",
		Short:   t.CmdFind,
		Long:    t.CmdFind + "\n\n" + t.LongFind,
		Example: "  aecheck archive find listing/违规图/main.jpg\n  aecheck archive find *.jpg --format json",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := a.paths(args)
			if err != nil {
				return err
			}
			return a.archiveFind(cmd.Context(), files, f)
		},
	}
	fl := cmd.Flags()
	a.indexFlag(fl, &f.index)
	fl.StringVar(&f.format, "format", "text", fill(a.msgs.CLI.FlagFormat, "formats", "text json"))
	fl.IntVar(&f.most, "most", 3, t.FlagMost)
	return cmd
}

// sought is a picture whose original is looked for.
type sought struct {
	path    string
	picture *originals.Picture // nil where it could not be read
	hits    []originals.Hit
}

func (a *app) archiveFind(ctx context.Context, files []string, f archiveFindFlags) error {
	if f.format != "text" && f.format != "json" {
		return a.badFlag("--format", f.format, "text json")
	}
	if f.most < 1 {
		return a.badFlag("--most", fmt.Sprint(f.most), "≥ 1")
	}
	index, err := a.indexPath(f.index)
	if err != nil {
		return err
	}
	cache, _ := a.openCache() // without one it is slower, not wrong
	runner, done, err := a.photoRunner(originals.QueryFacts(), cache, nil)
	if err != nil {
		return err
	}
	defer done()
	list := make([]sought, len(files))
	for i, file := range files {
		list[i].path = file
		p, err := originals.ReadPicture(ctx, runner, func() (extract.ReadCloser, int64, error) { return material.OpenNamed(file) })
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			a.sayError(fill(a.msgs.CLI.ErrPath, "path", file, "why", a.reason(err)))
			continue
		case !p.Readable():
			a.note(fill(a.msgs.Archiving.CannotLook, "path", file))
		}
		list[i].picture = p
	}
	if err := seekOriginals(ctx, index, list, f.most); err != nil {
		return a.archiveError(index, err)
	}
	if f.format == "json" {
		err = a.printJSON(newFoundOriginals(index, list))
	} else {
		err = a.tellFound(list)
	}
	if err != nil {
		return err
	}
	return foundCode(list)
}

// seekOriginals looks for the originals of all pictures that could be read.
func seekOriginals(ctx context.Context, index string, list []sought, most int) error {
	var pictures []*originals.Picture
	var at []int
	for i, s := range list {
		if s.picture != nil {
			pictures, at = append(pictures, s.picture), append(at, i)
		}
	}
	hits, err := originals.Find(ctx, index, pictures, most)
	for i, h := range hits {
		list[at[i]].hits = h
	}
	return err
}

// foundCode is 1 where a picture has no original in the archive, 3 where one could not
// be looked at.
func foundCode(list []sought) error {
	code := exitOK
	for _, s := range list {
		switch {
		case s.picture != nil && len(s.hits) == 0 && s.picture.Readable():
			code = exitFindings
		case s.picture == nil || len(s.hits) == 0:
			if code == exitOK {
				code = exitUnchecked
			}
		}
	}
	if code != exitOK {
		return codeError(code)
	}
	return nil
}

func (a *app) tellFound(list []sought) error {
	t := a.msgs.Archiving
	first := true
	for _, s := range list {
		if s.picture == nil {
			continue // said on stderr
		}
		if !first {
			fmt.Fprintln(a.Out)
		}
		first = false
		if _, err := fmt.Fprintln(a.Out, terminal.Clean(s.path)); err != nil {
			return err
		}
		if len(s.hits) == 0 {
			if _, err := fmt.Fprintln(a.Out, "  "+t.NoOriginal); err != nil {
				return err
			}
		}
		for i := range s.hits {
			if err := a.tellHit(i+1, &s.hits[i]); err != nil {
				return err
			}
		}
		if len(s.hits) > 0 {
			if _, err := fmt.Fprintln(a.Out, "  "+fill(t.HowExport, "id", s.hits[0].ID()[:shortID])); err != nil {
				return err
			}
		}
	}
	return nil
}

// shortID is how many digits of an ID people are given.
const shortID = 12

// percent is a confidence in words; what was counted says nothing is certain.
func percent(h *originals.Hit) int {
	if h.Same {
		return 100
	}
	return min(99, int(math.Round(100*h.Confidence())))
}

func (a *app) tellHit(n int, h *originals.Hit) error {
	t := a.msgs.Archiving
	place, name, reach := h.Where()
	line := t.Rank
	switch {
	case h.Same:
		line = t.SameFile
	case !h.Sure():
		line = t.MaybeRank
	}
	parts := []string{t.NotTaken}
	switch {
	case h.Taken != "":
		parts[0] = fill(t.Taken, "time", h.Taken)
	case !h.Exif:
		parts[0] = t.NoExif
	}
	if c := camera(&h.Original); c != "" {
		parts = append(parts, fill(t.Camera, "camera", c))
	}
	parts = append(parts, fmt.Sprintf("%d×%d", h.Width, h.Height), fill(t.Archived, "date", h.AddedAt().Format(time.DateOnly)))
	if h.Mirrored {
		parts = append(parts, t.HowMirrored)
	}
	if h.Turned > 0 {
		parts = append(parts, t.HowTurned)
	}
	where := map[originals.Reach]string{originals.Here: t.Here, originals.Offline: t.Offline, originals.Gone: t.Gone, originals.Other: t.OtherThere}[reach]
	if reach == originals.Offline && place.Folder.Label != "" {
		where = fill(t.OfflineDisk, "label", place.Folder.Label)
	}
	_, err := fmt.Fprintf(a.Out, "  %s\n     %s\n     %s\n", fill(line, "n", n, "path", name, "sure", percent(h)), terminal.Clean(strings.Join(parts, " · ")), where)
	return err
}

// camera is maker and model, the maker once.
func camera(o *originals.Original) string {
	if strings.HasPrefix(strings.ToLower(o.Model), strings.ToLower(o.Make)) {
		return o.Model
	}
	return strings.TrimSpace(o.Make + " " + o.Model)
}
