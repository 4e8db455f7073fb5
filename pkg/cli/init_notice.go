package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/prefill"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// noticeReader reads notices. It is made when the first one is read: a folder without
// any wants no models.
type noticeReader struct {
	*app
	timeout time.Duration
	runner  *extract.Runner
	done    func() error
}

func (r *noticeReader) close() {
	if r.done != nil {
		_ = r.done() // only frees memory
	}
}

// read returns what a notice says.
func (r *noticeReader) read(ctx context.Context, file string) ([]prefill.Offer, error) {
	wanted := []string{"document"}
	if r.runner == nil {
		paced := r.paceHeap()
		cache, _ := r.openCache()
		runner, done, err := scan.NewRunner(scan.RunnerOptions{Limits: limits(r.timeout, paced), Cache: cache, Facts: wanted, CodeDir: codeDir(false), Heap: paced})
		if err != nil {
			paced.Stop()
			return nil, err
		}
		r.runner, r.done = runner, func() error { paced.Stop(); return done() }
	}
	set, err := r.runner.Run(ctx, extract.Source{Open: func() (extract.ReadCloser, int64, error) { return material.OpenNamed(file) }}, extract.Request{Facts: wanted, Off: scan.Off(false)})
	if err != nil {
		return nil, err
	}
	if st := set.Status("document"); st.State == facts.Failed {
		return nil, errors.New(st.Why.In(r.lang))
	}
	return prefill.FromNotice(&set.Document), nil
}

// kindFolders are the folders of a case by the kind they hold.
func kindFolders(set *rules.Set, dir string) (map[string]string, error) {
	var names []material.Names
	for _, k := range set.Kinds() {
		names = append(names, material.Names{ID: k.ID, Aliases: k.Aliases})
	}
	return material.KindFolders(dir, names)
}

// notices are the files of a case's folder of notices, below the case folder.
func notices(set *rules.Set, dir string) ([]string, error) {
	const most = 8 // a notice is one capture or two
	folders, err := kindFolders(set, dir)
	if err != nil || folders[facts.KindNotice] == "" {
		return nil, err
	}
	return material.FilesIn(dir, folders[facts.KindNotice], most)
}

// adopt puts a notice from elsewhere into the case's folder of notices and returns its
// name below the case folder. What lies there already stays.
func (a *app) adopt(set *rules.Set, dir, notice string) (string, error) {
	folders, err := kindFolders(set, dir)
	if err != nil {
		return "", err
	}
	name, copied, err := material.Adopt(dir, cmp.Or(folders[facts.KindNotice], facts.KindNotice), notice)
	if err == nil && copied {
		_, err = fmt.Fprintln(a.Out, fill(a.msgs.Prefilling.Copied, "file", terminal.Clean(filepath.Join(dir, name))))
	}
	return name, err
}

// offered is a value with the file that gave it, and the further entries of a list.
type offered struct {
	prefill.Offer
	file string
	more []string
}

// values are the entries of a list, of any other key the one value.
func (o offered) values() []string { return append([]string{o.Value}, o.more...) }

// prefill reads a case's notices and writes what they say into case.yaml, after asking.
func (a *app) prefill(ctx context.Context, set *rules.Set, reader *noticeReader, dir string, made bool, f initFlags) error {
	files, err := notices(set, dir)
	if f.notice != "" {
		var name string
		if name, err = a.adopt(set, dir, f.notice); err == nil {
			files = []string{name}
		}
	}
	if err != nil {
		return err
	}
	file := filepath.Join(dir, "case.yaml")
	var offers []offered
	for _, name := range files {
		read, err := reader.read(ctx, filepath.Join(dir, name))
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && f.notice != "":
			return err
		case err != nil:
			a.sayError(fill(a.msgs.CLI.ErrPath, "path", name, "why", a.reason(err)))
		case len(read) == 0:
			a.note(fill(a.msgs.Prefilling.Nothing, "file", name))
		}
		for _, o := range read {
			if !slices.ContainsFunc(offers, func(p offered) bool { return p.Key == o.Key && p.Value == o.Value }) {
				offers = append(offers, offered{Offer: o, file: filepath.ToSlash(name)})
			}
		}
	}
	if len(offers) == 0 {
		if !made && len(files) == 0 {
			a.note(fill(a.msgs.CLI.InitExists, "path", file))
		}
		return nil
	}
	return a.fillIn(dir, settled(offers), f.yes)
}

