package cli

import (
	"archive/zip"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/terminal"
	"github.com/aecheck/aecheck/pkg/testkit/authority"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata/script")

func TestMain(m *testing.M) {
	testscript.Main(withCache{m}, map[string]func(){
		"aecheck": func() {
			os.Exit(Main(context.Background(), os.Args[1:], Env{Streams: terminal.Standard(), Getenv: os.Getenv}))
		},
	})
}

// sharedCache is the user's cache directory of all tests that ask for no other:
// what one found in the samples the next need not find again.
var sharedCache string

// withCache runs the tests with a sharedCache. PDFium's code, which takes seconds
// to compile, is taken along where this user has it.
type withCache struct{ *testing.M }

func (m withCache) Run() int {
	dir, err := os.MkdirTemp("", "aecheck-cli")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	sharedCache = dir
	if code := scan.DefaultCodeDir(); code != "" {
		_ = os.CopyFS(filepath.Join(dir, "aecheck", "render"), os.DirFS(code)) // else it is compiled
	}
	return m.M.Run()
}

// TestScripts runs the command line as a user would. $SAMPLES is the folder of
// sample cases; the cache is shared, but where a script asks for its own.
func TestScripts(t *testing.T) {
	samples, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("SAMPLES", samples)
			e.Setenv("XDG_CACHE_HOME", sharedCache)
			e.Setenv("LOCALAPPDATA", sharedCache)
			e.Setenv("LANG", "en_US.UTF-8")
			e.Setenv("NO_COLOR", "1")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// pack makes a zip file of a folder.
			"pack": func(ts *testscript.TestScript, _ bool, args []string) {
				f, err := os.Create(ts.MkAbs(args[1]))
				ts.Check(err)
				defer f.Close()
				w := zip.NewWriter(f)
				ts.Check(w.AddFS(os.DirFS(ts.MkAbs(args[0]))))
				ts.Check(w.Close())
			},
			"fifo": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(mkfifo(ts.MkAbs(args[0])))
			},
			// authority starts a time-stamping authority that dates by a time.
			"authority": func(ts *testscript.TestScript, _ bool, args []string) {
				at, err := time.Parse(time.RFC3339, args[0])
				ts.Check(err)
				address, stop := (&authority.Authority{Name: "Made-up time", Time: at}).Start()
				ts.Defer(stop)
				ts.Setenv("AUTHORITY", address)
			},
			// gbkname gives a file a name in GBK: 替换 is cc e6 bb bb.
			"gbkname": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(os.Rename(ts.MkAbs(args[0]), filepath.Join(filepath.Dir(ts.MkAbs(args[0])), "\xcc\xe6\xbb\xbb.jpg")))
			},
		},
	})
}
