package material

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNameOf(t *testing.T) {
	tests := []struct{ raw, shown, guess string }{
		{"原图.jpg", "原图.jpg", ""},
		{"Größenübersicht über Äpfel.jpg", "Größenübersicht über Äpfel.jpg", ""},
		{"créée à l'été.jpg", "créée à l'été.jpg", ""},
		{"каталог.jpg", "каталог.jpg", ""},
		{"Ελληνικά.jpg", "Ελληνικά.jpg", ""},
		{"\xcc\xe6\xbb\xbb\xcd\xbc.jpg", `\xcc` + "\u6efb\u037c.jpg", "替换图.jpg"},
		{"\xd4\xad\xcd\xbc.jpg", "\u052d\u037c.jpg", "原图.jpg"}, // GBK that happens to be UTF-8
		{"\xff.jpg", `\xff.jpg`, ""},
		{"σÄƒσ¢╛.jpg", "σÄƒσ¢╛.jpg", "原图.jpg"},                                     // UTF-8 read as code page 437
		{"│╨┼╡╩Θ.pdf", "│╨┼╡╩Θ.pdf", "承诺书.pdf"},                                    // GBK read as code page 437
		{"\u00d4\u00ad\u00cd\u00bc.jpg", "\u00d4\u00ad\u00cd\u00bc.jpg", "原图.jpg"}, // GBK read as Latin-1
		// UTF-8 read as GBK; of three characters a byte is left over.
		{"鍘熷浘", "鍘熷浘", "原图"},
		{"01_涓诲浘.jpg", "01_涓诲浘.jpg", "01_主图.jpg"},
		{"鏇挎崲鍥?", "鏇挎崲鍥?", "替换图"},
		{"鏇挎崲鍥_", "鏇挎崲鍥_", "替换图"},
		{"鎺堟潈涔?.pdf", "鎺堟潈涔?.pdf", "授权书.pdf"},
		{"鎵胯\ue1ef涔?.pdf", "鎵胯\ue1ef涔?.pdf", "承诺书.pdf"}, // with a user-defined character
		{"姝ｉ潰.jpg", "姝ｉ潰.jpg", "正面.jpg"},
		{"鏍峰搧.JPG", "鏍峰搧.JPG", "样品.JPG"},
		// The rarer ways.
		{"\xad\xec\xb9\xcf.jpg", `\xad\xec\xb9\xcf.jpg`, "原圖.jpg"}, // Big5
		{"\xb8\xd4\xb1\xa1", `\xb8` + "\u0531" + `\xa1`, "詳情"},     // common in GBK, too
		{"蠢传瓜.jpg", "蠢传瓜.jpg", ""},                                 // 替換圖 in Big5, read as GBK: common characters, cannot be told
		{"%E5%8E%9F%E5%9B%BE.jpg", "%E5%8E%9F%E5%9B%BE.jpg", "原图.jpg"},
		{"%D4%AD%CD%BC", "%D4%AD%CD%BC", "原图"},
		{"#U539f#U56fe.jpg", "#U539f#U56fe.jpg", "原图.jpg"},
		{"å\u008e\u009få\u009b¾.jpg", "å\u008e\u009få\u009b¾.jpg", "原图.jpg"},
		{"Ã¥Â\u008eÂ\u009fÃ¥Â\u009bÂ¾.jpg", "Ã¥Â\u008eÂ\u009fÃ¥Â\u009bÂ¾.jpg", "原图.jpg"}, // twice
		{"50%off%20sale.jpg", "50%off%20sale.jpg", ""},
		{"a%20b%20c.jpg", "a%20b%20c.jpg", ""},
		{"日本の写真.jpg", "日本の写真.jpg", ""},
		{"포토.jpg", "포토.jpg", ""},
		{"原圖.jpg", "原圖.jpg", ""},
		{"媛媛.jpg", "媛媛.jpg", ""},
		{"琺瑯鑰匙圈.jpg", "琺瑯鑰匙圈.jpg", ""},
		// Chinese as it should be, and other scripts read as Western ones.
		{"授权书（品牌）_2026.pdf", "授权书（品牌）_2026.pdf", ""},
		{"浘鍘", "浘鍘", ""},
		{"öÄÆÄ.jpg", "öÄÆÄ.jpg", ""}, // ФОТО of code page 866
		{"ÅiÉ^.jpg", "ÅiÉ^.jpg", ""},
	}
	for _, tt := range tests {
		n := nameOf(tt.raw)
		if n.shown != tt.shown || n.guess != tt.guess {
			t.Errorf("nameOf(%q) = %q, %q; want %q, %q", tt.raw, n.shown, n.guess, tt.shown, tt.guess)
		}
	}
}

