//go:build !amd64

package onnx

// lesserKernels returns the kernels that machines older than this one use.
func lesserKernels() []*kernels { return nil }
