// Package web is the local page of a case: what was found, with pictures to look at and
// decisions to click. It serves one desk on this computer alone: bound to 127.0.0.1, for
// whoever has the token of the first address, and nothing outside of the case.
//
// It may import pkg/casefile, pkg/desk, pkg/facts, pkg/format, pkg/i18n, pkg/lang,
// pkg/material, pkg/prefill, pkg/report, pkg/rules, pkg/terminal and pkg/verdict.
package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/aecheck/aecheck/pkg/desk"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/rules"
)

//go:embed assets
var assets embed.FS

const (
	// idle is how long the page may be closed before the program ends, unseen how long
	// nobody may have opened it at all.
	idle   = 90 * time.Second
	unseen = 15 * time.Minute
	// maxForm is the most bytes of what a page sends.
	maxForm = 64 << 10
	// tokenBytes is far beyond guessing.
	tokenBytes = 32
)

// Options of a page.
type Options struct {
	// Wait says that a case is being read: Put gives it. Else, one has to be chosen first.
	Wait bool
	// Open takes a folder or zip file that a person chose, and Folders lists those that
	// may be meant.
	Open    func(ctx context.Context, path string, l lang.Lang) (*desk.Desk, error)
	Folders func() []string
	// Rules give the names of kinds and slots.
	Rules *rules.Set
	// Run runs what a button stands for: first to look (nothing is written), then to do
	// it. It gives what the program says, and whether it went well.
	Run func(ctx context.Context, what string, look bool, l lang.Lang) (said string, ok bool)
	// Say words an error.
	Say     func(error) string
	Lang    lang.Lang
	Version string
	// Clock is the time.
	Clock func() time.Time
	// Idle replaces how long the page may be closed, for tests; 0 for the usual.
	Idle time.Duration
}

// Server is a page being served.
type Server struct {
	options  Options
	token    string
	listener net.Listener
	http     *http.Server
	page     *template.Template

	mu     sync.Mutex // guards what follows
	desk   *desk.Desk
	failed error // why there is none
	lang   lang.Lang
	here   chan struct{} // closed when there is a desk, or an error
	open   int           // pages that listen
	closed time.Time     // when the last of them went; zero before the first came
	done   chan struct{}
	once   sync.Once
}

// New listens on a free port of this computer.
func New(ctx context.Context, o Options) (*Server, error) {
	secret := make([]byte, tokenBytes)
	if _, err := rand.Read(secret); err != nil {
		return nil, err
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	if o.Idle == 0 {
		o.Idle = idle
	}
	s := &Server{options: o, token: hex.EncodeToString(secret), listener: l, lang: o.Lang, done: make(chan struct{}), here: make(chan struct{})}
	if s.page, err = template.New("page").Funcs(funcs()).ParseFS(assets, "assets/*.tmpl"); err != nil {
		return nil, errors.Join(fmt.Errorf("page: %w", err), l.Close())
	}
	s.http = &http.Server{Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	return s, nil
}

// Address is the first address: it carries the token.
func (s *Server) Address() string { return "http://" + s.host() + "/?t=" + s.token }

func (s *Server) host() string { return s.listener.Addr().String() }

// Serve serves until ctx ends or the page was closed for a while.
func (s *Server) Serve(ctx context.Context) error {
	failed := make(chan error, 1)
	go func() { failed <- s.http.Serve(s.listener) }()
	tick := time.NewTicker(min(s.options.Idle/4, time.Second))
	defer tick.Stop()
	start := s.options.Clock()
	for {
		select {
		case err := <-failed:
			return err
		case <-ctx.Done():
			return s.close()
		case <-s.done:
			return s.close()
		case now := <-tick.C:
			s.mu.Lock()
			over := s.open == 0 && (!s.closed.IsZero() && now.Sub(s.closed) > s.options.Idle || s.closed.IsZero() && now.Sub(start) > unseen)
			s.mu.Unlock()
			if over {
				return s.close()
			}
		}
	}
}

// close lets what is being answered end; pages are told that this is the end.
func (s *Server) close() error {
	s.once.Do(func() { close(s.done) })
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if err := s.http.Shutdown(ctx); err != nil {
		return s.http.Close()
	}
	return nil
}

// Put gives the case that was waited for, or says why there is none.
func (s *Server) Put(d *desk.Desk, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.desk == nil && s.failed == nil {
		s.desk, s.failed = d, err
		close(s.here)
	}
}

// current is the desk and the language of the page.
func (s *Server) current() (*desk.Desk, lang.Lang) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.desk, s.lang
}

func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.home)
	mux.HandleFunc("GET /main", s.main)
	mux.HandleFunc("GET /events", s.events)
	mux.HandleFunc("GET /picture", s.picture)
	mux.HandleFunc("POST /do/{what}", s.do)
	// Browsers ask for one by themselves.
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	static, err := fs.Sub(assets, "assets")
	if err == nil {
		mux.Handle("GET /app.css", http.FileServerFS(static))
		mux.Handle("GET /app.js", http.FileServerFS(static))
	}
	return s.guard(mux)
}

// cookie is named after the port: cookies do not tell ports apart.
func (s *Server) cookie() string {
	_, port, _ := net.SplitHostPort(s.host())
	return "aecheck_" + port
}

// guard lets nobody in but the browser that was given the token, from this page.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		// A name that leads to 127.0.0.1 is not ours: DNS can be made to say anything.
		if r.Host != s.host() {
			http.Error(w, "wrong host", http.StatusForbidden)
			return
		}
		origin := "http://" + s.host()
		if o := r.Header.Get("Origin"); o != "" && o != origin || o == "" && r.Method != http.MethodGet {
			http.Error(w, "wrong origin", http.StatusForbidden)
			return
		}
		if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
			http.Error(w, "wrong site", http.StatusForbidden)
			return
		}
		if t := r.URL.Query().Get("t"); t != "" && r.Method == http.MethodGet && r.URL.Path == "/" {
			if !same(t, s.token) {
				http.Error(w, "wrong token", http.StatusForbidden)
				return
			}
			http.SetCookie(w, &http.Cookie{Name: s.cookie(), Value: s.token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
			http.Redirect(w, r, "/", http.StatusSeeOther)
			return
		}
		c, err := r.Cookie(s.cookie())
		if err != nil || !same(c.Value, s.token) {
			http.Error(w, "no token", http.StatusForbidden)
			return
		}
		if r.Method == http.MethodPost {
			r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		}
		next.ServeHTTP(w, r)
	})
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// events tells the page whenever the case was judged again. While it listens the
// program goes on.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.open++
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.open--
		s.closed = s.options.Clock()
		s.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	send := func(event, data string) bool {
		_, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", event, data)
		return err == nil && out.Flush() == nil
	}
	beat := time.NewTicker(15 * time.Second)
	defer beat.Stop()
	d, _ := s.current()
	for d == nil {
		select {
		case <-r.Context().Done():
			return
		case <-s.done:
			send("over", "")
			return
		case <-s.here:
			if d, _ = s.current(); d == nil {
				send("version", "-1") // it could not be opened, which the page says
				<-r.Context().Done()
				return
			}
		case <-beat.C:
			if !send("beat", "") {
				return
			}
		}
	}
	changed, leave := d.Changes()
	defer leave()
	if !send("version", strconv.Itoa(d.State().Version)) {
		return
	}
	for {
		select {
		case <-r.Context().Done():
			return
		case <-s.done:
			send("over", "")
			return
		case <-changed:
			if !send("version", strconv.Itoa(d.State().Version)) {
				return
			}
		case <-beat.C:
			if !send("beat", "") {
				return
			}
		}
	}
}
