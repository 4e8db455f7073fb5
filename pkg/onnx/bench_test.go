package onnx

import (
	"context"
	"fmt"
	"path"
	"strings"
	"testing"
)

// BenchmarkRun measures both graphs of pkg/ocr, one thread. cpu-ms/op is the
// user time of the process, which a busy machine disturbs less than the clock.
func BenchmarkRun(b *testing.B) {
	for _, c := range []struct {
		model string
		shape []int
	}{
		{detector, []int{1, 3, 1280, 1280}},
		{detector, []int{1, 3, 960, 1280}},
		{recognizer, []int{1, 3, 48, 320}},
		{quick, []int{1, 3, 48, 320}},
		{careful, []int{1, 3, 48, 320}},
	} {
		b.Run(fmt.Sprintf("%s/%dx%d", strings.TrimSuffix(strings.TrimSuffix(path.Base(c.model), ".gz"), ".onnx"), c.shape[3], c.shape[2]), func(b *testing.B) {
			m := loadFile(b, c.model, machineKernels())
			in := Tensor{Shape: c.shape, Data: noise(c.shape)}
			b.ReportAllocs()
			run := func() {
				if _, err := m.Run(context.Background(), in, Options{Threads: 1}); err != nil {
					b.Fatal(err)
				}
			}
			run()
			start := processorTime(b)
			for b.Loop() {
				run()
			}
			b.ReportMetric(float64((processorTime(b)-start).Microseconds())/1000/float64(b.N), "cpu-ms/op")
		})
	}
}
