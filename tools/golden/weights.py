"""Files of weights by PyTorch, onnx and h5py, and what is in them.

    apt-get install python3-torch python3-onnx python3-h5py
    /usr/bin/python3 weights.py dl-core/src/test/resources/dev/dl/core/tensorfile
"""

import argparse
import collections
import json
import os
import pathlib
import sys

import numpy
import torch

expected = {}


def plain(array):
    array = numpy.asarray(array)
    return {"shape": list(array.shape), "values": [float(value) for value in array.astype(numpy.float32).ravel()]}


def tensors(dictionary):
    return {name: plain(tensor.detach().float().numpy()) for name, tensor in dictionary.items()}


class Small(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(2, 3, 3)
        self.norm = torch.nn.BatchNorm2d(3)
        self.head = torch.nn.Linear(3, 2)

    def forward(self, x):
        return self.head(self.norm(self.conv(x)).mean((2, 3)))


class Attack:
    def __reduce__(self):
        return os.system, ("touch attacked",)


def views():
    base = torch.arange(24.0).reshape(2, 3, 4) / 7
    images = torch.arange(72.0).reshape(2, 3, 3, 4)
    return collections.OrderedDict(
        dense=base,
        part=base[1],
        transposed=base.transpose(0, 2),
        every_second=base[:, ::2, 1:3],
        column=base[0, :, 3:],
        channels_last=images.to(memory_format=torch.channels_last),
        scalar=torch.tensor(2.5),
        empty=torch.zeros(0, 3),
        half=torch.tensor([1.0, -0.333, 65504, 6e-8]).half(),
        bfloat16=torch.tensor([[3.140625, -1e30]]).bfloat16().t(),
        double=torch.tensor([0.1, -2e-300], dtype=torch.float64),
        long=torch.tensor([2**24, -5]),
        int=torch.tensor([-7, 7], dtype=torch.int32),
        short=torch.tensor([-300], dtype=torch.int16),
        char=torch.tensor([-128, 127], dtype=torch.int8),
        byte=torch.tensor([0, 255], dtype=torch.uint8),
        bool=torch.tensor([True, False]),
        parameter=torch.nn.Parameter(torch.ones(2)),
    )


def pytorch(directory):
    directory.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    model = Small()
    optimizer = torch.optim.Adam(model.parameters())
    model(torch.randn(2, 2, 5, 5)).sum().backward()
    optimizer.step()
    weights = model.state_dict()
    checkpoint = {
        "epoch": 3,
        "best": 0.75,
        "note": "größer",
        "sizes": (1, [2, None, True]),
        "large": 2**70,
        "state_dict": weights,
        "optimizer": optimizer.state_dict(),
    }

    def save(name, value, found=None, **how):
        torch.save(value, directory / name, **how)
        if found is not None:
            expected[f"pytorch/{name}"] = tensors(found)

    save("module.pt", weights, weights)
    save("module-protocol-4.pt", weights, weights, pickle_protocol=4)
    save("module-legacy.pt", weights, weights, _use_new_zipfile_serialization=False)
    save("views.pt", views(), views())
    save("views-legacy.pt", views(), views(), _use_new_zipfile_serialization=False)
    save("checkpoint.pt", checkpoint, weights)
    save("mixed.pt", {"weight": torch.ones(2), "epoch": 3, "extra": None}, {"weight": torch.ones(2)})

    save("refused-two-places.pt", {"model": weights, "ema": weights})
    save("refused-no-tensors.pt", {"epoch": 3})
    save("refused-list.pt", [torch.ones(2)])
    save("refused-expanded.pt", {"weight": torch.ones(1).expand(1000, 1000)})
    save("refused-complex.pt", {"weight": torch.ones(1, dtype=torch.complex64)})
    save("refused-attack.pt", {"weight": torch.ones(1), "attack": Attack()})
    save("refused-attack-legacy.pt", {"attack": Attack()}, _use_new_zipfile_serialization=False)
    save("refused-arguments.pt", {"state_dict": weights, "args": argparse.Namespace(rate=0.1)})
    save("refused-module.pt", torch.nn.Linear(2, 1))
    save("refused-inexact.pt", {"weight": torch.tensor([2**24 + 1])})
    torch.jit.script(torch.nn.Linear(2, 1)).save(str(directory / "refused-script.pt"))


def onnx_files(directory):
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    directory.mkdir(parents=True, exist_ok=True)
    floats = numpy.arange(6, dtype=numpy.float32).reshape(2, 3) / 7
    arrays = {
        "raw.float32": floats,
        "raw.float16": floats.astype(numpy.float16),
        "raw.float64": floats.astype(numpy.float64) / 3,
        "raw.int64": numpy.array([-3, 2**24], dtype=numpy.int64),
        "raw.int32": numpy.array([[-3], [5]], dtype=numpy.int32),
        "raw.uint8": numpy.array([0, 255], dtype=numpy.uint8),
        "raw.int8": numpy.array([-128, 127], dtype=numpy.int8),
        "raw.bool": numpy.array([True, False]),
        "raw.scalar": numpy.array(1.5, dtype=numpy.float32),
        "raw.empty": numpy.zeros((0, 3), dtype=numpy.float32),
    }
    typed = {
        "typed.float32": (TensorProto.FLOAT, floats),
        "typed.float16": (TensorProto.FLOAT16, floats.astype(numpy.float16)),
        "typed.float64": (TensorProto.DOUBLE, floats.astype(numpy.float64) / 3),
        "typed.int64": (TensorProto.INT64, numpy.array([-3, 2**24], dtype=numpy.int64)),
        "typed.int32": (TensorProto.INT32, numpy.array([[-3], [5]], dtype=numpy.int32)),
        "typed.int8": (TensorProto.INT8, numpy.array([-128, 127], dtype=numpy.int8)),
        "typed.bool": (TensorProto.BOOL, numpy.array([True, False])),
    }
    initializers = [numpy_helper.from_array(array, name) for name, array in arrays.items()]
    initializers += [
        helper.make_tensor(name, kind, array.shape, array.ravel()) for name, (kind, array) in typed.items()
    ]
    bfloat16 = torch.tensor([1.0, -3.140625]).bfloat16()
    initializers.append(
        helper.make_tensor("raw.bfloat16", TensorProto.BFLOAT16, [2], bfloat16.view(torch.int16).numpy().tobytes(), True)
    )
    inner = helper.make_graph([], "inner", [], [], [numpy_helper.from_array(floats, "inside")])
    nodes = [
        helper.make_node("Constant", [], ["constant.raw"], value=numpy_helper.from_array(floats * 2, "another name")),
        helper.make_node("Constant", [], ["constant.typed"], value=helper.make_tensor("", 1, [2], [0.25, -8.0])),
        helper.make_node("Constant", [], ["constant.text"], value_string="text"),
        helper.make_node("Constant", [], ["end"], value=helper.make_tensor("", 7, [1], [2**63 - 1])),
        helper.make_node("If", ["raw.bool"], ["y"], then_branch=inner, else_branch=inner),
        helper.make_node("MatMul", ["x", "raw.float32"], ["z"]),
    ]

    def model(name, nodes, initializers, **how):
        graph = helper.make_graph(nodes, "graph", [], [], initializers, doc_string="é" * 50, **how)
        made = helper.make_model(graph, producer_name="weights.py")
        (directory / name).write_bytes(made.SerializeToString())

    model("all.onnx", nodes, initializers)
    found = {"constant.raw": floats * 2, "constant.typed": numpy.array([0.25, -8.0])}
    found |= {tensor.name: numpy_helper.to_array(tensor) for tensor in initializers if tensor.name != "raw.bfloat16"}
    found["raw.bfloat16"] = bfloat16.float().numpy()
    expected["onnx/all.onnx"] = {name: plain(array) for name, array in found.items()}

    outside = numpy_helper.from_array(floats, "outside")
    onnx.external_data_helper.set_external_data(outside, "../../etc/passwd", 0, 24)
    outside.ClearField("raw_data")
    model("refused-external.onnx", [], [outside])
    model("refused-text.onnx", [], [helper.make_tensor("text", TensorProto.STRING, [1], [b"text"])])
    sparse = helper.make_sparse_tensor(
        helper.make_tensor("values", 1, [1], [1.0]), helper.make_tensor("indices", 7, [1], [1]), [4]
    )
    model("refused-sparse.onnx", [], [], sparse_initializer=[sparse])
    for name, dims in {"product": [2**32, 2**32], "negative": [-1], "large": [2**40], "other": [7]}.items():
        absurd = numpy_helper.from_array(floats, "absurd")
        del absurd.dims[:]
        absurd.dims.extend(dims)
        model(f"refused-{name}.onnx", [], [absurd])
    twice = numpy_helper.from_array(floats, "twice")
    model("refused-twice.onnx", [], [twice, twice])


def keras(directory):
    """What Keras' own hdf5_format.py writes, by the same calls of h5py."""
    import h5py

    directory.mkdir(parents=True, exist_ok=True)
    generator = numpy.random.default_rng(1)

    def array(*shape):
        return generator.standard_normal(shape).astype(numpy.float32)

    layers = {
        "input_1": {},
        "conv2d": {"conv2d/kernel:0": array(3, 3, 1, 2), "conv2d/bias:0": array(2)},
        "norm": {f"norm/{name}:0": array(2) for name in ["gamma", "beta", "moving_mean", "moving_variance"]},
        "zeta": {"zeta/kernel:0": array(2, 3).astype(numpy.float16)},
        "alpha": {"alpha/kernel:0": array(3, 2).astype(numpy.float64), "steps:0": numpy.array(7, numpy.int64)},
        "inner": {"deep/er/kernel:0": array(2, 2), "deep/er/bias:0": array(0)},
    }

    def write(group, layers, parts=1):
        names = numpy.array([name.encode() for name in layers])
        if parts == 1:
            group.attrs["layer_names"] = names
        for number, part in enumerate(numpy.array_split(names, parts) if parts > 1 else []):
            group.attrs[f"layer_names{number}"] = part
        group.attrs["backend"] = b"tensorflow"
        group.attrs["keras_version"] = b"2.2.0"
        for name, weights in layers.items():
            layer = group.create_group(name)
            texts = list(weights) if name == "zeta" else [weight.encode() for weight in weights]
            layer.attrs["weight_names"] = texts  # of variable length, and of one length
            for weight, value in weights.items():
                layer.create_dataset(weight, data=value)

    def found(name, read=layers):
        expected[f"keras/{name}"] = {
            weight if weight.startswith(layer + "/") else f"{layer}/{weight}": plain(value)
            for layer, weights in read.items()
            for weight, value in weights.items()
        }

    def config(kind):
        return json.dumps({"class_name": "Sequential", "config": [{"class_name": kind, "config": {"units": 2}}]}).encode()

    with h5py.File(directory / "weights.h5", "w") as file:
        write(file, layers)
    found("weights.h5")
    with h5py.File(directory / "model.h5", "w") as file:
        file.attrs["model_config"] = config("Dense")
        write(file.create_group("model_weights"), layers, parts=3)
        file.create_group("optimizer_weights")["iterations"] = 3
    found("model.h5")

    with h5py.File(directory / "theano.h5", "w") as file:
        kernels = {
            "conv1d_1": {"conv1d_1/kernel": numpy.arange(24, dtype="<f4").reshape(4, 2, 3)},
            "conv2d_1": {
                "conv2d_1/kernel": numpy.arange(36, dtype="<f4").reshape(2, 3, 2, 3),
                "conv2d_1/bias": numpy.arange(3, dtype="<f4"),
            },
            "dense_1": {"dense_1/kernel": numpy.arange(6, dtype="<f4").reshape(2, 3)},
        }
        write(file, kernels)
        file.attrs["backend"] = "theano"
    # As Keras 2 turns them around where it reads such a file on another backend.
    for axes, layer in ((1, "conv1d_1"), (2, "conv2d_1")):
        kernel = kernels[layer][f"{layer}/kernel"]
        kernels[layer][f"{layer}/kernel"] = numpy.flip(kernel, tuple(range(axes)))
    found("theano.h5", kernels)

    def refused(name, change, kind="Dense", layers={"dense": {"dense/kernel:0": array(2, 2)}}, **how):
        with h5py.File(directory / f"refused-{name}.h5", "w", **how) as file:
            file.attrs["model_config"] = config(kind)
            group = file.create_group("model_weights")
            write(group, layers)
            change(group)

    def replace(name, value):
        def change(group):
            del group[name]
            group[name] = value

        return change

    def dataset(*arguments, **how):
        def change(group):
            del group["dense/dense/kernel:0"]
            group.create_dataset("dense/dense/kernel:0", *arguments, **how)

        return change

    kernel = "dense/dense/kernel:0"
    refused("lambda", lambda group: None, kind="Lambda")
    refused("external-link", replace(kernel, h5py.ExternalLink("/etc/passwd", "/kernel")))
    refused("soft-link", replace(kernel, h5py.SoftLink("/model_weights/dense")))
    refused("external-data", dataset((2, 2), "<f4", external=[("/etc/passwd", 0, 16)]))
    refused("compressed", dataset(data=array(8, 8), compression="gzip"))
    refused("big-endian", dataset(data=array(2, 2).astype(">f4")))
    refused("text", dataset(data=numpy.array([b"text"])))
    refused("missing", lambda group: group.__delitem__(kernel))
    refused("newest", lambda group: None, libver="latest")
    with h5py.File(directory / "refused-other.h5", "w") as file:
        file["data"] = array(2)


directory = pathlib.Path(sys.argv[1])
keras(directory / "keras")
pytorch(directory / "pytorch")
onnx_files(directory / "onnx")
(directory / "weights.json").write_text(json.dumps(expected) + "\n")
