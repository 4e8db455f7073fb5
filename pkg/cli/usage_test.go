package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/terminal"
)

// What is wrong with a command line is said in the user's language, with what may have
// been meant, and never in cobra's own words.
func TestUsageErrors(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "my case")
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "a.jpg")
	if err := os.WriteFile(file, []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	spaced := strings.Fields(folder)
	for _, tt := range []struct {
		args   []string
		zh, en string
	}{
		{[]string{"scna"}, "是不是想写 aecheck scan？", "Did you mean aecheck scan?"},
		{[]string{"rules", "lst"}, "是不是想写 aecheck rules list？", "Did you mean aecheck rules list?"},
		{[]string{"help", "scna"}, "没有“scna”这个命令", `has no command "scna"`},
		{[]string{"xyzzy"}, "全部命令：aecheck --help", "All commands: aecheck --help"},
		{[]string{folder}, `aecheck open "` + folder + `"`, `aecheck scan "` + folder + `"`},
		{[]string{file}, "aecheck inspect " + file, "aecheck scan " + file},
		{[]string{"scan", "--formt", "json"}, "没有 --formt 这个选项。是不是想写 --format？", "no flag --formt. Did you mean --format?"},
		{[]string{"scan", "--formt=json"}, "是不是想写 --format", "Did you mean --format"},
		{[]string{"scan", "-format", "json"}, "没有 -format 这个选项。是不是想写 --format？", "Did you mean --format?"},
		{[]string{"scan", "-Z"}, "aecheck scan --help", "All flags: aecheck scan --help"},
		{[]string{"scan", "--out", "x"}, "有这个选项的是：aecheck archive export、aecheck fix", "It is one of: aecheck archive export, aecheck fix"},
		{[]string{"scan", "--jobs"}, "--jobs 后面要写一个值：同时处理", "--jobs needs a value behind it: files worked on"},
		{[]string{"scan", "--as"}, "replacement", "replacement"},
		{[]string{"scan", "--jobs", "x"}, "一个整数，如 4", "a whole number, such as 4"},
		{[]string{"scan", "--timeout", "5"}, "如 90s、5m、1h", "such as 90s, 5m, 1h"},
		{[]string{"scan", "--verbose=maybe"}, "可以写：true false", "write: true false"},
		{[]string{"scan", "--color", "allways"}, "是不是想写 always？", "Did you mean always?"},
		{[]string{"scan", "--format", "jsn"}, "是不是想写 json？", "Did you mean json?"},
		{[]string{"scan", "--fail-on", "warn"}, "是不是想写 warning？", "Did you mean warning?"},
		{[]string{"scan", "--as", "soruce"}, "是不是想写 source？", "Did you mean source?"},
		{[]string{"scan", "--=x"}, "--名称 值", "--name value"},
		{[]string{"scan", "--now", "tomorrow"}, "可以写：2026-11-23T10:00:00+08:00", "write: 2026-11-23T10:00:00+08:00"},
		{[]string{"inspect"}, "要写成：aecheck inspect FILE…", "write: aecheck inspect FILE…"},
		{[]string{"explain"}, "要写成：aecheck explain ID|WORD|FILE|appeal [PATH]", "write: aecheck explain ID|WORD|FILE|appeal [PATH]"},
		{[]string{"outcome", "x"}, "要写成：aecheck outcome PATH accepted|returned|refused", "write: aecheck outcome PATH accepted|returned|refused"},
		{[]string{"confirm", "a", "b"}, "写多了（2 项：a、b）", "too much behind it (2: a, b)"},
		{append([]string{"confirm"}, spaced...), `要加引号："` + folder + `"`, `quotes as a whole: "` + folder + `"`},
		{[]string{"cache", "info", "x"}, "aecheck cache info 后面不用再写什么，多了：x", "nothing follows aecheck cache info, but there is: x"},
		{[]string{"completion", "bsh"}, "是不是想写 bash？", "Did you mean bash?"},
		{[]string{"rules", "schema", "cas"}, "是不是想写 case？", "Did you mean case?"},
		{[]string{"schedule", "x", "--format", "isc"}, "是不是想写 ics？", "Did you mean ics?"},
		{[]string{"schedule", "x", "--days", "workdays"}, "可以写：all working", "write: all working"},
		{[]string{"schedule", "x", "--remind", "6"}, "如 90s、5m、1h", "such as 90s, 5m, 1h"},
		{[]string{"letter", "x", "--kind", "comitment"}, "是不是想写 commitment？", "Did you mean commitment?"},
	} {
		for tag, want := range map[string]string{"zh": tt.zh, "en": tt.en} {
			var out, errs bytes.Buffer
			code := Main(context.Background(), append([]string{"--lang", tag}, tt.args...), Env{
				Streams: terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &errs}, Getenv: func(string) string { return "" },
			})
			if said := errs.String(); code != exitUsage || !strings.Contains(said, want) || strings.Count(said, "\n") != 1 || out.Len() > 0 {
				t.Errorf("%s %q: exit code %d, want %q in %q%s", tag, tt.args, code, want, said, out.String())
			}
		}
	}
}

// Flags that take one of a few words say which.
func TestHelpListsChoices(t *testing.T) {
	for command, flags := range map[string]map[string]string{
		"scan":      {"format": "jsonl", "fail-on": "review", "as": "replacement", "slot": "marketing_3x4", "color": "always", "lang": "zh en", "pack": "amazon", "report": "--format"},
		"fix":       {"as": "unsorted", "slot": "sku"},
		"inspect":   {"format": "text json", "only": "exif"},
		"letter":    {"kind": "commitment", "in": "en zh"},
		"statement": {"in": "es fr"},
		"schedule":  {"format": "ics", "days": "working"},
	} {
		for _, tag := range []string{"zh", "en"} {
			for _, asked := range [][]string{{command, "--help"}, {"help", command}} {
				var out bytes.Buffer
				Main(context.Background(), append([]string{"--lang", tag}, asked...), Env{Streams: terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &out}, Getenv: func(string) string { return "" }})
				if strings.Contains(out.String(), "{choices}") {
					t.Errorf("%s: a placeholder is left", command)
				}
				for flag, word := range flags {
					found := false
					for _, line := range strings.Split(out.String(), "\n") {
						found = found || strings.Contains(line, "--"+flag+" ") && strings.Contains(line, word)
					}
					if !found {
						t.Errorf("%s %v --%s does not say %s", tag, asked, flag, word)
					}
				}
			}
		}
	}
}
