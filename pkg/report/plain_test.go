package report

import (
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func TestShown(t *testing.T) {
	long := strings.Repeat("长", 300)
	for _, tt := range []struct {
		v    verdict.Value
		want string
	}{
		{verdict.Value{}, "—"}, {verdict.Value{Of: ""}, "—"}, {verdict.Value{Of: "", Format: verdict.Exact}, ""}, {verdict.Value{Of: "a"}, "a"},
		{verdict.Value{Of: 3}, "3"}, {verdict.Value{Of: 2.0}, "2"}, {verdict.Value{Of: 0.12345}, "0.12"}, {verdict.Value{Of: 0.12345, Format: verdict.Exact}, "0.12345"},
		{verdict.Value{Of: int64(7)}, "7"}, {verdict.Value{Of: 7, Format: verdict.Exact}, "7"}, {verdict.Value{Of: true}, "true"},
		{verdict.Value{Of: 0.9876, Format: verdict.Percent}, "98.8%"}, {verdict.Value{Of: 1, Format: verdict.Percent}, "100%"},
		{verdict.Value{Of: 512, Format: verdict.Bytes}, "512 B"}, {verdict.Value{Of: 5242880, Format: verdict.Bytes}, "5 MiB"}, {verdict.Value{Of: 1536, Format: verdict.Bytes}, "1.5 KiB"},
		{verdict.Value{Of: "2026-11-18T01:30:00Z", Format: verdict.Time}, "2026-11-18 09:30"}, {verdict.Value{Of: "2026-11-18T20:00:00Z", Format: verdict.Date}, "2026-11-19"},
		{verdict.Value{Of: "soon", Format: verdict.Time}, "soon"}, {verdict.Value{Format: verdict.Time}, "—"},
		{verdict.Value{Of: long}, long[:3*200] + "…"}, {verdict.Value{Of: long[:3*200] + "…"}, long[:3*200] + "…"}, {verdict.Value{Of: long, Format: verdict.Exact}, long},
		{verdict.Value{Of: []any{"a", 1, 0.5, []any{1, 2}}}, "a, 1, 0.5, 1, 2"}, {verdict.Value{Of: []any{}}, "—"}, {verdict.Value{Of: []any{}, Join: "; "}, "—"},
		{verdict.Value{Of: []any{1, 2, 3, 4, 5, 6, 7, 8}, Total: 10}, "1, 2, 3, 4, 5, 6, 7, 8, … (10)"}, {verdict.Value{Of: []any{1, 2, 3, 4, 5, 6, 7, 8, 9}}, "1, 2, 3, 4, 5, 6, 7, 8, … (9)"},
		{verdict.Value{Of: []any{1, 2, 3, 4, 5, 6, 7, 8, 9}, Join: "; "}, "1; 2; 3; 4; 5; 6; 7; 8; 9"}, {verdict.Value{Of: []any{long, "x"}, Join: ", "}, long[:3*200] + "…"},
		{verdict.Value{Of: []any{"a"}, Join: ", ", Total: 2}, "a, …"},
	} {
		if got := shown(tt.v); got != tt.want {
			t.Errorf("%+v: got %q, want %q", tt.v, got, tt.want)
		}
	}
}

func TestPlain(t *testing.T) {
	text := verdict.Say(lang.ZH, lang.T("{a}有{n}处：{what}。", "{a} has {n}: {what}."), "a", verdict.Value{Of: "x{n}.jpg", Privacy: verdict.Path}, "n", 2, "what", lang.T("{b}太小", "{b} is too small", "b", "头"))
	if got := Plain(text); got != "x{n}.jpg有2处：头太小。" {
		t.Errorf("got %q", got)
	}
	if Plain(nil) != "" || Plain(verdict.Words("")) != "" || Plain(verdict.Words("a")) != "a" {
		t.Error("words are not what they are")
	}
}
