//go:build !amd64 && !arm64

package onnx

// machineKernels returns the fastest kernels this machine can run.
func machineKernels() *kernels { return portable() }
