package facts

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// thin makes zeros of some of the fields of a value.
func thin(v reflect.Value, r *rand.Rand) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			switch f := v.Field(i); {
			case !v.Type().Field(i).IsExported():
			case r.IntN(3) == 0:
				f.SetZero()
			case f.Kind() == reflect.Slice && r.IntN(4) == 0:
				f.Set(reflect.MakeSlice(f.Type(), 0, 0))
			default:
				thin(f, r)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			thin(v.Index(i), r)
		}
	}
}

// TestSparse: every group of facts comes back as it was, with fields that are zero and
// lists that are empty or nil.
func TestSparse(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		f := &filler{}
		set := full(f)
		thin(reflect.ValueOf(set).Elem(), r)
		for _, name := range Groups() {
			want := set.Pointer(name)
			data, err := Sparse(reflect.ValueOf(want).Elem().Interface())
			if err != nil {
				t.Fatal(name, err)
			}
			got := reflect.New(reflect.TypeOf(want).Elem()).Interface()
			if err := json.Unmarshal(data, got); err != nil {
				t.Fatalf("%s: %v: %s", name, err, data)
			}
			plain, _ := json.Marshal(want)
			again, _ := json.Marshal(got)
			if string(plain) != string(again) {
				t.Fatalf("%s: came back as\n%s, was\n%s, written as %s", name, again, plain, data)
			}
			if strings.Contains(string(data), "\n") {
				t.Fatalf("%s: more than a line: %q", name, data)
			}
		}
	}
	if data, err := Sparse(Exif{}); err != nil || string(data) != "{}" {
		t.Errorf("nothing is written as %s, %v", data, err)
	}
}
