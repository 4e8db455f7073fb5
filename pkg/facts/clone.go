package facts

import (
	"reflect"
	"slices"
)

// Clone returns a copy that shares nothing with s but the bytes of its pictures
// (Match.JPEG, Preview.JPEG), which nobody changes.
func (s *Set) Clone() *Set {
	out := *s
	out.status = slices.Clone(s.status)
	v := reflect.ValueOf(&out).Elem()
	for i := range v.NumField() {
		if v.Type().Field(i).IsExported() {
			own(v.Field(i))
		}
	}
	return &out
}

// own gives a value its own copy of what it points to.
func own(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				own(v.Field(i))
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			own(v.Index(i))
		}
	case reflect.Slice:
		if v.IsNil() || v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(c, v)
		for i := range c.Len() {
			own(c.Index(i))
		}
		v.Set(c)
	case reflect.Map:
		if v.IsNil() {
			return
		}
		c := reflect.MakeMapWithSize(v.Type(), v.Len())
		for _, k := range v.MapKeys() {
			e := reflect.New(v.Type().Elem()).Elem()
			e.Set(v.MapIndex(k))
			own(e)
			c.SetMapIndex(k, e)
		}
		v.Set(c)
	case reflect.Pointer:
		if v.IsNil() {
			return
		}
		c := reflect.New(v.Type().Elem())
		c.Elem().Set(v.Elem())
		own(c.Elem())
		v.Set(c)
	}
}
