package derive

import (
	"path"
	"regexp"
	"slices"

	"github.com/aecheck/aecheck/pkg/facts"
)

// Beside tells the originals and papers of a case what they are beside the others:
// copies saved by a program, papers among the reference marks, translations, letters with
// their certificates in a file of their own. It replaces the list of assets.
func Beside(v *facts.Case) {
	v.Assets = slices.Clone(v.Assets)
	spares(v.Assets)
	for i := range v.Assets {
		a := &v.Assets[i]
		a.Paper = a.Kind == facts.KindReference && a.Facts != nil && slices.Contains(paperFormats[:], a.Facts.File.Format) && !drawn.MatchString(path.Base(a.Path))
	}
	papers(v.Assets)
}

// spares marks originals that a program saved where the file of the camera, by its time
// and model, lies in the case too.
func spares(assets []facts.Asset) {
	type shot struct{ taken, model string }
	of := func(a *facts.Asset) (shot, string) {
		if a.Kind != facts.KindSource || a.Facts == nil || !seen(a.Facts, "exif") || !seen(a.Facts, "origin") || !a.Facts.Exif.HasTakenAt {
			return shot{}, ""
		}
		x := &a.Facts.Exif
		return shot{x.TakenAt.Format("2006-01-02 15:04:05.000"), x.Model}, a.Facts.Origin.Edited.Verdict
	}
	untouched := map[shot]bool{}
	for i := range assets {
		if s, edited := of(&assets[i]); edited == "no" {
			untouched[s] = true
		}
	}
	for i := range assets {
		s, edited := of(&assets[i])
		assets[i].Spare = edited == "yes" && untouched[s]
	}
}

// paperFormats are those of documents; a mark may be handed in as one too, and is called
// one then (drawn).
var (
	paperFormats = [...]string{"pdf", "doc", "docx", "rtf", "odt", "txt", "xls", "xlsx", "csv", "html"}
	drawn        = regexp.MustCompile(`(?i)logo|标识|商标图|图标|图样|标志|徽`)
)

// translated is what names and titles of translations say.
var translated = regexp.MustCompile(`(?i)译文|译本|译件|翻译件|翻译本|(?:中文|英文)翻译|翻譯|譯文|譯本|\btranslations?\b|\btradu(?:ction|cción|ccion|zione|ção|cao)\b|übersetzung`)

// papers marks translations of letters, and letters whose notarial act and legalization
// are papers of their own.
func papers(assets []facts.Asset) {
	letter := func(a *facts.Asset) bool {
		return slices.Contains([]string{"brand", "copyright", "portrait", "sublicence"}, a.Facts.Document.Kind)
	}
	var of []*facts.Asset
	for i := range assets {
		if a := &assets[i]; a.Kind == facts.KindAuthorization && a.Facts != nil {
			of = append(of, a)
		}
	}
	originals := 0
	isTranslation := func(a *facts.Asset) bool {
		return translated.MatchString(path.Base(a.Path)) || translated.MatchString(a.Facts.Document.Title)
	}
	// Whose the certificates are nobody can tell where several letters need one.
	notarized, legalized, need := false, false, 0
	for _, a := range of {
		d := &a.Facts.Document
		switch {
		case letter(a):
			if !isTranslation(a) {
				originals++
				if !(d.Notarized && certified(d)) && d.Grantor.Country != "CN" {
					need++
				}
			}
		case !isTranslation(a):
			notarized = notarized || d.Notarized
			legalized = legalized || certified(d)
		}
	}
	for _, a := range of {
		a.Translation = originals > 0 && letter(a) && isTranslation(a)
		a.Certified = letter(a) && notarized && legalized && need == 1
	}
}

// certified reports words of an apostille or of a consular legalization.
func certified(d *facts.Document) bool { return d.Legalized != "" && d.Legalized != "none" }
