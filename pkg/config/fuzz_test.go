package config_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

// FuzzDecode reads anything as case.yaml: no panic, errors inside the file,
// and what decodes has a position for every key.
func FuzzDecode(f *testing.F) {
	config.Seeds(f)
	f.Add([]byte(goodCase))
	f.Fuzz(func(t *testing.T, data []byte) {
		var c casefile.File
		doc, err := config.Decode("case.yaml", data, &c)
		if err != nil {
			all := config.All(err)
			if len(all) == 0 || len(all) > config.MaxErrors {
				t.Fatalf("%d errors in %v", len(all), err)
			}
			for _, e := range all {
				if e.Line < 1 || e.Col < 1 || e.Msg.In(lang.ZH) == "" || e.Msg.In(lang.EN) == "" || !utf8.ValidString(e.Detail(lang.ZH)) {
					t.Fatalf("poor error %+v", e)
				}
				if strings.ContainsAny(e.Detail(lang.EN), "\x1b\u202e") {
					t.Fatalf("unclean error %q", e.Detail(lang.EN))
				}
			}
			return
		}
		for key := range doc.Keys() {
			if p := doc.Pos(key); p.Line < 1 || p.Col < 1 {
				t.Fatalf("%s at %v", key, p)
			}
		}
	})
}
