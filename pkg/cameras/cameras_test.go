package cameras

import (
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	for line, want := range map[string]string{
		"NIKON D7500, s/n 8811327": "nikon D7500",
		"相机SONYILCE-7M4。":          "sony A7M4",
		"SONY ILCE-7M4":            "sony A7M4",
		"索尼 A7 IV":                 "sony A7M4",
		"相机：佳能 5D Mark IV、佳能EOS R6 Mark II":    "canon 5DM4 canon R6M2",
		"Canon EOS R6m2（机身号 073024001987）":     "canon R6M2",
		"Panasonic DC-G9M2":                    "panasonic G9M2",
		"LEICA Q2":                             "leica Q2",
		"fotografiado con mi Canon EOS R10":    "canon R10",
		"尼康 Z 6II":                             "nikon Z6M2",
		"iPhone 15 Pro Max":                    "apple IPHONE15PROMAX",
		"用苹果 iPhone 15 拍的":                     "apple IPHONE15",
		"FUJIFILM X-T4":                        "fujifilm XT4",
		"佳能打印机":                                "",
		"Sony Music, canonical":                "",
		"AF-P DX NIKKOR 18-55mm f/3.5-5.6G VR": "",
		"华为 Mate 60 Pro":                       "",
	} {
		var got []string
		for _, c := range Find(line) {
			got = append(got, c.Maker+" "+c.Model)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %q, want %q", line, s, want)
		}
	}
}

func TestMayBe(t *testing.T) {
	for _, c := range []struct {
		text, make, model string
		want              bool
	}{
		{"NIKON D7500", "NIKON CORPORATION", "NIKON D7500", true},
		{"NIKON D7500", "Canon", "Canon EOS 80D", false},
		{"NIKON D750", "NIKON CORPORATION", "NIKON D7500", false},
		{"尼康Z6II", "NIKON CORPORATION", "NIKON Z 6_2", true},
		{"佳能5D4", "Canon", "Canon EOS 5D Mark IV", true},
		{"Canon EOS R6", "Canon", "Canon EOS R6m2", true},
		{"Canon EOS R5", "Canon", "Canon EOS R6m2", false},
		{"索尼A7M4", "SONY", "ILCE-7M4", true},
		{"索尼 A7 III", "SONY", "ILCE-7M4", false},
		{"Sony RX100M7", "SONY", "DSC-RX100M7", true},
		{"Leica Q2", "LEICA CAMERA AG", "LEICA Q2", true},
		{"松下 S5M2", "Panasonic", "DC-S5M2", true},
		{"OM SYSTEM OM-5", "OM Digital Solutions", "OM-5", true},
		{"iPhone 15", "Apple", "iPhone 15 Pro", true},
		{"iPhone 14", "Apple", "iPhone 15 Pro", false},
		{"富士X-T4", "FUJIFILM", "X-T4", true},
		{"NIKON D7500", "Some Maker", "X1", true},
		{"NIKON D7500", "HUAWEI", "ALN-AL00", false},
	} {
		found := Find(c.text)
		if len(found) != 1 {
			t.Errorf("%q: %v", c.text, found)
			continue
		}
		if got := found[0].MayBe(c.make, c.model); got != c.want {
			t.Errorf("%q and %s %s: %v (%q, %q)", c.text, c.make, c.model, got, found[0].Model, Fold(Maker(c.make), c.model))
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Canon EOS R6m2（机身号 073024001987）")
	f.Fuzz(func(t *testing.T, line string) {
		for _, c := range Find(line) {
			if c.Maker == "" || c.Model == "" || !strings.Contains(line, c.Text) {
				t.Errorf("%q: %+v", line, c)
			}
		}
	})
}