func TestMatch(t *testing.T) {
	kinds := NewMatcher(testVocabulary().Kinds)
	slots := NewMatcher(testVocabulary().Slots)
	tests := []struct {
		m        *Matcher
		name     string
		target   string
		strength Strength
	}{
		{kinds, "原图", "source", Exact},
		{kinds, "01_原图", "source", Exact},
		{kinds, "3、原图(2)", "source", Exact},
		{kinds, "（一）原图", "source", Exact},
		{kinds, "1原图", "source", Exact},
		{kinds, "B. 原图 - 副本", "source", Exact},
		{kinds, "原图文件夹", "source", Close},
		{kinds, "原图2026-11-18", "source", Exact},
		{kinds, "手机拍的原图", "source", Close},
		{kinds, "upload_log", "upload_log", Exact},
		{kinds, "UploadLog", "upload_log", Exact},
		{kinds, "Upload-Log (1)", "upload_log", Exact},
		{kinds, "ORIGINALS", "source", Exact},
		{kinds, "Source Files", "source", Exact},
		{kinds, "ai授权", "ai_licence", Exact},
		{kinds, "ＡＩ授权书", "authorization", Close}, // 授权书 ends last
		{kinds, "替换图授权书", "authorization", Close},
		{kinds, "授权书(替换图用)", "authorization", Exact},
		{kinds, "《图片合规承诺书》", "commitment", Close},
		{kinds, "acme-letters", "authorization", Loose},
		{kinds, "notice 2026-11-18", "notice", Exact},
		{kinds, "unnoticed", "", None},
		{kinds, "noticeboard", "", None},
		{kinds, "resource", "", None},
		{kinds, "IMG_2001", "", None},
		{kinds, "", "", None},
		{kinds, "...", "", None},
		{kinds, "01", "", None},
		{slots, "main1", "main", Exact},
		{slots, "red-main-02", "main", Loose},
		{slots, "domain", "", None},
		{slots, "mainstream", "", None},
		{slots, "1比1主图", "main", Close},
		{slots, "营销图1比1", "marketing_1x1", Close},
		{slots, "3x4", "marketing_3x4", Exact},
		{slots, "banner_3x4", "marketing_3x4", Loose},
		{slots, "marketing_3x4", "marketing_3x4", Exact},
		{slots, "sku_RED-S", "sku", Loose},
		{slots, "SKU图", "sku", Loose},
		{slots, "商品详情页", "detail", Close},
	}
	for _, tt := range tests {
		if target, s := tt.m.Match(tt.name); target != tt.target || s != tt.strength {
			t.Errorf("Match(%q) = %q, %d; want %q, %d", tt.name, target, s, tt.target, tt.strength)
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, s := range []string{"01_原图", "\xd4\xad\xcd\xbc", "σÄƒσ¢╛", "((((《", "a\u0301\u0301", "１２３", "\u202egpj.exe", strings.Repeat("图", 300), "İı", "AI授权 (1) copy"} {
		f.Add(s)
	}
	kinds := NewMatcher(testVocabulary().Kinds)
	slots := NewMatcher(testVocabulary().Slots)
	opt := testOptions()
	f.Fuzz(func(t *testing.T, raw string) {
		n := nameOf(raw)
		if !utf8.ValidString(n.shown) || !utf8.ValidString(n.guess) {
			t.Errorf("%q is shown as %q, guessed as %q", raw, n.shown, n.guess)
		}
		if utf8.ValidString(raw) && n.shown != raw {
			t.Errorf("%q was changed to %q", raw, n.shown)
		}
		for _, m := range []*Matcher{kinds, slots} {
			target, s := m.Match(n.meant())
			if (target == "") != (s == None) {
				t.Errorf("Match(%q) = %q, %d", n.meant(), target, s)
			}
			if s == Exact {
				if again, s := m.Match("07_" + n.meant()); s == None {
					t.Errorf("%q is %s, numbered it is %q", n.meant(), target, again)
				}
			}
		}
		for _, listing := range []bool{false, true} {
			a := &Asset{Path: n.shown}
			p := placer{kinds: kinds, slots: slots, opt: &opt, listing: listing, folder: n.shown}
			p.put(a, n.meant())
			if a.Kind == "" || a.Placed == "" || a.Slot != "" && a.Kind != "replacement" && a.Kind != "violating" {
				t.Errorf("%q placed as %+v", raw, a)
			}
		}
	})
}

// FuzzNameOf: whatever a name is, what is shown and guessed of it is text of one name.
func FuzzNameOf(f *testing.F) {
	for _, s := range []string{"原图.jpg", "\xad\xec\xb9\xcf", "%E5%8E%9F", "#U539f#U56fe", "Ã¥Â", "鍘熷浘", "a%2Fb%5C"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		n := nameOf(raw)
		if !utf8.ValidString(n.shown) || !utf8.ValidString(n.guess) || n.guess == raw && raw != "" {
			t.Errorf("%q: %q, %q", raw, n.shown, n.guess)
		}
		if strings.Count(n.guess, "/") > strings.Count(raw, "/") {
			t.Errorf("%q: a guess of several names: %q", raw, n.guess)
		}
	})
}
