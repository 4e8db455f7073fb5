package expr

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/verdict"
)

func TestValue(t *testing.T) {
	long := strings.Repeat("长", 300)
	for _, tt := range []struct {
		v    any
		want verdict.Value
	}{
		{nil, verdict.Value{}}, {"", verdict.Value{Of: ""}}, {3, verdict.Value{Of: 3}}, {int64(4), verdict.Value{Of: 4}}, {0.12345, verdict.Value{Of: 0.12345}}, {true, verdict.Value{Of: true}},
		{long, verdict.Value{Of: long[:3*maxShown] + "…"}},
		{time.Date(2026, 11, 18, 1, 30, 0, 0, time.UTC), verdict.Value{Of: "2026-11-18T09:30:00+08:00", Format: verdict.Time}}, {time.Time{}, verdict.Value{}},
		{[]any{"a", 1, 0.5}, verdict.Value{Of: []any{"a", 1, 0.5}}}, {[]any{}, verdict.Value{Of: []any{}}}, {[]string{"x"}, verdict.Value{Of: []any{"x"}}},
		{[]any{map[string]any{"kind": "qq", "value": "123"}}, verdict.Value{Of: []any{"123"}}},
		{[]any{[]any{1, 2}}, verdict.Value{Of: []any{[]any{1, 2}}}},
		{[]any{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, verdict.Value{Of: []any{1, 2, 3, 4, 5, 6, 7, 8}, Total: 10}},
		{map[string]string{"a": "b"}, verdict.Value{Of: "map[a:b]"}},
	} {
		if got := Value(tt.v); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("Value(%v) = %+v, want %+v", tt.v, got, tt.want)
		}
	}
}
