// Package facts holds what is known of an asset, a pair of assets and a case:
// typed values, each with a unit and a description, and for each whether it
// could be had at all. It judges nothing and reads no file.
package facts

import (
	"encoding/json"
	"strings"

	"github.com/aecheck/aecheck/pkg/lang"
)

// State says whether a fact could be had.
type State string

const (
	// Present: looked, and there.
	Present State = "present"
	// Absent: looked, and not there; the typed zero is the honest value and
	// rules judge it.
	Absent State = "absent"
	// NotExtracted: nobody looked (not asked for, wrong format, switched
	// off); Why says which. Rules answer review, never pass.
	NotExtracted State = "not_extracted"
	// Failed: somebody looked and could not tell; Why says why.
	Failed State = "failed"
)

// Status is the state of one fact or group of facts.
type Status struct {
	State State
	Why   lang.Text // why it could not be had
	// Asked is true where the user asked for this not to be extracted
	// (--no-ocr): the review that follows does not change the exit code.
	Asked bool
}

// MarshalJSON writes {"state", "why"}, the reason in English.
func (s Status) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		State State  `json:"state"`
		Why   string `json:"why,omitempty"`
	}{s.State, s.Why.In(lang.EN)})
}

// Set is everything known of one asset. Groups are values, never nil, so an
// expression can always be evaluated; whether its answer means anything is
// decided beforehand from Status.
type Set struct {
	File       File       `json:"file" doc:"the file as it lies on disk"`
	Image      Image      `json:"image" doc:"the picture's header"`
	Exif       Exif       `json:"exif" doc:"camera metadata (EXIF)"`
	Meta       Meta       `json:"meta" doc:"other metadata in the file"`
	Origin     Origin     `json:"origin" doc:"where the picture comes from"`
	Background Background `json:"background" doc:"the background of the picture"`
	Frame      Frame      `json:"frame" doc:"borders, fill and collage"`
	Quality    Quality    `json:"quality" doc:"technical quality of the pixels"`
	Text       Text       `json:"text" doc:"text read in the picture"`
	Codes      Codes      `json:"codes" doc:"QR codes and barcodes"`
	Faces      Faces      `json:"faces" doc:"faces found"`
	Document   Document   `json:"document" doc:"what a document says and carries"`
	Table      Table      `json:"table" doc:"an upload log or another table"`
	Hash       Hash       `json:"hash" doc:"content and perceptual hashes"`
	Match      Match      `json:"match" doc:"a small copy for comparing pictures"`
	Preview    Preview    `json:"preview" doc:"a small copy for reports"`

	status map[string]Status
}

// SetStatus records the state of a group ("exif") or of one of its fields
// ("image.decodable"); a field's own state wins over its group's.
func (s *Set) SetStatus(name string, st Status) {
	if s.status == nil {
		s.status = make(map[string]Status)
	}
	s.status[name] = st
}

// Status returns the state of a fact path ("exif.make"): its own, else that
// of the nearest enclosing group, else not extracted.
func (s *Set) Status(path string) Status {
	for p := path; ; {
		if st, ok := s.status[p]; ok {
			return st
		}
		i := strings.LastIndexByte(p, '.')
		if i < 0 {
			return Status{State: NotExtracted, Why: lang.T("没有对这类文件做这项检查", "nothing looks for it in this kind of file")}
		}
		p = p[:i]
	}
}

// Statuses returns every recorded state, by name.
func (s *Set) Statuses() map[string]Status {
	out := make(map[string]Status, len(s.status))
	for k, v := range s.status {
		out[k] = v
	}
	return out
}

// Box is [x, y, width, height] in pixels of the upright original, or of a
// document page at 200 dpi.
type Box = [4]int

// Judged is a verdict-like fact: signals and score come from the bytes, the
// verdict is derived from them with thresholds of rules.yaml (pkg/derive).
type Judged struct {
	Verdict string   `json:"verdict" doc:"yes, no or unclear"`
	Score   float64  `json:"score" doc:"0 (nothing for it) to 1 (certain)" unit:"0..1"`
	Signals []Signal `json:"signals" doc:"what speaks for and against it, each with its weight"`
}

// Signal is one observation for (weight > 0) or against (weight < 0) a
// judgement; weight 0 is information.
type Signal struct {
	Name   string  `json:"name" doc:"stable name, e.g. exif.make"`
	Value  string  `json:"value" doc:"what was seen"`
	Weight float64 `json:"weight" doc:"for > 0, against < 0, information 0" unit:"-1..1"`
}
