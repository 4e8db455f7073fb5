package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
)

// TestExpanded runs on every system what only Windows needs.
func TestExpanded(t *testing.T) {
	for _, tt := range []struct {
		lang lang.Lang
		want string
	}{{lang.EN, "no file matches testdata/*.heic"}, {lang.ZH, "没有文件符合 testdata/*.heic"}} {
		a := &app{}
		a.setLang(tt.lang)
		got, err := a.expanded([]string{"testdata/SCRIPT*"})
		if want := []string{"testdata/script"}; err != nil || len(got) != 1 || strings.ReplaceAll(got[0], `\`, "/") != want[0] {
			t.Errorf("%q %v, expected %q", got, err, want)
		}
		_, err = a.expanded([]string{"testdata/*.heic"})
		var usage usageError
		if !errors.As(err, &usage) || !strings.Contains(usage.msg, tt.want) {
			t.Errorf("%v, expected %q", err, tt.want)
		}
	}
	a := &app{msgs: i18n.For(lang.EN)}
	if got, err := a.expanded(nil); err != nil || !slices.Equal(got, nil) {
		t.Errorf("%q %v", got, err)
	}
}

// TestDropped: a folder or zip file given alone is opened, commands stay commands.
func TestDropped(t *testing.T) {
	dir := t.TempDir()
	zip := filepath.Join(dir, "a.ZIP")
	if err := os.WriteFile(zip, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	a := &app{msgs: i18n.For(lang.EN), languages: []lang.Lang{lang.EN}}
	a.setLang(lang.EN)
	root := a.root()
	for _, tt := range []struct{ args, want []string }{
		{[]string{dir}, []string{"open", "--", dir}}, {[]string{zip}, []string{"open", "--", zip}}, {[]string{"scan"}, []string{"scan"}}, {nil, nil},
		{[]string{"nothing"}, []string{"nothing"}}, {[]string{"--help"}, []string{"--help"}}, {[]string{dir, zip}, []string{dir, zip}}, {[]string{"paths_test.go"}, []string{"paths_test.go"}},
	} {
		if got := dropped(tt.args, root, true); !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q", tt.args, got)
		}
	}
	if got := dropped([]string{dir}, root, false); !slices.Equal(got, []string{dir}) {
		t.Errorf("in a script: %q", got)
	}
	if cobra.MousetrapHelpText != "" {
		Main(t.Context(), []string{"version"}, Env{Streams: terminal.Streams{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard}, Getenv: func(string) string { return "" }})
		if cobra.MousetrapHelpText != "" {
			t.Error("cobra would end what was clicked")
		}
	}
}
