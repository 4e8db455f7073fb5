package scan

import (
	"path"
	"slices"

	"github.com/aecheck/aecheck/pkg/confirm"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// asked keeps, of a case of which only some files are asked about, what is said of
// them: the findings about one, and those about the case that name one as evidence.
func (j *judging) asked() {
	if !j.found.Part {
		return
	}
	files := askedFiles(j.found, map[string]bool{})
	j.out.Findings = slices.DeleteFunc(j.out.Findings, func(f verdict.Finding) bool { return !about(&f, j.found.Path, files) })
	j.idle = slices.DeleteFunc(j.idle, func(k confirm.Idle) bool { return !files[path.Join(j.found.Path, k.File)] })
}

// askedFiles adds the paths of the files asked about, below the scanned folder.
func askedFiles(c *material.Case, files map[string]bool) map[string]bool {
	for _, a := range c.Assets {
		if !a.Beside {
			files[path.Join(c.Path, a.Path)] = true
		}
	}
	return files
}

// about reports whether a finding is about one of the files, or names one. A rule
// writes the files it saw as quotes, from the case's folder or the scanned one.
func about(f *verdict.Finding, dir string, files map[string]bool) bool {
	if files[f.Asset] {
		return true
	}
	if f.Asset != "" && f.Asset != dir {
		return false
	}
	return slices.ContainsFunc(f.Evidence, func(e verdict.Evidence) bool {
		return files[e.Quote] || e.Quote != "" && files[path.Join(dir, e.Quote)] || e.Related != nil && (files[e.Related.Asset] || files[path.Join(dir, e.Related.Asset)])
	})
}

// acrossAsked keeps of the findings between cases those about files asked about.
// Where a case is asked about as a whole they are all kept.
func acrossAsked(findings []verdict.Finding, cases []*material.Case) []verdict.Finding {
	files := map[string]bool{}
	for _, c := range cases {
		if !c.Part && !c.Listing {
			return findings
		}
		askedFiles(c, files)
	}
	if !slices.ContainsFunc(cases, func(c *material.Case) bool { return c.Part }) {
		return findings
	}
	return slices.DeleteFunc(findings, func(f verdict.Finding) bool { return !about(&f, "", files) })
}
