// Package onnx loads small ONNX models and runs them on the CPU.
//
// It covers what convolutional and light attention graphs with one float
// input and one float output need, and refuses everything else at load or
// compile time with an error. It knows nothing of what the numbers mean.
//
// The life of a model:
//
//   - [Load] reads the protobuf (proto.go), checks the graph (graph.go), folds
//     constants, batch normalisation and activations into the convolutions
//     (fuse.go) and packs the weights for the kernels of this machine.
//   - The first [Model.Run] with a given input shape compiles a plan (plan.go):
//     every shape, every step and the place of every intermediate tensor in
//     one arena are fixed then (arena.go). Convolutions with large tensors between
//     them become one step that makes these in bands of rows (chain.go). Plans are
//     kept, a bounded number.
//   - A run walks the steps. State belongs to the run, so a Model may be used
//     from many goroutines; what a run took is kept for the next one, of this model
//     or of those that share its [Memory].
//
// Results do not depend on the number of threads: work is cut into units whose
// size depends on shapes alone. They may differ in the last bits between
// machines, as the kernels differ (AVX2 with FMA, NEON, portable Go).
//
// It imports nothing of ours.
package onnx
