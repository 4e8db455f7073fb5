package material

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/aecheck/aecheck/pkg/config"
)

func TestWalkReadsCaseFiles(t *testing.T) {
	dir := lay(t, map[string]string{
		"good/case.yml":    "images: [{file: odd.jpg, slot: detail}]\nletters: [{id: A, file: a.pdf}, {id: L, file: l.pdf, type: ai_licence}]\nupload_log: {file: log.xlsx}\n",
		"good/odd.jpg":     "x",
		"good/a.pdf":       "x",
		"good/l.pdf":       "x",
		"good/log.xlsx":    "x",
		"bad/case.yaml":    "images: [{file: ../gone.jpg}]\n",
		"bad/notice/n.png": "x",
		"both/case.yaml":   "store: {id: 1234567}\n",
		"both/case.yml":    "store: {id: 7654321}\n",
		"z/Case.yaml.TXT":  "store: {id: 1112223}\n",
	})
	cases, _, err := Walk(context.Background(), []string{dir}, testOptions())
	errs := config.All(err)
	if len(errs) != 1 || errs[0].File != "bad/case.yaml" || errs[0].Line != 1 {
		t.Fatalf("error %v", err)
	}
	want := `case bad
  notice/n.png notice/ folder
case both
  ! two_case_files case.yml
case good
  a.pdf authorization/ case_file
  l.pdf ai_licence/ case_file
  log.xlsx upload_log/ case_file
  odd.jpg replacement/detail case_file
case z
`
	if got := shape(cases, nil); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if cases[0].Err == nil || cases[0].File != nil || cases[1].File.Store.ID != "1234567" || cases[2].FileName != "case.yml" || cases[3].File.Store.ID != "1112223" {
		t.Errorf("case files: %+v", cases)
	}
}

func TestWalkRefusesCaseFileOutside(t *testing.T) {
	other := lay(t, map[string]string{"case.yaml": "store: {id: 1234567}\n"})
	dir := names(t, "notice/n.png")
	if err := os.Symlink(filepath.Join(other, "case.yaml"), filepath.Join(dir, "case.yaml")); err != nil {
		t.Skip("no links here:", err)
	}
	cases, _, err := Walk(context.Background(), []string{dir}, testOptions())
	if err == nil || cases[0].File != nil || !errors.Is(err, cases[0].Err) {
		t.Errorf("a case.yaml outside the folder was read: %+v, %v", cases[0].File, err)
	}
}
