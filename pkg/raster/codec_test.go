package raster

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/format"
)

// What the table calls a picture is what there is a decoder for.
func TestEveryPictureHasACodec(t *testing.T) {
	for _, f := range format.All() {
		if Decodable(f.Name) != (f.Class == format.Picture) {
			t.Errorf("%s: decodable %t, class %s", f.Name, Decodable(f.Name), f.Class)
		}
	}
}
