package cli

import (
	"math"
	"path/filepath"
	"time"

	"github.com/aecheck/aecheck/pkg/originals"
)

// archiveSchema is the version of the archive commands' JSON; fields are only added.
const archiveSchema = 1

// jsonOriginal is an original as programs are told of it.
type jsonOriginal struct {
	ID       string      `json:"id"` // SHA-256 of the content, hex
	Format   string      `json:"format"`
	Bytes    int64       `json:"bytes"`
	Width    int         `json:"width"`
	Height   int         `json:"height"`
	Exif     bool        `json:"exif"`
	Taken    string      `json:"taken,omitempty"` // as the camera wrote it
	Make     string      `json:"make,omitempty"`
	Model    string      `json:"model,omitempty"`
	Serial   string      `json:"serial,omitempty"`
	Software string      `json:"software,omitempty"`
	Added    string      `json:"added_at"`
	Places   []jsonPlace `json:"places,omitempty"`
}

type jsonPlace struct {
	Path   string `json:"path"`
	State  string `json:"state"` // here offline gone changed
	Seen   string `json:"seen_at"`
	Volume string `json:"volume,omitempty"`
	Label  string `json:"volume_label,omitempty"`
}

func newJSONOriginal(o *originals.Original) jsonOriginal {
	out := jsonOriginal{
		ID: o.ID(), Format: o.Format, Bytes: o.Bytes, Width: o.Width, Height: o.Height, Exif: o.Exif, Taken: o.Taken,
		Make: o.Make, Model: o.Model, Serial: o.Serial, Software: o.Software, Added: o.AddedAt().Format(time.RFC3339), Places: []jsonPlace{},
	}
	for _, p := range o.Places {
		name, reach := p.Now()
		out.Places = append(out.Places, jsonPlace{
			Path: filepath.ToSlash(name), State: string(reach), Seen: time.Unix(p.Seen, 0).UTC().Format(time.RFC3339),
			Volume: p.Folder.Volume, Label: p.Folder.Label,
		})
	}
	return out
}

// foundOriginals is the contract of archive find.
type foundOriginals struct {
	SchemaVersion int            `json:"schema_version"`
	Index         string         `json:"index"`
	Pictures      []foundPicture `json:"pictures"`
}

type foundPicture struct {
	Path      string          `json:"path"`
	Readable  bool            `json:"readable"`
	Originals []foundOriginal `json:"originals"` // the likeliest first
}

type foundOriginal struct {
	jsonOriginal
	Same       bool    `json:"same_file"`
	Sure       bool    `json:"sure"`       // else somebody should compare
	Distance   float64 `json:"distance"`   // 0..1
	Confidence float64 `json:"confidence"` // 0..1
	Mirrored   bool    `json:"mirrored"`
	Turned     int     `json:"turned"` // degrees, clockwise, to lie as the original does
	Thumbnail  []byte  `json:"thumbnail,omitempty"`
}

func newFoundOriginals(index string, list []sought) foundOriginals {
	out := foundOriginals{SchemaVersion: archiveSchema, Index: filepath.ToSlash(index), Pictures: []foundPicture{}}
	round := func(v float64) float64 { return math.Round(v*1000) / 1000 }
	for _, s := range list {
		p := foundPicture{Path: filepath.ToSlash(s.path), Readable: s.picture != nil && s.picture.Readable(), Originals: []foundOriginal{}}
		for i := range s.hits {
			h := &s.hits[i]
			p.Originals = append(p.Originals, foundOriginal{
				jsonOriginal: newJSONOriginal(&h.Original), Same: h.Same, Sure: h.Sure(),
				Distance: round(h.Distance), Confidence: round(h.Confidence()), Mirrored: h.Mirrored, Turned: 90 * h.Turned, Thumbnail: h.Thumb,
			})
		}
		out.Pictures = append(out.Pictures, p)
	}
	return out
}
