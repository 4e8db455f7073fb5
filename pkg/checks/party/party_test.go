package party

import "testing"

func TestCompare(t *testing.T) {
	tests := []struct {
		a, b string
		want Likeness
	}{
		{"深圳市示例科技有限公司", "深圳市示例科技有限公司", Same},
		{"深圳市示例科技有限公司", "深圳市示例科技有限责任公司 ", Same},
		{"Shenzhen Example Technology Co., Ltd.", "SHENZHEN EXAMPLE TECHNOLOGY CO LTD", Same},
		{"Shenzhen Example Technology Co., Ltd.", "Shenzhen Example Technology Limited", Same},
		{"ＡＣＭＥ GmbH", "Acme GmbH", Same},
		{"ACME S.A.", "Acme SA", Same},
		{"示例科技", "深圳市示例科技有限公司", Unclear},
		{"深圳市示例科技有限公司", "深圳市示例科技股份有限公司", Unclear},
		{"深圳市示例科枝有限公司", "深圳市示例科技有限公司", Unclear},
		{"Shenzhen Example Technology", "Shenzhen Example Technology Ltd", Unclear},
		{"ACME GmbH", "ACME Inc.", Unclear},
		{"深圳市示例科技有限公司", "广州市别家贸易有限公司", Different},
		{"科技", "深圳市示例科技有限公司", Different},
		{"ACME GmbH", "Agent Trading Ltd", Different},
		{"Prada", "Prad SA", Different},
		{"有限公司", "有限公司", Same},
		{"", "ACME", Unknown},
		{"---", "ACME", Unknown},
	}
	for _, tt := range tests {
		for _, pair := range [][2]string{{tt.a, tt.b}, {tt.b, tt.a}} {
			if got := Compare(pair[0], pair[1]); got != tt.want {
				t.Errorf("Compare(%q, %q) = %d, want %d", pair[0], pair[1], got, tt.want)
			}
		}
	}
	if got := Best("示例科技有限公司", []string{"别家贸易有限公司", "示例科技有限公司"}); got != Same {
		t.Errorf("Best = %d", got)
	}
	if got := Best("示例科技有限公司", nil); got != Unknown {
		t.Errorf("Best of none = %d", got)
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("深圳市示例科技有限公司", "ACME Co., Ltd.")
	f.Add("İ\u0301", "")
	f.Fuzz(func(t *testing.T, a, b string) {
		if Compare(a, b) != Compare(b, a) {
			t.Errorf("%q and %q compare differently the other way round", a, b)
		}
		if l := Compare(a, a); l != Same && l != Unknown {
			t.Errorf("%q is not itself: %d", a, l)
		}
	})
}
