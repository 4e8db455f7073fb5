package cli

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// example reads one of the files that show how to share a scan out.
func example(t *testing.T, name string, into any) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../.github/shards", name))
	if err != nil {
		t.Fatal(err)
	}
	if into != nil {
		if err := yaml.Unmarshal(data, into); err != nil {
			t.Fatal(err)
		}
	}
	return string(data)
}

// fleet plays machines that see one folder, or copies of it.
type fleet struct {
	t   *testing.T
	dir string
	env []string
}

// newFleet makes a folder of small photos in dir, and one scan of all of them.
func newFleet(t *testing.T, photos string) *fleet {
	t.Helper()
	for _, tool := range []string{"sh", "aecheck"} { // testscript.Main has put the program there
		if _, err := exec.LookPath(tool); err != nil || runtime.GOOS == "windows" {
			t.Skip(tool, "is not here:", err)
		}
	}
	f := &fleet{t: t, dir: t.TempDir()}
	for _, pair := range os.Environ() {
		if name, _, _ := strings.Cut(pair, "="); !regexp.MustCompile(`^(AECHECK_|JOB_COMPLETION|SLURM_|CI_|AWS_BATCH_|GITHUB_|LANG$|LC_)`).MatchString(name) {
			f.env = append(f.env, pair)
		}
	}
	f.env = append(f.env, "LANG=en_US.UTF-8", "XDG_CACHE_HOME="+sharedCache)
	if err := os.MkdirAll(filepath.Join(f.dir, photos), 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range 11 {
		img := image.NewGray(image.Rect(0, 0, 24, 24+i))
		img.SetGray(5, 5+i, color.Gray{200})
		var b bytes.Buffer
		if err := jpeg.Encode(&b, img, nil); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(f.dir, photos, fmt.Sprintf("p%d.jpg", i)), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

// run gives the exit code and what was printed, of a command in a folder of the fleet.
func (f *fleet) run(in string, env []string, command ...string) (int, string, string) {
	f.t.Helper()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir, cmd.Env = filepath.Join(f.dir, in), append(slices.Clone(f.env), env...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		f.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), errs.String()
}

// same compares pages, but for the time that they say it is.
func (f *fleet) same(got, want string) {
	f.t.Helper()
	var pages [2]string
	for i, name := range []string{got, want} {
		data, err := os.ReadFile(filepath.Join(f.dir, name))
		if err != nil {
			f.t.Fatal(err)
		}
		pages[i] = regexp.MustCompile(`\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?`).ReplaceAllString(string(data), "then")
	}
	if pages[0] != pages[1] || !strings.Contains(pages[0], "p10.jpg") {
		f.t.Errorf("%s is not %s", got, want)
	}
}

// TestKubernetes runs what the containers of both jobs are told to.
func TestKubernetes(t *testing.T) {
	type job struct {
		Metadata struct{ Name string }
		Spec     struct {
			Completions, Parallelism int
			CompletionMode           string `yaml:"completionMode"`
			Template                 struct {
				Spec struct {
					Containers []struct {
						Image         string
						Args, Command []string
						Env           []struct{ Name, Value string }
						VolumeMounts  []struct {
							MountPath string `yaml:"mountPath"`
							ReadOnly  bool   `yaml:"readOnly"`
						} `yaml:"volumeMounts"`
					}
				}
			}
		}
	}
	var read, merge job
	text := example(t, "kubernetes-read.yaml", &read) + example(t, "kubernetes-merge.yaml", &merge)
	for _, name := range regexp.MustCompile(`job/(aecheck-\w+)`).FindAllStringSubmatch(text, -1) {
		if !slices.Contains([]string{read.Metadata.Name, merge.Metadata.Name}, name[1]) {
			t.Errorf("no job is %s", name[1])
		}
	}
	if read.Spec.CompletionMode != "Indexed" || read.Spec.Completions != 8 || read.Spec.Parallelism != 8 {
		t.Fatalf("%+v", read.Spec)
	}
	f := newFleet(t, "work")
	if err := os.Mkdir(filepath.Join(f.dir, "shared"), 0o755); err != nil {
		t.Fatal(err)
	}
	// The image starts the program in /work; the kubelet puts variables in.
	pod := func(j job, env ...string) {
		t.Helper()
		c := j.Spec.Template.Spec.Containers[0]
		if len(c.Command) > 0 || c.Image != read.Spec.Template.Spec.Containers[0].Image {
			t.Errorf("another program: %s %v", c.Image, c.Command)
		}
		for _, m := range c.VolumeMounts {
			if m.ReadOnly != (m.MountPath == "/work") {
				t.Errorf("%s: read only %t", m.MountPath, m.ReadOnly)
			}
		}
		for _, e := range c.Env {
			env = append(env, e.Name+"="+e.Value)
		}
		args := []string{"aecheck"}
		for _, a := range c.Args {
			for _, pair := range env {
				name, value, _ := strings.Cut(pair, "=")
				a = strings.ReplaceAll(a, "$("+name+")", value)
			}
			args = append(args, strings.ReplaceAll(a, "/shared/", filepath.Join(f.dir, "shared")+"/"))
		}
		if code, _, errs := f.run("work", env, args...); code != 0 || strings.Contains(strings.Join(args, " "), "$(") {
			t.Errorf("%q: exit code %d: %s", args, code, errs)
		}
	}
	for i := range read.Spec.Completions {
		pod(read, "JOB_COMPLETION_INDEX="+strconv.Itoa(i))
	}
	pod(merge)
	if code, _, errs := f.run("work", nil, "aecheck", "scan", ".", "--report", "html=../one.html", "--fail-on", "never", "--cache-dir", "../shared/cache"); code != 0 {
		t.Fatal(errs)
	}
	f.same("shared/report.html", "one.html")
}

// TestSlurm gives the script an sbatch that runs jobs at once.
func TestSlurm(t *testing.T) {
	script, err := filepath.Abs("../../.github/shards/slurm.sh")
	if err != nil {
		t.Fatal(err)
	}
	f := newFleet(t, "clients of mine")
	if err := os.WriteFile(filepath.Join(f.dir, "sbatch"), []byte(`#!/bin/sh
array= cpus=1
while :; do
	case $1 in
	--parsable) shift ;;
	--job-name) shift 2 ;;
	--array=*) array=${1#*=}; shift ;;
	--cpus-per-task=*) cpus=${1#*=}; shift ;;
	--output=*) output=${1#*=}; shift ;;
	--dependency=afterany:77) shift ;;
	--mem=*) shift ;;
	-*) echo "what is $1?" >&2; exit 9 ;;
	*) break ;;
	esac
done
echo '77;here'
[ -n "$array" ] || { "$@" >"$output" 2>&1; echo $? >code; exit 0; }
[ "$array" = 1-8 ] && array=1,2,3,4,5,6,7,8
for i in $(echo "$array" | tr , ' '); do
	[ "$i" = "$KILLED" ] && continue
	SLURM_ARRAY_TASK_ID=$i SLURM_CPUS_PER_TASK=$cpus "$@" >"$(echo "$output" | sed "s/%a/$i/")" 2>&1
done
`), 0o755); err != nil {
		t.Fatal(err)
	}
	path := "PATH=" + f.dir + string(os.PathListSeparator) + os.Getenv("PATH")
	read := func(name string) string {
		data, _ := os.ReadFile(filepath.Join(f.dir, name)) // empty fails the comparison
		return string(data)
	}
	if code, out, errs := f.run(".", []string{path, "KILLED=3"}, "sh", script, "clients of mine", "o"); code != 0 {
		t.Fatal(out, errs)
	}
	if log := read("o/merge.log"); read("code") != "2\n" || !strings.Contains(log, "part 3 of 8 is missing") {
		t.Errorf("merged without the third: %s", log)
	}
	if code, out, errs := f.run(".", []string{path, "KILLED="}, "sh", script, "clients of mine", "o", "3"); code != 0 {
		t.Fatal(out, errs)
	}
	if log := read("o/merge.log"); read("code") == "2\n" {
		t.Errorf("not merged: %s", log)
	}
	_, _, errs := f.run(".", nil, "aecheck", "scan", "clients of mine", "--report", "html=one.html", "--cache-dir", "o/.cache")
	if t.Log(errs); read("one.html") == "" {
		t.Fatal(errs)
	}
	f.same("o/report.html", "one.html")
}

// TestGitHubAndGitLab runs the steps of jobs that share nothing but what they leave.
func TestGitHubAndGitLab(t *testing.T) {
	var hub struct {
		Jobs map[string]struct {
			Strategy struct {
				Matrix struct{ Shard []int }
			}
			Needs string
			Steps []struct {
				Run, Uses string
				With      map[string]any
			}
		}
	}
	var lab map[string]struct {
		Parallel  int
		Needs     []string
		Script    []string
		Artifacts struct{ Paths []string }
	}
	example(t, "github.yml", &hub)
	example(t, "gitlab.yml", &lab)
	type step = func(script string, i, n int) (string, []string)
	for name, c := range map[string]struct {
		parts       int
		read, judge string
		prepare     step
	}{
		"GitHub": {
			len(hub.Jobs["read"].Strategy.Matrix.Shard), runs(hub.Jobs["read"].Steps[3].Run, hub.Jobs["read"].Steps[2].Run), runs(hub.Jobs["judge"].Steps[4].Run, hub.Jobs["judge"].Steps[2].Run),
			func(script string, i, n int) (string, []string) {
				return strings.NewReplacer("${{ matrix.shard }}", strconv.Itoa(i), "${{ strategy.job-total }}", strconv.Itoa(n)).Replace(script), []string{"GITHUB_ACTIONS=true"}
			},
		},
		"GitLab": {
			lab["read photos"].Parallel, strings.Join(lab["read photos"].Script, "\n"), strings.Join(lab["judge photos"].Script, "\n"),
			func(script string, i, n int) (string, []string) {
				return script, []string{"GITLAB_CI=true", fmt.Sprint("CI_NODE_INDEX=", i), fmt.Sprint("CI_NODE_TOTAL=", n)}
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFleet(t, "photos")
			checkout := func(job string) string {
				if err := os.CopyFS(filepath.Join(f.dir, job, "photos"), os.DirFS(filepath.Join(f.dir, "photos"))); err != nil {
					t.Fatal(err)
				}
				return job
			}
			last := checkout("judge")
			for i := 1; i <= c.parts; i++ {
				job := checkout(fmt.Sprint("job ", i))
				script, env := c.prepare(c.read, i, c.parts)
				if code, out, errs := f.run(job, env, "sh", "-ec", script); code != 0 {
					t.Fatalf("%d: %s%s", code, out, errs)
				}
				left := fmt.Sprint(i, ".shard")
				if err := os.Rename(filepath.Join(f.dir, job, left), filepath.Join(f.dir, last, left)); err != nil {
					t.Fatal(err)
				}
			}
			script, env := c.prepare(c.judge, 1, 1)
			code, _, errs := f.run(last, env[:1], "sh", "-ec", script)
			if code != exitFindings {
				t.Errorf("exit code %d: %s", code, errs)
			}
			if code, _, errs := f.run(checkout("one"), nil, "aecheck", "scan", "photos", "--as", "replacement", "--report", "html=report.html"); code != exitFindings {
				t.Fatal(errs)
			}
			f.same("judge/report.html", "one/report.html")
		})
	}
	for _, j := range hub.Jobs {
		for _, s := range j.Steps {
			if s.Uses != "" && !regexp.MustCompile(`@[0-9a-f]{40}$`).MatchString(s.Uses) {
				t.Errorf("%s is not pinned to a commit", s.Uses)
			}
		}
	}
	if hub.Jobs["judge"].Needs != "read" || !slices.Equal(lab["judge photos"].Needs, []string{"read photos"}) || !slices.Equal(lab["read photos"].Artifacts.Paths, []string{"*.shard"}) {
		t.Error("the last job does not get what the others leave")
	}
}

// runs is a step's command, of a job that installs the program by another.
func runs(step, install string) string {
	if install != `go install "$PROGRAM"` {
		return "echo 'not installed: " + install + "'; exit 9"
	}
	return step
}
