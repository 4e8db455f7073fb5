package models

import "testing"

func TestCompareAsWell(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Karina Volkova", "Elena Morozova", false},
		{"Karina Volkova", "Volkova Karina", true},
		{"Karina Volkova", "KARINA VOLKOVA", true},
		{"Karina Volkova", "Karina A. Volkova", true},
		{"Karina Volkova", "Karina Volkowa", true},
		{"K. Volkova", "Karina Volkova", true},
		{"Karina Volkova", "Karina Petrova", false},
		{"José Núñez", "Jose Nunez", true},
		{"Lin Xiaoyue", "XiaoyueLin", true},
		{"林小月", "陈默", false},
		{"林小月", "林小月", true},
		{"林小月", "Elena Morozova", true},
		{"Karina Volkova", "Elena Morozova 埃琳娜·莫罗佐娃", false},
		{"卡琳娜·沃尔科娃", "Elena Morozova（埃琳娜·莫罗佐娃）", false},
		{"埃琳娜·莫罗佐娃", "Elena Morozova（埃琳娜·莫罗佐娃）", true},
		{"林小月", "林小月 Luna Lin", true},
		{"Карина Волкова", "Elena Morozova", true},
	} {
		if got := Compare(c.a, c.b) != Other; got != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}

func TestNameOfNobody(t *testing.T) {
	for _, s := range []string{"化妆", "摄影", "文件", "全身", "白色", "小鹿", "阿兰", "无", "假人", "Front View", "Canon EOS R5", "SPK-220"} {
		if Name(s) {
			t.Errorf("%q is nobody", s)
		}
	}
	for _, s := range []string{"林小月", "许嘉明", "埃琳娜·莫罗佐娃", "Karina Volkova", "Карина Волкова"} {
		if !Name(s) {
			t.Errorf("%q is a name", s)
		}
	}
}
