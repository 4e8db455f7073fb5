package text

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// failOverlay and sureContact are the defaults of rules.yaml: a mark fails a
// listing picture from this overlay likelihood on (params.text.overlay and
// watermark), and a contact detail is told from this confidence on (possible).
const (
	failOverlay = 0.7
	sureContact = 0.5
)

// photoMarks are marks that some of the camera photos bear themselves, ©bep.is and
// the maker of a trail camera, and photoPrints the addresses printed on things in
// others. It is right to find them, the latter for review.
var (
	photoMarks  = regexp.MustCompile(`bep\.is|^RECONYX$`)
	photoPrints = []string{"saleor.io", "materiel.net"}
)

// tally counts one sort of thing over a half of the set.
type tally struct {
	wanted, found, extra int // truths, truths found, findings that are none
	failing              int // found with an overlay likelihood of failOverlay or more
	form                 int // found with the right form or kind
}

func (t tally) recall() float64    { return float64(t.found) / float64(max(1, t.wanted)) }
func (t tally) precision() float64 { return float64(t.found) / float64(max(1, t.found+t.extra)) }

// score holds the tallies of a half and what went wrong.
type score struct {
	pictures           int
	watermark, contact tally
	promotion, label   tally
	printFails         int // print on products held to be overlaid: must not fail a listing
	wrong              []string
}

// judgeMade compares the facts of one made picture with what it holds.
func (s *score) judgeMade(m made, t facts.Text) {
	s.pictures++
	tr := m.truths[0]
	note := func(format string, args ...any) {
		s.wrong = append(s.wrong, m.name+": "+fmt.Sprintf(format, args...))
	}
	on := func(b [4]int) bool {
		for _, x := range tr.boxes {
			if touch(x, b) {
				return true
			}
		}
		return false
	}
	isMark, isContact := tr.class == "watermark", tr.class == "contact"
	var mark *facts.Watermark
	for i, w := range t.Watermarks {
		switch {
		case photoMarks.MatchString(w.Text):
		case tr.class == "plain" && w.Form == "other" && on(w.Box) && !strings.ContainsFunc(tr.text, unicode.IsDigit):
			// "Solid Oak" laid over a picture is the name of a shop for all that
			// can be seen.
		case isMark && on(w.Box):
			if mark == nil || w.Form == tr.kind {
				mark = &t.Watermarks[i]
			}
		case isContact && on(w.Box) && w.Form == "site":
		default:
			s.watermark.extra++
			note("no watermark: %q %s %.2f (%s)", w.Text, w.Form, w.Confidence, w.Features)
			if tr.class == "print" && w.Confidence >= failOverlay {
				s.printFails++
			}
		}
	}
	if isMark {
		s.watermark.wanted++
		if mark == nil {
			note("watermark missed; read %s", describe(t))
		} else {
			s.watermark.found++
			if mark.Confidence >= failOverlay {
				s.watermark.failing++
			}
			if mark.Form == tr.kind {
				s.watermark.form++
			} else {
				note("watermark form %s, want %s: %q", mark.Form, tr.kind, mark.Text)
			}
		}
	}
	var hit *facts.Contact
	for i, c := range t.Contacts {
		if c.Confidence < sureContact {
			continue
		}
		switch {
		case isContact && on(c.Box):
			if hit == nil || c.Kind == tr.kind && (hit.Kind != tr.kind || c.Overlay > hit.Overlay) {
				hit = &t.Contacts[i]
			}
		case isMark && tr.kind == "site" && on(c.Box):
		case slices.Contains(photoPrints, c.Value) && c.Overlay < failOverlay:
		case tr.class == "print" && tr.kind == "contact" && on(c.Box):
			if c.Overlay >= failOverlay {
				s.printFails++
				note("print held to be overlaid: %q %.2f", c.Text, c.Overlay)
			}
		default:
			s.contact.extra++
			note("no contact: %s %q in %q", c.Kind, c.Value, c.Text)
		}
	}
	if isContact {
		s.contact.wanted++
		if hit == nil {
			note("contact missed; read %s", describe(t))
		} else {
			s.contact.found++
			if hit.Overlay >= failOverlay {
				s.contact.failing++
			} else {
				note("contact only for review: overlay %.2f, %s", hit.Overlay, describe(t))
			}
			if hit.Kind == tr.kind {
				s.contact.form++
			} else {
				note("contact kind %s, want %s", hit.Kind, tr.kind)
			}
		}
	}
	count := func(x *tally, class string, found int) {
		if tr.class == class {
			x.wanted++
			if found > 0 {
				x.found++
			} else {
				note("%s missed; read %s", class, describe(t))
			}
		} else if found > 0 {
			x.extra += found
			note("no %s", class)
		}
	}
	count(&s.promotion, "promotion", len(t.Promotions))
	count(&s.label, "label", len(t.AILabels))
}

