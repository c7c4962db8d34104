#!/usr/bin/env python3
"""Golden values of what images as sequences of patches need, made with PyTorch in double precision.

usage: patches.py DIRECTORY

Writes one JSON file for each kind of layer, as layers.py does. A parameter that has the name of its
layer is called "parameter".
"""

import torch
import torch.nn.functional as F

from golden import case, main, uniform


def images_to_sequences():
    def on(*shape):
        return case("x".join(map(str, shape)), {}, lambda input: input.flatten(2).transpose(1, 2), input=uniform(*shape))

    return [on(2, 3, 4, 5), on(1, 20, 2, 2), on(3, 1, 3, 2)]


def sequences_to_images():
    def on(batch, height, width, channels):
        def run(input):
            return input.transpose(1, 2).reshape(batch, channels, height, width)

        name = f"{batch}x{channels}x{height}x{width}"
        settings = {"height": height, "width": width}
        return case(name, settings, run, input=uniform(batch, height * width, channels))

    return [on(2, 4, 5, 3), on(1, 2, 2, 20)]


def transposed():
    def on(*shape):
        return case("x".join(map(str, shape)), {}, lambda input: input.transpose(1, 2), input=uniform(*shape))

    return [on(2, 4, 3), on(3, 1, 17), on(1, 20, 5)]


def class_tokens():
    def on(batch, length, features):
        def run(input, parameter):
            return torch.cat([parameter.expand(batch, -1, -1), input], 1)

        return case(
            f"{batch}x{length}x{features}",
            {},
            run,
            input=uniform(batch, length, features),
            parameter=uniform(1, 1, features),
        )

    return [on(2, 4, 3), on(3, 1, 17)]


def positions():
    def on(batch, length, features):
        return case(
            f"{batch}x{length}x{features}",
            {},
            lambda input, parameter: input + parameter,
            input=uniform(batch, length, features),
            parameter=uniform(1, length, features),
        )

    return [on(2, 4, 3), on(3, 5, 17)]


def layer_scales():
    def on(*shape):
        return case(
            "x".join(map(str, shape)),
            {},
            lambda input, parameter: input * parameter,
            input=uniform(*shape),
            parameter=uniform(shape[-1]),
        )

    return [on(2, 4, 3), on(3, 17), on(2, 300, 40)]


def pointwise_convolutions():
    """Of the pixels of images, in the order of a sequence."""

    def on(batch, length, features, outputs):
        def run(input, weight, bias):
            return F.conv2d(input.transpose(1, 2)[..., None], weight, bias)[..., 0].transpose(1, 2)

        return case(
            f"{batch}x{length}, {features} to {outputs}",
            {},
            run,
            input=uniform(batch, length, features),
            weight=uniform(outputs, features, 1, 1),
            bias=uniform(outputs),
        )

    return [on(2, 6, 3, 5), on(1, 3, 16, 20)]


KINDS = {
    "image-to-sequence": images_to_sequences,
    "sequence-to-image": sequences_to_images,
    "transposed-sequence": transposed,
    "class-token": class_tokens,
    "patch-positions": positions,
    "layer-scale": layer_scales,
    "pointwise-convolution": pointwise_convolutions,
}


if __name__ == "__main__":
    main(__doc__, KINDS)
