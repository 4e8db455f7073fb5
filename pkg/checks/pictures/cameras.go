package pictures

import (
	"context"
	"path"
	"sort"
	"strings"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// SameCamera is "same-camera": the source files come from no more than so many
// cameras. Several cameras are no fault in themselves, but pictures gathered
// from elsewhere rarely share one, and a reviewer may ask. A camera is its
// maker and model, with the serial number where a file gives it.
type SameCamera struct{}

// SameCameraParams of the check.
type SameCameraParams struct {
	// Max is how many cameras one shoot may have used.
	Max int `json:"max" zh:"最多几台相机" en:"most cameras of one shoot"`
}

// Name is "same-camera".
func (SameCamera) Name() string { return "same-camera" }

// Doc says what it judges.
func (SameCamera) Doc() lang.Text {
	return lang.T("统计原图来自几台相机（厂商、型号，有序列号的也算）；超过上限就不通过。没有相机信息的文件不算。",
		"Counts the cameras the source files come from, by maker, model and, where given, serial number; fails where they are more than allowed. Files without a camera are left out.")
}

// NewParams returns the default: one phone and one camera.
func (SameCamera) NewParams() any { return &SameCameraParams{Max: 2} }

// Needs asks for the camera of every source file.
func (SameCamera) Needs(any) []checks.Need {
	return []checks.Need{{Kind: facts.KindSource, Fact: "exif.make"}, {Kind: facts.KindSource, Fact: "exif.model"}, {Kind: facts.KindSource, Fact: "exif.serial"}}
}

// Vars are the cameras found and how many they are.
func (SameCamera) Vars() []string { return []string{"cameras", "count"} }

// Run judges the case. Files without a camera in their EXIF, or without EXIF,
// are the business of other rules and left out.
func (SameCamera) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*SameCameraParams)
	if s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	first := map[string]*facts.Asset{}
	known := 0
	for _, a := range s.Case.Of(facts.KindSource) {
		if a.Facts == nil || a.Facts.Status("exif.model").State != facts.Present {
			continue
		}
		name := camera(a.Facts.Exif)
		if name == "" {
			continue
		}
		known++
		if first[name] == nil {
			first[name] = a
		}
	}
	if known < 2 {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	names := make([]string, 0, len(first))
	for n := range first {
		names = append(names, n)
	}
	sort.Strings(names)
	vars := map[string]verdict.Value{"cameras": checks.Names(names, ", "), "count": checks.Count(len(names))}
	if len(names) <= p.Max {
		return checks.Result{Outcome: verdict.Pass, Vars: vars}, nil
	}
	var evidence []verdict.Evidence
	for _, n := range names {
		evidence = append(evidence, verdict.Evidence{
			Fact: "exif.model", Observed: n, Required: verdict.Want(p.Max), Related: &verdict.Related{Asset: path.Join(s.Case.Path, first[n].Path)},
		})
	}
	return checks.Result{Outcome: verdict.Fail, Evidence: evidence, Vars: vars}, nil
}

// camera names the camera of a file; makers often repeat themselves in the
// model.
func camera(e facts.Exif) string {
	brand, model := strings.TrimSpace(e.Make), strings.TrimSpace(e.Model)
	if model == "" {
		return ""
	}
	name := model
	if word, _, _ := strings.Cut(brand, " "); word != "" && !strings.HasPrefix(strings.ToLower(model), strings.ToLower(word)) {
		name = brand + " " + model
	}
	if serial := strings.TrimSpace(e.Serial); serial != "" {
		name += " #" + serial
	}
	return name
}
