package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/desk"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/web"
)

type openFlags struct {
	scan      scanFlags
	noBrowser bool
}

func (a *app) openCmd() *cobra.Command {
	c, t := a.msgs.CLI, a.msgs.Looking
	f := openFlags{scan: scanFlags{format: "text", failOn: string(failOnError), jobs: runtime.NumCPU(), keep: true}}
	cmd := &cobra.Command{
		Use: "open [PATH]", Short: t.CmdOpen, Long: t.OpenLong, Example: "  aecheck open ./listing\n  aecheck open listing.zip",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			path := ""
			if len(args) == 1 {
				path = args[0]
			}
			return a.open(cmd.Context(), path, f)
		},
	}
	fl := cmd.Flags()
	fl.BoolVar(&f.noBrowser, "no-browser", false, t.FlagNoBrowser)
	fl.StringVar(&f.scan.now, "now", "", c.FlagNow)
	fl.BoolVar(&f.scan.noOCR, "no-ocr", false, c.FlagNoOCR)
	fl.BoolVar(&f.scan.noCache, "no-cache", false, c.FlagNoCache)
	fileTimeoutFlag(fl, &f.scan.fileTimeout, c)
	return cmd
}

// dropped makes `open` of a folder or zip file that the program was started with alone,
// as a desktop does when one is dropped on it, or when it is clicked twice. Where
// nobody sits at a terminal, in a script, it stays the unknown command it is.
func dropped(args []string, root *cobra.Command, attended bool) []string {
	switch {
	case len(args) == 0 && startedByDesktop():
		return []string{"open"}
	case !attended || len(args) != 1 || strings.HasPrefix(args[0], "-"):
		return args
	}
	for _, c := range root.Commands() {
		if c.Name() == args[0] || c.HasAlias(args[0]) {
			return args
		}
	}
	if info, err := os.Stat(args[0]); err == nil && (info.IsDir() || material.IsZip(args[0])) {
		return []string{"open", "--", args[0]}
	}
	return args
}

// opened is the page of one run of open.
type opened struct {
	*app
	flags openFlags
	set   *rules.Set
	page  *web.Server
	stop  []func()
	path  string // the folder that is open
}

func (a *app) open(ctx context.Context, path string, f openFlags) error {
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	if path != "" {
		if path, err = a.folderOf(ctx, path, set); err != nil {
			return err
		}
	}
	o := &opened{app: a, flags: f, set: set, path: path}
	defer o.close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	o.page, err = web.New(ctx, web.Options{
		Wait: path != "", Rules: set, Lang: a.lang, Version: version(), Say: a.explainError, Clock: time.Now,
		Open:    o.take,
		Folders: func() []string { return material.Candidates(scan.VocabularyOf(set), usualFolders()) },
		Run:     o.run,
	})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(a.Out, fill(a.msgs.Looking.Serving, "address", o.page.Address())); err != nil {
		return err
	}
	if !f.noBrowser {
		if err := browse(ctx, o.page.Address()); err != nil {
			a.note(fill(a.msgs.Looking.NoBrowser, "why", a.reason(err)))
		}
	}
	if path != "" {
		go func() {
			d, err := o.desk(ctx, a.lang)
			o.page.Put(d, err)
		}()
	}
	if err := o.page.Serve(ctx); err != nil {
		return err
	}
	if ctx.Err() == nil {
		a.note(a.msgs.Looking.Left)
	}
	return nil
}

func (o *opened) close() {
	for _, f := range o.stop {
		f()
	}
}

// clock is the time that goes on, or the one of --now that does not.
func (a *app) clock(opt *scan.Options, f scanFlags) func() time.Time {
	if f.now == "" {
		return time.Now
	}
	fixed := opt.Now
	return func() time.Time { return fixed }
}

// take opens what was chosen on the first page.
func (o *opened) take(_ context.Context, path string, l lang.Lang) (*desk.Desk, error) {
	// The folder stays open longer than the request that opened it.
	ctx := context.Background()
	path, err := o.folderOf(ctx, path, o.set)
	if err != nil {
		return nil, err
	}
	o.path = path
	return o.desk(ctx, l)
}

// desk judges the folder quickly, then in full, and watches it until ctx ends.
func (o *opened) desk(ctx context.Context, l lang.Lang) (*desk.Desk, error) {
	opt, _, err := o.scanOptions(o.set, []string{o.path}, o.flags.scan)
	if err != nil {
		return nil, err
	}
	opt.Lang = l
	paced := o.paceHeap()
	s, cache, err := o.session(o.set, o.flags.scan, paced)
	if err != nil {
		paced.Stop()
		return nil, err
	}
	// What a file says of itself and its pixels is read in no time.
	quick, err := scan.NewSession(o.set.Reading("file", "image", "exif", "background", "frame", "quality"), scan.SessionOptions{Limits: limits(extract.DefaultLimits().Work, paced), Cache: cache, NoOCR: true, Jobs: o.flags.scan.jobs, Heap: paced})
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	ctx, cancel := context.WithCancel(ctx)
	finished := make(chan struct{})
	o.stop = append(o.stop, func() {
		cancel()
		<-finished
		_ = quick.Close() // closing only frees memory
		_ = s.Close()
		paced.Stop()
	})
	d, err := desk.Open(ctx, s, desk.Options{Scan: opt, Clock: o.clock(&opt, o.flags.scan), Quick: quick})
	if err != nil {
		close(finished)
		return nil, err
	}
	go func() {
		defer close(finished)
		if err := d.Refresh(ctx); err != nil && ctx.Err() == nil {
			o.sayError(o.explainError(err))
		}
		d.Watch(ctx, func(err error) {
			if err != nil {
				o.sayError(o.explainError(err))
			}
		})
	}()
	return d, nil
}

