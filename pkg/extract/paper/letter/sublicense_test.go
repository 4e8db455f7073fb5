package letter

import "testing"

// The answer stands in the sentence, or in a cell of its own beside or below the label.
func TestSublicense(t *testing.T) {
	for text, want := range map[string]string{
		"授权书\n转授权\n不允许":                        "forbidden",
		"授权书\n转授权\n允许":                         "allowed",
		"授权书\n是否可转授权\n否":                       "forbidden",
		"授权书\n是否允许转授权:\n是":                     "allowed",
		"授权书\n6、再许可权\n有权再许可其关联公司":              "allowed",
		"授权书\n转授权\n授权期限\n不少于一年":                "unstated",
		"授权书\n转授权\n":                           "unstated",
		"LETTER\nSub-licensing\nnot permitted": "forbidden",
		"LETTER\nSublicence rights\nYes":       "allowed",
		"LETTER\nRight to sub-license\nNo":     "forbidden",
		"授权书\n转授权\n见附件。未经授权方书面同意,不得转授权":        "forbidden",
		"授权书\n授权方式\n不允许":                       "unstated",
	} {
		if got := read(text).Sublicense; got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
