package cli

import (
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	for _, c := range []struct {
		list string
		null bool
		want string // joined by |
	}{
		{list: ""},
		{list: "a.jpg\nb c.jpg\n", want: "a.jpg|b c.jpg"},
		{list: "\ufeffa.jpg\r\nb.jpg\r\n\r\n", want: "a.jpg|b.jpg"},
		{list: "a\nb.jpg\x00c.jpg\x00", want: "a\nb.jpg|c.jpg"},
		{list: "a\nb.jpg", null: true, want: "a\nb.jpg"},
		{list: `"photos/\344\270\273\345\233\276 \"1\".jpg"` + "\n", want: `photos/主图 "1".jpg`},
		{list: `"not closed.jpg`, want: `"not closed.jpg`},
		{list: "`x.jpg`\n'y'", want: "`x.jpg`|'y'"},
		{list: ` lead.jpg `, want: " lead.jpg "},
	} {
		if got := strings.Join(names([]byte(c.list), c.null), "|"); got != c.want {
			t.Errorf("%q: %q, want %q", c.list, got, c.want)
		}
	}
}

func FuzzNames(f *testing.F) {
	f.Add([]byte("a\n\"\\344\"\x00"), false)
	f.Fuzz(func(t *testing.T, list []byte, null bool) {
		for _, name := range names(list, null) {
			if name == "" || len(name) > 3*len(list) {
				t.Fatalf("%q gives %q", list, name)
			}
		}
	})
}

func TestValueOf(t *testing.T) {
	for args, want := range map[string]string{
		"": "", "scan": "", "--config": "", "scan --config a": "a", "--config=b scan": "b", "--config a --config=b": "b", "scan -- --config a": "", "--configs=a": "",
	} {
		if got := valueOf(strings.Fields(args), "--config"); got != want {
			t.Errorf("%s: %q, want %q", args, got, want)
		}
	}
}
