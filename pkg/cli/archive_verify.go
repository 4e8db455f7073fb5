package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/originals"
	"github.com/aecheck/aecheck/pkg/terminal"
)

type archiveVerifyFlags struct {
	index, format string
	deep          bool
}

func (a *app) archiveVerifyCmd() *cobra.Command {
	var f archiveVerifyFlags
	t := a.msgs.Archiving
	cmd := &cobra.Command{
		Use:     "verify",
		Short:   t.CmdVerify,
		Long:    t.CmdVerify + "\n\n" + t.LongVerify,
		Example: "  aecheck archive verify\n  aecheck archive verify --deep --format json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.archiveVerify(cmd.Context(), f) },
	}
	fl := cmd.Flags()
	a.indexFlag(fl, &f.index)
	fl.StringVar(&f.format, "format", "text", fill(a.msgs.CLI.FlagFormat, "formats", "text json"))
	fl.BoolVar(&f.deep, "deep", false, t.FlagDeep)
	return cmd
}

func (a *app) archiveVerify(ctx context.Context, f archiveVerifyFlags) error {
	if f.format != "text" && f.format != "json" {
		return a.badFlag("--format", f.format, "text json")
	}
	index, err := a.indexPath(f.index)
	if err != nil {
		return err
	}
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	archive, err := originals.Load(index)
	if err != nil {
		return a.archiveError(index, err)
	}
	progress := a.archiveProgress()
	checked, err := archive.Verify(ctx, originals.VerifyOptions{Deep: f.deep, Ignore: set.Ignore(), Progress: progress.Update})
	progress.Done()
	if err != nil {
		return err
	}
	counts := map[originals.State]int{}
	for _, c := range checked {
		counts[c.State]++
	}
	datings := archive.Datings()
	if f.format == "json" {
		err = a.printJSON(newVerified(index, f.deep, checked, datings, a.reason))
	} else {
		err = a.tellVerified(checked, counts, datings, f.deep)
	}
	if err != nil {
		return err
	}
	return verifyCode(checked, counts, datings)
}

// verifyCode is 1 where an original or a timestamp is not what it was, 3 where some
// could not be looked at.
func verifyCode(checked []originals.Checked, counts map[originals.State]int, datings []originals.Dating) error {
	bad := counts[originals.Altered]+counts[originals.Lost] > 0
	for _, d := range datings {
		bad = bad || d.Err != nil
	}
	switch {
	case bad:
		return codeError(exitFindings)
	case counts[originals.Absent]+counts[originals.Unread] > 0:
		return codeError(exitUnchecked)
	case len(checked) == 0:
		return codeError(exitNothing)
	}
	return nil
}

func (a *app) tellVerified(checked []originals.Checked, counts map[originals.State]int, datings []originals.Dating, deep bool) error {
	t := a.msgs.Archiving
	var lines []string
	for _, c := range checked {
		if c.State == originals.Sound {
			continue
		}
		line := fill(t.VerifyLine, "state", t.States[string(c.State)], "path", terminal.Clean(c.Name))
		if c.Err != nil {
			line += ": " + a.reason(c.Err)
		}
		lines = append(lines, line)
		if c.To != "" {
			lines = append(lines, "    "+fill(t.VerifyTo, "path", terminal.Clean(c.To)))
		}
	}
	switch {
	case len(checked) == 0:
		lines = append(lines, t.NothingYet)
	case len(lines) == 0:
		lines = append(lines, fill(t.VerifyAll, "n", len(checked)))
	default:
		lines = append(lines, fill(t.VerifyCounts, "ok", counts[originals.Sound], "moved", counts[originals.Moved], "changed", counts[originals.Altered],
			"missing", counts[originals.Lost], "offline", counts[originals.Absent], "unreadable", counts[originals.Unread]))
	}
	for _, d := range datings {
		if d.Err != nil {
			lines = append(lines, fill(t.BadStamp, "n", d.Entries, "why", terminal.Clean(d.Err.Error())))
		} else {
			lines = append(lines, fill(t.Stamped, "n", d.Entries, "time", beijing(d.Token.Time), "authority", terminal.Clean(d.Token.Authority)))
		}
	}
	if len(datings) == 0 && len(checked) > 0 {
		lines = append(lines, t.NeverStamped)
	}
	for _, hint := range []struct {
		n    int
		text string
	}{
		{counts[originals.Moved], t.HowMoved}, {counts[originals.Altered] + counts[originals.Lost], t.HowLost}, {counts[originals.Absent], t.HowOffline},
	} {
		if hint.n > 0 {
			lines = append(lines, hint.text)
		}
	}
	if !deep && counts[originals.Sound] > 0 {
		lines = append(lines, t.HowDeep)
	}
	_, err := fmt.Fprintln(a.Out, strings.Join(lines, "\n"))
	return err
}

// beijing is a time as papers of an appeal have it.
func beijing(t time.Time) string { return t.In(lang.Beijing()).Format("2006-01-02 15:04:05") }

// verified is the contract of archive verify.
type verified struct {
	SchemaVersion int                `json:"schema_version"`
	Index         string             `json:"index"`
	Deep          bool               `json:"deep"`
	Originals     []verifiedOriginal `json:"originals"`
	Timestamps    []jsonDating       `json:"timestamps"`
}

type verifiedOriginal struct {
	ID    string `json:"id"`
	State string `json:"state"` // ok moved changed missing offline unreadable
	Path  string `json:"path"`
	To    string `json:"to,omitempty"`
	Why   string `json:"why,omitempty"`
}

type jsonDating struct {
	Entries     int    `json:"entries"` // it is over the first so many
	Digest      string `json:"digest"`
	From        string `json:"from"`
	Valid       bool   `json:"valid"`
	Why         string `json:"why,omitempty"`
	Time        string `json:"time,omitempty"`
	Authority   string `json:"authority,omitempty"`
	Issuer      string `json:"issuer,omitempty"`
	Fingerprint string `json:"certificate_sha256,omitempty"`
}

func newJSONDating(d originals.Dating) jsonDating {
	out := jsonDating{Entries: d.Entries, Digest: fmt.Sprintf("%x", d.Digest), From: d.From, Valid: d.Err == nil}
	if d.Err != nil {
		out.Why = d.Err.Error()
		return out
	}
	out.Time, out.Authority, out.Issuer, out.Fingerprint = d.Token.Time.Format(time.RFC3339Nano), d.Token.Authority, d.Token.Issuer, d.Token.Fingerprint
	return out
}

func newVerified(index string, deep bool, checked []originals.Checked, datings []originals.Dating, reason func(error) string) verified {
	out := verified{SchemaVersion: archiveSchema, Index: filepath.ToSlash(index), Deep: deep, Originals: []verifiedOriginal{}, Timestamps: []jsonDating{}}
	for _, c := range checked {
		v := verifiedOriginal{ID: c.ID(), State: string(c.State), Path: filepath.ToSlash(c.Name), To: filepath.ToSlash(c.To)}
		if c.Err != nil {
			v.Why = reason(c.Err)
		}
		out.Originals = append(out.Originals, v)
	}
	for _, d := range datings {
		out.Timestamps = append(out.Timestamps, newJSONDating(d))
	}
	return out
}
