#!/usr/bin/env python3
"""Turns the weights of EfficientNet-Lite0, a file of PyTorch's old format, into
an ONNX model that ends with the last feature map.

  convert.py efficientnet-lite0-57934424.pth efficientnet-lite0.onnx

Batch normalisation is folded into the convolutions, whose weights become 8-bit
integers, symmetric, with one scale an output channel. Needs numpy and onnx.
"""
import collections
import pickle
import struct
import sys

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

# repeats, kernel, stride, expansion of the stages (efficientnet_lite_builder.py)
STAGES = [(1, 3, 1, 1), (2, 3, 2, 6), (2, 5, 2, 6), (3, 3, 2, 6), (3, 5, 1, 6), (4, 5, 2, 6), (1, 3, 1, 6)]
EPSILON = 1e-3


def weights(path):
    """The tensors by name. Strides matter: those that came from TensorFlow are permuted."""
    with open(path, "rb") as f:
        class Reader(pickle.Unpickler):
            def find_class(self, module, name):
                if (module, name) == ("collections", "OrderedDict"):
                    return collections.OrderedDict
                if name == "_rebuild_tensor_v2":
                    return lambda storage, offset, size, stride, *_: (storage, offset, size, stride)
                if name in ("FloatStorage", "LongStorage"):
                    return name
                raise pickle.UnpicklingError(f"{module}.{name}")

            def persistent_load(self, pid):
                return pid

        for _ in range(3):  # magic number, version, machine
            Reader(f).load()
        named, keys = Reader(f).load(), Reader(f).load()
        kinds = {storage[2]: "<f4" if storage[1] == "FloatStorage" else "<i8" for storage, *_ in named.values()}
        data = {}
        for key in keys:
            n, = struct.unpack("<q", f.read(8))
            kind = np.dtype(kinds[key])
            data[key] = np.frombuffer(f.read(n * kind.itemsize), kind)
    return {name: np.lib.stride_tricks.as_strided(data[s[2]][offset:], size, [k * data[s[2]].itemsize for k in stride])
            for name, (s, offset, size, stride) in named.items()}


def model(w):
    nodes, constants = [], []

    def constant(name, a):
        constants.append(numpy_helper.from_array(a, name))

    def conv(x, name, norm, stride, group, activate):
        k = w[name + ".weight"].astype(np.float64)
        scale = w[norm + ".weight"] / np.sqrt(w[norm + ".running_var"].astype(np.float64) + EPSILON)
        k = k * scale[:, None, None, None]
        step = np.maximum(np.abs(k).max((1, 2, 3)) / 127, 1e-12).astype(np.float32)
        constant(name + ".q", np.rint(k / step[:, None, None, None]).astype(np.int8))
        constant(name + ".s", step)
        constant(name + ".z", np.zeros(len(step), np.int8))
        constant(name + ".b", (w[norm + ".bias"] - w[norm + ".running_mean"] * scale).astype(np.float32))
        nodes.append(helper.make_node("DequantizeLinear", [name + ".q", name + ".s", name + ".z"], [name + ".w"], axis=0))
        size = k.shape[2]
        # "SAME" of TensorFlow for even sides: an odd pixel of padding stands last.
        pad = max(size - stride, 0)
        first, last = pad // 2, pad - pad // 2
        nodes.append(helper.make_node("Conv", [x, name + ".w", name + ".b"], [name], kernel_shape=[size, size], group=group,
                                      strides=[stride, stride], pads=[first, first, last, last], dilations=[1, 1]))
        if not activate:
            return name
        nodes.append(helper.make_node("Clip", [name, "zero", "six"], [name + ".r"]))
        return name + ".r"

    constant("zero", np.float32(0))
    constant("six", np.float32(6))
    x = conv("image", "_conv_stem", "_bn0", 2, 1, True)
    block = 0
    for repeats, _, stride, expansion in STAGES:
        for i in range(repeats):
            p, before = f"_blocks.{block}.", x
            if expansion > 1:
                x = conv(x, p + "_expand_conv", p + "_bn0", 1, 1, True)
            x = conv(x, p + "_depthwise_conv", p + "_bn1", stride if i == 0 else 1, w[p + "_depthwise_conv.weight"].shape[0], True)
            x = conv(x, p + "_project_conv", p + "_bn2", 1, 1, False)
            if i > 0:
                nodes.append(helper.make_node("Add", [x, before], [p + "sum"]))
                x = p + "sum"
            block += 1
    x = conv(x, "_conv_head", "_bn1", 1, 1, True)
    graph = helper.make_graph(nodes, "efficientnet_lite0",
                              [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, "h", "w"])],
                              [helper.make_tensor_value_info(x, TensorProto.FLOAT, [1, 1280, "u", "v"])], constants)
    m = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    m.ir_version = 8
    checker.check_model(m)
    return m


if __name__ == "__main__":
    with open(sys.argv[2], "wb") as out:
        out.write(model(weights(sys.argv[1])).SerializeToString(deterministic=True))
