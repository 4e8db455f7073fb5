// Package facts holds what is known of an asset, a pair of assets and a case:
// typed values, each with a unit and a description, and for each whether it
// could be had at all. It judges nothing and reads no file.
//
// A field's privacy tag says who may see its value: public, private or path
// (verdict.PrivacyOf). Without one anybody may see numbers, yes or no and what
// is one of a fixed list, and the seller alone texts and times.
//
// It may import pkg/casefile, pkg/format and pkg/lang.
package facts

import (
	"encoding/json"
	"reflect"
	"slices"
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

// StateOf is the state that is written so, and whether there is one.
func StateOf(written []byte) (State, bool) {
	for _, s := range [...]State{Present, Absent, NotExtracted, Failed} {
		if string(written) == string(s) {
			return s, true
		}
	}
	return "", false
}

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
	File       File       `json:"file" en:"the file as it lies on disk" zh:"磁盘上的文件本身"`
	Image      Image      `json:"image" en:"the picture's header" zh:"图片的文件头"`
	Exif       Exif       `json:"exif" en:"camera metadata (EXIF)" zh:"相机元数据（EXIF）"`
	Meta       Meta       `json:"meta" en:"other metadata in the file" zh:"文件中的其他元数据"`
	Origin     Origin     `json:"origin" en:"where the picture comes from" zh:"图片从哪里来"`
	Background Background `json:"background" en:"the background of the picture" zh:"图片的背景"`
	Frame      Frame      `json:"frame" en:"borders, fill and collage" zh:"边框、主体大小和拼图"`
	Quality    Quality    `json:"quality" en:"technical quality of the pixels" zh:"像素的技术质量"`
	Text       Text       `json:"text" en:"text read in the picture" zh:"图片上读到的文字"`
	Codes      Codes      `json:"codes" en:"QR codes and barcodes" zh:"二维码和条码"`
	Faces      Faces      `json:"faces" en:"faces found" zh:"找到的人脸"`
	Shown      Shown      `json:"shown" en:"what the picture shows, as numbers to compare" zh:"图片里是什么，供比对的数值"`
	Document   Document   `json:"document" en:"what a document says and carries" zh:"文书上写的内容和签章等"`
	Links      Links      `json:"links" en:"addresses that a text file lists" zh:"文本文件里列出的网址"`
	Table      Table      `json:"table" en:"an upload log or another table" zh:"上传日志或其他表格"`
	Hash       Hash       `json:"hash" en:"content and perceptual hashes" zh:"内容哈希和感知哈希"`
	Match      Match      `json:"match" en:"a small copy for comparing pictures" zh:"用来比对图片的小图"`
	Preview    Preview    `json:"preview" en:"a small copy for reports" zh:"用于报告的小图"`

	status statuses
}

// Groups are the names of all groups, in the order of Set.
func Groups() []string {
	var out []string
	t := reflect.TypeFor[Set]()
	for i := range t.NumField() {
		if tag := t.Field(i).Tag.Get("json"); tag != "" {
			out = append(out, tag)
		}
	}
	return out
}

// SetStatus records the state of a group ("exif") or of one of its fields
// ("image.decodable"); a field's own state wins over its group's.
func (s *Set) SetStatus(name string, st Status) {
	s.status.set(name, st)
}

// Status returns the state of a fact path ("exif.make"): its own, else that
// of the nearest enclosing group, else not extracted.
func (s *Set) Status(path string) Status {
	for p := path; ; {
		if at, ok := s.status.find(p); ok {
			return s.status[at].status()
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
	for _, n := range s.status {
		out[n.name] = n.status()
	}
	return out
}

// statuses are states by name, in the order of names: of thousands of files a map for
// each would take more than their facts.
type statuses []namedStatus

// namedStatus is the state of a fact or group.
type namedStatus struct {
	name  string
	state State
	more  *Status // all of it where there is more to say; nobody changes it
}

func (n *namedStatus) status() Status {
	if n.more != nil {
		return *n.more
	}
	return Status{State: n.state}
}

func (s statuses) find(name string) (int, bool) {
	return slices.BinarySearchFunc(s, name, func(n namedStatus, name string) int { return strings.Compare(n.name, name) })
}

func (s *statuses) set(name string, st Status) {
	n := namedStatus{name: name, state: st.State}
	if !st.Why.IsZero() || st.Asked {
		n.more = &st
	}
	at, ok := s.find(name)
	if ok {
		(*s)[at] = n
		return
	}
	*s = slices.Insert(*s, at, n)
}

// Box is [x, y, width, height] in pixels of the upright original, or of a
// document page at 200 dpi.
type Box = [4]int

// Judged is a verdict-like fact: signals and score come from the bytes, the
// verdict is derived from them with thresholds of rules.yaml (pkg/derive).
type Judged struct {
	Verdict string   `json:"verdict" privacy:"public" en:"yes, no or unclear" zh:"yes（是）、no（否）或 unclear（不确定）"`
	Score   float64  `json:"score" en:"0 (nothing for it) to 1 (certain)" zh:"0（没有迹象）到 1（确定）" unit:"0..1"`
	Signals []Signal `json:"signals" en:"what speaks for and against it, each with its weight" zh:"支持和反对的各项迹象，各有权重"`
}

// Signal is one observation for (weight > 0) or against (weight < 0) a
// judgement; weight 0 is information.
type Signal struct {
	Name   string  `json:"name" privacy:"public" en:"stable name, e.g. exif.make" zh:"固定的名称，如 exif.make"`
	Value  string  `json:"value" en:"what was seen" zh:"看到的内容"`
	Weight float64 `json:"weight" en:"for > 0, against < 0, information 0" zh:"支持 > 0，反对 < 0，仅供参考为 0" unit:"-1..1"`
}
