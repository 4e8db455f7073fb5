package derive

import (
	"regexp"
	"slices"

	"github.com/aecheck/aecheck/pkg/facts"
)

// wrongly is how sellers say that a picture was penalised wrongly.
var wrongly = regexp.MustCompile(`(?i)误判|误罚|误处罚|判定有误|系统误|misjudg|(?:wrongly|mistakenly|erroneously) (?:penali[sz]ed|judged|flagged|reported)|(?:penali[sz]ed|flagged|judged) (?:by mistake|in error)`)

// Misjudged reports whether the name of a case's folder, or what the seller wrote for the
// appeal, says that the picture was penalised wrongly and stays: the ground where
// case.yaml does not give one.
func Misjudged(v *facts.Case) bool {
	if wrongly.MatchString(v.Name) {
		return true
	}
	return slices.ContainsFunc(v.Assets, func(a facts.Asset) bool {
		return (a.Kind == facts.KindCommitment || a.Kind == facts.KindStatement) && a.Facts != nil &&
			slices.ContainsFunc(a.Facts.Document.Text, func(l facts.DocLine) bool { return wrongly.MatchString(l.Text) })
	})
}
