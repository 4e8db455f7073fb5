package cli

import (
	"testing"

	"github.com/aecheck/aecheck/pkg/prefill"
)

// Addresses become one list, values of two notices that differ are doubted.
func TestSettled(t *testing.T) {
	url := func(v string, doubtful bool) offered {
		return offered{Offer: prefill.Offer{Key: "violation.image_urls", Value: v, List: true, Confidence: 0.9, Doubtful: doubtful}}
	}
	id := func(v string) offered {
		return offered{Offer: prefill.Offer{Key: "violation.id", Value: v, Confidence: 1}}
	}
	got := settled([]offered{id("WG1"), url("https://a.example/1.jpg", false), id("WG2"), url("https://a.example/2.jpg", true)})
	if len(got) != 3 || !got[0].Doubtful || !got[2].Doubtful || got[2].Value != "WG2" {
		t.Fatalf("%+v", got)
	}
	if list := got[1].yaml(); list != `["https://a.example/1.jpg", "https://a.example/2.jpg"]` || !got[1].Doubtful {
		t.Errorf("%s %+v", list, got[1])
	}
}
