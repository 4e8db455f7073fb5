package web

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck"
	"github.com/aecheck/aecheck/pkg/desk"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
)

// served is a page over a small case, and a browser that was let in.
type served struct {
	*Server
	dir    string
	cookie *http.Cookie
	done   chan error
}

func serve(t *testing.T, change func(*Options)) *served {
	t.Helper()
	dir := t.TempDir()
	for from, to := range map[string]string{"replacement/main/m1.jpg": "replacement/main/m1.jpg", "source/IMG_2001.JPG": "source/原图 1.jpg"} {
		data, err := os.ReadFile(filepath.Join("../../testdata/honest", from))
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(dir, filepath.FromSlash(to))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "case.yaml"), []byte("violation: {id: WG20261118000456}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	outside := filepath.Join(t.TempDir(), "secret.jpg")
	if err := os.WriteFile(outside, []byte("\xff\xd8\xff secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	_ = os.Symlink(outside, filepath.Join(dir, "source", "link.jpg")) // where there are links
	set, err := rules.Load(scan.Checks(), rules.Layer{Name: "rules.yaml", Data: aecheck.RulesYAML})
	if err != nil {
		t.Fatal(err)
	}
	s, err := scan.NewSession(set, scan.SessionOptions{NoOCR: true, Keep: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	d, err := desk.Open(t.Context(), s, desk.Options{Scan: scan.Options{FindOptions: scan.FindOptions{Paths: []string{dir}}, JudgeOptions: scan.JudgeOptions{Lang: lang.EN}},
		Clock: func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, lang.Beijing()) }})
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Wait: true, Rules: set, Lang: lang.EN, Clock: time.Now,
		Run: func(_ context.Context, what string, look bool, _ lang.Lang) (string, bool) { return what, look }}
	if change != nil {
		change(&o)
	}
	page, err := New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	out := &served{Server: page, dir: dir, done: make(chan error, 1)}
	go func() { out.done <- page.Serve(ctx) }()
	t.Cleanup(cancel)
	page.Put(d, nil)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Get(page.Address())
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther || len(answer.Cookies()) != 1 {
		t.Fatal(answer.Status)
	}
	out.cookie = answer.Cookies()[0]
	if c := out.cookie; !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Value != page.token {
		t.Fatalf("%+v", c)
	}
	return out
}

// ask sends a request as the page would, changed by what a stranger would do.
func (s *served) ask(t *testing.T, method, target string, form url.Values, change func(*http.Request)) (int, string, http.Header) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://"+s.host()+target, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.AddCookie(s.cookie)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", "http://"+s.host())
	}
	if change != nil {
		change(r)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body), answer.Header
}

// post clicks.
func (s *served) post(t *testing.T, what string, form url.Values) (bool, string) {
	t.Helper()
	code, body, _ := s.ask(t, http.MethodPost, "/do/"+what, form, nil)
	var r result
	if err := json.Unmarshal([]byte(body), &r); err != nil || code != http.StatusOK {
		t.Fatalf("%s: %d %s", what, code, body)
	}
	return r.OK, r.Text
}

