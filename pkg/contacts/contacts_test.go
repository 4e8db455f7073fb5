package contacts

import (
	"strings"
	"testing"
)

func detector(t testing.TB) *Detector {
	t.Helper()
	d, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestExamples runs the examples written beside each pattern.
func TestExamples(t *testing.T) {
	d := detector(t)
	tab, err := load(patternsYAML)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range tab.Patterns {
		t.Run(e.Name, func(t *testing.T) {
			if len(e.Positive) == 0 {
				t.Error("no positive example")
			}
			for text, want := range e.Positive {
				found := d.Find(text, Image)
				ok := false
				for _, m := range found {
					ok = ok || m.Kind == e.Kind && m.Value == want
				}
				if !ok {
					t.Errorf("%q: want %s %q, got %+v", text, e.Kind, want, found)
				}
				if !d.patternFinds(e.Name, text, want) {
					t.Errorf("%q: another pattern finds it, not this one", text)
				}
			}
			for _, text := range e.Negative {
				for _, m := range d.Find(text, Image) {
					if m.Kind == e.Kind {
						t.Errorf("%q: found %+v", text, m)
					}
				}
			}
		})
	}
	for _, text := range tab.Nothing {
		for _, src := range []Source{Image, Code, Metadata, FileName} {
			if found := d.Find(text, src); len(found) > 0 {
				t.Errorf("%q (%s): found %+v", text, src, found)
			}
		}
	}
}

// TestNone checks that what is no contact detail is taken out, and nothing else.
func TestNone(t *testing.T) {
	d := detector(t)
	if len(d.none) == 0 {
		t.Fatal("the list is empty")
	}
	for _, n := range d.none {
		src := n.Only
		if src == "" {
			src = Image
		}
		one := &Detector{none: []none{n}}
		if len(n.Hidden) == 0 || len(n.Kept) == 0 {
			t.Errorf("%s: examples of both sorts are needed", n.Name)
		}
		for _, text := range n.Hidden {
			if v := normalise(text); one.without(v, src).text == v.text {
				t.Errorf("%s: %q is kept", n.Name, text)
			}
			if found := d.Find(text, src); len(found) > 0 {
				t.Errorf("%s: %q: found %+v", n.Name, text, found)
			}
		}
		for _, text := range n.Kept {
			if v := normalise(text); one.without(v, src).text != v.text {
				t.Errorf("%s: %q is taken out", n.Name, text)
			}
			if found := d.Find(text, src); len(found) == 0 {
				t.Errorf("%s: %q: nothing found", n.Name, text)
			}
		}
	}
}

// patternFinds reports whether the named pattern alone gives the value.
func (d *Detector) patternFinds(name, text, want string) bool {
	for i := range d.patterns {
		if d.patterns[i].Name == name {
			one := &Detector{patterns: d.patterns[i : i+1], marketplace: d.marketplace, metadata: d.metadata, tlds: d.tlds, weak: d.weak}
			for _, m := range one.Find(text, Image) {
				if m.Value == want {
					return true
				}
			}
		}
	}
	return false
}

func TestFind(t *testing.T) {
	d := detector(t)
	tests := []struct {
		name, text string
		src        Source
		want       string // kind=value, space separated
	}{
		{"several", "TEL:13800138000 QQ:123456789 www.shop.com", Image, "phone=13800138000 qq=123456789 domain=www.shop.com"},
		{"two numbers", "13800138000 13900139000", Image, "phone=13800138000 phone=13900139000"},
		{"address with everything", "Sean Owen srowen@google.com 917-364-2918 http://awesome-thoughts.com", Code, "email=srowen@google.com phone=9173642918 url=http://awesome-thoughts.com"},
		{"e-mail hides its domain", "mail: a.b@shop.com", Image, "email=a.b@shop.com"},
		{"zero width", "138\u200b0013\u200b8000", Image, "phone=13800138000"},
		{"misread, in a picture", "Te/+1(626)555:0148", Image, "phone=+16265550148"},
		{"misread, elsewhere", "Te/+1(626)555:0148", Metadata, ""},
		{"a handle, in a picture", "@luckytrade", Image, "social=luckytrade"},
		{"a handle, elsewhere", "@luckytrade", Metadata, ""},
		{"Russian stays Russian", "Модель тонкая, размер 42", Image, ""},
		{"namespace in metadata", "http://ns.adobe.com/xap/1.0/ http://www.w3.org/1999/02/22-rdf-syntax-ns#", Metadata, ""},
		{"namespace host in a picture", "www.adobe.com", Image, "domain=www.adobe.com"},
		{"shop in metadata", "Copyright www.lucky-trade.com", Metadata, "domain=www.lucky-trade.com"},
		{"file name", "加微信abc12345.jpg", FileName, "wechat=abc12345"},
		{"phone as file name", "13800138000.jpg", FileName, "phone=13800138000"},
		{"marketplace and foreign", "https://www.aliexpress.com/store/1 https://shop.taobao.com/x", Image, "url=https://shop.taobao.com/x"},
		{"look-alike of the marketplace", "www.aliexpress.com.shop-deals.ru", Image, "domain=www.aliexpress.com.shop-deals.ru"},
		{"not the marketplace", "myaliexpress.com", Image, "domain=myaliexpress.com"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, m := range d.Find(tt.text, tt.src) {
				got = append(got, m.Kind+"="+m.Value)
				if m.Confidence <= 0 || m.Confidence > 1 || m.Pattern == "" {
					t.Errorf("%+v: confidence or pattern missing", m)
				}
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("got %q, want %q", s, tt.want)
			}
		})
	}
}

