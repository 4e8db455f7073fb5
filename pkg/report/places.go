package report

import (
	"net/url"
	"path"
	"strings"
)

// Places says where on disk the paths of a report lie, for formats whose readers
// look files up. The zero value knows nothing: paths stay as they are in the report.
type Places struct {
	// Base is the absolute folder that places are given from, "/" between its parts:
	// the root of the repository or the working directory.
	Base string
	// Dirs are the places of what was scanned and of the cases by their paths in the
	// report: relative to Base ("." for Base itself), absolute outside it.
	Dirs map[string]string
}

// of is the place of a path of the report.
func (p Places) of(reported string) string {
	for label := reported; ; label = path.Dir(label) {
		if dir, ok := p.Dirs[label]; ok {
			if label == "." {
				return path.Join(dir, reported)
			}
			return path.Join(dir, strings.TrimPrefix(reported, label))
		}
		if label == path.Dir(label) {
			return reported
		}
	}
}

// isAbsolute reports whether a place is: "/tmp/x", "C:/x".
func isAbsolute(place string) bool {
	return strings.HasPrefix(place, "/") || len(place) > 2 && place[1] == ':' && place[2] == '/'
}

// fileURI is an absolute place as a file URI (RFC 8089).
func fileURI(place string) string {
	if !strings.HasPrefix(place, "/") {
		place = "/" + place
	}
	return "file://" + (&url.URL{Path: place}).EscapedPath()
}
