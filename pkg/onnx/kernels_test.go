package onnx

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// lengths cover whole vectors, tails of every size and the empty case.
var lengths = []int{0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 40, 63, 64, 100, 129}

// guarded returns n floats with canaries behind them and a check of those.
func guarded(n int) (buf []float32, intact func() bool) {
	const canary = 12345
	all := make([]float32, n+40)
	for i := range all {
		all[i] = canary
	}
	return all[:n], func() bool {
		for _, v := range all[n:] {
			if v != canary {
				return false
			}
		}
		return true
	}
}

// TestKernels compares every kernel of this machine with the portable one.
func TestKernels(t *testing.T) {
	want, sets := portable(), kernelSets()
	for _, k := range sets[1:] {
		for _, n := range lengths {
			a, b := noise([]int{n}), noise([]int{n + 1})[1:]
			for i := range a {
				a[i] *= 9
			}
			for _, c := range []struct {
				name string
				run  func(k *kernels, dst []float32)
			}{
				{"add", func(k *kernels, d []float32) { k.add(d, a, b) }},
				{"mul", func(k *kernels, d []float32) { k.mul(d, a, b) }},
				{"affine", func(k *kernels, d []float32) { k.affine(d, a, 1.5, -0.25) }},
				{"clip", func(k *kernels, d []float32) { k.clip(d, a, -1.5, 2) }},
				{"relu", func(k *kernels, d []float32) { k.relu(d, a) }},
				{"hswish", func(k *kernels, d []float32) { k.hswish(d, a) }},
				{"sigmoid", func(k *kernels, d []float32) { k.sigmoid(d, a) }},
				{"gelu", func(k *kernels, d []float32) { k.gelu(d, a) }},
				{"expSum", func(k *kernels, d []float32) {
					if s, p := k.expSum(d, a, 9), want.expSum(make([]float32, n), a, 9); math.Abs(float64(s-p)) > 1e-5 {
						t.Errorf("%s: expSum of %d: %v, want %v", k.name, n, s, p)
					}
				}},
			} {
				got, intact := guarded(n)
				ref := make([]float32, n)
				c.run(want, ref)
				c.run(k, got)
				if !near(got, ref, 1e-5) || !intact() {
					t.Errorf("%s: %s of %d: %v, want %v (nothing written behind: %v)", k.name, c.name, n, got, ref, intact())
				}
			}
			if n > 0 {
				if g, w := k.maximum(a), want.maximum(a); g != w {
					t.Errorf("%s: maximum of %d: %v, want %v", k.name, n, g, w)
				}
			}
			if g, w := k.sum(a), want.sum(a); math.Abs(float64(g-w)) > 1e-4 {
				t.Errorf("%s: sum of %d: %v, want %v", k.name, n, g, w)
			}
			zipped, intact := guarded(2 * n)
			k.zip2(zipped, a, b)
			even, odd := make([]float32, n), make([]float32, n)
			k.split2(even, odd, zipped)
			if !near(even, a, 0) || !near(odd, b, 0) || !intact() {
				t.Errorf("%s: zip2 and split2 of %d differ", k.name, n)
			}
		}
	}
}

func TestExtremes(t *testing.T) {
	in := []float32{-1e30, -200, -90, -87, 0, 87, 88, 200, 1e30, float32(math.Inf(1)), float32(math.Inf(-1))}
	for _, k := range kernelSets() {
		out := make([]float32, len(in))
		k.sigmoid(out, in)
		for i, v := range out {
			want := 1 / (1 + math.Exp(-float64(in[i])))
			if !(math.Abs(float64(v)-want) < 1e-6) {
				t.Errorf("%s: sigmoid(%v) = %v", k.name, in[i], v)
			}
		}
		k.gelu(out, in)
		for i, v := range out {
			if want := max(in[i], 0); !(v == want || math.Abs(float64(v-want)) < 1e-6) {
				t.Errorf("%s: gelu(%v) = %v", k.name, in[i], v)
			}
		}
	}
}

func TestGelu(t *testing.T) {
	in := make([]float32, 1601)
	for i := range in {
		in[i] = float32(i-800) / 100
	}
	for _, k := range kernelSets() {
		out := make([]float32, len(in))
		k.gelu(out, in)
		for i, v := range in {
			x := float64(v)
			if want := x * math.Erfc(-x/math.Sqrt2) / 2; math.Abs(float64(out[i])-want) > 3e-7*max(1, math.Abs(x)) {
				t.Errorf("%s: gelu(%v) = %v, want %v", k.name, x, out[i], want)
			}
		}
	}
}

