package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// isFile reports whether an argument names a file that is there.
func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// explainFile says how a scan of the working directory, or of the file's own folder
// where it lies elsewhere, judges a file: as what, by which rules, what is suppressed,
// and what each is from.
func (a *app) explainFile(ctx context.Context, set *rules.Set, name string, f scanFlags) error {
	abs, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	place := filepath.Join(material.RealFolder(filepath.Dir(abs)), filepath.Base(abs))
	c := a.msgs.Settling
	p := page{ruler: terminal.RulerFromEnv(a.Getenv), width: terminal.Width(a.Out, a.Getenv)}
	p.heading(fill(c.Judged, "path", name))
	if a.conf.file != nil {
		if pattern := a.conf.file.Excludes(place); pattern != "" {
			p.lines(fill(c.Excluded, "file", a.conf.file.Origin("exclude"), "pattern", pattern))
			_, err := fmt.Fprint(a.Out, p.String())
			return err
		}
	}
	found, asset, outside, err := a.findFile(ctx, set, place, f)
	if err != nil {
		return err
	}
	if asset == nil {
		text := c.NotFound
		if outside {
			text = c.Outside
		}
		p.lines(fill(text, "path", name))
		_, err := fmt.Fprint(a.Out, p.String())
		return err
	}
	where := c.ListingCase
	if !found.Listing {
		where = found.Path
	}
	p.para(c.Kind, fill(c.Is, "value", a.kindName(set, asset.Kind), "why", a.placedBy(asset.Placed, a.kindOrigin(place))))
	slot := c.NoSlot
	if asset.Slot != "" {
		slot = fill(c.Is, "value", a.slotName(set, asset.Slot), "why", a.placedBy(asset.SlotBy, a.slotOrigin(place)))
	}
	p.para(c.Slot, slot)
	p.para(c.Case, where)
	inForce, off := a.rulesOf(set, asset)
	p.para(c.Rules, strings.Join(inForce, "\n"))
	p.para(c.Off, strings.Join(off, "\n"))
	suppressed, err := a.suppressedOf(name, place, f.baseline)
	if err != nil {
		return err
	}
	p.para(c.Suppressions, strings.Join(suppressed, "\n"))
	_, err = fmt.Fprint(a.Out, p.String())
	return err
}

// findFile finds a file the way a scan does; a nil asset is one that a scan leaves out,
// or that lies outside of all cases there are.
func (a *app) findFile(ctx context.Context, set *rules.Set, place string, f scanFlags) (in *material.Case, asset *material.Asset, outside bool, err error) {
	opt, _, err := a.scanOptions(set, nil, f)
	if err != nil {
		return nil, nil, false, err
	}
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(material.RealFolder(wd), place); err != nil || !filepath.IsLocal(rel) {
			opt.Paths = []string{place}
		}
	}
	if _, err := a.hide(&opt, noSettings); err != nil {
		return nil, nil, false, err
	}
	opt.Only = &material.Only{Files: []string{place}}
	paced := a.paceHeap()
	defer paced.Stop()
	s, _, err := a.session(set, f, paced)
	if err != nil {
		return nil, nil, false, err
	}
	defer s.Close()
	found, err := s.Find(ctx, opt.FindOptions)
	if found == nil {
		return nil, nil, false, err
	}
	for _, c := range found.Cases {
		for _, asset := range c.Assets {
			if !asset.Beside && c.Place(asset.Path) == place {
				return c, asset, false, nil
			}
		}
	}
	return nil, nil, len(found.Outside) > 0, nil
}

// placedBy says what placed a file, or gave it its slot; origin is where settings do.
func (a *app) placedBy(by material.Placement, origin string) string {
	c := a.msgs.Settling
	switch by {
	case material.BySettings:
		return c.BySettings + " " + origin
	case material.ByFolder:
		return c.ByFolder
	case material.ByCaseFile:
		return c.ByCaseFile
	case material.ByName:
		return c.ByName
	case material.ByOption:
		return c.ByOption
	case material.ByListing:
		return c.ByListing
	}
	return c.ByNothing
}

func (a *app) kindOrigin(place string) string {
	if a.conf.file == nil {
		return ""
	}
	return a.conf.file.Kind(place).Origin
}

func (a *app) slotOrigin(place string) string {
	if a.conf.file == nil {
		return ""
	}
	return a.conf.file.Slot(place).Origin
}

// builtIn is the layer whose name is not said: most rules are from it.
const builtIn = "rules.yaml"

// rulesOf lists the rules in force for a file, and those switched off, with the layer
// where that is not the built-in one.
func (a *app) rulesOf(set *rules.Set, asset *material.Asset) (inForce, off []string) {
	layer := func(r *rules.Rule, field string) string {
		if from := r.Origin[field]; from != "" && from != builtIn {
			return "  [" + from + "]"
		}
		return ""
	}
	for _, r := range set.Rules() {
		switch {
		case r.Aside || !r.Applies(asset.Kind, asset.Slot):
		case r.IsDisabled():
			off = append(off, fill(a.msgs.Settling.OffBecause, "rule", r.ID+" "+r.Title.In(a.lang), "reason", r.Disabled.Reason)+layer(r, "disabled"))
		default:
			inForce = append(inForce, r.ID+" "+r.Title.In(a.lang)+layer(r, "id"))
		}
	}
	return inForce, off
}

// suppressedOf lists the suppressions and entries of the baseline that are about a
// file.
func (a *app) suppressedOf(name, place, baseline string) ([]string, error) {
	var out []string
	if f := a.conf.file; f != nil {
		list, err := a.suppressions()
		if err != nil {
			return nil, err
		}
		rel, err := filepath.Rel(f.Dir(), place)
		for i := range list {
			if err == nil && filepath.IsLocal(rel) && list[i].Means(filepath.ToSlash(rel)) {
				out = append(out, a.suppressionText(&f.Suppressions[i])+"\n["+list[i].Origin+"]")
			}
		}
	}
	b, path, err := a.readBaseline(baseline)
	if err != nil || b == nil {
		return out, err
	}
	sum, err := sumOf(name)
	if err != nil {
		return nil, err
	}
	var known []string
	for _, e := range b.Entries {
		if e.SHA256 == sum && !slices.Contains(known, e.Rule) {
			known = append(known, e.Rule)
		}
	}
	if len(known) > 0 {
		out = append(out, fill(a.msgs.Settling.Known, "rules", strings.Join(known, a.msgs.Words.Join), "path", path))
	}
	return out, nil
}

// sumOf is the SHA-256 of a file, in hex digits.
func sumOf(name string) (string, error) {
	f, _, err := material.OpenNamed(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
