// Package people checks that a portrait release covers the people pictures
// show.
package people

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// Check is "people-release" (M12): where faces are found, case.yaml names a
// portrait release. A doubtful face (a statue, a toy, a print), and a face
// where case.yaml says that nobody is shown, are for a person.
type Check struct{}

// Params of the check.
type Params struct {
	// Kinds are the kinds of pictures looked at.
	Kinds []string `json:"kinds"`
	// Sure is the confidence from which a face counts, 0..1.
	Sure float64 `json:"sure"`
}

// Name is "people-release".
func (Check) Name() string { return "people-release" }

// NewParams returns the defaults; Sure is the confidence from which
// facts.Faces.Count counts.
func (Check) NewParams() any { return &Params{Kinds: []string{"replacement", "source"}, Sure: 0.5} }

// Needs asks for the faces of the pictures looked at.
func (Check) Needs(params any) []checks.Need {
	var out []checks.Need
	for _, k := range params.(*Params).Kinds {
		out = append(out, checks.Need{Kind: k, Fact: "faces"})
	}
	return out
}

// Vars are the pictures with faces, and how many they are.
func (Check) Vars() []string { return []string{"files", "count"} }

// Run judges the case. Only a replacement in which nobody could look makes a
// pass a review: what is published is the replacement.
func (Check) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*Params)
	if s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	if covered(s.Case.Case) {
		return result(verdict.Pass, "", nil, nil), nil
	}
	var sure, doubtful, unknown []string
	var evidence, unseen []verdict.Evidence
	looked := false
	var pictures []*facts.Asset
	for _, k := range p.Kinds {
		pictures = append(pictures, s.Case.Filled(k)...)
	}
	for _, a := range pictures {
		name := path.Join(s.Case.Path, a.Path)
		if st := a.Facts.Status("faces").State; st != facts.Present && st != facts.Absent {
			if a.Kind == "replacement" {
				looked = true
				unknown = append(unknown, name)
				unseen = append(unseen, verdict.Evidence{Fact: "faces", Text: name, Related: &verdict.Related{Asset: name}})
			}
			continue
		}
		looked = true
		boxes := a.Facts.Faces.Boxes
		for j := range boxes {
			evidence = append(evidence, verdict.Evidence{
				Fact: "faces.boxes", Observed: boxes[j].Confidence, Required: p.Sure, Text: name, Box: &boxes[j].Box,
				Related: &verdict.Related{Asset: name},
			})
		}
		switch {
		case slices.ContainsFunc(boxes, func(f facts.Face) bool { return f.Confidence >= p.Sure }):
			sure = append(sure, name)
		case len(boxes) > 0:
			doubtful = append(doubtful, name)
		}
	}
	switch {
	case len(sure) > 0 && saidNobody(s.Case.Case):
		return result(verdict.Review, verdict.Judgement, sure, evidence), nil
	case len(sure) > 0:
		return result(verdict.Fail, "", sure, evidence), nil
	case len(doubtful) > 0:
		return result(verdict.Review, verdict.Judgement, doubtful, evidence), nil
	case len(unknown) > 0:
		return result(verdict.Review, verdict.Unavailable, unknown, unseen), nil
	case !looked:
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	return result(verdict.Pass, "", nil, nil), nil
}

func result(o verdict.Outcome, cause verdict.Cause, files []string, evidence []verdict.Evidence) checks.Result {
	return checks.Result{Outcome: o, Cause: cause, Evidence: evidence,
		Vars: map[string]any{"files": strings.Join(files, ", "), "count": len(files)}}
}

// covered reports whether case.yaml names a portrait release; whether that is
// in force and of the right type is judged with the letters.
func covered(c *casefile.File) bool {
	if c == nil {
		return false
	}
	return len(c.People.Releases) > 0 || slices.ContainsFunc(c.Letters, func(l casefile.Letter) bool { return l.Type == "portrait" })
}

// saidNobody reports whether case.yaml says in so many words that nobody is
// shown.
func saidNobody(c *casefile.File) bool { return c.Has("people.shown") && !c.People.Shown }