func TestGemm(t *testing.T) {
	epilogues := []epilogue{{}, {act: actRelu}, {act: actHardSwish}, {act: actHardSwish, affine: 1, scale: 1.5, shift: -0.5}, {act: actRelu, affine: 1, scale: 2, shift: 1}}
	want, sets := portable(), kernelSets()
	for _, k := range sets[1:] {
		for _, depth := range []int{0, 1, 2, 3, 8, 27, 96} {
			a, b, bias := noise([]int{2 * tileRows, depth}), noise([]int{depth, tileCols}), ramp(2*tileRows)
			for rows := 1; rows <= 2*tileRows; rows++ {
				gemm := k.gemm
				if rows > tileRows {
					if gemm = k.gemmPair; gemm == nil {
						continue
					}
				}
				for _, ep := range epilogues {
					const ldc = 19
					n := (rows-1)*ldc + tileCols
					got, intact := guarded(n)
					ref := append([]float32(nil), got...)
					gemm(depth, a, b, got, ldc, rows, bias, &ep)
					for r := 0; r < rows; r += tileRows {
						want.gemm(depth, a[r*depth:], b, ref[r*ldc:], ldc, min(tileRows, rows-r), bias[r:], &ep)
					}
					if !near(got, ref, 1e-4) || !intact() {
						t.Errorf("%s: depth %d, %d rows, %+v: wrong", k.name, depth, rows, ep)
					}
				}
			}
		}
	}
}

// TestGemmWide compares the product of two panels of columns with that of each.
func TestGemmWide(t *testing.T) {
	for _, k := range kernelSets() {
		if k.gemmWide == nil {
			continue
		}
		for _, depth := range []int{0, 1, 2, 3, 8, 27, 96} {
			a, b, bias := noise([]int{2 * tileRows, depth}), noise([]int{depth, 2 * tileCols}), ramp(2*tileRows)
			for rows := tileRows + 1; rows <= 2*tileRows; rows++ {
				for _, ep := range []epilogue{{}, {act: actRelu}, {act: actHardSwish}, {act: actHardSwish, affine: 1, scale: 1.5, shift: -0.5}, {act: actRelu, affine: 1, scale: 2, shift: 1}} {
					const ldc = 35
					got, intact := guarded((rows-1)*ldc + 2*tileCols)
					ref := append([]float32(nil), got...)
					k.gemmWide(depth, a, b, got, ldc, rows, bias, &ep)
					for j := range 2 {
						k.gemmPair(depth, a, b[j*tileCols*depth:], ref[j*tileCols:], ldc, rows, bias, &ep)
					}
					if !slices.Equal(got, ref) || !intact() {
						t.Errorf("%s: depth %d, %d rows, %+v: wrong", k.name, depth, rows, ep)
					}
				}
			}
		}
	}
}

func TestTaps(t *testing.T) {
	want, sets := portable(), kernelSets()
	for _, k := range sets[1:] {
		for _, n := range lengths[1:] {
			for _, taps := range []int{1, 9, 25} {
				t.Run(fmt.Sprintf("%s/%d/%d", k.name, n, taps), func(t *testing.T) {
					src, w := noise([]int{n + 3*taps + tapsOverread}), noise([]int{taps})
					offs := make([]int, taps)
					for i := range offs {
						offs[i] = 3*i + i%2
					}
					for _, ep := range []epilogue{{}, {act: actRelu}, {act: actHardSwish, affine: 1, scale: 0.5, shift: 2}} {
						got, intact := guarded(n)
						ref := make([]float32, n)
						k.taps(got, n, src, offs, w, 0.25, &ep)
						want.taps(ref, n, src, offs, w, 0.25, &ep)
						if !near(got, ref, 1e-5) || !intact() {
							t.Errorf("%+v: %v, want %v", ep, got, ref)
						}
					}
				})
			}
		}
	}
}

// TestDepth compares the kernels of depthwise convolutions with their definition.
func TestDepth(t *testing.T) {
	for _, k := range kernelSets() {
		for size, depth := range map[int]depthKernel{3: k.depth3, 5: k.depth5} {
			if depth == nil {
				continue
			}
			w := noise([]int{size, size})
			for _, n := range lengths[1:] {
				lds, ldd := n+size-1+depthOverread, n+3
				src := noise([]int{depthRows + size - 1, lds})
				for rows := 1; rows <= depthRows; rows++ {
					for _, ep := range []epilogue{{}, {act: actRelu}, {act: actHardSwish, affine: 1, scale: 0.5, shift: 2}} {
						got, intact := guarded((rows-1)*ldd + n)
						want := append([]float32(nil), got...)
						depth(got, ldd, n, rows, src, lds, w, 0.25, &ep)
						for y := range rows {
							for x := range n {
								sum := float32(0.25)
								for i, v := range w {
									sum += v * src[(y+i/size)*lds+x+i%size]
								}
								want[y*ldd+x] = ep.apply(sum)
							}
						}
						if !near(got, want, 1e-5) || !intact() {
							t.Errorf("%s: %d×%d, %d results, %d rows, %+v: wrong", k.name, size, size, n, rows, ep)
						}
					}
				}
			}
		}
	}
}