func describe(t facts.Text) string {
	out := ""
	for _, l := range t.Lines {
		out += fmt.Sprintf("[%s c%.2f o%.2f %s] ", l.Text, l.Confidence, l.Overlay, l.Corner)
	}
	return out
}

// touch reports whether two boxes share at least a third of the smaller one.
func touch(a, b [4]int) bool {
	w := min(a[0]+a[2], b[0]+b[2]) - max(a[0], b[0])
	h := min(a[1]+a[3], b[1]+b[3]) - max(a[1], b[1])
	return w > 0 && h > 0 && 3*w*h >= min(a[2]*a[3], b[2]*b[3])
}

func table(t *testing.T, halves map[string]*score) {
	names := make([]string, 0, len(halves))
	for n := range halves {
		names = append(names, n)
	}
	sort.Strings(names)
	t.Logf("%-6s %-10s %8s %7s %6s %6s %8s %10s %6s", "half", "what", "pictures", "wanted", "found", "extra", "recall", "precision", "fails")
	for _, n := range names {
		s := halves[n]
		for _, row := range []struct {
			what string
			tally
		}{{"watermark", s.watermark}, {"contact", s.contact}, {"promotion", s.promotion}, {"ai label", s.label}} {
			t.Logf("%-6s %-10s %8d %7d %6d %6d %7.1f%% %9.1f%% %6d", n, row.what, s.pictures, row.wanted, row.found, row.extra, 100*row.recall(), 100*row.precision(), row.failing)
		}
		t.Logf("%-6s right form: %d of %d watermarks, right kind: %d of %d contacts; print that would fail: %d",
			n, s.watermark.form, s.watermark.found, s.contact.form, s.contact.found, s.printFails)
	}
}

// TestAccuracyMadeSet runs the whole made set on the photos of the open data set
// and prints its five parts; 0.95 is the goal of every recall and precision, below
// the floor of its part the test fails. AECHECK_HALF=tune,held leaves the others out.
func TestAccuracyMadeSet(t *testing.T) {
	photos := openPhotos(t, 1200)
	set, err := makeSet(photos, drawn(30, 700), true)
	if err != nil {
		t.Fatal(err)
	}
	only := os.Getenv("AECHECK_HALF")
	for part, build := range map[string]func(testing.TB) []made{"wide": makeWide, "fresh": makeFresh, "unseen": makeUnseen} {
		if only == "" || strings.Contains(only, part) {
			set = append(set, build(t)...)
		}
	}
	halves := runMade(t, set, only)
	for _, s := range halves {
		for _, w := range s.wrong {
			t.Log(w)
		}
	}
	table(t, halves)
	// A little below what was reached; the goal of every part is 0.95.
	floors := map[string]float64{"tune": 0.93, "held": 0.94, "wide": 0.93, "fresh": 0.80, "unseen": 0.93}
	for part, s := range halves {
		wantAtLeast(t, map[string]*score{part: s}, floors[part])
	}
}

