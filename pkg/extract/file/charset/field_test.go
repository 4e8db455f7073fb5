package charset

import "testing"

func TestField(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"plain":                  "plain",
		"caf\xc3\xa9 中文":         "café 中文",
		"\xc0\xee\xcb\xc4":       "李四",
		"caf\xe9":                "café",
		"\xa9 2026":              "© 2026",
		"\x81\x30\x81\x30 end":   "\u0080 end",
		"M\xfcller":              "Müller",
		"Gr\xf6\xdfe 38":         "Größe 38",
		"DALL\xb7E 3":            "DALL·E 3",
		"\xe6\xc2\xe6\xc2":       "媛媛",
		"\xd5\xc5\xe6\xc2 Zhang": "张媛 Zhang",
		"\xcf\xc2\xce\xe702:41":  "下午02:41",
	} {
		if got := Field([]byte(in)); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := Latin1([]byte("\xe9\xff")); got != "éÿ" {
		t.Errorf("%q", got)
	}
}