// TestPositions checks that Text is what stands at Start..End of the original.
func TestPositions(t *testing.T) {
	d := detector(t)
	s := "请加Ｖ信：ａｂｃ１２３４５ 或 1\u200b3800138000 谢谢"
	found := d.Find(s, Image)
	if len(found) != 2 {
		t.Fatalf("found %+v", found)
	}
	for _, m := range found {
		if s[m.Start:m.End] != m.Text {
			t.Errorf("%q is not %q", s[m.Start:m.End], m.Text)
		}
	}
	if found[1].Text != "1\u200b3800138000" {
		t.Errorf("text %q", found[1].Text)
	}
}

// TestDisguiseCostsConfidence: what was hidden is less sure.
func TestDisguiseCostsConfidence(t *testing.T) {
	d := detector(t)
	plain, hidden := d.Find("13800138000", Image), d.Find("一三八零零一三八零零零", Image)
	if len(plain) != 1 || len(hidden) != 1 || hidden[0].Confidence >= plain[0].Confidence {
		t.Errorf("plain %+v, hidden %+v", plain, hidden)
	}
}

// TestHostileText: long text full of near misses ends; the bounds keep it
// linear. What does not end, the time limit of all tests ends.
func TestHostileText(t *testing.T) {
	d := detector(t)
	for _, s := range []string{
		strings.Repeat("1", 1<<20), strings.Repeat("138001380001 ", 1<<14), strings.Repeat("a.", 1<<18),
		strings.Repeat("微信", 1<<16), strings.Repeat("1 3 8 0 ", 1<<15), strings.Repeat("x@", 1<<16),
		strings.Repeat("\xff", 1<<16), strings.Repeat("+1 ", 1<<16),
	} {
		d.Find(s, Image)
	}
}

func TestMarketplace(t *testing.T) {
	d := detector(t)
	for host, want := range map[string]bool{
		"www.aliexpress.com": true, "ae01.alicdn.com": true, "aliexpress.com.evil.ru": false, "evil-aliexpress.com": false, "": false,
	} {
		if got := d.Marketplace(host); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
}

func FuzzFind(f *testing.F) {
	d := detector(f)
	tab, err := load(patternsYAML)
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range tab.Patterns {
		for text := range e.Positive {
			f.Add(text)
		}
	}
	f.Add("\xff\xfe")
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, m := range d.Find(s, Metadata) {
			if m.Start < last || m.End < m.Start || m.End > len(s) {
				t.Fatalf("%+v out of order or bounds", m)
			}
			last = m.End
			if m.Confidence <= 0 || m.Confidence > 1 {
				t.Fatalf("%+v", m)
			}
		}
	})
}