// folderOf is the folder that a path names; a zip file is unpacked beside itself first,
// so that there is a place for what is decided.
func (a *app) folderOf(ctx context.Context, path string, set *rules.Set) (string, error) {
	t := a.msgs.Looking
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return "", err
	case info.IsDir():
		return path, nil
	case !material.IsZip(path):
		return "", usageError{fill(t.NotThere, "path", path)}
	}
	dir := strings.TrimSuffix(path, filepath.Ext(path))
	into, err := output.NewFolder(dir, nil)
	if errors.Is(err, output.ErrHasContent) {
		a.note(fill(t.UnpackedBefore, "path", dir))
		return dir, nil
	}
	if err != nil {
		return "", reportError{dir, err}
	}
	if err := material.Unpack(ctx, path, set.Ignore(), into.Create); err != nil {
		into.Discard()
		return "", err
	}
	if err := into.Keep(); err != nil {
		return "", reportError{dir, err}
	}
	a.note(fill(t.Unpacked, "path", dir))
	return dir, nil
}

// usualFolders are where people keep such folders.
func usualFolders() []string {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	var out []string
	for _, name := range []string{"Desktop", "Downloads", "Documents", "桌面", "下载", "文档", filepath.Join("OneDrive", "Desktop"), filepath.Join("OneDrive", "桌面")} {
		out = append(out, filepath.Join(home, name))
	}
	return out
}

// browse opens an address in the browser of the system.
func browse(ctx context.Context, address string) error {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	case "darwin":
		name = "open"
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	cmd := exec.CommandContext(ctx, name, args...)
	if err := cmd.Start(); err != nil {
		cancel()
		return err
	}
	go func() {
		defer cancel()
		_ = cmd.Wait() // what a browser says when it ends is no news
	}()
	return nil
}

// run runs the command that a button stands for: to look, without writing anything, or
// to do it. What is made lies beside the folder.
func (o *opened) run(ctx context.Context, what string, look bool, l lang.Lang) (string, bool) {
	t, zh := o.msgs.Looking, l == lang.ZH
	beside := func(zhName, enName string) string {
		suffix := enName
		if zh {
			suffix = zhName
		}
		return fresh(strings.TrimRight(o.path, `/\`) + "-" + suffix)
	}
	var args []string
	head := ""
	switch what {
	case "fix":
		if args = []string{"fix", "--dry-run"}; look {
			head = t.WillFix
		} else {
			args = []string{"fix", "--out", beside("修好的图", "mended")}
		}
	case "init":
		if look {
			return fill(t.WillInit, "path", o.path), true
		}
		args = []string{"init", "--yes"}
	case "letter":
		out := beside("承诺书草稿", "drafts")
		if look {
			return fill(t.WillLetter, "path", out), true
		}
		args = []string{"letter", "--kind", "commitment", "--in", l.Tag(), "--out", out}
	case "statement":
		out := beside("申诉理由", "statement") + ".txt"
		if args = []string{"statement", "--in", l.Tag()}; look {
			head = fill(t.WillStatement, "path", out)
		} else {
			args = append(args, "--out", out)
		}
	case "pack":
		out := beside("提交材料", "hand-in")
		if look {
			return fill(t.WillPack, "path", out), true
		}
		args = []string{"pack", "--out", out, "--zip", out + ".zip"}
	default:
		return "", false
	}
	if o.flags.scan.now != "" && what != "letter" && what != "init" {
		args = append(args, "--now="+o.flags.scan.now)
	}
	said, code := o.again(ctx, append(args, "--lang="+l.Tag(), "--", o.path))
	if head != "" {
		said = head + "\n\n" + said
	}
	return said, code == exitOK || code == exitFindings || code == exitUnchecked
}

// again runs a command of this program and gives all it says.
func (o *opened) again(ctx context.Context, args []string) (string, int) {
	var all []string
	for _, f := range o.ruleFiles {
		all = append(all, "--rules="+f)
	}
	var out bytes.Buffer
	code := Main(ctx, append(append(all, "--no-progress", "--color=never"), args...), Env{
		Streams: terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &out}, Getenv: o.Getenv, Catalogues: o.Catalogues})
	return strings.TrimSpace(out.String()), code
}

// fresh is a name that nothing has yet.
func fresh(name string) string {
	for i := 2; ; i++ {
		out := name
		if i > 2 {
			out = fmt.Sprintf("%s-%d", name, i-1)
		}
		_, err := os.Lstat(out)
		_, errText := os.Lstat(out + ".txt")
		if err != nil && errText != nil {
			return out
		}
	}
}
