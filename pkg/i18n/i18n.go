// Package i18n holds the texts of the interface in Chinese and English, and the
// catalogues of other languages. Texts about rules live in rules.yaml, beside
// the rules; identifiers, flags and JSON keys are English everywhere.
//
// A text is a field of a struct, so a name that does not exist does not
// compile; a test keeps both languages complete and their placeholders equal.
// To add one: the field, then its zh and en value in the same file. To add a
// language: one file in catalogues, see the README there.
//
// It may import pkg/lang alone.
package i18n

import (
	"embed"
	"io/fs"
	"reflect"

	"github.com/aecheck/aecheck/pkg/lang"
)

//go:embed catalogues
var embedded embed.FS

// Catalogues is the folder of the languages that are not in the sources, for
// lang.Load.
func Catalogues() fs.FS {
	folder, err := fs.Sub(embedded, "catalogues")
	if err != nil {
		panic(err) //nolint:forbidigo // the name is that of the directive above
	}
	return folder
}

// Messages are all texts in one language.
type Messages struct {
	Words    Words
	Report   Report
	Spoken   Spoken
	Browsing Browsing
	Tabling  Tabling
	Asking   Asking
	CLI      CLI

	Problems Problems
	Pacing   Pacing
	Trusting Trusting

	Prefilling Prefilling
	Marketing  Marketing
	Explaining Explaining
	Using      Using
	Looking    Looking
	Fixing     Fixing
	Handing    Handing
	Stating    Stating
	Drafting   Drafting
	Serving    Serving
	Reasons    Reasons
	Scheduling Scheduling
	Choosing   Choosing
	Settling   Settling
	Sharing    Sharing
	Manual     Manual
	Archiving  Archiving
}

// For returns the texts of a language.
func For(l lang.Lang) Messages {
	if l == lang.ZH {
		return Messages{Words: wordsZH(), Report: reportZH(), Spoken: spokenZH(), Browsing: browsingZH(), Pacing: pacingZH(), CLI: cliZH(), Problems: problemsZH(), Trusting: trustingZH(), Prefilling: prefillingZH(), Marketing: marketingZH(), Explaining: explainingZH(), Using: usingZH(), Looking: lookingZH(), Fixing: fixingZH(), Handing: handingZH(), Stating: statingZH(), Drafting: draftingZH(), Serving: servingZH(), Reasons: reasonsZH(), Scheduling: schedulingZH(), Choosing: choosingZH(), Settling: settlingZH(), Sharing: sharingZH(), Archiving: archivingZH(), Tabling: tablingZH(), Asking: askingZH(), Manual: manualZH()}
	}
	m := Messages{Words: wordsEN(), Report: reportEN(), Spoken: spokenEN(), Browsing: browsingEN(), Pacing: pacingEN(), CLI: cliEN(), Problems: problemsEN(), Trusting: trustingEN(), Prefilling: prefillingEN(), Marketing: marketingEN(), Explaining: explainingEN(), Using: usingEN(), Looking: lookingEN(), Fixing: fixingEN(), Handing: handingEN(), Stating: statingEN(), Drafting: draftingEN(), Serving: servingEN(), Reasons: reasonsEN(), Scheduling: schedulingEN(), Choosing: choosingEN(), Settling: settlingEN(), Sharing: sharingEN(), Archiving: archivingEN(), Tabling: tablingEN(), Asking: askingEN(), Manual: manualEN()}
	if l != lang.EN {
		translate(reflect.ValueOf(&m).Elem(), l)
	}
	return m
}

// translate says every text of a struct in another language.
func translate(v reflect.Value, l lang.Lang) {
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.Struct:
			translate(f, l)
		case reflect.String:
			f.SetString(lang.Text{EN: f.String()}.In(l))
		}
	}
}
