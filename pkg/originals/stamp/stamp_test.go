package stamp

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/testkit/authority"
)

var (
	day    = time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)
	digest = sha256.Sum256([]byte("an index"))
)

func honest() *authority.Authority { return &authority.Authority{Name: "Made-up time", Time: day} }

func ask(t testing.TB, a *authority.Authority) (*Token, error) {
	t.Helper()
	address, stop := a.Start()
	defer stop()
	return Ask(context.Background(), address, digest)
}

func TestAsk(t *testing.T) {
	got, err := ask(t, honest())
	if err != nil {
		t.Fatal(err)
	}
	if !got.Time.Equal(day) || got.Authority != "Made-up time" || got.Issuer != "Made-up time" || len(got.Fingerprint) != 64 {
		t.Errorf("%+v", got)
	}
	// It is checked later without asking anybody.
	again, err := Check(got.DER, digest)
	if err != nil || again.Fingerprint != got.Fingerprint || !again.Time.Equal(got.Time) {
		t.Errorf("%+v %v", again, err)
	}
	if _, err := Check(got.DER, sha256.Sum256([]byte("another"))); !errors.Is(err, ErrInvalid) {
		t.Error("it holds for another digest:", err)
	}
}

func TestAskRefuses(t *testing.T) {
	say := func(kind, text string, code int) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(code)
			_, _ = w.Write([]byte(text))
		}
	}
	for _, tt := range []struct {
		name   string
		change func(*authority.Authority)
		want   error
	}{
		{"another purpose", func(a *authority.Authority) { a.NoPurpose = true }, ErrInvalid},
		{"not valid yet", func(a *authority.Authority) { a.Early = true }, ErrInvalid},
		{"no certificate", func(a *authority.Authority) { a.NoCert = true }, ErrInvalid},
		{"another request", func(a *authority.Authority) { a.OtherNonce = true }, ErrInvalid},
		{"another digest", func(a *authority.Authority) { a.Change = func(d []byte) { d[0]++ } }, ErrInvalid},
		{"no", func(a *authority.Authority) { a.Refuse = true }, ErrRefused},
		{"an error", func(a *authority.Authority) { a.Answer = say("text/plain", "down", 503) }, ErrRefused},
		{"a page", func(a *authority.Authority) { a.Answer = say("text/html", "<p>Log in</p>", 200) }, ErrRefused},
		{"nonsense", func(a *authority.Authority) { a.Answer = say("application/timestamp-reply", "0\x80", 200) }, ErrRefused},
		{"too much", func(a *authority.Authority) {
			a.Answer = say("application/timestamp-reply", strings.Repeat("0", most+1), 200)
		}, ErrRefused},
	} {
		a := honest()
		tt.change(a)
		if got, err := ask(t, a); !errors.Is(err, tt.want) {
			t.Errorf("%s: %t, %v", tt.name, got != nil, err)
		}
	}
	for _, address := range []string{"", "timestamp.example", "file:///etc/passwd", "ftp://a.example", "http://"} {
		if _, err := Ask(context.Background(), address, digest); !errors.Is(err, ErrAddress) {
			t.Errorf("%q: %v", address, err)
		}
	}
	address, stop := honest().Start()
	stop()
	if _, err := Ask(context.Background(), address, digest); !errors.Is(err, ErrNetwork) {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Ask(ctx, address, digest); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestCheckChanged changes bytes of a token: where that is accepted, it says the same.
func TestCheckChanged(t *testing.T) {
	got, err := ask(t, honest())
	if err != nil {
		t.Fatal(err)
	}
	for i := range got.DER {
		changed := bytes.Clone(got.DER)
		changed[i] ^= 0x10
		if c, err := Check(changed, digest); err == nil && (!c.Time.Equal(got.Time) || c.Fingerprint != got.Fingerprint) {
			t.Errorf("byte %d: %s %s", i, c.Time, c.Authority)
		}
	}
}

// FuzzCheck: what is not a timestamp ends in an error.
func FuzzCheck(f *testing.F) {
	got, err := ask(f, honest())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(got.DER)
	f.Add([]byte("0\x80\x00\x00"))
	f.Fuzz(func(t *testing.T, der []byte) {
		if c, err := Check(der, digest); err == nil && !c.Time.Equal(day) {
			t.Errorf("a time that nobody signed: %v", c)
		}
		if _, _, err := reply(der); err == nil && len(der) == 0 {
			t.Error("an answer of nothing")
		}
	})
}
