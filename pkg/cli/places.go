package cli

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"

	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/scan"
)

// places says where on disk the paths of a report lie, from the root of the
// repository that the working directory is in or, where it is in none, from the
// working directory: what CI servers call a file by. Without a working directory
// there are none.
func places(result *scan.Result) report.Places {
	wd, err := os.Getwd()
	if err != nil {
		return report.Places{}
	}
	base := repository(wd)
	out := report.Places{Base: filepath.ToSlash(base), Dirs: map[string]string{}}
	for label, path := range result.Roots {
		out.Dirs[label] = placeOf(base, path)
	}
	// A case lies where it lies, whatever was named: a file of it, its case.yaml.
	for i, c := range result.Cases {
		out.Dirs[result.Report.Cases[i].Path] = placeOf(base, c.Dir)
	}
	return out
}

// folders says what the folders of cases are called, and how a command finds them.
func folders(result *scan.Result) map[string]report.Folder {
	out := map[string]report.Folder{}
	for i, c := range result.Cases {
		f := report.Folder{Path: c.Dir, Product: c.Product}
		if abs, err := filepath.Abs(c.Dir); err == nil {
			f.Name = filepath.Base(abs)
		}
		if c.Packed {
			f.Path = "" // nothing is written beside what lies in a zip file
		}
		out[result.Report.Cases[i].Path] = f
	}
	return out
}

// repository is the nearest folder at or above dir that has a .git, else dir.
func repository(dir string) string {
	return cmp.Or(material.Repository(dir), dir)
}

// placeOf is a path from base, "/" between its parts; absolute where it does not lie
// below base, links resolved or not.
func placeOf(base, path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return filepath.ToSlash(path)
	}
	if rel, ok := below(base, abs); ok {
		return rel
	}
	realBase, baseErr := filepath.EvalSymlinks(base)
	real, err := filepath.EvalSymlinks(abs)
	if baseErr == nil && err == nil {
		if rel, ok := below(realBase, real); ok {
			return rel
		}
	}
	return filepath.ToSlash(abs)
}

func below(base, path string) (string, bool) {
	rel, err := filepath.Rel(base, path)
	rel = filepath.ToSlash(rel)
	return rel, err == nil && rel != ".." && !strings.HasPrefix(rel, "../") && !filepath.IsAbs(rel)
}