// wantAtLeast fails the test below a recall or precision, and on print that
// would fail a listing.
func wantAtLeast(t *testing.T, halves map[string]*score, least float64) {
	t.Helper()
	for half, s := range halves {
		for what, x := range map[string]tally{"watermark": s.watermark, "contact": s.contact} {
			if x.recall() < least || x.precision() < least {
				t.Errorf("%s, %s: recall %.3f, precision %.3f, want at least %.2f", half, what, x.recall(), x.precision(), least)
			}
		}
		if s.printFails > 0 {
			t.Errorf("%s: %d prints on products would fail a listing", half, s.printFails)
		}
	}
}

// TestMadeSetSmall runs a tenth of the set on photos of our own.
func TestMadeSetSmall(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	set, err := makeSet(drawn(6, 480), drawn(6, 480), false)
	if err != nil {
		t.Fatal(err)
	}
	var half []made
	for i, m := range set {
		if i%2 == 0 {
			half = append(half, m)
		}
	}
	halves := runMade(t, half, "")
	table(t, halves)
	for _, s := range halves {
		for _, w := range s.wrong {
			t.Log(w)
		}
	}
	wantAtLeast(t, halves, 0.75) // five of each: one miss is a fifth
}

// TestAccuracyOpen lists what is said of the pictures in the folders watermarked,
// ocr, product-white and product-other of the open data set, for reading; and what
// a picture costs. In photos of products without marks nothing may fail.
func TestAccuracyOpen(t *testing.T) {
	opendata.Dir(t) // no reader is loaded without the set
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	e, err := New(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"watermarked", "ocr", "product-white", "product-other"} {
		n, marked, contact := 0, 0, 0
		var spent time.Duration
		for _, p := range opendata.Files(t, dir+"/*") {
			pic := openPicture(t, p, e.Detail())
			if pic == nil {
				t.Logf("%s: not decoded", p)
				continue
			}
			start := time.Now()
			text, err := e.Read(context.Background(), pic)
			if err != nil {
				t.Fatal(err)
			}
			spent += time.Since(start)
			n++
			if len(text.Watermarks) > 0 {
				marked++
			}
			if len(text.Contacts) > 0 {
				contact++
			}
			product := strings.HasPrefix(dir, "product")
			if product && len(text.Watermarks)+len(text.Contacts)+len(text.Promotions)+len(text.AILabels) == 0 {
				continue
			}
			t.Logf("%s/%s: %s", dir, filepath.Base(p), describe(text))
			for _, w := range text.Watermarks {
				t.Logf("    watermark %s %q %.2f (%s)", w.Form, w.Text, w.Confidence, w.Features)
			}
			for _, c := range text.Contacts {
				t.Logf("    contact %s %q %.2f overlay %.2f", c.Kind, c.Value, c.Confidence, c.Overlay)
			}
			for _, h := range text.Promotions {
				t.Logf("    promotion %s %q overlay %.2f", h.Value, h.Text, h.Overlay)
			}
			for _, l := range text.AILabels {
				t.Logf("    AI label %s %q", l.Form, l.Text)
			}
		}
		t.Logf("%s: %d pictures, %d with watermarks, %d with contacts, %.0f ms each", dir, n, marked, contact, float64(spent.Milliseconds())/float64(max(1, n)))
	}
}

func runMade(t *testing.T, set []made, only string) map[string]*score {
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	e, err := New(r)
	if err != nil {
		t.Fatal(err)
	}
	halves := map[string]*score{}
	for _, m := range set {
		if only != "" && !strings.Contains(only, m.half) {
			continue
		}
		text, err := e.Read(context.Background(), m.pic)
		if err != nil {
			t.Fatal(err)
		}
		if halves[m.half] == nil {
			halves[m.half] = &score{}
		}
		halves[m.half].judgeMade(m, text)
	}
	return halves
}
