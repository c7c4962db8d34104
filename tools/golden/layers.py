#!/usr/bin/env python3
"""Golden values of layers, made with PyTorch in double precision.

usage: layers.py DIRECTORY

Writes one JSON file for each kind of layer: a list of cases
{"name", "settings", "tensors": {name: {"shape", "values"}}}. Tensors are laid out as PyTorch's:
images [batch, channels, height, width], convolution weights [out, in, kernel height, kernel width],
dense weights [out, in]. Gradients belong to the given outputGradient.
"""

import torch
import torch.nn.functional as F

from golden import case, distinct, main, tensor, uniform


def convolution(kernel, stride, padding, bias, channels_in, channels_out, batch, height, width):
    name = (
        f"{kernel}x{kernel} stride {stride} padding {padding}, {channels_in} to {channels_out} channels, "
        f"{batch}x{height}x{width}, {'bias' if bias else 'no bias'}"
    )
    inputs = {
        "input": uniform(batch, channels_in, height, width),
        "weight": uniform(channels_out, channels_in, kernel, kernel),
    }
    if bias:
        inputs["bias"] = uniform(channels_out)

    def run(input, weight, bias=None):
        return F.conv2d(input, weight, bias, stride=stride, padding=padding)

    return case(name, {"kernel": kernel, "stride": stride, "padding": padding}, run, **inputs)


def convolutions():
    #                   k  s  p  bias   in  out n  h   w
    return [
        convolution(3, 1, 1, True, 1, 3, 2, 6, 6),
        convolution(3, 1, 1, False, 3, 20, 2, 7, 5),
        convolution(3, 1, 1, True, 20, 3, 1, 5, 4),
        convolution(3, 1, 1, False, 16, 16, 1, 8, 8),
        convolution(3, 2, 1, False, 3, 5, 2, 8, 8),
        convolution(3, 2, 1, True, 20, 4, 1, 7, 5),
        convolution(5, 1, 2, True, 1, 6, 2, 9, 7),
        convolution(5, 1, 0, True, 3, 4, 1, 8, 7),
        convolution(1, 1, 0, False, 20, 8, 2, 4, 3),
        convolution(1, 2, 0, True, 3, 20, 2, 7, 7),
    ]


