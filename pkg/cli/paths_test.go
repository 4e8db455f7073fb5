package cli

import (
	"bytes"
	"errors"
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

// TestFromExplorer: cobra's own words to one who double-clicks are English alone.
func TestFromExplorer(t *testing.T) {
	for tag, want := range map[string]string{"zh": "双击", "en": "double click"} {
		var out bytes.Buffer
		env := Env{Streams: terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &out}, Getenv: func(string) string { return "" }}
		if code := Main(t.Context(), []string{"version", "--lang", tag}, env); code != exitOK || !strings.Contains(cobra.MousetrapHelpText, want) {
			t.Errorf("%s: %d %q %s", tag, code, cobra.MousetrapHelpText, out.String())
		}
	}
}