// Nobody gets in but the browser with the token, from this page, by this address; and
// nothing is given but files of the case.
func TestStrangers(t *testing.T) {
	s := serve(t, nil)
	for name, c := range map[string]struct {
		method, target string
		change         func(*http.Request)
		want           int
	}{
		"the page":                 {"GET", "/", nil, 200},
		"its part":                 {"GET", "/main", nil, 200},
		"style":                    {"GET", "/app.css", nil, 200},
		"script":                   {"GET", "/app.js", nil, 200},
		"a picture":                {"GET", "/picture?file=replacement/main/m1.jpg", nil, 200},
		"all of it":                {"GET", "/picture?full=1&file=replacement/main/m1.jpg", nil, 200},
		"no cookie":                {"GET", "/", func(r *http.Request) { r.Header.Del("Cookie") }, 403},
		"no cookie, a picture":     {"GET", "/picture?file=replacement/main/m1.jpg", func(r *http.Request) { r.Header.Del("Cookie") }, 403},
		"no cookie, script":        {"GET", "/app.js", func(r *http.Request) { r.Header.Del("Cookie") }, 403},
		"a wrong cookie":           {"GET", "/", func(r *http.Request) { r.Header.Set("Cookie", s.Server.cookie()+"="+strings.Repeat("0", 64)) }, 403},
		"a wrong token":            {"GET", "/?t=" + strings.Repeat("0", 64), func(r *http.Request) { r.Header.Del("Cookie") }, 403},
		"a foreign host":           {"GET", "/", func(r *http.Request) { r.Host = "evil.example:80" }, 403},
		"another port":             {"GET", "/", func(r *http.Request) { r.Host = "127.0.0.1:1" }, 403},
		"localhost":                {"GET", "/", func(r *http.Request) { r.Host = "localhost" }, 403},
		"a foreign host and token": {"GET", "/?t=" + s.token, func(r *http.Request) { r.Host = "evil.example" }, 403},
		"a foreign origin":         {"POST", "/do/undo", func(r *http.Request) { r.Header.Set("Origin", "http://evil.example") }, 403},
		"no origin":                {"POST", "/do/undo", func(r *http.Request) { r.Header.Del("Origin") }, 403},
		"an origin of none":        {"POST", "/do/undo", func(r *http.Request) { r.Header.Set("Origin", "null") }, 403},
		"https of the same":        {"POST", "/do/undo", func(r *http.Request) { r.Header.Set("Origin", "https://"+s.host()) }, 403},
		"from another site":        {"GET", "/main", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		"the wrong way":            {"GET", "/do/undo", nil, 405},
		"dots":                     {"GET", "/picture?full=1&file=../../../../etc/passwd", nil, 404},
		"dots inside":              {"GET", "/picture?full=1&file=source/../case.yaml", nil, 404},
		"what is no material":      {"GET", "/picture?full=1&file=case.yaml", nil, 404},
		"an absolute path":         {"GET", "/picture?full=1&file=/etc/passwd", nil, 404},
		"a drive":                  {"GET", `/picture?full=1&file=C:%5CWindows%5Cwin.ini`, nil, 404},
		"a share":                  {"GET", `/picture?full=1&file=%5C%5Chost%5Cshare%5Ca.jpg`, nil, 404},
		"a link out":               {"GET", "/picture?full=1&file=source/link.jpg", nil, 404},
		"a folder":                 {"GET", "/picture?full=1&file=source", nil, 404},
		"nothing":                  {"GET", "/picture", nil, 404},
		"the program's own files":  {"GET", "/page.tmpl", nil, 404},
		"a path with dots":         {"GET", "/..%2f..%2fetc%2fpasswd", nil, 404},
		"an unknown act":           {"POST", "/do/format", nil, 200},
	} {
		code, body, header := s.ask(t, c.method, c.target, nil, c.change)
		if code != c.want {
			t.Errorf("%s: %d, want %d: %.80s", name, code, c.want, body)
		}
		if strings.Contains(body, "secret") || strings.Contains(body, "root:") {
			t.Errorf("%s: gives what lies outside", name)
		}
		if csp := header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe-eval") || header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", name, header)
		}
	}
}

