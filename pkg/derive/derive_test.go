package derive

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
)

// source is a configuration given as JSON.
type source struct{ params, screenshots, messengers string }

func (s source) Params(path string, into any) error {
	if path != "origin" {
		return errors.New("no group " + path)
	}
	return json.Unmarshal([]byte(s.params), into)
}

func (s source) Catalog(name string, into any) error {
	text := map[string]string{"screenshot_names": s.screenshots, "messenger_names": s.messengers}[name]
	return json.Unmarshal([]byte(text), into)
}

func config(t *testing.T) *Config {
	t.Helper()
	c, err := NewConfig(source{
		params: `{"camera":{"yes":0.7,"no":0.3},"screenshot":{"yes":0.6,"no":0.29},"messenger":{"yes":0.6,"no":0.29},
			"edited":{"yes":0.6,"no":0.19},"ai":{"yes":0.8,"no":0.29}}`,
		screenshots: `["(?i)^screenshot[ _-]\\d{4}", "^(截屏|截图)[ _-]?\\d"]`,
		messengers:  `["(?i)^mmexport\\d{13}"]`,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func set(groups ...string) *facts.Set {
	s := &facts.Set{}
	for _, g := range groups {
		s.SetStatus(g, facts.Status{State: facts.Present})
	}
	return s
}

func TestNewConfigRefusesBrokenPatterns(t *testing.T) {
	if _, err := NewConfig(source{params: `{}`, screenshots: `["("]`, messengers: `[]`}); err == nil {
		t.Error("a broken pattern was accepted")
	}
}

func TestFileNames(t *testing.T) {
	tests := []struct {
		name                  string
		screenshot, messenger string
	}{
		{"Screenshot_20261119-101500.png", "yes", "no"},
		{"截屏2026-02-08 21.02.48.png", "yes", "no"},
		{"mmexport1699999999999.jpg", "no", "yes"},
		{"IMG_2001.JPG", "no", "no"},
		{"screenshot.png", "no", "no"}, // no date: anybody's name
	}
	for _, tt := range tests {
		s := set("origin")
		config(t).Apply(s, Subject{Path: "source/" + tt.name})
		if got := s.Origin.Screenshot.Verdict; got != tt.screenshot {
			t.Errorf("%s: screenshot %s, want %s", tt.name, got, tt.screenshot)
		}
		if got := s.Origin.Messenger.Verdict; got != tt.messenger {
			t.Errorf("%s: messenger %s, want %s", tt.name, got, tt.messenger)
		}
	}
}

func TestThresholds(t *testing.T) {
	for score, want := range map[float64]string{0: "no", 0.3: "no", 0.5: "unclear", 0.7: "yes", 1: "yes"} {
		s := set("origin")
		s.Origin.Camera.Score = score
		config(t).Apply(s, Subject{Path: "a.jpg"})
		if got := s.Origin.Camera.Verdict; got != want {
			t.Errorf("score %v: %s, want %s", score, got, want)
		}
	}
}

func TestNoVerdictWithoutLooking(t *testing.T) {
	s := set()
	config(t).Apply(s, Subject{Path: "Screenshot_20261119-101500.png"})
	if s.Origin.Screenshot.Verdict != "" {
		t.Errorf("verdict %q though nobody looked", s.Origin.Screenshot.Verdict)
	}
}

func TestFormatAndExtension(t *testing.T) {
	tests := []struct {
		name, format string
		want         bool
	}{
		{"a.JPG", "jpeg", true}, {"a.jpeg", "jpeg", true}, {"a.png", "jpeg", false}, {"a", "jpeg", false},
		{"a.heif", "heic", true}, {"a.csv", "text", true}, {"a.txt", "csv", true}, {"a.xyz", "unknown", false},
	}
	for _, tt := range tests {
		s := set()
		s.File.Format = tt.format
		config(t).Apply(s, Subject{Path: "原图/" + tt.name})
		if s.File.FormatMatchesExtension != tt.want {
			t.Errorf("%s with %s content: %v", tt.name, tt.format, !tt.want)
		}
		if s.File.Name != tt.name || s.File.Path != "原图/"+tt.name {
			t.Errorf("name %q path %q", s.File.Name, s.File.Path)
		}
	}
}

func TestWatermarkIsOwnByCase(t *testing.T) {
	tests := []struct {
		store string
		want  string
	}{{"1101234567", "yes"}, {"1101234568", "no"}, {"", "unclear"}}
	for _, tt := range tests {
		s := set("text")
		s.Text.Watermarks = []facts.Watermark{{Text: "AE-1101234567", Form: "ae_id", StoreID: "1101234567"}}
		config(t).Apply(s, Subject{Path: "a.jpg", Case: &casefile.File{Store: casefile.Store{ID: tt.store}}})
		if got := s.Text.Watermarks[0].Own; got != tt.want {
			t.Errorf("store %q: %s, want %s", tt.store, got, tt.want)
		}
	}
}

func TestWatermarkIsAllowedByCase(t *testing.T) {
	brands := casefile.Brands{Declared: []string{"Blue Whale", "©2024 ACME"}, Authorized: []casefile.BrandRight{{Name: "Nike"}}}
	for _, tt := range []struct {
		mark facts.Watermark
		want string
	}{
		{facts.Watermark{Text: "BLUE WHALE", Form: "brand"}, "allowed"},
		{facts.Watermark{Text: "nike", Form: "other"}, "allowed"},
		{facts.Watermark{Text: "©2024 ACME", Form: "copyright"}, "allowed"},
		{facts.Watermark{Text: "© Nike", Form: "copyright"}, "no"},
		{facts.Watermark{Text: "Blue Whale Store", Form: "brand"}, "no"},
		{facts.Watermark{Text: "Adidas", Form: "brand"}, "no"},
		{facts.Watermark{Text: "AE-1101234567", Form: "ae_id", StoreID: "1101234567"}, "no"},
	} {
		s := set("text")
		s.Text.Watermarks = []facts.Watermark{tt.mark}
		config(t).Apply(s, Subject{Path: "a.jpg", Case: &casefile.File{Store: casefile.Store{ID: "99"}, Brands: brands}})
		if got := s.Text.Watermarks[0].Own; got != tt.want {
			t.Errorf("%q: %s, want %s", tt.mark.Text, got, tt.want)
		}
	}
}

func TestOwnShareIsUnderMarksThatMayStay(t *testing.T) {
	share := func(own facts.Watermark) float64 {
		s := set("text", "image")
		s.Image.Width, s.Image.Height, s.Text.OverlayShare = 800, 800, 0.05
		s.Text.Watermarks = []facts.Watermark{own}
		c := config(t)
		for range 2 { // a set from the cache is derived anew
			c.Apply(s, Subject{Path: "a.jpg", Case: &casefile.File{Store: casefile.Store{ID: "1101234567"}}})
		}
		return s.Text.OwnShare
	}
	own := facts.Watermark{Text: "AE-1101234567", Form: "ae_id", StoreID: "1101234567", Box: facts.Box{1, 1, 200, 30}}
	if got := share(own); got != 208.0*32/640000 {
		t.Errorf("own mark: %v", got)
	}
	own.StoreID = "2209876543"
	if got := share(own); got != 0 {
		t.Errorf("another shop's mark: %v", got)
	}
}

func TestBrandsWithARightAreNotWatched(t *testing.T) {
	b := casefile.Brands{Watched: []string{"Nike", "ACME", "Declared"}, Declared: []string{"declared"}, Authorized: []casefile.BrandRight{{Name: "Acme"}}}
	if got := watched(b); !slices.Equal(got, []string{"Nike"}) {
		t.Errorf("watched %v", got)
	}
}

func TestContactsInNamesAndMetadata(t *testing.T) {
	s := set("meta", "exif")
	s.Exif.Artist = "WeChat: bag_8899"
	s.Meta.XMP = map[string]string{"xmp:CreatorTool": "http://ns.adobe.com/xap/1.0/", "dc:rights": "mail a.b@example-shop.com"}
	config(t).Apply(s, Subject{Path: "replacement/加微信abc12345.jpg", Contacts: true})
	bySource := map[string]int{}
	for _, c := range s.Meta.Contacts {
		bySource[c.Source]++
	}
	if bySource["file_name"] != 1 || bySource["metadata"] != 2 {
		t.Errorf("contacts %+v", s.Meta.Contacts)
	}
}

func TestNeedsOfDerivedFacts(t *testing.T) {
	if got := Needs([]string{"meta.contacts"}); !slices.Contains(got, "exif") {
		t.Errorf("Needs = %v", got)
	}
	if got := Needs([]string{"image.width"}); !slices.Equal(got, []string{"image.width"}) {
		t.Errorf("Needs = %v", got)
	}
}
