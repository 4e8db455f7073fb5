package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/terminal"
)

func quietApp(l lang.Lang) *app {
	a := &app{Env: Env{Streams: terminal.Streams{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard}, Getenv: func(string) string { return "" }}, languages: []lang.Lang{lang.ZH, lang.EN}}
	a.setLang(l)
	return a
}

// A zip file is unpacked beside itself, whole or not at all, with the names that were
// meant; a second time what is there is used.
func TestFolderOf(t *testing.T) {
	a := quietApp(lang.EN)
	set, err := a.loadRules()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	pack := func(name string, files map[string]string) string {
		var buf bytes.Buffer
		w := zip.NewWriter(&buf)
		for path, content := range files {
			gbk, err := simplifiedchinese.GBK.NewEncoder().String(path)
			if err != nil {
				t.Fatal(err)
			}
			f, err := w.CreateHeader(&zip.FileHeader{Name: gbk, NonUTF8: true, Method: zip.Deflate})
			if err == nil {
				_, err = io.WriteString(f, content)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, buf.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	name := pack("案件.zip", map[string]string{"原图/正面.jpg": "one", "case.yaml": "violation: {id: X1}\n", "__MACOSX/x": "", "../../out.txt": "out"})
	got, err := a.folderOf(t.Context(), name, set)
	if err != nil || got != filepath.Join(dir, "案件") {
		t.Fatal(got, err)
	}
	if data, err := os.ReadFile(filepath.Join(got, "原图", "正面.jpg")); err != nil || string(data) != "one" {
		found, _ := filepath.Glob(filepath.Join(got, "*", "*"))
		t.Errorf("%q %v %q", data, err, found)
	}
	if _, err := os.Stat(filepath.Join(got, "__MACOSX")); err == nil {
		t.Error("what a system put beside it is there")
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(dir), "out.txt")); err == nil {
		t.Error("it leads out")
	}
	if err := os.WriteFile(filepath.Join(got, "case.yaml"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if again, err := a.folderOf(t.Context(), name, set); err != nil || again != got {
		t.Error(again, err)
	}
	if data, err := os.ReadFile(filepath.Join(got, "case.yaml")); err != nil || string(data) != "mine" {
		t.Error("what was there is gone", err)
	}
	broken := filepath.Join(dir, "broken.zip")
	if err := os.WriteFile(broken, []byte("PK no zip"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.folderOf(t.Context(), broken, set); err == nil {
		t.Error("a broken zip file opens")
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 3 {
		t.Errorf("%v %v", entries, err) // two zip files and one folder
	}
	var usage usageError
	if _, err := a.folderOf(t.Context(), filepath.Join(got, "case.yaml"), set); !errors.As(err, &usage) {
		t.Error(err)
	}
	if _, err := a.folderOf(t.Context(), filepath.Join(dir, "none"), set); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// safe is a writer that may be read meanwhile.
type safe struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (s *safe) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.Write(p)
}

func (s *safe) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String()
}

// The whole way of `open`: the address is printed, the page comes with what was found,
// buttons run commands, and an interrupt ends it.
func TestOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "案件")
	for from, to := range map[string]string{"case.yaml": "case.yaml", "replacement/main/m1.jpg": "replacement/main/m1.jpg"} {
		data, err := os.ReadFile(filepath.Join("../../testdata/honest", from))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, to)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, to), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var out safe
	done := make(chan int, 1)
	go func() {
		done <- Main(ctx, []string{"open", dir, "--no-browser", "--no-ocr", "--no-cache", "--lang=zh", "--now=2026-11-23T10:00:00+08:00"},
			Env{Streams: terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &out}, Getenv: func(string) string { return "" }})
	}()
	address := ""
	for range 300 {
		if address = regexp.MustCompile(`http://\S+/\?t=[0-9a-f]{64}`).FindString(out.String()); address != "" {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if address == "" {
		t.Fatal(out.String())
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	get := func(url string) string {
		answer, err := client.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	get(address)
	base, _, _ := strings.Cut(address, "?")
	page := ""
	for range 600 {
		if page = get(base + "main"); strings.Contains(page, "材料清单") {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if !strings.Contains(page, "案件") || !strings.Contains(page, "缺少") {
		t.Errorf("%.800s", page)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"do/run", strings.NewReader("what=statement"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", strings.TrimSuffix(base, "/"))
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	if err != nil || !strings.Contains(string(body), `"ok":true`) || !strings.Contains(string(body), i18n.For(lang.ZH).Looking.WillStatement[:12]) {
		t.Errorf("%s %v", body, err)
	}
	if entries, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(entries) != 1 {
		t.Errorf("looking writes something: %v %v", entries, err)
	}
	cancel()
	if code := <-done; code != exitOK && code != exitInterrupted {
		t.Error(code, out.String())
	}
}
