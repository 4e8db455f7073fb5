package facts

import (
	"reflect"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/lang"
)

// fill gives every leaf of a value something.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(1, 0)))
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i))
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		k, e := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(k)
		fill(e)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(k, e)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Uint8:
		v.SetUint(7)
	case reflect.Float64:
		v.SetFloat(0.5)
	}
}

// shared reports a slice, map or pointer of a that b points to as well.
func shared(a, b reflect.Value, path string) string {
	switch a.Kind() {
	case reflect.Struct:
		if a.Type() == reflect.TypeFor[time.Time]() {
			return ""
		}
		for i := range a.NumField() {
			if at := shared(a.Field(i), b.Field(i), path+"."+a.Type().Field(i).Name); at != "" {
				return at
			}
		}
	case reflect.Slice:
		if a.Type().Elem().Kind() == reflect.Uint8 {
			return ""
		}
		if a.Pointer() == b.Pointer() {
			return path
		}
		return shared(a.Index(0), b.Index(0), path)
	case reflect.Map, reflect.Pointer:
		if a.Type() == reflect.TypeFor[*Status]() {
			return "" // nobody changes one
		}
		if a.Pointer() == b.Pointer() {
			return path
		}
	}
	return ""
}

func TestClone(t *testing.T) {
	s := &Set{}
	fill(reflect.ValueOf(s).Elem())
	s.SetStatus("exif", Status{State: Failed, Why: lang.T("坏", "bad")})
	c := s.Clone()
	if !reflect.DeepEqual(s, c) {
		t.Fatal("the copy differs")
	}
	if at := shared(reflect.ValueOf(s).Elem(), reflect.ValueOf(c).Elem(), "Set"); at != "" {
		t.Errorf("%s is shared", at)
	}
	c.SetStatus("exif", Status{State: Present})
	if s.Status("exif").State != Failed {
		t.Error("states are shared")
	}
}
