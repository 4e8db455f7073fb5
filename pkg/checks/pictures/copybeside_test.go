package pictures

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func TestCopyBeside(t *testing.T) {
	file := func(kind, path, format string) facts.Asset {
		return facts.Asset{Path: path, Kind: kind, Facts: &facts.Set{File: facts.File{Format: format}}}
	}
	const source, letter, pledge = facts.KindSource, facts.KindAuthorization, facts.KindCommitment
	for _, c := range []struct {
		name   string
		assets []facts.Asset // the first is judged
		want   verdict.Outcome
	}{
		{"alone", []facts.Asset{file(source, "原图/IMG_1.HEIC", "heic")}, verdict.Fail},
		{"its JPG", []facts.Asset{file(source, "原图/IMG_1.HEIC", "heic"), file(source, "原图/JPG/img_1.jpg", "jpeg")}, verdict.Pass},
		{"a numbered copy", []facts.Asset{file(source, "原图/IMG_1.HEIC", "heic"), file(source, "原图/IMG_1 (1).jpg", "jpeg")}, verdict.Pass},
		{"another photo", []facts.Asset{file(source, "原图/IMG_1.HEIC", "heic"), file(source, "原图/IMG_12.jpg", "jpeg")}, verdict.Fail},
		{"of another kind", []facts.Asset{file(source, "原图/IMG_1.HEIC", "heic"), file("companion", "花絮/IMG_1.jpg", "jpeg")}, verdict.Fail},
		{"in a format that is not taken", []facts.Asset{file(source, "原图/IMG_1.HEIC", "heic"), file(source, "原图/IMG_1.dng", "dng")}, verdict.Fail},
		{"a blank template and the scan", []facts.Asset{file(pledge, "承诺书/空白模板.docx", "docx"), file(pledge, "承诺书/扫描全能王.pdf", "pdf")}, verdict.Pass},
		{"the draft of a letter and its scan", []facts.Asset{file(letter, "授权书/品牌授权书.docx", "docx"), file(letter, "授权书/品牌授权书（已盖章）-扫描件.pdf", "pdf")}, verdict.Pass},
		{"another letter", []facts.Asset{file(letter, "授权书/转授权书.docx", "docx"), file(letter, "授权书/品牌授权书.pdf", "pdf")}, verdict.Fail},
	} {
		p := &CopyBesideParams{Formats: []string{"jpeg", "png", "pdf"}, Any: []string{pledge}}
		v := &facts.Case{Path: ".", Assets: c.assets}
		got, err := CopyBeside{}.Run(t.Context(), checks.Subject{Case: v, Asset: &v.Assets[0]}, p)
		if err != nil || got.Outcome != c.want {
			t.Errorf("%s: %v (%v), want %v", c.name, got.Outcome, err, c.want)
		}
		p.Found = true
		if turned, _ := (CopyBeside{}).Run(t.Context(), checks.Subject{Case: v, Asset: &v.Assets[0]}, p); turned.Outcome == got.Outcome {
			t.Errorf("%s: %v both ways", c.name, got.Outcome)
		}
	}
}
