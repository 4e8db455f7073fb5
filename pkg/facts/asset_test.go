package facts

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/format"
)

func TestUnread(t *testing.T) {
	for _, c := range []struct {
		kind, class string
		want        bool
	}{
		{KindSource, "picture", false}, {KindSource, "raw", false}, {KindSource, "other", true}, {KindSource, "document", true},
		{KindReplacement, "video", true}, {KindReplacement, "sheet", true}, {KindViolating, "archive", true},
		{KindEvidence, "sheet", false}, {KindEvidence, "video", true}, {KindCommitment, "document", false}, {KindSource, "", false},
	} {
		a := Asset{Kind: c.kind, Facts: &Set{File: File{Class: c.class, FormatMatchesExtension: true}}}
		if got := a.Unread(); got != c.want {
			t.Errorf("%s, %s: %t", c.kind, c.class, got)
		}
	}
	for name, want := range map[string]bool{"text": true, "xlsx": true, "pdf": false, "jpeg": false, "mov": false} {
		a := Asset{Kind: KindReplacement, Facts: &Set{File: File{Format: name, Class: string(format.Of(name).Class), FormatMatchesExtension: true}}}
		if got := a.Note(); got != want {
			t.Errorf("%s is a note: %t", name, got)
		}
	}
	if (&Asset{Kind: KindReplacement, Facts: &Set{File: File{Format: "text", Class: "document"}}}).Unread() {
		t.Error("text that is called a picture")
	}
	if (&Asset{Kind: KindSource}).Unread() {
		t.Error("a file without facts")
	}
}
