package derive

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
)

// TestAttached: a copy of the licence beside the commitment letter is an attachment; alone
// in its place it is no commitment letter.
func TestAttached(t *testing.T) {
	paper := func(kind, of string, length int) facts.Asset {
		set := &facts.Set{}
		set.Document = facts.Document{Kind: kind, Length: length}
		return facts.Asset{Path: "commitment/" + kind, Kind: of, Facts: set}
	}
	letter, licence, unread := paper("commitment", facts.KindCommitment, 300), paper("other", facts.KindCommitment, 200), paper("other", facts.KindCommitment, 0)
	for name, c := range map[string]struct {
		assets []facts.Asset
		want   []bool
	}{
		"beside the letter":    {[]facts.Asset{licence, letter}, []bool{true, false}},
		"alone":                {[]facts.Asset{licence}, []bool{false}},
		"not read":             {[]facts.Asset{unread, letter}, []bool{false, false}},
		"the letter elsewhere": {[]facts.Asset{licence, paper("commitment", facts.KindAuthorization, 300)}, []bool{false, false}},
		"nothing known":        {[]facts.Asset{{Path: "x", Kind: facts.KindCommitment}, letter}, []bool{false, false}},
	} {
		v := &facts.Case{Assets: c.assets}
		Attached(v)
		for i, want := range c.want {
			if v.Assets[i].Attached != want {
				t.Errorf("%s, %d: %v", name, i, v.Assets[i].Attached)
			}
		}
	}
}

// TestAttachedPicture: the licensed picture that lies beside its licence is no letter; one
// beside nothing is asked about, and one with print on it is.
func TestAttachedPicture(t *testing.T) {
	paper := func(path, kind string, length int) facts.Asset {
		set := &facts.Set{}
		set.SetStatus("document", facts.Status{State: facts.Present})
		set.File.Format = "jpeg"
		set.Document = facts.Document{Pages: 1, Kind: kind, Length: length}
		return facts.Asset{Path: path, Kind: facts.KindAuthorization, Facts: set}
	}
	for name, c := range map[string]struct {
		all  []facts.Asset
		want bool
	}{
		"beside a licence": {[]facts.Asset{paper("图库/IC-1.jpg", "other", 0), paper("图库/证书.jpg", "copyright", 300)}, true},
		"alone":            {[]facts.Asset{paper("图库/IC-1.jpg", "other", 0)}, false},
		"beside no letter": {[]facts.Asset{paper("图库/IC-1.jpg", "other", 0), paper("图库/2.jpg", "other", 300)}, false},
		"with print on it": {[]facts.Asset{paper("图库/IC-1.jpg", "other", 40), paper("图库/证书.jpg", "copyright", 300)}, false},
	} {
		v := &facts.Case{Assets: c.all}
		if Attached(v); v.Assets[0].Attached != c.want {
			t.Errorf("%s: %v", name, v.Assets[0].Attached)
		}
	}
}
