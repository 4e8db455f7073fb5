package contacts

import (
	"strings"
	"testing"
)

func BenchmarkFind(b *testing.B) {
	d := detector(b)
	for _, bb := range []struct{ name, s string }{
		{"line", "New 2023 Wireless Earphone Bluetooth 5.3 微信:abc12345"},
		{"long", strings.Repeat("a photo of a cat, 8k, masterpiece, (best quality:1.2), steps: 20, seed 123456 ", 800)},
		{"dots", strings.Repeat("a.", 1<<15)},
		{"digits", strings.Repeat("138001380001 ", 5000)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(bb.s)))
			for b.Loop() {
				d.Find(bb.s, Image)
			}
		})
	}
}
