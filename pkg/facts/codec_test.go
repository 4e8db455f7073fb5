package facts

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/lang"
)

// filler puts a value of its own into every leaf.
type filler struct{ n int }

func (f *filler) fill(v reflect.Value) {
	f.n++
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(time.Date(2026, 1, 2, 3, 4, f.n%60, f.n, []*time.Location{lang.Beijing(), time.UTC}[f.n%2])))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				f.fill(v.Field(i))
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			f.fill(v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		elem := reflect.New(v.Type().Elem()).Elem()
		f.fill(elem)
		v.SetMapIndex(reflect.ValueOf(fmt.Sprintf("键:%d", f.n)), elem)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.String:
		v.SetString(fmt.Sprintf("文 <%d>\x00\u2028\"", f.n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(f.n)<<32 + 1)
	case reflect.Uint8:
		v.SetUint(uint64(f.n % 256))
	case reflect.Float64:
		v.SetFloat(float64(f.n) / 3)
	default:
		panic(v.Type())
	}
}

func full(f *filler) *Set {
	set := &Set{}
	f.fill(reflect.ValueOf(set).Elem())
	set.SetStatus("exif", Status{State: Present})
	set.SetStatus("meta.c2pa", Status{State: Absent})
	set.SetStatus("document.grantor.name", Status{State: NotExtracted, Why: lang.T("关了", "switched off"), Asked: true})
	set.SetStatus("text", Status{State: Failed, Why: lang.T("{n} {what} {who}", "{n} {what} {who}", "n", 3, "what", lang.T("坏了", "broken {x}", "x", "y"), "who", "{n}")})
	return set
}

// same compares all there is, unexported too; times by instant and offset.
func same() cmp.Option {
	return cmp.Options{cmp.AllowUnexported(Set{}, namedStatus{}, casefile.File{}), cmp.Comparer(func(a, b time.Time) bool {
		_, offsetA := a.Zone()
		_, offsetB := b.Zone()
		return a.Equal(b) && offsetA == offsetB
	})}
}

func TestSetsTravel(t *testing.T) {
	f := &filler{}
	for name, set := range map[string]*Set{
		"full": full(f), "empty": {}, "empty lists": {Meta: Meta{XMP: map[string]string{}, Comments: []string{}}, Text: Text{Lines: []TextLine{}}, Match: Match{JPEG: []byte{}}, status: statuses{}},
	} {
		data, err := EncodeSet(set)
		if err != nil {
			t.Fatal(err)
		}
		got, err := DecodeSet(data)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(set, got, same()); diff != "" {
			t.Errorf("%s comes back otherwise:\n%s", name, diff)
		}
		if again, err := EncodeSet(got); err != nil || !bytes.Equal(again, data) {
			t.Errorf("%s: other bytes the second time, %v", name, err)
		}
	}
	if f.n < 400 {
		t.Errorf("only %d leaves were filled", f.n)
	}
	got, err := DecodeSet([]byte(`{"facts":{},"status":{}}`))
	if err != nil || got.Status("exif.make").State != NotExtracted || got.Status("exif.make").Why.IsZero() {
		t.Errorf("a group nobody looked at: %+v, %v", got, err)
	}
}

func TestCasesTravel(t *testing.T) {
	f := &filler{}
	c := &Case{}
	for i := range reflect.TypeFor[Case]().NumField() {
		if v := reflect.ValueOf(c).Elem().Field(i); v.Type() != reflect.TypeFor[[]Asset]() {
			f.fill(v)
		}
	}
	c.File.SetKeys(map[string]bool{"store": true, "store.name": true})
	c.Assets = []Asset{{Path: "原图/1.jpg", Kind: "source", Slot: "main", Facts: full(f)}, {Path: "2.jpg"}}
	for name, c := range map[string]*Case{"full": c, "empty": {}, "no keys": {File: &casefile.File{}}} {
		data, err := EncodeCase(c)
		if err != nil {
			t.Fatal(err)
		}
		got, err := DecodeCase(data)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c, got, same()); diff != "" {
			t.Errorf("%s comes back otherwise:\n%s", name, diff)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	for data, want := range map[string]string{
		``: "EOF", `{}`: "no facts", `null`: "no facts", `{"facts":{}} {}`: "behind", `{"facts":{"exif":{"lenses":1}}}`: "lenses", `{"facts":{},"later":1}`: "later",
		`{"facts":{},"status":{"exif":{"state":"maybe"}}}`: "maybe", `{"facts":{},"status":{"exif":{}}}`: "unknown state", `{"facts":{},"status":{"exif.lenses":{"state":"present"}}}`: "lenses",
		`{"facts":{"image":{"width":1.5}}}`: "1.5", `{"facts":{},"status":{"exif.make.x":{"state":"present"}}}`: "exif.make.x",
	} {
		if _, err := DecodeSet([]byte(data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", data, err, want)
		}
	}
	if _, err := DecodeCase([]byte(`{"assets":[{"path":"a.jpg","known":{}}]}`)); err == nil || !strings.Contains(err.Error(), "a.jpg: no facts") {
		t.Errorf("%v", err)
	}
	if _, err := EncodeSet(&Set{Image: Image{Aspect: 0 / zero()}}); err == nil {
		t.Error("a number that is none was written")
	}
}

func zero() float64 { return 0 }

// FuzzDecode reads anything; what can be read is the same the second time.
func FuzzDecode(f *testing.F) {
	data, err := EncodeSet(full(&filler{}))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"facts":{"exif":{"taken_at":"2026-01-02T03:04:05+08:00"}},"status":{"exif":{"state":"failed","why":{"en":"{a}","values":["a",1,{"zh":"x"}]}}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if set, err := DecodeSet(data); err == nil {
			again, err := EncodeSet(set)
			if err != nil {
				t.Skip(err) // a year that RFC 3339 has no place for
			}
			back, err := DecodeSet(again)
			if err != nil {
				t.Fatalf("what was written cannot be read: %v\n%s", err, again)
			}
			if twice, err := EncodeSet(back); err != nil || !bytes.Equal(again, twice) {
				t.Fatalf("other bytes the second time, %v:\n%s\n%s", err, again, twice)
			}
		}
		if c, err := DecodeCase(data); err == nil {
			if _, err := EncodeCase(c); err != nil {
				t.Skip(err)
			}
		}
	})
}
