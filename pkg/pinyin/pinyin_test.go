package pinyin

import (
	"slices"
	"strings"
	"testing"
)

func TestSpellings(t *testing.T) {
	for name, want := range map[string]string{
		"原图": "yuantu", "承诺书": "chengnuoshu", "sku图": "skutu", "1x1营销图": "1x1yingxiaotu",
		"main": "", "": "", "原\U0002A6D6": "", // no reading of that one
	} {
		if got := strings.Join(Spellings(name), " "); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if got := Spellings("长图"); !slices.Contains(got, "changtu") {
		t.Errorf("several readings: %v", got)
	}
	if got := Spellings(strings.Repeat("长", 40)); len(got) > maxSpellings {
		t.Errorf("%d spellings", len(got))
	}
}

func TestFollow(t *testing.T) {
	for _, c := range []struct {
		han, latin string
		reached    []int
		read       int
	}{
		{"郑州木子商贸", "zhengzhoumuzicommerce", []int{13}, 4},
		{"郑州市木子", "zhengzhoumuzi", []int{13}, 4},
		{"长图", "changtu", []int{7}, 2},
		{"广州", "zhengzhou", []int{0}, 0},
		{"", "abc", []int{0}, 0},
		{"木子", "", []int{0}, 0},
	} {
		reached, read := Follow([]rune(c.han), []rune(c.latin))
		if !slices.Equal(reached, c.reached) || read != c.read {
			t.Errorf("%s in %s: %v, %d", c.han, c.latin, reached, read)
		}
	}
}
