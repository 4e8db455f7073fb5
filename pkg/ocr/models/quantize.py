#!/usr/bin/env python3
"""Stores the weights of an ONNX model as 8-bit integers, or as 16-bit floats.

  quantize.py [--half] MODEL OUT

The weights of Conv, ConvTranspose and MatMul become 8-bit integers, symmetric,
with one scale an output channel, before a DequantizeLinear; nothing else changes but
the version of the operators, which must know such scales.

With --half all float constants become 16-bit floats before a Cast to 32 bits: half
the size, 11 bits a weight.

Needs numpy and onnx.
"""
import sys

import numpy as np
import onnx
from onnx import TensorProto, checker, helper, numpy_helper, version_converter

# The axis of the output channels in the weights of an operator.
AXES = {"Conv": 0, "ConvTranspose": 1, "MatMul": -1}
LEAST = 256  # smaller weights are left as they are


def collect(graph):
    """Makes constants of Constant nodes."""
    for node in [n for n in graph.node if n.op_type == "Constant"]:
        tensor = TensorProto()
        tensor.CopyFrom(node.attribute[0].t)
        tensor.name = node.output[0]
        graph.initializer.append(tensor)
        graph.node.remove(node)


def halve(model):
    graph = model.graph
    collect(graph)
    nodes = []
    for tensor in list(graph.initializer):
        weights = numpy_helper.to_array(tensor)
        if weights.dtype != np.float32 or weights.size < LEAST or np.abs(weights).max() > 60000:
            continue
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(weights.astype(np.float16), tensor.name + "_h"))
        nodes.append(helper.make_node("Cast", [tensor.name + "_h"], [tensor.name], to=TensorProto.FLOAT))
    nodes.extend(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)
    checker.check_model(model)
    return model


def quantize(model):
    # DequantizeLinear takes a scale a channel from version 13 on.
    model = version_converter.convert_version(model, 13)
    graph = model.graph
    collect(graph)
    constants = {t.name: t for t in graph.initializer}
    nodes = []
    for node in graph.node:
        if node.op_type not in AXES or node.input[1] not in constants:
            continue
        name = node.input[1]
        tensor = constants.pop(name)
        weights = numpy_helper.to_array(tensor)
        if weights.dtype != np.float32 or weights.size < LEAST:
            continue
        axis = AXES[node.op_type] % weights.ndim
        across = tuple(i for i in range(weights.ndim) if i != axis)
        scale = (np.maximum(np.abs(weights).max(across, keepdims=True), 1e-12) / 127).astype(np.float32)
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(np.rint(weights / scale).astype(np.int8), name + "_q"))
        graph.initializer.append(numpy_helper.from_array(scale.reshape(-1), name + "_s"))
        nodes.append(helper.make_node("DequantizeLinear", [name + "_q", name + "_s"], [name], axis=axis))
    nodes.extend(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)
    checker.check_model(model)
    return model


if __name__ == "__main__":
    how, args = quantize, sys.argv[1:]
    if args[0] == "--half":
        how, args = halve, args[1:]
    with open(args[1], "wb") as out:
        out.write(how(onnx.load(args[0])).SerializeToString(deterministic=True))