// What is clicked is done; what is wrong is said in words and changes nothing.
func TestActs(t *testing.T) {
	s := serve(t, nil)
	post := func(what string, form url.Values) (bool, string) { return s.post(t, what, form) }
	yaml := func() string {
		data, err := os.ReadFile(filepath.Join(s.dir, "case.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	before := yaml()
	for what, form := range map[string]url.Values{
		"decide": {"finding": {"0000"}, "by": {"x"}}, "undo": {}, "place": {"file": {"source/原图 1.jpg"}, "kind": {"everything"}},
		"fill": {"case": {"0"}, "key.violation.effective_at": {"soon"}}, "lang": {"lang": {"xx"}}, "open": {"path": {"/"}},
	} {
		if code, body := post(what, form); code || strings.TrimSpace(body) == "" || yaml() != before {
			t.Errorf("%s: %t %q", what, code, body)
		}
	}
	if code, body := post("decide", url.Values{"finding": {"0000"}}); code || !strings.Contains(body, "name") {
		t.Errorf("%t %s", code, body)
	}
	if code, _ := post("place", url.Values{"file": {"source/原图 1.jpg"}, "kind": {"companion"}}); !code || !strings.Contains(yaml(), `kind: companion`) {
		t.Errorf("%t %s", code, yaml())
	}
	if code, _ := post("undo", nil); !code || yaml() != before {
		t.Errorf("%t %s", code, yaml())
	}
	if code, _ := post("fill", url.Values{"case": {"0"}, "key.product.id": {"1005006001234567"}, "key.store.id": {""}}); !code || !strings.Contains(yaml(), `"1005006001234567"`) || strings.Contains(yaml(), "store") {
		t.Errorf("%t %s", code, yaml())
	}
	if code, body := post("run", url.Values{"what": {"pack"}}); !code || body != "pack" {
		t.Errorf("%t %s", code, body)
	}
	if code, _ := post("run", url.Values{"what": {"pack"}, "go": {"yes"}}); code {
		t.Errorf("%t", code)
	}
	if code, _ := post("lang", url.Values{"lang": {"zh"}}); !code {
		t.Errorf("%t", code)
	}
	if _, body, _ := s.ask(t, http.MethodGet, "/", nil, nil); !strings.Contains(body, `lang="zh-CN"`) || !strings.Contains(body, "材料清单") {
		t.Errorf("%.400s", body)
	}
	if code, _ := post("decide", url.Values{"by": {strings.Repeat("x", maxForm)}}); code {
		t.Errorf("%t", code)
	}
	if code, _ := post("quit", nil); !code {
		t.Error(code)
	}
	if err := <-s.done; err != nil {
		t.Error(err)
	}
}

// Every path of a file is data: no name becomes markup.
func TestNames(t *testing.T) {
	s := serve(t, nil)
	name := filepath.Join(s.dir, "source", `x"><img src=x onerror=alert(1)>.jpg`)
	if err := os.WriteFile(name, []byte("no picture"), 0o600); err != nil {
		t.Skip("such names cannot be had here")
	}
	d, _ := s.current()
	if err := d.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, body, _ := s.ask(t, http.MethodGet, "/main", nil, nil); strings.Contains(body, "<img src=x") || !strings.Contains(body, "&lt;img src=x") {
		t.Error("a name became markup")
	}
}

// The page ends when it was closed for a while, and not while it is open.
func TestIdle(t *testing.T) {
	s := serve(t, func(o *Options) { o.Idle = 300 * time.Millisecond })
	ctx, cancel := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.host()+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.AddCookie(s.cookie)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	first := make([]byte, len("event: version\ndata: 1\n\n"))
	if _, err := io.ReadFull(answer.Body, first); err != nil || !strings.Contains(string(first), "data: 1") {
		t.Fatalf("%q %v", first, err)
	}
	select {
	case err := <-s.done:
		t.Fatal("it ends while a page is open", err)
	case <-time.After(time.Second):
	}
	cancel()
	if err := <-s.done; err != nil {
		t.Error(err)
	}
}

// On the first page a folder is chosen; what cannot be opened is said.
func TestChoose(t *testing.T) {
	asked := ""
	o := Options{Lang: lang.ZH, Clock: time.Now, Folders: func() []string { return []string{`C:\案件\<b>`} }, Say: func(err error) string { return "no: " + err.Error() },
		Open: func(_ context.Context, path string, _ lang.Lang) (*desk.Desk, error) {
			asked = path
			return nil, os.ErrNotExist
		}}
	page, err := New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	s := &served{Server: page, cookie: &http.Cookie{Name: page.cookie(), Value: page.token}}
	go page.Serve(t.Context()) // it ends with the test
	if _, body, _ := s.ask(t, http.MethodGet, "/", nil, nil); !strings.Contains(body, "检查哪个文件夹") || !strings.Contains(body, `C:\案件\&lt;b&gt;`) {
		t.Errorf("%.600s", body)
	}
	if code, body := s.post(t, "open", url.Values{"path": {` "C:\case" `}}); code || !strings.HasPrefix(body, "no: ") || asked != `C:\case` {
		t.Errorf("%t %q %q", code, body, asked)
	}
	if code, _ := s.post(t, "undo", nil); code {
		t.Error("done")
	}
}
