package onnx

// machineKernels returns the fastest kernels this machine can run. Every
// 64-bit Arm has the vector instructions used here (ASIMD). What is not
// replaced stays portable.
func machineKernels() *kernels {
	k := portable()
	k.name = "neon"
	k.gemm, k.taps, k.add, k.affine, k.gelu = gemmNEON, tapsNEON, addNEON, affineNEON, geluNEON
	return k
}

func tapsNEON(dst []float32, n int, src []float32, offs []int, w []float32, bias float32, ep *epilogue) {
	m := n &^ 15
	tapsBlocks(dst, m, src, offs, w, bias, ep)
	if m < n {
		tapsGo(dst[m:], n-m, src[m:], offs, w, bias, ep)
	}
}

func addNEON(dst, a, b []float32) {
	m := len(dst) &^ 15
	addBlocks(dst[:m], a, b)
	addGo(dst[m:], a[m:], b[m:])
}

func affineNEON(dst, a []float32, scale, shift float32) {
	m := len(dst) &^ 15
	affineBlocks(dst[:m], a, scale, shift)
	affineGo(dst[m:], a[m:], scale, shift)
}

func geluNEON(dst, a []float32) {
	m := len(dst) &^ 3
	geluBlocks(dst[:m], a)
	geluGo(dst[m:], a[m:])
}

//go:noescape
func gemmNEON(k int, a, b, c []float32, ldc, rows int, bias []float32, ep *epilogue)

//go:noescape
func tapsBlocks(dst []float32, n int, src []float32, offs []int, w []float32, bias float32, ep *epilogue)

//go:noescape
func addBlocks(dst, a, b []float32)

//go:noescape
func affineBlocks(dst, a []float32, scale, shift float32)

//go:noescape
func geluBlocks(dst, a []float32)
