package derive

import (
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
)

func TestBeside(t *testing.T) {
	at := time.Date(2025, 9, 11, 10, 0, 0, 0, time.UTC)
	source := func(path, model, edited string) facts.Asset {
		set := &facts.Set{}
		set.Exif.HasTakenAt, set.Exif.TakenAt, set.Exif.Model = true, at, model
		set.Origin.Edited.Verdict = edited
		set.SetStatus("exif", facts.Status{State: facts.Present})
		set.SetStatus("origin", facts.Status{State: facts.Present})
		return facts.Asset{Path: path, Kind: facts.KindSource, Facts: set}
	}
	letter := func(path, kind, title string, certified bool) facts.Asset {
		set := &facts.Set{}
		set.Document.Kind, set.Document.Title, set.Document.Legalized = kind, title, "none"
		if certified {
			set.Document.Notarized, set.Document.Legalized = true, "apostille"
		}
		return facts.Asset{Path: path, Kind: facts.KindAuthorization, Facts: set}
	}
	reference := func(path, format string) facts.Asset {
		set := &facts.Set{}
		set.File.Format = format
		return facts.Asset{Path: path, Kind: facts.KindReference, Facts: set}
	}
	for name, c := range map[string]struct {
		assets []facts.Asset
		want   []facts.Beside
	}{
		"copy beside the original":    {[]facts.Asset{source("a.jpg", "X100", "no"), source("a-edit.jpg", "X100", "yes")}, []facts.Beside{{}, {Spare: true}}},
		"copy of another camera":      {[]facts.Asset{source("a.jpg", "X100", "no"), source("b.jpg", "D60", "yes")}, []facts.Beside{{}, {}}},
		"copies alone":                {[]facts.Asset{source("a.jpg", "X100", "yes"), source("b.jpg", "X100", "yes")}, []facts.Beside{{}, {}}},
		"translation by title":        {[]facts.Asset{letter("1.pdf", "copyright", "Licence", false), letter("2.pdf", "copyright", "使用许可（译文）", false)}, []facts.Beside{{}, {Translation: true}}},
		"translation by name":         {[]facts.Asset{letter("Lizenz.pdf", "brand", "Lizenz", false), letter("Übersetzung.pdf", "brand", "授权书", false)}, []facts.Beside{{}, {Translation: true}}},
		"a translation alone":         {[]facts.Asset{letter("译文.pdf", "brand", "授权书", false)}, []facts.Beside{{}}},
		"certificate of its own":      {[]facts.Asset{letter("1.jpg", "brand", "授权书", false), letter("2.jpg", "other", "ACKNOWLEDGMENT", true)}, []facts.Beside{{Certified: true}, {}}},
		"certificate of two letters":  {[]facts.Asset{letter("1.jpg", "brand", "授权书", false), letter("2.jpg", "brand", "授权书", false), letter("3.jpg", "other", "ACKNOWLEDGMENT", true)}, []facts.Beside{{}, {}, {}}},
		"papers among the marks":      {[]facts.Asset{reference("商标注册证.pdf", "pdf"), reference("logo.pdf", "pdf"), reference("mark.png", "png")}, []facts.Beside{{Paper: true}, {}, {}}},
		"certificate of another kind": {[]facts.Asset{letter("1.jpg", "brand", "授权书", false), letter("2.jpg", "brand", "授权书", true)}, []facts.Beside{{}, {}}},
	} {
		v := &facts.Case{Assets: c.assets}
		Beside(v)
		for i, a := range v.Assets {
			if a.Beside != c.want[i] {
				t.Errorf("%s: %s is %+v, want %+v", name, a.Path, a.Beside, c.want[i])
			}
		}
	}
}
