package material

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/config"
)

// EncodeCase writes a case as found as JSON, but for its assets, which travel one by
// one (EncodeAsset), and what its case.yaml says, which goes with the facts: only what
// that misses is written here. Where its folder was named by a relative path it is
// counted from base, the working directory with links resolved, so that the case comes
// back below another one.
func EncodeCase(c *Case, base string) ([]byte, error) {
	out := savedCase{
		Path: c.Path, Dir: []byte(filepath.ToSlash(c.Dir)), Listing: c.Listing, Packed: c.Packed, FileName: c.FileName, Absent: c.File.Absent(),
		Ignored: c.Ignored, Problems: c.Problems, Part: c.Part, Asked: c.Asked, Of: c.Of,
	}
	real := c.real
	if rel, err := filepath.Rel(base, c.real); err == nil && !filepath.IsAbs(c.Dir) {
		real = rel
	}
	out.Real = []byte(filepath.ToSlash(real))
	if out.Errors = config.All(c.Err); out.Errors == nil && c.Err != nil {
		out.Unread = c.Err.Error()
	}
	return json.Marshal(out)
}

// DecodeCase reads what EncodeCase wrote; file is what the case's case.yaml says, nil
// for none. Its files cannot be opened.
func DecodeCase(data []byte, base string, file *casefile.File) (*Case, error) {
	var in savedCase
	if err := decode(data, &in); err != nil {
		return nil, err
	}
	c := &Case{
		Path: in.Path, Dir: filepath.FromSlash(string(in.Dir)), real: filepath.FromSlash(string(in.Real)), Listing: in.Listing, Packed: in.Packed, FileName: in.FileName, File: file,
		Ignored: in.Ignored, Problems: in.Problems, Part: in.Part, Asked: in.Asked, Of: in.Of,
	}
	if !filepath.IsAbs(c.real) {
		c.real = filepath.Join(base, c.real)
	}
	if file != nil {
		file.SetAbsent(in.Absent)
	}
	for _, e := range in.Errors {
		if e == nil {
			return nil, errors.New("an error that is none")
		}
	}
	switch {
	case len(in.Errors) > 0:
		c.Err = in.Errors
	case in.Unread != "":
		c.Err = errors.New(in.Unread)
	}
	return c, nil
}

// EncodeAsset writes what was found of a file as JSON.
func EncodeAsset(a *Asset) ([]byte, error) { return json.Marshal(a) }

// DecodeAsset reads what EncodeAsset wrote. The file cannot be opened.
func DecodeAsset(data []byte) (*Asset, error) {
	a := &Asset{}
	return a, decode(data, a)
}

type savedCase struct {
	Path     string        `json:"path"`
	Dir      []byte        `json:"dir"` // a name of the system may be no UTF-8
	Real     []byte        `json:"real"`
	Listing  bool          `json:"listing"`
	Packed   bool          `json:"packed"`
	FileName string        `json:"file_name"`
	Absent   []string      `json:"absent"`
	Errors   config.Errors `json:"errors"` // of case.yaml
	Unread   string        `json:"unread"` // why case.yaml could not be read at all
	Ignored  []string      `json:"ignored"`
	Problems []Problem     `json:"problems"`
	Part     bool          `json:"part"`
	Asked    int           `json:"asked"`
	Of       int           `json:"of"`
}

func decode(data []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands behind the value")
	}
	return nil
}
