package onnx

// Activations that a convolution applies to its sum.
const (
	actNone = iota
	actRelu
	actHardSwish
)

// epilogue is what happens to a sum (with its bias) before it is stored:
// v = act(v), then v = v·scale + shift. The assembly reads its fields by
// offset.
type epilogue struct {
	act    int64
	affine int64 // 1 when scale and shift apply
	scale  float32
	shift  float32
}

// Tile of the matrix product: every kernel computes rows × columns of the
// result at a time. All packing follows these numbers.
const (
	tileRows = 6
	tileCols = 16
)

// Winograd F(4×4, 3×3): tiles of 4×4 results from 6×6 inputs.
const (
	winoOut    = 4
	winoIn     = 6
	winoPoints = winoIn * winoIn
	winoBlock  = tileCols      // tiles transformed together, along x
	winoWidth  = winoBlock * 4 // results of a block along x
	winoSource = winoWidth + 8 // floats read of each input row of a block
)

// kernels are the inner loops. Slices are at least as long as the lengths in
// the call say; assembly does not check again.
type kernels struct {
	name string

	// gemm stores epilogue(bias[r] + Σk a[k·6+r]·b[k·16+j]) in c[r·ldc+j] for
	// r < rows (at most 6) and j < 16.
	gemm func(k int, a, b, c []float32, ldc, rows int, bias []float32, ep *epilogue)

	// gemmPair does the same for the 12 rows of two panels that follow one
	// another in a; 6 < rows ≤ 12. It may be nil.
	gemmPair func(k int, a, b, c []float32, ldc, rows int, bias []float32, ep *epilogue)

	// gemmWide does what gemmPair does for j < 32: the columns of two panels that follow
	// one another in b. It may be nil.
	gemmWide func(k int, a, b, c []float32, ldc, rows int, bias []float32, ep *epilogue)

	// taps stores epilogue(bias + Σt w[t]·src[offs[t]+i]) in dst[i], i < n.
	// src may be read up to tapsOverread floats beyond the last one needed.
	taps func(dst []float32, n int, src []float32, offs []int, w []float32, bias float32, ep *epilogue)

	// depth3 and depth5 store the sums of one channel under a 3×3 or 5×5 kernel w:
	// for y < rows (at most depthRows) and x < n, dst[y·ldd+x] = epilogue(bias +
	// Σ w[i·k+j]·src[(y+i)·lds+x+j]). src may be read up to depthOverread floats
	// beyond each row that is needed, and the rows that depthRows results need. They
	// may be nil.
	depth3, depth5 depthKernel

	// pack copies columns to panels: dst[(p·k+i)·16+j] = src[i·ld+p·16+j].
	pack func(dst, src []float32, ld, k, panels int)

	add     func(dst, a, b []float32)                    // dst = a + b
	mul     func(dst, a, b []float32)                    // dst = a · b
	affine  func(dst, a []float32, scale, shift float32) // dst = a·scale + shift
	clip    func(dst, a []float32, lo, hi float32)       // dst = min(max(a, lo), hi)
	relu    func(dst, a []float32)
	hswish  func(dst, a []float32)
	sigmoid func(dst, a []float32)
	gelu    func(dst, a []float32)                      // dst = gelu(a)
	expSum  func(dst, a []float32, top float32) float32 // dst = e^(a-top), returns Σ dst
	maximum func(a []float32) float32                   // len(a) > 0
	sum     func(a []float32) float32

	// split2 stores src[2i] in even and src[2i+1] in odd; len(odd) is
	// len(src)/2, len(even) the rest.
	split2 func(even, odd, src []float32)
	// zip2 stores a and b alternating: dst[2i] = a[i], dst[2i+1] = b[i].
	zip2 func(dst, a, b []float32)

	// winoInput transforms 16 neighbouring tiles of one channel. src holds 6
	// rows, ld apart, of winoSource floats; the 36 results of tile t go to
	// dst[p·stride+t].
	winoInput func(dst []float32, stride int, src []float32, ld int)
	// winoOutput transforms 16 tiles back: src[p·stride+t] to 4 rows of 64
	// results, ld apart, with bias and epilogue.
	winoOutput func(dst []float32, ld int, src []float32, stride int, bias float32, ep *epilogue)
}

// depthKernel is the type of depth3 and depth5.
type depthKernel func(dst []float32, ldd, n, rows int, src []float32, lds int, w []float32, bias float32, ep *epilogue)
