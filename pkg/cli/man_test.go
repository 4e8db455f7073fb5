package cli

import (
	"bytes"
	"context"
	"os"
	"path"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/aecheck/aecheck/pkg/terminal"
)

// TestCaskHasAllPages: Homebrew is told the name of every manual page there is.
func TestCaskHasAllPages(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "man1")
	var errs bytes.Buffer
	env := Env{Streams: terminal.Streams{In: &bytes.Buffer{}, Out: &bytes.Buffer{}, Err: &errs}, Getenv: func(string) string { return "" }}
	if code := Main(context.Background(), []string{"man", "--dir", dir, "--lang", "en", "--config", "none"}, env); code != exitOK {
		t.Fatalf("exit code %d: %s", code, &errs)
	}
	pages, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, p := range pages {
		want = append(want, path.Join("man/man1", p.Name()))
	}
	data, err := os.ReadFile("../../.goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var conf struct {
		Casks []struct {
			Manpages []string `yaml:"manpages"`
		} `yaml:"homebrew_casks"`
	}
	if err := yaml.Unmarshal(data, &conf); err != nil {
		t.Fatal(err)
	}
	if len(conf.Casks) != 1 {
		t.Fatalf("%d casks", len(conf.Casks))
	}
	if diff := cmp.Diff(want, conf.Casks[0].Manpages); diff != "" {
		t.Errorf("homebrew_casks.manpages in .goreleaser.yaml (-pages there are, +listed):\n%s", diff)
	}
}
