package onnx

// lesserKernels returns the kernels that machines older than this one use.
func lesserKernels() []*kernels {
	if machineKernels().name != "avx512" {
		return nil
	}
	return []*kernels{avx2()}
}
