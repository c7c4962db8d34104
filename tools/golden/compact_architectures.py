#!/usr/bin/env python3
"""Golden outputs of small MobileNets, EfficientNets and DenseNets, made with PyTorch modules whose
parameters are named and shaped as torchvision's.

usage: compact_architectures.py DIRECTORY

Writes compact-architectures.json, as architectures.py does, and prints how many parameters the
published variants have.
"""

import math
import sys

import torch
import torch.nn.functional as F
from torch import nn

from convolutional_architectures import case, conv
from golden import uniform, write


def conv_norm(inputs, outputs, kernel, stride=1, groups=1, activation=None, **normalization):
    layers = [conv(inputs, outputs, kernel, stride, groups), nn.BatchNorm2d(outputs, **normalization)]
    return nn.Sequential(*layers, *([activation()] if activation else []))


def divisible(width):
    """The nearest multiple of eight that is no more than a tenth below."""
    rounded = max(8, int(width + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * width else rounded


class InvertedResidualV2(nn.Module):
    def __init__(self, inputs, expansion, outputs, stride):
        super().__init__()
        self.shortcut = stride == 1 and inputs == outputs
        inside = inputs * expansion
        layers = [conv_norm(inputs, inside, 1, activation=nn.ReLU6)] if expansion > 1 else []
        layers.append(conv_norm(inside, inside, 3, stride, inside, nn.ReLU6))
        self.conv = nn.Sequential(*layers, conv(inside, outputs, 1), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return x + self.conv(x) if self.shortcut else self.conv(x)


class MobileNetV2(nn.Module):
    """Stages are (expansion, channels, blocks, stride)."""

    def __init__(self, stem, stem_stride, stages, features, classes):
        super().__init__()
        layers = [conv_norm(3, stem, 3, stem_stride, activation=nn.ReLU6)]
        inputs = stem
        for expansion, channels, blocks, stride in stages:
            for block in range(blocks):
                layers.append(InvertedResidualV2(inputs, expansion, channels, stride if block == 0 else 1))
                inputs = channels
        self.features = nn.Sequential(*layers, conv_norm(inputs, features, 1, activation=nn.ReLU6))
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(features, classes))

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


class SqueezeExcitation(nn.Module):
    def __init__(self, channels, squeezed, inside, gate):
        super().__init__()
        self.fc1 = nn.Conv2d(channels, squeezed, 1)
        self.fc2 = nn.Conv2d(squeezed, channels, 1)
        self.inside = inside
        self.gate = gate

    def forward(self, x):
        return x * self.gate(self.fc2(self.inside(self.fc1(x.mean((2, 3), keepdim=True)))))


class InvertedResidual(nn.Module):
    def __init__(self, inputs, kernel, inside, outputs, stride, squeeze, activation, **normalization):
        super().__init__()
        self.shortcut = stride == 1 and inputs == outputs
        options = {"activation": activation, **normalization}
        layers = [conv_norm(inputs, inside, 1, **options)] if inside != inputs else []
        layers.append(conv_norm(inside, inside, kernel, stride, inside, **options))
        layers += [squeeze] if squeeze else []
        self.block = nn.Sequential(*layers, conv_norm(inside, outputs, 1, **normalization))

    def forward(self, x):
        return x + self.block(x) if self.shortcut else self.block(x)


class MobileNetV3(nn.Module):
    """Blocks are (kernel, inside, outputs, squeezing, activation, stride)."""

    NORMALIZATION = {"eps": 0.001, "momentum": 0.01}

    def __init__(self, stem, blocks, hidden, classes):
        super().__init__()
        options = {"activation": nn.Hardswish, **self.NORMALIZATION}
        layers = [conv_norm(3, stem, 3, 2, **options)]
        inputs = stem
        for kernel, inside, outputs, squeezing, activation, stride in blocks:
            squeeze = None
            if squeezing:
                squeeze = SqueezeExcitation(inside, divisible(inside // 4), F.relu, F.hardsigmoid)
            layers.append(
                InvertedResidual(
                    inputs, kernel, inside, outputs, stride, squeeze, activation, **self.NORMALIZATION
                )
            )
            inputs = outputs
        self.features = nn.Sequential(*layers, conv_norm(inputs, 6 * inputs, 1, **options))
        self.classifier = nn.Sequential(
            nn.Linear(6 * inputs, hidden), nn.Hardswish(), nn.Dropout(0.2), nn.Linear(hidden, classes)
        )

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


class EfficientNet(nn.Module):
    """Stages are (expansion, kernel, channels, blocks, stride)."""

    def __init__(self, stem, stages, classes):
        super().__init__()
        layers = [conv_norm(3, stem, 3, 2, activation=nn.SiLU)]
        inputs = stem
        for expansion, kernel, channels, blocks, stride in stages:
            stage = nn.Sequential()
            for block in range(blocks):
                inside = inputs * expansion
                squeeze = SqueezeExcitation(inside, max(1, inputs // 4), F.silu, torch.sigmoid)
                step = stride if block == 0 else 1
                stage.append(InvertedResidual(inputs, kernel, inside, channels, step, squeeze, nn.SiLU))
                inputs = channels
            layers.append(stage)
        self.features = nn.Sequential(*layers, conv_norm(inputs, 4 * inputs, 1, activation=nn.SiLU))
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(4 * inputs, classes))

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


class DenseLayer(nn.Module):
    def __init__(self, inputs, growth):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(inputs)
        self.conv1 = conv(inputs, 4 * growth, 1)
        self.norm2 = nn.BatchNorm2d(4 * growth)
        self.conv2 = conv(4 * growth, growth, 3)

    def forward(self, x):
        y = self.conv1(F.relu(self.norm1(x)))
        return torch.cat([x, self.conv2(F.relu(self.norm2(y)))], 1)


class DenseNet(nn.Module):
    def __init__(self, growth, layers, classes):
        super().__init__()
        channels = 2 * growth
        self.features = nn.Sequential()
        self.features.add_module("conv0", conv(3, channels, 7, 2))
        self.features.add_module("norm0", nn.BatchNorm2d(channels))
        self.features.add_module("relu0", nn.ReLU())
        self.features.add_module("pool0", nn.MaxPool2d(3, 2, 1))
        for block, count in enumerate(layers, 1):
            dense = nn.Sequential()
            for layer in range(count):
                dense.add_module(f"denselayer{layer + 1}", DenseLayer(channels, growth))
                channels += growth
            self.features.add_module(f"denseblock{block}", dense)
            if block < len(layers):
                transition = nn.Sequential()
                transition.add_module("norm", nn.BatchNorm2d(channels))
                transition.add_module("relu", nn.ReLU())
                transition.add_module("conv", conv(channels, channels // 2, 1))
                transition.add_module("pool", nn.AvgPool2d(2, 2))
                self.features.add_module(f"transition{block}", transition)
                channels //= 2
        self.features.add_module("norm5", nn.BatchNorm2d(channels))
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        return self.classifier(F.relu(self.features(x)).mean((2, 3)))


def mobilenet_v2(stem_stride, second_stride, classes):
    stages = [(1, 16, 1, 1), (6, 24, 2, second_stride), (6, 32, 3, 2), (6, 64, 4, 2)]
    stages += [(6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]
    return MobileNetV2(32, stem_stride, stages, 1280, classes)


RE, HS = nn.ReLU, nn.Hardswish
LARGE = [
    (3, 16, 16, False, RE, 1),
    (3, 64, 24, False, RE, 2),
    (3, 72, 24, False, RE, 1),
    (5, 72, 40, True, RE, 2),
    (5, 120, 40, True, RE, 1),
    (5, 120, 40, True, RE, 1),
    (3, 240, 80, False, HS, 2),
    (3, 200, 80, False, HS, 1),
    (3, 184, 80, False, HS, 1),
    (3, 184, 80, False, HS, 1),
    (3, 480, 112, True, HS, 1),
    (3, 672, 112, True, HS, 1),
    (5, 672, 160, True, HS, 2),
    (5, 960, 160, True, HS, 1),
    (5, 960, 160, True, HS, 1),
]
SMALL = [
    (3, 16, 16, True, RE, 2),
    (3, 72, 24, False, RE, 2),
    (3, 88, 24, False, RE, 1),
    (5, 96, 40, True, HS, 2),
    (5, 240, 40, True, HS, 1),
    (5, 240, 40, True, HS, 1),
    (5, 120, 48, True, HS, 1),
    (5, 144, 48, True, HS, 1),
    (5, 288, 96, True, HS, 2),
    (5, 576, 96, True, HS, 1),
    (5, 576, 96, True, HS, 1),
]


def efficientnet(width, depth):
    stages = [(1, 3, 16, 1, 1), (6, 3, 24, 2, 2), (6, 5, 40, 2, 2), (6, 3, 80, 3, 2)]
    stages += [(6, 5, 112, 3, 1), (6, 5, 192, 4, 2), (6, 3, 320, 1, 1)]
    scaled = [(e, k, divisible(c * width), math.ceil(n * depth), s) for e, k, c, n, s in stages]
    return EfficientNet(divisible(32 * width), scaled, 1000)


PUBLISHED = {
    "mobilenetv2": lambda: mobilenet_v2(2, 2, 1000),
    "mobilenetv2-cifar": lambda: mobilenet_v2(1, 1, 10),
    "mobilenetv3-large": lambda: MobileNetV3(16, LARGE, 1280, 1000),
    "mobilenetv3-small": lambda: MobileNetV3(16, SMALL, 1024, 1000),
    "efficientnet-b0": lambda: efficientnet(1, 1),
    "efficientnet-b1": lambda: efficientnet(1, 1.1),
    "efficientnet-b2": lambda: efficientnet(1.1, 1.2),
    "efficientnet-b3": lambda: efficientnet(1.2, 1.4),
    "efficientnet-b4": lambda: efficientnet(1.4, 1.8),
    "densenet121": lambda: DenseNet(32, [6, 12, 24, 16], 1000),
    "densenet169": lambda: DenseNet(32, [6, 12, 32, 32], 1000),
}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    torch.manual_seed(1)
    v2 = MobileNetV2(4, 2, [(1, 3, 1, 1), (3, 4, 2, 2), (2, 4, 1, 1)], 6, 3)
    v3 = MobileNetV3(4, [(3, 4, 4, True, RE, 1), (5, 10, 6, False, HS, 2), (5, 40, 6, True, HS, 1)], 7, 3)
    efficient = EfficientNet(6, [(1, 3, 5, 1, 1), (3, 5, 4, 2, 2), (2, 3, 4, 1, 1)], 3)
    cases = [
        case("mobilenetv2", v2, uniform(3, 3, 11, 8)),
        case("mobilenetv3", v3, uniform(3, 3, 11, 8)),
        case("efficientnet", efficient, uniform(3, 3, 11, 8)),
        case("densenet", DenseNet(3, [1, 3, 2], 3), uniform(3, 3, 17, 21)),
    ]
    write(sys.argv[1], "compact-architectures", cases)
    for name, make in PUBLISHED.items():
        print(f"{name}, {sum(parameter.numel() for parameter in make().parameters())}")


if __name__ == "__main__":
    main()
