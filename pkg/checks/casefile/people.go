package casefile

import (
	"context"
	"path"
	"slices"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// PeopleRelease is "people-release" (M12): where faces are found, case.yaml names a
// portrait release. A doubtful face (a statue, a toy, a print), and a face
// where case.yaml says that nobody is shown, are for a person.
type PeopleRelease struct{}

// PeopleReleaseParams of the check.
type PeopleReleaseParams struct {
	// Kinds are the kinds of pictures looked at.
	Kinds []string `json:"kinds" zh:"查看哪些种类的图片" en:"kinds of pictures looked at"`
	// Sure is the confidence from which a face counts, 0..1.
	Sure float64 `json:"sure" unit:"0..1" zh:"可信度达到多少算人脸" en:"confidence from which a face counts"`
}

// Name is "people-release".
func (PeopleRelease) Name() string { return "people-release" }

// Doc says what it judges.
func (PeopleRelease) Doc() lang.Text {
	return lang.T("在图片中查找人脸，再看 case.yaml 有没有写肖像授权（没有 case.yaml 时看授权书里有没有）；有人脸而没有授权就不通过。人脸存疑、case.yaml 写明没有人物，或替换图没能查看时，由人判断。",
		"Looks for faces in pictures and for a portrait release in case.yaml, or among the letters where there is no case.yaml; fails where a face is shown without one. A person looks where a face is doubtful, where case.yaml says that nobody is shown, and where a replacement could not be looked at.")
}

// NewParams returns the defaults; Sure is the confidence from which
// facts.Faces.Count counts.
func (PeopleRelease) NewParams() any {
	return &PeopleReleaseParams{Kinds: []string{facts.KindReplacement, facts.KindSource}, Sure: 0.5}
}

// Needs asks for the faces of the pictures looked at.
func (PeopleRelease) Needs(params any) []checks.Need {
	var out []checks.Need
	for _, k := range params.(*PeopleReleaseParams).Kinds {
		out = append(out, checks.Need{Kind: k, Fact: "faces"})
	}
	return append(out, checks.Need{Kind: facts.KindAuthorization, Fact: "document.kind"})
}

// Vars are the pictures with faces, and how many they are.
func (PeopleRelease) Vars() []string { return checks.FileVars() }

// Run judges the case. Only a replacement in which nobody could look makes a
// pass a review: what is published is the replacement.
func (PeopleRelease) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*PeopleReleaseParams)
	if s.Case == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	if covered(s.Case) {
		return (&checks.Group{}).Result(verdict.Pass, ""), nil
	}
	var sure, doubtful, unknown checks.Group
	var evidence []verdict.Evidence // of all faces, whatever their group
	looked := false
	var pictures []*facts.Asset
	for _, k := range p.Kinds {
		pictures = append(pictures, s.Case.Filled(k)...)
	}
	for _, a := range pictures {
		name := path.Join(s.Case.Path, a.Path)
		if st := a.Facts.Status("faces").State; st != facts.Present && st != facts.Absent {
			if a.Kind == facts.KindReplacement && !a.Note() {
				looked = true
				unknown.Add(name, verdict.Evidence{Fact: "faces", Quote: name, Related: &verdict.Related{Asset: name}})
			}
			continue
		}
		looked = true
		boxes := a.Facts.Faces.Boxes
		for j := range boxes {
			evidence = append(evidence, verdict.Evidence{
				Fact: "faces.boxes", Observed: boxes[j].Confidence, Required: verdict.Want(p.Sure), Quote: name, Box: &boxes[j].Box,
				Related: &verdict.Related{Asset: name},
			})
		}
		switch {
		case slices.ContainsFunc(boxes, func(f facts.Face) bool { return f.Confidence >= p.Sure }):
			sure.Add(name)
		case len(boxes) > 0:
			doubtful.Add(name)
		}
	}
	sure.Evidence, doubtful.Evidence = evidence, evidence
	switch {
	case len(sure.Names) > 0 && saidNobody(s.Case.File):
		return sure.Result(verdict.Review, verdict.Judgement), nil
	case len(sure.Names) > 0:
		return sure.Result(verdict.Fail, ""), nil
	case len(doubtful.Names) > 0:
		return doubtful.Result(verdict.Review, verdict.Judgement), nil
	case len(unknown.Names) > 0:
		return unknown.Result(verdict.Review, verdict.Unavailable), nil
	case !looked:
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	return (&checks.Group{}).Result(verdict.Pass, ""), nil
}

// covered reports whether case.yaml names a portrait release, or where there is none,
// whether a paper among the letters is one; whether that is in force and of the right
// type is judged with the letters.
func covered(v *facts.Case) bool {
	c := v.File
	if c == nil {
		return slices.ContainsFunc(v.Filled(facts.KindAuthorization), func(a *facts.Asset) bool { return a.Facts.Document.Kind == "portrait" })
	}
	return len(c.People.Releases) > 0 || slices.ContainsFunc(c.Letters, func(l casefile.Letter) bool { return l.Type == "portrait" })
}

// saidNobody reports whether case.yaml says in so many words that nobody is
// shown.
func saidNobody(c *casefile.File) bool { return c.Has("people.shown") && !c.People.Shown }
