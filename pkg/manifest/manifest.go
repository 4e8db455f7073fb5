// Package manifest is the list that goes with a package to hand in: what lies in it,
// where each file is from and what it was at the time. It is written by pkg/pack and
// read again by anybody, later and anywhere, so reading takes nothing on trust.
//
// The JSON is schema version 1, to which keys are only added:
//
//	schema_version   1
//	tool             {name, version}: what wrote it
//	now              when, RFC 3339 in Beijing time
//	lang             language of the sheets
//	case             {violation_id, product_id, store_id, store_name, track, ground}, as in case.yaml
//	rules            {digest, layers}: the rules that judged
//	outcome          of the case: pass, fail, review or error
//	forced           true where it was packed although something failed
//	open             what stood against it: [{rule, outcome, severity, asset}]
//	parts            number of zip files it was divided into, 0 for none
//	files            [{path, role, original_path, original_path_raw_base64, sha256, bytes, kind, slot,
//	                 format, taken_at, camera, width, height, converted_from, annotates, part}]
//
// Paths have "/" between their parts; path is below the package, original_path below
// the case. role is original (byte for byte the seller's), converted (a JPEG made of a
// file named in converted_from), annotated (a picture with boxes drawn on a copy of the
// file named in annotates) or sheet. bytes is the size, width and height are pixels
// of the upright picture.
//
// It imports nothing of ours.
package manifest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Name of the manifest in a package.
const Name = "manifest.json"

// Version of the schema.
const Version = 1

// Bounds of what is read: a package of the 5,000 files that a case may have, each
// named by a kilobyte, is below them.
const (
	MaxBytes = 16 << 20
	maxFiles = 20_000
	maxName  = 1 << 10 // bytes of a path
	maxParts = 1_000
)

// Manifest lists a package.
type Manifest struct {
	SchemaVersion int    `json:"schema_version"`
	Tool          Tool   `json:"tool"`
	Now           string `json:"now"`
	Lang          string `json:"lang"`
	Case          Case   `json:"case"`
	Rules         Rules  `json:"rules"`
	Outcome       string `json:"outcome"`
	Forced        bool   `json:"forced"`
	Open          []Open `json:"open"`
	Parts         int    `json:"parts"`
	Files         []File `json:"files"`
}

// Tool names a program.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Case names what is appealed against, by whom.
type Case struct {
	ViolationID string `json:"violation_id"`
	ProductID   string `json:"product_id"`
	StoreID     string `json:"store_id"`
	StoreName   string `json:"store_name"`
	Track       string `json:"track"`
	Ground      string `json:"ground"`
}

// Rules names the rules that judged.
type Rules struct {
	Digest string   `json:"digest"`
	Layers []string `json:"layers"`
}

// Open is a finding that stood when the package was made.
type Open struct {
	Rule     string `json:"rule"`
	Outcome  string `json:"outcome"`
	Severity string `json:"severity"`
	Asset    string `json:"asset,omitempty"` // below the case
}

// Role of a file in a package.
type Role string

// The roles.
const (
	Original  Role = "original"
	Converted Role = "converted"
	Annotated Role = "annotated"
	Sheet     Role = "sheet"
)

// File is one file of a package.
type File struct {
	Path                  string `json:"path"`
	Role                  Role   `json:"role"`
	OriginalPath          string `json:"original_path,omitempty"`
	OriginalPathRawBase64 string `json:"original_path_raw_base64,omitempty"`
	SHA256                string `json:"sha256"`
	Bytes                 int64  `json:"bytes"`
	Kind                  string `json:"kind,omitempty"`
	Slot                  string `json:"slot,omitempty"`
	Format                string `json:"format,omitempty"`
	TakenAt               string `json:"taken_at,omitempty"`
	Camera                string `json:"camera,omitempty"`
	Width                 int    `json:"width,omitempty"`
	Height                int    `json:"height,omitempty"`
	ConvertedFrom         string `json:"converted_from,omitempty"`
	Annotates             string `json:"annotates,omitempty"`
	Part                  int    `json:"part,omitempty"`
}

// Encode writes a manifest, the same for the same content.
func (m *Manifest) Encode() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(m)
	return b.Bytes(), err
}

// ErrNone says that data is no manifest that can be gone by.
var ErrNone = errors.New("not the manifest of a package")

// Read reads a manifest. Nothing in it leads out of a package, every file is named
// once. The error wraps ErrNone, or is the reader's.
func Read(in io.Reader) (*Manifest, error) {
	data, err := io.ReadAll(io.LimitReader(in, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrNone, MaxBytes)
	}
	m := &Manifest{}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), m); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNone, err)
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNone, err)
	}
	return m, nil
}

var sha = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (m *Manifest) check() error {
	switch {
	case m.SchemaVersion < 1:
		return errors.New("it has no schema_version")
	case m.SchemaVersion > Version:
		return fmt.Errorf("schema_version %d is newer than %d; a newer aecheck reads it", m.SchemaVersion, Version)
	case m.Tool.Name != "aecheck":
		return errors.New("it was not written by aecheck")
	case len(m.Files) > maxFiles:
		return fmt.Errorf("more than %d files", maxFiles)
	case m.Parts < 0 || m.Parts > maxParts:
		return fmt.Errorf("%d parts", m.Parts)
	case m.Files == nil:
		return errors.New("it lists no files")
	}
	seen := make(map[string]bool, len(m.Files))
	for i := range m.Files {
		f := &m.Files[i]
		switch {
		case !local(f.Path) || f.Path == Name:
			return fmt.Errorf("%.100q is no path below a package", f.Path)
		case seen[strings.ToLower(f.Path)]:
			return fmt.Errorf("%.100q is listed twice", f.Path)
		case !sha.MatchString(f.SHA256):
			return fmt.Errorf("%.100q has no sha256", f.Path)
		case f.Bytes < 0:
			return fmt.Errorf("%.100q has %d bytes", f.Path, f.Bytes)
		case f.Part < 0 || f.Part > m.Parts:
			return fmt.Errorf("%.100q is in part %d of %d", f.Path, f.Part, m.Parts)
		}
		seen[strings.ToLower(f.Path)] = true
	}
	return nil
}

// local reports whether a path leads nowhere but below a package, on every system.
func local(p string) bool {
	return p != "" && p != "." && len(p) <= maxName && utf8.ValidString(p) && path.Clean(p) == p && p[0] != '/' &&
		p != ".." && !strings.HasPrefix(p, "../") && !strings.ContainsAny(p, "\\:\x00")
}

// In reports whether a file belongs into a part; 0 stands for the whole package.
func (f *File) In(part int) bool { return part == 0 || f.Part == part }
