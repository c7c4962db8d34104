#!/usr/bin/env python3
"""What the weights of published models are called and shaped, and what networks with such weights give.

usage: state_dictionaries.py DIRECTORY

Made with PyTorch 2.13, torchvision 0.28, timm 1.0.29 and Keras 3.15 on PyTorch. Writes state-dictionaries.json.gz: for each model the
names and shapes of its state dictionary in order, and the first outputs for one image. Weights and image are
numbers that follow from their places alone (`numbers`), so a test can make them again.
"""

import gzip
import json
import math
import os
import pathlib
import sys

import numpy
import torch

# torchvision's own operations, which none of the models has, are of another version of PyTorch.
torch.library.register_fake = lambda *arguments, **more: lambda function: function
os.environ["KERAS_BACKEND"] = "torch"
import keras
import timm
import torchvision

SHOWN = 16
IMAGE = 1_000_000

#: theirs, ours, side of the image
TORCHVISION = [
    ("alexnet", "alexnet", 224),
    ("vgg11", "vgg11", 224),
    ("vgg11_bn", "vgg11-bn", 224),
    ("resnet18", "resnet18", 96),
    ("resnet50", "resnet50", 96),
    ("resnext50_32x4d", "resnext50-32x4d", 96),
    ("wide_resnet50_2", "wide-resnet50-2", 96),
    ("mobilenet_v2", "mobilenetv2", 96),
    ("mobilenet_v3_small", "mobilenetv3-small", 96),
    ("mobilenet_v3_large", "mobilenetv3-large", 96),
    ("efficientnet_b0", "efficientnet-b0", 96),
    ("densenet121", "densenet121", 96),
    ("vit_b_16", "vit-base", 224),
    ("convnext_tiny", "convnext-tiny", 96),
]
TIMM = [
    ("vgg11", "vgg11", 224),
    ("vgg11_bn", "vgg11-bn", 224),
    ("resnet18", "resnet18", 96),
    ("seresnet50", "seresnet50", 96),
    ("mobilenetv2_100", "mobilenetv2", 96),
    ("mobilenetv3_small_100", "mobilenetv3-small", 96),
    ("mobilenetv3_large_100", "mobilenetv3-large", 96),
    ("efficientnet_b0", "efficientnet-b0", 96),
    ("densenet121", "densenet121", 96),
    ("vit_tiny_patch16_224", "vit-tiny", 224),
    ("deit_tiny_patch16_224", "vit-tiny", 224),
    ("convnext_atto", "convnext-atto", 96),
    ("convnext_tiny", "convnext-tiny", 96),
    ("mixer_s16_224", "mixer-s16", 224),
]
KERAS = [("DenseNet121", "densenet121", 96), ("DenseNet169", "densenet169", 96)]


def numbers(tensor, count):
    """From 0 to 1: scrambled from the places in a tensor and the tensor's place in the dictionary."""
    x = (numpy.arange(count, dtype=numpy.uint64) * 2654435761 + tensor * 40503) & 0xFFFFFFFF
    x = (x ^ (x >> 15)) * 2246822519 & 0xFFFFFFFF
    x ^= x >> 13
    return x.astype(numpy.float64) / 2**32


def weight(place, name, shape):
    """Spread so that signals neither die nor explode; Keras has outputs last."""
    count = math.prod(shape)
    values = numbers(place, count)
    if name.endswith(("running_var", "moving_variance:0", "gamma", "gamma:0")):
        values = values + 0.5
    elif len(shape) > 1:
        outputs = shape[-1 if name.endswith(":0") else 0]
        values = (values * 2 - 1) * math.sqrt(6 * outputs / count)
    elif name.endswith("weight"):
        values = values / 2 + 0.75
    else:
        values = values / 5 - 0.1
    return values.astype(numpy.float32).reshape(shape)


def filled(model):
    """The entries of the state dictionary, filled; counters of batches are no weights."""
    state = model.state_dict()
    with torch.no_grad():
        for place, (name, tensor) in enumerate(state.items()):
            if tensor.is_floating_point():
                tensor.copy_(torch.from_numpy(weight(place, name, tuple(tensor.shape))))
    return [[name, list(tensor.shape)] for name, tensor in state.items()]


def of_modules(model, image):
    """Names, shapes and outputs of a network of PyTorch."""
    model = model.double().eval()
    tensors = filled(model)
    with torch.no_grad():
        return tensors, model(torch.from_numpy(image).double()[None]).flatten()


def of_keras(name, image):
    """The same of one of Keras' applications; its names as Keras 2 writes them."""
    keras.config.set_floatx("float64")
    shape = (*image.shape[1:], 3)
    model = getattr(keras.applications, name)(weights=None, input_shape=shape, classifier_activation=None)
    tensors = []
    for layer in model.layers:
        values = []
        for variable in layer.weights:
            values.append(weight(len(tensors), variable.path + ":0", tuple(variable.shape)))
            tensors.append([variable.path + ":0", list(variable.shape)])
        if values:
            layer.set_weights(values)
    with torch.no_grad():
        outputs = model(image.transpose(1, 2, 0)[None].astype(numpy.float64), training=False)
    return tensors, torch.as_tensor(outputs).flatten()


def described(source, theirs, ours, side, run):
    image = (numbers(IMAGE, 3 * side * side).astype(numpy.float32) * 2 - 1).reshape(3, side, side)
    tensors, outputs = run(theirs, image)
    print(source, theirs, len(tensors), outputs[:3].tolist(), outputs.abs().max().item())
    return {
        "source": source,
        "theirs": theirs,
        "model": ours,
        "side": side,
        "tensors": tensors,
        "largest": float(f"{outputs.abs().max().item():.9g}"),
        "outputs": [float(f"{value:.9g}") for value in outputs[:SHOWN].tolist()],
    }


def main(directory):
    def of_torchvision(name, image):
        return of_modules(getattr(torchvision.models, name)(weights=None), image)

    def of_timm(name, image):
        return of_modules(timm.create_model(name), image)

    models = [described("torchvision", *names, of_torchvision) for names in TORCHVISION]
    models += [described("timm", *names, of_timm) for names in TIMM]
    models += [described("Keras", *names, of_keras) for names in KERAS]
    lines = ",\n".join(json.dumps(model, separators=(",", ":")) for model in models)
    content = f"[\n{lines}\n]\n".encode()
    (pathlib.Path(directory) / "state-dictionaries.json.gz").write_bytes(gzip.compress(content, mtime=0))


if __name__ == "__main__":
    main(*sys.argv[1:])
