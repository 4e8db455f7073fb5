package extract

import (
	"reflect"
	"testing"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

// someParts are what extractors may give: all there is, nothing, a field alone, states
// with what there is to say of them.
func someParts() map[string]*facts.Set {
	nothing, much, why := &facts.Set{}, &facts.Set{}, &facts.Set{}
	nothing.SetStatus("exif", facts.Status{State: facts.Absent})
	much.Exif.Make, much.Exif.ISO = "尼康\n", 200
	much.Image.Decodable = true
	much.SetStatus("exif", facts.Status{State: facts.Present})
	much.SetStatus("exif.make", facts.Status{State: facts.Present})
	why.SetStatus("exif", facts.Status{State: facts.Failed, Why: lang.T("坏了", "broken"), Asked: true})
	return map[string]*facts.Set{"nothing": nothing, "much": much, "why": why}
}

func TestParts(t *testing.T) {
	provides := []string{"exif", "image.decodable"}
	for name, want := range someParts() {
		part, ok := writePart(provides, want)
		if !ok {
			t.Fatal(name)
		}
		got := &facts.Set{}
		got.Exif.Model = "of an earlier extractor"
		if !readPart(part, provides, got) || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q came back as %+v", name, part, got)
		}
		if readPart(part, []string{"exif"}, &facts.Set{}) || readPart(part, append(provides, "meta"), &facts.Set{}) {
			t.Errorf("%s: read for an extractor of other facts", name)
		}
		if readPart(part[:len(part)-1], provides, &facts.Set{}) {
			t.Errorf("%s: read without its end", name)
		}
	}
	for _, bad := range []string{"", "exif", "exif {}\n", "exif {}\nimage.decodable 1\n", "exif\nexif\n", "image.decodable\nexif\n", "exif\nimage.decodable\nexif: lost\n", "exif\nimage.decodable\nexif: {\n"} {
		if readPart([]byte(bad), provides, &facts.Set{}) {
			t.Errorf("%q was read", bad)
		}
	}
}

// FuzzPart: what was read is written such that it is read alike.
func FuzzPart(f *testing.F) {
	provides := []string{"exif", "image.decodable"}
	for _, set := range someParts() {
		part, _ := writePart(provides, set)
		f.Add(part)
	}
	f.Fuzz(func(t *testing.T, part []byte) {
		once, twice := &facts.Set{}, &facts.Set{}
		if !readPart(part, provides, once) {
			return
		}
		again, ok := writePart(provides, once)
		if !ok || !readPart(again, provides, twice) || !reflect.DeepEqual(once, twice) {
			t.Errorf("%q became %q", part, again)
		}
	})
}
