package imagehash

import (
	"bytes"
	"context"
	"testing"

	"github.com/aecheck/aecheck/pkg/raster"
	"github.com/aecheck/aecheck/pkg/testkit/opendata"
)

// referenceHashes are what the reference implementation gives for its own
// regression pictures (facebook/ThreatExchange, pdq/data/reg-test-input), and
// tolerance is what its own ports are allowed.
var referenceHashes = map[string]string{
	"q0003": "54a977c221d14c1c43ba5e6e21d4a13989a3553f1462611cbb85fda7be83b677",
	"q0004": "992d44af36d69e6ca6b812585928bac11def254ef5398c6d07466c9abcc65b92",
	"q0122": "cfb2009ddd21c6dab0046a7745b5984757a8a4535b3377aea2591d32b33ff940",
	"q0291": "a0fe94f1e5cc1cc8dd855948498dc9243f7ca27336f036d7f212b74bc103c9a7",
	"q0746": "1049d96239e24d4dca2c55512b8bdb77425f4dbcf575a0a95555aaab5554aaaa",
	"q1050": "489db672e9190276d452aeab41eba20f02375fe4092d88defdf491a5c55c5f70",
	"q2821": "b150231ffae4710ffcf4f18bb574b109a576f14bb8543189f8743289f174b109",
}

const tolerance = 16

func TestAccuracyPDQReference(t *testing.T) {
	for name, want := range referenceHashes {
		paths := opendata.Files(t, "duplicates/*"+name+".jpg")
		if len(paths) != 1 {
			t.Fatal(name, paths)
		}
		b := opendata.Read(t, paths[0])
		p, err := raster.Decode(context.Background(), bytes.NewReader(b), int64(len(b)), raster.Options{Format: "jpeg"})
		if err != nil {
			t.Fatal(err)
		}
		reference, err := parsePDQ(want)
		if err != nil {
			t.Fatal(err)
		}
		got, quality := PDQ(p.Luma())
		d := got.Distance(reference)
		t.Logf("%s: distance %d, quality %d", name, d, quality)
		if d > tolerance && quality >= 50 { // below, the hash is not reliable by its authors' word
			t.Errorf("%s: %s, reference %s", name, got, want)
		}
	}
}
