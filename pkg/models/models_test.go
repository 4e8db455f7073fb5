package models

import "testing"

func TestNamed(t *testing.T) {
	for text, want := range map[string]string{
		"模特：林可欣": "林可欣", "Model: Karina Volkova": "Karina Volkova", "摄影：许嘉明，模特：周雨桐": "周雨桐", "Model: YB-2603": "", "Camera model: EOS R6": "",
		"Mannequin : Claire Dupont": "Claire Dupont", "模特费用：300": "", "本组照片没有模特": "",
	} {
		if got := Named(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]bool{"模特": true, "Model": true, "模特姓名：": true, "Model name": true, "Camera model": false, "型号": false} {
		if Label(text) != want {
			t.Errorf("label %q: %v", text, !want)
		}
	}
	for text, want := range map[string]bool{"Karina Volkova": true, "周雨桐": true, "埃琳娜·莫罗佐娃": true, "YB-2603": false, "全身": false, "karina": false, "D7500 Body": false} {
		if Name(text) != want {
			t.Errorf("name %q: %v", text, !want)
		}
	}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want Sameness
	}{
		{"Karina Volkova", "Elena Morozova 埃琳娜·莫罗佐娃", Other},
		{"Elena Morozova", "Elena Morozova 埃琳娜·莫罗佐娃", Same},
		{"MOROZOVA Elena", "Elena Morozova", Same},
		{"Elena A. Morozova", "Elena Morozova", Same},
		{"周雨桐", "林可欣", Other},
		{"周雨桐", "Zhou Yutong", Unknown},
		{"埃琳娜·莫罗佐娃", "Elena Morozova 埃琳娜莫罗佐娃", Same},
	} {
		if got := Compare(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func FuzzNamed(f *testing.F) {
	f.Add("摄影：许嘉明，模特：周雨桐", "Elena Morozova 埃琳娜")
	f.Fuzz(func(t *testing.T, a, b string) {
		if n := Named(a); n != "" && !Name(n) {
			t.Errorf("%q", n)
		}
		if Compare(a, b) != Compare(b, a) {
			t.Errorf("%q and %q", a, b)
		}
	})
}