def grouped_convolution(kernel, strides, padding, dilation, groups, channels_in, channels_out):
    stride, column_stride = strides if isinstance(strides, tuple) else (strides, strides)
    name = (
        f"{kernel}x{kernel} stride {strides} padding {padding} dilation {dilation}, {groups} groups, "
        f"{channels_in} to {channels_out} channels"
    )
    settings = {"kernel": kernel, "stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    if stride != column_stride:
        settings["columnStride"] = column_stride

    def run(input, weight, bias):
        return F.conv2d(input, weight, bias, (stride, column_stride), padding, dilation, groups)

    weight = uniform(channels_out, channels_in // groups, kernel, kernel)
    return case(name, settings, run, input=uniform(2, channels_in, 7, 6), weight=weight, bias=uniform(channels_out))


def grouped_convolutions():
    return [
        grouped_convolution(3, 1, 1, 1, 2, 4, 6),
        grouped_convolution(3, 2, 1, 1, 4, 4, 4),
        grouped_convolution(3, 1, 1, 1, 17, 17, 17),
        grouped_convolution(3, 1, 2, 2, 1, 3, 5),
        grouped_convolution(5, 1, 2, 1, 3, 3, 6),
        grouped_convolution(1, 1, 0, 1, 2, 6, 4),
        grouped_convolution(5, (2, 1), 2, 1, 6, 6, 6),
        grouped_convolution(3, (1, 3), 1, 1, 1, 3, 20),
    ]


def transposed_convolution(
    kernel, stride, padding, output_padding, dilation, groups, channels_in, channels_out, bias=False
):
    name = (
        f"{kernel}x{kernel} stride {stride} padding {padding}+{output_padding} dilation {dilation}, "
        f"{groups} groups, {channels_in} to {channels_out} channels{', bias' if bias else ''}"
    )
    settings = {
        "kernel": kernel,
        "stride": stride,
        "padding": padding,
        "outputPadding": output_padding,
        "dilation": dilation,
        "groups": groups,
    }

    def run(input, weight, bias=None):
        return F.conv_transpose2d(
            input, weight, bias, stride, padding, output_padding, groups, dilation
        )

    weight = uniform(channels_in, channels_out // groups, kernel, kernel)
    inputs = {"input": uniform(2, channels_in, 4, 5), "weight": weight}
    if bias:
        inputs["bias"] = uniform(channels_out)
    return case(name, settings, run, **inputs)


def transposed_convolutions():
    return [
        transposed_convolution(2, 2, 0, 0, 1, 1, 3, 5),
        transposed_convolution(4, 2, 1, 0, 1, 1, 5, 3),
        transposed_convolution(3, 2, 1, 1, 1, 1, 2, 18),
        transposed_convolution(3, 1, 0, 0, 2, 1, 3, 4),
        transposed_convolution(3, 2, 1, 0, 1, 2, 4, 6),
        transposed_convolution(2, 2, 0, 0, 1, 1, 4, 3, True),
    ]


def group_normalizations():
    def normalize(groups, batch, channels, height, width):
        def run(input, weight, bias):
            return F.group_norm(input, groups, weight, bias, 1e-5)

        return case(
            f"{channels} channels in {groups} groups, {batch}x{height}x{width}",
            {"groups": groups},
            run,
            input=uniform(batch, channels, height, width),
            weight=uniform(channels),
            bias=uniform(channels),
        )

    return [normalize(2, 2, 4, 5, 3), normalize(1, 3, 6, 4, 4), normalize(20, 2, 20, 7, 5), normalize(4, 1, 64, 9, 8)]


def batch_normalization(name, training, batch, channels, *size, eps=1e-5, momentum=0.1):
    """Two steps of training, or one evaluation with given running statistics, of images of a size, or of vectors."""
    layer = (torch.nn.BatchNorm2d if size else torch.nn.BatchNorm1d)(channels, eps, momentum)
    weight, bias = uniform(channels), uniform(channels)
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
    tensors = {"weight": tensor(weight), "bias": tensor(bias)}
    if not training:
        layer.running_mean.copy_(uniform(channels))
        layer.running_var.copy_(uniform(channels).abs() + 0.25)
        tensors["runningMean"] = tensor(layer.running_mean)
        tensors["runningVariance"] = tensor(layer.running_var)
    layer.train(training)
    for step in (1, 2) if training else (1,):
        layer.zero_grad()
        images = uniform(batch, channels, *size).requires_grad_(True)
        output = layer(images)
        output_gradient = uniform(*output.shape)
        output.backward(output_gradient)
        values = {
            "input": images,
            "output": output,
            "outputGradient": output_gradient,
            "inputGradient": images.grad,
            "weightGradient": layer.weight.grad,
            "biasGradient": layer.bias.grad,
        }
        if training:
            values["runningMean"] = layer.running_mean
            values["runningVariance"] = layer.running_var
        suffix = str(step) if training else ""
        tensors.update({key + suffix: tensor(value) for key, value in values.items()})
    settings = {"epsilon": eps, "momentum": momentum, "training": training}
    return {"name": name, "settings": settings, "tensors": tensors}


def batch_normalizations():
    return [
        batch_normalization("training, 1 channel", True, 3, 1, 4, 4),
        batch_normalization("training, 3 channels, odd size", True, 2, 3, 5, 3),
        batch_normalization("training, 20 channels", True, 4, 20, 2, 3),
        batch_normalization("evaluation, 3 channels", False, 2, 3, 4, 5),
        batch_normalization("training, vectors", True, 5, 7),
        batch_normalization("evaluation, vectors", False, 2, 3),
        batch_normalization("training, MobileNetV3's epsilon and momentum", True, 3, 4, 3, 2, eps=1e-3, momentum=0.01),
        batch_normalization("evaluation, MobileNetV3's epsilon", False, 2, 4, 3, 2, eps=1e-3, momentum=0.01),
    ]


def relus():
    return [case("2x3x4x5", {}, lambda input: F.relu(input), input=uniform(2, 3, 4, 5))]


def activations():
    """At odd multiples of 1/512, where every function has a derivative."""
    functions = {
        "NONE": lambda input: input.clone(),
        "RELU": F.relu,
        "RELU6": F.relu6,
        "LEAKY_RELU": F.leaky_relu,
        "SIGMOID": torch.sigmoid,
        "TANH": torch.tanh,
        "GELU": F.gelu,
        "GELU_TANH": lambda input: F.gelu(input, approximate="tanh"),
        "SILU": F.silu,
        "HARD_SWISH": F.hardswish,
        "HARD_SIGMOID": F.hardsigmoid,
        "STEEP_HARD_SIGMOID": lambda input: (input / 5 + 0.5).clamp(0, 1),
    }
    return [
        case(name, {"activation": name}, function, input=uniform(2, 3, 3, 5) * 4 + 1 / 512)
        for name, function in functions.items()
    ]


def poolings(function):
    def pooling(kernel, stride, padding, *shape):
        name = f"{kernel}x{kernel} stride {stride} padding {padding}, {'x'.join(map(str, shape))}"
        settings = {"kernel": kernel, "stride": stride, "padding": padding}
        return case(
            name, settings, lambda input: function(input, kernel, stride, padding), input=distinct(*shape)
        )

    return pooling


def max_poolings():
    pooling = poolings(F.max_pool2d)
    return [
        pooling(2, 2, 0, 2, 3, 6, 6),
        pooling(2, 2, 0, 1, 20, 7, 5),
        pooling(3, 2, 1, 2, 3, 8, 8),
        pooling(3, 2, 1, 1, 4, 7, 5),
    ]


def average_poolings():
    pooling = poolings(F.avg_pool2d)
    return [
        pooling(2, 2, 0, 2, 3, 6, 6),
        pooling(2, 2, 0, 1, 20, 7, 5),
        pooling(3, 2, 0, 1, 4, 7, 5),
    ]


def global_average_poolings():
    def run(input):
        return F.adaptive_avg_pool2d(input, 1).flatten(1)

    return [
        case("2x3x4x5", {}, run, input=uniform(2, 3, 4, 5)),
        case("1x20x7x7", {}, run, input=uniform(1, 20, 7, 7)),
    ]


def flattened():
    return [
        case("2x3x4x5", {}, lambda input: input.flatten(1), input=uniform(2, 3, 4, 5)),
        case("1x20x3x1", {}, lambda input: input.flatten(1), input=uniform(1, 20, 3, 1)),
        case("sequences, 2x3x4", {}, lambda input: input.flatten(1), input=uniform(2, 3, 4)),
    ]


def subsamples():
    def subsample(outputs, batch, channels, height, width):
        def run(input):
            return F.pad(input[:, :, ::2, ::2], (0, 0, 0, 0, 0, outputs - channels))

        name = f"{channels} to {outputs} channels, {batch}x{height}x{width}"
        return case(name, {}, run, input=uniform(batch, channels, height, width))

    return [subsample(8, 2, 4, 4, 6), subsample(20, 1, 3, 5, 7), subsample(3, 2, 3, 3, 4)]


def dense():
    def with_bias(batch, size_in, size_out):
        return case(
            f"{batch} rows, {size_in} to {size_out}, bias",
            {},
            F.linear,
            input=uniform(batch, size_in),
            weight=uniform(size_out, size_in),
            bias=uniform(size_out),
        )

    no_bias = case("3 rows, 6 to 4, no bias", {}, F.linear, input=uniform(3, 6), weight=uniform(4, 6))
    return [with_bias(4, 7, 5), with_bias(1, 20, 1), no_bias]


def cross_entropy(rows, classes, smoothing, scale=1):
    logits = (uniform(rows, classes) * scale).requires_grad_(True)
    labels = torch.randint(0, classes, (rows,))
    loss = F.cross_entropy(logits, labels, label_smoothing=smoothing)
    loss.backward()
    return {
        "name": f"{rows} rows, {classes} classes, label smoothing {smoothing}, logits times {scale}",
        "settings": {"labelSmoothing": smoothing},
        "tensors": {
            "logits": tensor(logits),
            "labels": tensor(labels),
            "loss": tensor(loss),
            "logitsGradient": tensor(logits.grad),
        },
    }


def cross_entropies():
    return [
        cross_entropy(4, 10, 0.0),
        cross_entropy(4, 10, 0.1),
        cross_entropy(1, 2, 0.0),
        cross_entropy(3, 7, 0.1),
        cross_entropy(3, 5, 0.1, scale=64),
    ]


def residuals():
    def run(input, shortcut):
        return F.relu(input + shortcut)

    return [case("2x3x4x5", {}, run, input=uniform(2, 3, 4, 5), shortcut=uniform(2, 3, 4, 5))]


def concatenations():
    def run(input, shortcut):
        return torch.cat([input, shortcut], 1)

    return [
        case("4x3 and 4x5", {}, run, input=uniform(4, 3), shortcut=uniform(4, 5)),
        case("3 and 5 channels", {}, run, input=uniform(2, 3, 4, 2), shortcut=uniform(2, 5, 4, 2)),
    ]


def squeeze_excitations():
    """As torchvision.ops.SqueezeExcitation."""
    functions = {"RELU": F.relu, "SILU": F.silu, "SIGMOID": torch.sigmoid, "HARD_SIGMOID": F.hardsigmoid}

    def block(channels, squeezed, batch, height, width, inside="RELU", gate="SIGMOID"):
        def run(input, **weights):
            def convolution(x, name):
                return F.conv2d(x, weights[name + ".weight"], weights[name + ".bias"])

            hidden = functions[inside](convolution(F.adaptive_avg_pool2d(input, 1), "fc1"))
            return input * functions[gate](convolution(hidden, "fc2"))

        weights = {
            "fc1.weight": uniform(squeezed, channels, 1, 1),
            "fc1.bias": uniform(squeezed),
            "fc2.weight": uniform(channels, squeezed, 1, 1),
            "fc2.bias": uniform(channels),
        }
        name = f"{channels} channels squeezed to {squeezed}, {inside} and {gate}, {batch}x{height}x{width}"
        input = uniform(batch, channels, height, width)
        settings = {"squeezed": squeezed, "inside": inside, "gate": gate}
        return case(name, settings, run, input=input, **weights)

    return [block(3, 2, 2, 4, 5), block(20, 5, 3, 3, 3), block(1, 1, 1, 2, 2)] + [
        block(8, 4, 3, 2, 2, "RELU", "HARD_SIGMOID"),
        block(6, 3, 2, 3, 2, "SILU", "SIGMOID"),
    ]


def stochastic_depths():
    """What torchvision.ops.stochastic_depth in mode "row" makes of a sample that is not left out."""

    def depth(rate, *shape):
        def run(input):
            noise = torch.ones(input.shape[0], *[1 for _ in shape]).div_(1 - rate)
            return input * noise

        return case(f"rate {rate}, {len(shape)} axes", {"rate": rate}, run, input=uniform(16, *shape))

    return [depth(0.2, 3, 2, 3), depth(0.5, 3, 2, 3), depth(0.5, 5, 4)]


KINDS = {
    "convolution": convolutions,
    "grouped-convolution": grouped_convolutions,
    "transposed-convolution": transposed_convolutions,
    "group-normalization": group_normalizations,
    "batch-normalization": batch_normalizations,
    "relu": relus,
    "activation": activations,
    "max-pooling": max_poolings,
    "average-pooling": average_poolings,
    "global-average-pooling": global_average_poolings,
    "flatten": flattened,
    "subsample": subsamples,
    "dense": dense,
    "cross-entropy": cross_entropies,
    "residual": residuals,
    "concatenation": concatenations,
    "squeeze-excitation": squeeze_excitations,
    "stochastic-depth": stochastic_depths,
}


if __name__ == "__main__":
    main(__doc__, KINDS)
