package pictures

import (
	"context"
	"path"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/facts"
)

// files makes a case from "kind/path=hash"; no hash means unread.
func files(specs ...string) *facts.Case {
	v := &facts.Case{Path: "甲"}
	for _, s := range specs {
		p, sha, _ := strings.Cut(s, "=")
		kind, _, _ := strings.Cut(p, "/")
		set := &facts.Set{}
		set.File.SHA256 = sha
		if sha == "empty" {
			set.File.SHA256 = emptySHA256
		}
		v.Assets = append(v.Assets, facts.Asset{Path: p, Kind: kind, Facts: set})
	}
	return v
}

// slotted puts files into the slots that their folders are called after.
func slotted(v *facts.Case) *facts.Case {
	for i := range v.Assets {
		v.Assets[i].Slot = path.Base(path.Dir(v.Assets[i].Path))
	}
	return v
}

func TestSameBytes(t *testing.T) {
	across := &SameBytesParams{Kinds: []string{"violating"}, With: []string{"replacement", "source"}}
	within := &SameBytesParams{Kinds: []string{"source", "companion"}}
	tests := []struct {
		name   string
		params *SameBytesParams
		view   *facts.Case
		want   string // outcome, then later<earlier for each pair
	}{
		{"the same across", across, files("violating/1=a", "violating/2=b", "replacement/m=b", "source/s=b"), "fail replacement/m<violating/2 source/s<violating/2"},
		{"different", across, files("violating/1=a", "replacement/m=b"), "pass"},
		{"nothing to compare with", across, files("violating/1=a", "companion/c=a"), "skip"},
		{"one could not be read", across, files("violating/1=", "replacement/m=b"), "review unavailable violating/1"},
		{"one could not be read, another is the same", across, files("violating/1=", "violating/2=b", "replacement/m=b"), "fail replacement/m<violating/2"},
		{"empty files are not the same", across, files("violating/1=empty", "violating/2=c", "replacement/m=empty"), "pass"},
		{"twice within", within, files("companion/1=a", "companion/2=a", "companion/3=a", "source/1=a"), "fail companion/2<companion/1 companion/3<companion/1"},
		{"once each", within, files("companion/1=a", "source/1=a", "source/2=b"), "pass"},
		{"a backup in an archive", within, files("source/1=a", "source/alt.zip/1=a", "source/2=b"), "pass"},
		{"twice beside a backup", within, files("source/1=a", "source/2=a", "source/alt.zip/1=a"), "fail source/2<source/1"},
		{"of two slots", &SameBytesParams{Kinds: []string{"replacement"}}, slotted(files("replacement/main/1=a", "replacement/sku/1=a")), "pass"},
		{"twice in a slot", &SameBytesParams{Kinds: []string{"replacement"}}, slotted(files("replacement/main/1=a", "replacement/main/2=a")), "fail replacement/main/2<replacement/main/1"},
		{"one file only", within, files("source/1=a"), "skip"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := SameBytes{}.Run(context.Background(), checks.Subject{Case: tt.view}, tt.params)
			if err != nil {
				t.Fatal(err)
			}
			got := string(r.Outcome)
			if r.Cause != "" {
				got += " " + string(r.Cause)
			}
			for _, e := range r.Evidence {
				got += " " + strings.TrimPrefix(e.Quote, "甲/")
				if e.Related.Asset != e.Quote {
					got += "<" + strings.TrimPrefix(e.Related.Asset, "甲/")
				}
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if n := (SameBytes{}).Needs(across); len(n) != 3 || n[2] != (checks.Need{Kind: "source", Fact: "file.sha256"}) {
		t.Errorf("needs %v", n)
	}
}
