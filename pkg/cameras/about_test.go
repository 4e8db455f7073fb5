package cameras

import (
	"strings"
	"testing"
)

func TestFindAsWell(t *testing.T) {
	for text, want := range map[string]string{
		"Camera NIKON D7500, s/n 8811327":      "NIKON D7500",
		"相机 Canon EOS R6m2（机身号 073024001987）":  "Canon EOS R6m2",
		"机身：SONY ILCE-7M4":                     "SONY ILCE-7M4",
		"机身 LEICA Q2 5468120 Summilux 28":      "LEICA Q2",
		"Panasonic DC-G9M2":                    "Panasonic DC-G9M2",
		"本店用佳能5D4拍摄":                           "佳能5D4",
		"使用尼康 Z6II 相机":                         "尼康 Z6II",
		"索尼 A7M4 和 索尼α7 IV":                    "索尼 A7M4",
		"富士X-T5":                               "富士X-T5",
		"taken with an iPhone 15 Pro":          "iPhone 15 Pro",
		"Canon EOS 5D Mark IV":                 "Canon EOS 5D Mark IV",
		"Sony A7M4; Canon R5":                  "Canon R5+Sony A7M4",
		"Olympus E-M1 Mark III":                "Olympus E-M1 Mark III",
		"Hasselblad X2D 100C":                  "Hasselblad X2D 100C",
		"AF-P DX NIKKOR 18-55mm f/3.5-5.6G VR": "",
		"Nikon Z 24-70mm f/4":                  "",
		"Canon EF 24-70mm f/2.8L":              "",
		"FUJIFILM XF 18-55mm":                  "",
		"Canon, a company of Japan":            "",
		"镜头 Summilux 28":                       "",
		"Sony":                                 "",
		"拍摄日期 2026-03-18":                      "",
		"订单号 D75001234 金额 100":                 "",
	} {
		var got []string
		for _, c := range Find(text) {
			got = append(got, c.Text)
		}
		if strings.Join(got, "+") != want {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
}

func TestMayBeAsWell(t *testing.T) {
	for _, tt := range []struct {
		named, brand, model string
		want                bool
	}{
		{"NIKON D7500", "NIKON CORPORATION", "NIKON D7500", true},
		{"NIKON D7500", "Canon", "Canon EOS 80D", false},
		{"NIKON D7500", "NIKON CORPORATION", "NIKON D750", false},
		{"尼康 Z6II", "NIKON CORPORATION", "NIKON Z 6_2", true},
		{"Nikon Z6", "NIKON CORPORATION", "NIKON Z 7", false},
		{"Sony A7M4", "SONY", "ILCE-7M4", true},
		{"Sony α7 IV", "SONY", "ILCE-7M4", true},
		{"Sony A7R V", "SONY", "ILCE-7RM5", true},
		{"Sony A7M3", "SONY", "ILCE-7M4", false},
		{"Sony A6400", "SONY", "ILCE-6400", true},
		{"Sony ILCE-7M4", "SONY", "ILCE-7M4", true},
		{"Sony RX100 VII", "SONY", "DSC-RX100M7", true},
		{"佳能5D4", "Canon", "Canon EOS 5D Mark IV", true},
		{"Canon 5D Mark III", "Canon", "Canon EOS 5D Mark IV", false},
		{"Canon EOS R6 Mark II", "Canon", "Canon EOS R6m2", true},
		{"Canon R6II", "Canon", "Canon EOS R6m2", true},
		{"Canon R5", "Canon", "Canon EOS R6", false},
		{"Fujifilm X-T5", "FUJIFILM", "X-T5", true},
		{"富士 XT30 II", "FUJIFILM", "X-T30 II", true},
		{"富士X-T4", "FUJIFILM", "X-T5", false},
		{"Leica Q2", "LEICA CAMERA AG", "LEICA Q2", true},
		{"Panasonic G9 II", "Panasonic", "DC-G9M2", true},
		{"Lumix S5", "Panasonic", "DC-G9M2", false},
		{"Olympus E-M1 Mark III", "OM Digital Solutions", "E-M1MarkIII", true},
		{"iPhone 15 Pro", "Apple", "iPhone 15 Pro", true},
		{"iPhone 15", "Apple", "iPhone 15 Pro", true},
		{"iPhone 14", "Apple", "iPhone 15 Pro", false},
		{"iPhone 15", "Phase One", "IQ4", true},
	} {
		list := Find(tt.named)
		if len(list) != 1 {
			t.Errorf("%q names %+v", tt.named, list)
			continue
		}
		if got := list[0].MayBe(tt.brand+" "+tt.model, tt.model); got != tt.want {
			t.Errorf("%q and %q %q: %v ", tt.named, tt.brand, tt.model, got)
		}
	}
}

func TestIsAbout(t *testing.T) {
	for text, want := range map[string]bool{
		"相机 Canon EOS R5":               true,
		"shot on iPhone 15":             true,
		"适用 iPhone 15 手机壳 拍摄":           false,
		"Case for iPhone 15":            false,
		"运动相机支架 GoPro HERO11":           false,
		"Camera strap for Canon EOS R5": false,
		"投诉方的相机是 Sony A7M4":             false,
		"Order 1 Galaxy S24 2 pcs":      false,
		"Снято на камеру Canon EOS R5":  true,
	} {
		if got := IsAbout(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
