package onnx

import "golang.org/x/sys/cpu"

// machineKernels returns the fastest kernels this machine can run.
func machineKernels() *kernels {
	if !cpu.X86.HasAVX2 || !cpu.X86.HasFMA {
		return portable()
	}
	k := avx2()
	if cpu.X86.HasAVX512F {
		k.name, k.gemmPair, k.gemmWide, k.taps = "avx512", gemmAVX512, gemmWideAVX512, tapsAVX512
		k.depth3, k.depth5 = depth3AVX512, depth5AVX512
	}
	return k
}

// avx2 returns the kernels for AVX2 with FMA.
func avx2() *kernels {
	return &kernels{
		name: "avx2",
		gemm: gemmAVX2, taps: tapsAVX2, pack: packAVX2,
		add: addAVX2, mul: mulAVX2, affine: affineAVX2,
		clip: clipAVX2, relu: reluAVX2, hswish: hswishAVX2, sigmoid: sigmoidAVX2, gelu: geluAVX2,
		expSum: expSumAVX2, maximum: maximumAVX2, sum: sumAVX2,
		split2: split2AVX2, zip2: zip2AVX2,
		winoInput: winoInputAVX2, winoOutput: winoOutputAVX2,
	}
}

func split2AVX2(even, odd, src []float32) {
	n := len(odd) &^ 7
	split2Blocks(even[:n], odd[:n], src[:2*n])
	split2Go(even[n:], odd[n:], src[2*n:])
}

func zip2AVX2(dst, a, b []float32) {
	n := len(a) &^ 7
	zip2Blocks(dst[:2*n], a[:n], b[:n])
	zip2Go(dst[2*n:], a[n:], b[n:])
}

//go:noescape
func gemmAVX2(k int, a, b, c []float32, ldc, rows int, bias []float32, ep *epilogue)

//go:noescape
func gemmAVX512(k int, a, b, c []float32, ldc, rows int, bias []float32, ep *epilogue)

//go:noescape
func gemmWideAVX512(k int, a, b, c []float32, ldc, rows int, bias []float32, ep *epilogue)

//go:noescape
func tapsAVX2(dst []float32, n int, src []float32, offs []int, w []float32, bias float32, ep *epilogue)

//go:noescape
func tapsAVX512(dst []float32, n int, src []float32, offs []int, w []float32, bias float32, ep *epilogue)

//go:noescape
func depth3AVX512(dst []float32, ldd, n, rows int, src []float32, lds int, w []float32, bias float32, ep *epilogue)

//go:noescape
func depth5AVX512(dst []float32, ldd, n, rows int, src []float32, lds int, w []float32, bias float32, ep *epilogue)

//go:noescape
func packAVX2(dst, src []float32, ld, k, panels int)

//go:noescape
func addAVX2(dst, a, b []float32)

//go:noescape
func mulAVX2(dst, a, b []float32)

//go:noescape
func affineAVX2(dst, a []float32, scale, shift float32)

//go:noescape
func clipAVX2(dst, a []float32, lo, hi float32)

//go:noescape
func reluAVX2(dst, a []float32)

//go:noescape
func hswishAVX2(dst, a []float32)

//go:noescape
func sigmoidAVX2(dst, a []float32)

//go:noescape
func geluAVX2(dst, a []float32)

//go:noescape
func expSumAVX2(dst, a []float32, top float32) float32

//go:noescape
func maximumAVX2(a []float32) float32

//go:noescape
func sumAVX2(a []float32) float32

//go:noescape
func split2Blocks(even, odd, src []float32)

//go:noescape
func zip2Blocks(dst, a, b []float32)

//go:noescape
func winoInputAVX2(dst []float32, stride int, src []float32, ld int)

//go:noescape
func winoOutputAVX2(dst []float32, ld int, src []float32, stride int, bias float32, ep *epilogue)