// settled makes of the entries of a list one value, and doubts values of one key that
// differ between notices.
func settled(offers []offered) []offered {
	var out []offered
	for _, o := range offers {
		same := func(p offered) bool { return p.Key == o.Key }
		i := slices.IndexFunc(out, same)
		switch {
		case i < 0:
			out = append(out, o)
		case o.List:
			out[i].more = append(out[i].more, o.Value)
			out[i].Confidence, out[i].Doubtful = min(out[i].Confidence, o.Confidence), out[i].Doubtful || o.Doubtful
		default:
			out[i].Doubtful, o.Doubtful = true, true
			out = append(out, o)
		}
	}
	return out
}

// yaml is a value as it is written in case.yaml.
func (o offered) yaml() string {
	switch {
	case o.Time:
		return strings.TrimSuffix(o.Value, ":00")
	case o.List:
		parts := o.values()
		for i, p := range parts {
			parts[i] = casefile.Quote(p)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return casefile.Quote(o.Value)
}

// fillIn shows what was read, asks, and writes it.
func (a *app) fillIn(dir string, offers []offered, yes bool) error {
	const name = "case.yaml"
	file, words := filepath.Join(dir, name), a.msgs.Prefilling
	before, err := casefile.Read(dir, name)
	if err != nil {
		return err
	}
	values := make([]casefile.Value, len(offers))
	for i, o := range offers {
		note := words.Note
		if o.Doubtful {
			note = words.NoteDoubtful
		}
		values[i] = casefile.Value{Key: o.Key, YAML: o.yaml(), Doubtful: o.Doubtful, Note: terminal.Clean(fill(note, "file", o.file, "sure", o.Percent()))}
	}
	after, became, err := casefile.Fill(name, before, values)
	if err != nil {
		why := a.reason(err)
		if errors.Is(err, casefile.ErrCannotEdit) {
			why = words.Unusual
		}
		a.note(fill(words.ByHand, "path", file, "why", why))
	}
	if err := a.showOffers(before, offers, became); err != nil {
		return err
	}
	if after == nil {
		return codeError(exitUnchecked)
	}
	n := len(slices.DeleteFunc(slices.Clone(became), func(f casefile.Filled) bool { return f == casefile.Kept }))
	if n == 0 || string(after) == string(before) {
		_, err := fmt.Fprintln(a.Out, fill(words.AllThere, "path", terminal.Clean(file)))
		return err
	}
	if !yes {
		if !terminal.IsTerminal(a.In) {
			a.note(words.HowYes)
			return nil
		}
		fmt.Fprint(a.Out, words.Ask)
		line, err := bufio.NewReader(a.In).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if answer := strings.ToLower(strings.TrimSpace(line)); errors.Is(err, io.EOF) || answer != "" && answer != "y" && answer != "yes" && answer != "是" {
			return nil
		}
	}
	if err := casefile.Write(dir, name, before, after); err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.Out, fill(lang.Count(words.Done, n), "path", terminal.Clean(file)))
	return err
}

// showOffers lists the values by the notice that gave them.
func (a *app) showOffers(before []byte, offers []offered, became []casefile.Filled) error {
	words, last := a.msgs.Prefilling, ""
	for i, o := range offers {
		line := "  " + fill(words.Value, "key", o.Key, "value", terminal.Clean(strings.Join(o.values(), " ")), "sure", o.Percent())
		switch {
		case became == nil:
		case became[i] == casefile.Kept:
			if now := casefile.Get(before, o.Key); now != o.Value && now != o.yaml() {
				line += "  " + fill(words.Kept, "value", terminal.Clean(now))
			} else {
				continue // as it is already
			}
		case became[i] == casefile.Commented:
			line += "  " + words.Doubtful
		}
		if o.file != last {
			line, last = fill(words.Read, "file", terminal.Clean(o.file))+"\n"+line, o.file
		}
		if _, err := fmt.Fprintln(a.Out, line); err != nil {
			return err
		}
	}
	return nil
}
