package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/shard"
)

// shardReport is what --report calls the file of a shard, and shardAuto what --shard
// takes for the part that the environment names.
const (
	shardReport = "shard"
	shardAuto   = "auto"
)

// shardRun is a scan of one part.
type shardRun struct {
	part   shard.Part
	target output.Target
	rules  string // digest
	hidden *hiding
	flags  scanFlags
}

// shardOf is the part that --shard names and where what is found of it goes; of f it
// takes that report away.
func (a *app) shardOf(f *scanFlags) (shard.Part, output.Target, error) {
	var none output.Target
	t := a.msgs.Sharing
	isShard := func(r string) bool { return strings.HasPrefix(r, shardReport+"=") }
	if f.shard == "" {
		if slices.ContainsFunc(f.reports, isShard) || f.format == shardReport {
			return shard.Part{}, none, usageError{t.NeedsShard}
		}
		return shard.Part{}, none, nil
	}
	for _, flag := range []string{"format", "fail-on", "verbose", "statistics", "allow-empty", "redact", "trust-confirmations", "ignore-confirmations", "baseline", "case", "due", "ask", "report-dir"} {
		if f.given(flag) {
			return shard.Part{}, none, usageError{fill(t.ForMerge, "flag", "--"+flag)}
		}
	}
	if len(f.reports) != 1 || !isShard(f.reports[0]) {
		return shard.Part{}, none, usageError{t.NeedsFile}
	}
	_, name, _ := strings.Cut(f.reports[0], "=")
	f.reports, f.format = nil, "text"
	part, err := a.partNamed(f.shard)
	if err != nil {
		return part, none, err
	}
	target, err := output.New(name)
	if err != nil {
		return part, none, reportError{name, err}
	}
	return part, target, nil
}

func (a *app) partNamed(name string) (shard.Part, error) {
	if name != shardAuto {
		part, err := shard.Parse(name)
		if err != nil {
			return part, a.badFlag("--shard", name, a.msgs.Sharing.WantShard)
		}
		return part, nil
	}
	part, err := shard.FromEnvironment(a.Getenv)
	var e *shard.EnvironmentError
	if !errors.As(err, &e) {
		return part, err
	}
	t := a.msgs.Sharing
	text := map[shard.Why]string{
		shard.NoPlatform: t.NoPlatform, shard.NoCount: t.NoCount, shard.NoNumber: t.NoNumber, shard.Gaps: t.Gaps, shard.OtherTotal: t.OtherTotal, shard.TwoParts: t.TwoParts,
	}[e.Why]
	return part, usageError{fill(text, "name", e.Name, "value", e.Value, "other", e.Other, "names", strings.Join(shard.Variables(), a.msgs.Words.Join)) + t.SayShard}
}

// readShard reads a part and leaves it in its file. What an earlier run left there goes
// first: a run that is killed must not leave what looks like its own.
func (a *app) readShard(ctx context.Context, s *scan.Session, opt *scan.Options, run shardRun) error {
	if err := a.spare([]reportTo{{target: run.target}}, slices.Concat(opt.Paths, opt.Files)); err != nil {
		return err
	}
	if head, err := run.target.Head(material.OwnHead); err == nil && shard.Is(head) {
		if err := run.target.Remove(); err != nil {
			return reportError{run.target.Name, err}
		}
	}
	opt.Previews = true // which reports merge will be asked for is not known
	found, err := s.Find(ctx, opt.FindOptions)
	if found == nil {
		return err // what is wrong in case files is told by merge
	}
	header, base, err := a.shardHeader(opt, found, &run)
	if err != nil {
		return err
	}
	mine := found.Share(run.part)
	known := s.ReadInTime(ctx, mine, *opt)
	stopped := fill(a.msgs.Sharing.Stopped, "shard", run.part, "path", run.target.Name)
	if ctx.Err() != nil {
		a.sayError(stopped)
		return codeError(exitInterrupted)
	}
	write := func(w io.Writer) error {
		out, err := shard.NewWriter(w, header)
		if err == nil {
			err = known.Save(out, base)
		}
		if err == nil {
			err = out.Close()
		}
		return err
	}
	if run.target.Name == output.Stdout {
		err = write(a.Out)
	} else {
		err = run.target.WriteFrom(write)
	}
	if err != nil {
		return reportError{run.target.Name, err}
	}
	a.note(fill(a.msgs.Sharing.Wrote, "shard", run.part, "n", mine.Input().Files, "of", header.Input.Files, "path", run.target.Name))
	return nil
}

// shardHeader says what a part is a part of; base is the working directory, links
// resolved.
func (a *app) shardHeader(opt *scan.Options, found *scan.Found, run *shardRun) (h shard.Header, base string, err error) {
	if base, err = realWorkingDir(); err != nil {
		return h, "", err
	}
	f := run.flags
	h = a.shardsOf(run.rules)
	h.Part, h.Input, h.Now, h.Since, h.Excluded = run.part, found.Input(), f.now, f.choose.since, run.hidden.excluded
	h.Flags = map[string]string{"--as": f.as, "--slot": f.slot, "--file-timeout": f.fileTimeout.String(), "--timeout": f.timeout.String()}
	if f.noOCR {
		h.Flags["--no-ocr"] = "true"
	}
	if f.trustList != "" {
		data, err := material.ReadNamed(f.trustList, maxList)
		if err != nil {
			return h, "", err
		}
		h.Flags["--trust-list"] = digestOf(data)
	}
	h.Roots = map[string][]byte{}
	for label, path := range found.Roots {
		h.Roots[label] = []byte(filepath.ToSlash(path))
	}
	for i, whole := range wholeFolders(opt) {
		if rel, err := filepath.Rel(base, whole); err == nil && !filepath.IsAbs(opt.Paths[i]) {
			whole = rel
		}
		h.Whole = append(h.Whole, []byte(filepath.ToSlash(whole)))
	}
	return h, base, nil
}

// shardsOf are the parts of a header that must be those of the run that merges.
func (a *app) shardsOf(rules string) shard.Header {
	h := shard.Header{Version: version(), Facts: scan.FactsDigest(), Rules: rules}
	if a.conf.file != nil {
		h.Settings = digestOf(a.conf.data)
	}
	return h
}

// digestOf is enough of a digest to tell two files apart.
func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

func realWorkingDir() (string, error) {
	wd, err := os.Getwd()
	return material.RealFolder(wd), err
}
