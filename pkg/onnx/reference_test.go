package onnx

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The graphs of pkg/ocr and of pkg/extract/picture/shown serve as test models.
const (
	detector   = "ocr/models/ch_PP-OCRv4_det_infer.onnx"
	recognizer = "ocr/models/ch_PP-OCRv4_rec_infer.onnx.gz"
	quick      = "ocr/models/PP-OCRv6_tiny_rec.onnx.gz"
	careful    = "ocr/models/PP-OCRv6_small_rec.onnx.gz"
	shown      = "extract/picture/shown/models/efficientnet-lite0.onnx"
)

func modelBytes(t testing.TB, model string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(model)))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(model, ".gz") {
		return data
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if data, err = io.ReadAll(r); err != nil {
		t.Fatal(err)
	}
	return data
}

func loadFile(t testing.TB, model string, k *kernels) *Model {
	t.Helper()
	m, err := load(modelBytes(t, model), k)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// noise returns pseudo-random values in -1…1: the linear congruential
// generator of Numerical Recipes, as in testdata/reference.mjs.
func noise(shape []int) []float32 {
	n := 1
	for _, d := range shape {
		n *= d
	}
	out := make([]float32, n)
	v := uint32(1)
	for i := range out {
		v = v*1664525 + 1013904223
		out[i] = float32(v>>8)/(1<<23) - 1
	}
	return out
}

// references are outputs of onnxruntime-node 1.20.1 for noise of a shape,
// written by testdata/reference.mjs.
var references = []struct {
	file, model string
	shape       []int
}{
	{"det-96x64.f32", detector, []int{1, 3, 64, 96}},
	{"det-160x32.f32", detector, []int{1, 3, 32, 160}},
	{"rec-100x48.f32", recognizer, []int{1, 3, 48, 100}},
	{"rec-8x48.f32", recognizer, []int{1, 3, 48, 8}},
	{"tiny-100x48.f32", quick, []int{1, 3, 48, 100}},
	{"small-24x48.f32", careful, []int{1, 3, 48, 24}},
	{"shown-64x96.f32", shown, []int{1, 3, 96, 64}},
}

// TestReference compares every kernel set with onnxruntime.
func TestReference(t *testing.T) {
	const tolerance = 1e-4
	for _, k := range kernelSets() {
		for _, c := range references {
			t.Run(k.name+"/"+c.file, func(t *testing.T) {
				raw, err := os.ReadFile(filepath.Join("testdata", c.file))
				if err != nil {
					t.Fatal(err)
				}
				m := loadFile(t, c.model, k)
				out, err := m.Run(context.Background(), Tensor{Shape: c.shape, Data: noise(c.shape)}, Options{Threads: 2})
				if err != nil {
					t.Fatal(err)
				}
				if len(raw) != 4*len(out.Data) {
					t.Fatalf("%d values, the reference has %d", len(out.Data), len(raw)/4)
				}
				worst := 0.0
				for i, got := range out.Data {
					want := math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
					d := math.Abs(float64(got) - float64(want))
					if math.IsNaN(d) {
						t.Fatalf("value %d is %v", i, got)
					}
					worst = max(worst, d)
				}
				t.Logf("greatest difference %.2g", worst)
				if worst > tolerance {
					t.Errorf("greatest difference %g, want at most %g", worst, tolerance)
				}
			})
		}
	}
}

// kernelSets returns the kernels to test: portable, this machine's own, and
// those without its optional parts.
func kernelSets() []*kernels {
	sets := []*kernels{portable()}
	k := machineKernels()
	if k.name == sets[0].name {
		return sets
	}
	return append(append(sets, k), lesserKernels()...)
}
