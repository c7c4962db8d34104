#!/usr/bin/env python3
"""Golden outputs of small residual networks, VGGs and AlexNets, made with PyTorch modules whose
parameters are named and shaped as torchvision's; those of wide residual networks as in
https://github.com/xternalz/WideResNet-pytorch.

usage: convolutional_architectures.py DIRECTORY

Writes convolutional-architectures.json, as architectures.py does, and prints how many parameters the
published variants have.
"""

import math
import sys

import torch
import torch.nn.functional as F
from torch import nn

from golden import module_case, uniform, write


def conv(inputs, outputs, kernel, stride=1, groups=1):
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)


class Subsample(nn.Module):
    """Every second pixel, and zeros for the channels that are missing."""

    def __init__(self, channels):
        super().__init__()
        self.channels = channels

    def forward(self, x):
        return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 0, self.channels - x.shape[1]))


class SqueezeExcitation(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.fc1 = nn.Conv2d(channels, channels // 16, 1)
        self.fc2 = nn.Conv2d(channels // 16, channels, 1)

    def forward(self, x):
        return x * torch.sigmoid(self.fc2(F.relu(self.fc1(x.mean((2, 3), keepdim=True)))))


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride, project):
        super().__init__()
        self.downsample = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.downsample = (
                nn.Sequential(conv(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))
                if project
                else Subsample(outputs)
            )

    def forward(self, x):
        return F.relu(self.branch(x) + self.downsample(x))


class Basic(Residual):
    expansion = 1

    def __init__(self, inputs, channels, stride, project):
        super().__init__(inputs, channels, stride, project)
        self.conv1 = conv(inputs, channels, 3, stride)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = conv(channels, channels, 3)
        self.bn2 = nn.BatchNorm2d(channels)

    def branch(self, x):
        return self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))


class Bottleneck(Residual):
    expansion = 4

    def __init__(self, inputs, channels, stride, project, groups=1, group_width=64, squeeze=False):
        outputs = 4 * channels
        super().__init__(inputs, outputs, stride, project)
        width = channels * group_width // 64 * groups
        self.conv1 = conv(inputs, width, 1)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = conv(width, width, 3, stride, groups)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = conv(width, outputs, 1)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.se = SqueezeExcitation(outputs) if squeeze else nn.Identity()

    def branch(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = F.relu(self.bn2(self.conv2(x)))
        return self.se(self.bn3(self.conv3(x)))


class ResNet(nn.Module):
    def __init__(self, blocks, classes, block=Basic, width=64, image_net=True, project=True, **options):
        super().__init__()
        self.image_net = image_net
        self.conv1 = conv(3, width, 7, 2) if image_net else conv(3, width, 3)
        self.bn1 = nn.BatchNorm2d(width)
        self.stages = len(blocks)
        inputs = width
        for stage, count in enumerate(blocks):
            layer = nn.Sequential()
            for number in range(count):
                stride = 2 if stage > 0 and number == 0 else 1
                layer.append(block(inputs, width << stage, stride, project, **options))
                inputs = (width << stage) * block.expansion
            self.add_module(f"layer{stage + 1}", layer)
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        if self.image_net:
            x = F.max_pool2d(x, 3, 2, 1)
        for stage in range(self.stages):
            x = getattr(self, f"layer{stage + 1}")(x)
        return self.fc(x.mean((2, 3)))


class WideBlock(nn.Module):
    def __init__(self, inputs, channels, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = conv(inputs, channels, 3, stride)
        self.bn2 = nn.BatchNorm2d(channels)
        self.conv2 = conv(channels, channels, 3)
        self.convShortcut = None if inputs == channels else conv(inputs, channels, 1, stride)

    def forward(self, x):
        active = F.relu(self.bn1(x))
        beside = x if self.convShortcut is None else self.convShortcut(active)
        return self.conv2(F.relu(self.bn2(self.conv1(active)))) + beside


class WideResNet(nn.Module):
    def __init__(self, depth, width, widening, classes):
        super().__init__()
        self.conv1 = conv(3, width, 3)
        inputs = width
        for stage in range(3):
            channels = width * widening << stage
            blocks = []
            for number in range((depth - 4) // 6):
                blocks.append(WideBlock(inputs, channels, 2 if stage > 0 and number == 0 else 1))
                inputs = channels
            self.add_module(f"block{stage + 1}", nn.ModuleDict({"layer": nn.Sequential(*blocks)}))
        self.bn1 = nn.BatchNorm2d(inputs)
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = self.conv1(x)
        for block in (self.block1, self.block2, self.block3):
            x = block["layer"](x)
        return self.fc(F.relu(self.bn1(x)).mean((2, 3)))


class Features(nn.Module):
    def forward(self, x):
        x = F.adaptive_avg_pool2d(self.features(x), self.grid)
        return self.classifier(x.flatten(1))


class Vgg(Features):
    def __init__(self, widths, normalized, classes, grid=7, hidden=4096):
        super().__init__()
        self.grid = grid
        inputs = 3
        self.features = nn.Sequential()
        for stage in widths:
            for channels in stage:
                self.features.append(nn.Conv2d(inputs, channels, 3, padding=1))
                if normalized:
                    self.features.append(nn.BatchNorm2d(channels))
                self.features.append(nn.ReLU())
                inputs = channels
            self.features.append(nn.MaxPool2d(2, 2))
        self.classifier = nn.Sequential(
            nn.Linear(inputs * grid * grid, hidden),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(hidden, classes),
        )


class AlexNet(Features):
    def __init__(self, classes, widths=(64, 192, 384, 256, 256), grid=6, hidden=4096):
        super().__init__()
        self.grid = grid
        first, second, third, fourth, fifth = widths
        self.features = nn.Sequential(
            nn.Conv2d(3, first, 11, 4, 2),
            nn.ReLU(),
            nn.MaxPool2d(3, 2),
            nn.Conv2d(first, second, 5, padding=2),
            nn.ReLU(),
            nn.MaxPool2d(3, 2),
            nn.Conv2d(second, third, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(third, fourth, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(fourth, fifth, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(3, 2),
        )
        self.classifier = nn.Sequential(
            nn.Dropout(),
            nn.Linear(fifth * grid * grid, hidden),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, classes),
        )


def thin(n):
    return ResNet([n, n, n], 10, width=16, image_net=False, project=False)


def vgg(normalized, *convolutions):
    widths = [[min(64 << stage, 512)] * count for stage, count in enumerate(convolutions)]
    return Vgg(widths, normalized, 1000)


def bottlenecks(*blocks, **options):
    return ResNet(blocks, 1000, Bottleneck, **options)


PUBLISHED = {
    "resnet20": lambda: thin(3),
    "resnet44": lambda: thin(7),
    "resnet110": lambda: thin(18),
    "resnet18": lambda: ResNet([2, 2, 2, 2], 1000),
    "resnet34": lambda: ResNet([3, 4, 6, 3], 1000),
    "resnet50": lambda: bottlenecks(3, 4, 6, 3),
    "resnet101": lambda: bottlenecks(3, 4, 23, 3),
    "resnet152": lambda: bottlenecks(3, 8, 36, 3),
    "resnext50-32x4d": lambda: bottlenecks(3, 4, 6, 3, groups=32, group_width=4),
    "wide-resnet50-2": lambda: bottlenecks(3, 4, 6, 3, group_width=128),
    "seresnet50": lambda: bottlenecks(3, 4, 6, 3, squeeze=True),
    "wrn-28-10": lambda: WideResNet(28, 16, 10, 10),
    "wrn-40-4": lambda: WideResNet(40, 16, 4, 10),
    "alexnet": lambda: AlexNet(1000),
    "vgg11": lambda: vgg(False, 1, 1, 2, 2, 2),
    "vgg13": lambda: vgg(False, 2, 2, 2, 2, 2),
    "vgg16": lambda: vgg(False, 2, 2, 3, 3, 3),
    "vgg19": lambda: vgg(False, 2, 2, 4, 4, 4),
    "vgg11-bn": lambda: vgg(True, 1, 1, 2, 2, 2),
    "vgg13-bn": lambda: vgg(True, 2, 2, 2, 2, 2),
    "vgg16-bn": lambda: vgg(True, 2, 2, 3, 3, 3),
    "vgg19-bn": lambda: vgg(True, 2, 2, 4, 4, 4),
}


def case(name, module, values):
    """Weights such that signals do not fade behind biases, and small logits: the tolerance is absolute."""
    with torch.no_grad():
        for key, value in [*module.named_parameters(), *module.named_buffers()]:
            if value.dim() > 1:
                deviation = math.sqrt(2 / value[0].numel())
                value.copy_(uniform(*value.shape) * 2 ** round(math.log2(deviation)))
            elif not key.endswith("num_batches_tracked"):
                shift = 0 if key.endswith(("bias", "running_mean")) else 1
                value.copy_(shift + uniform(*value.shape) / 8)
        for value in list(module.parameters())[-2:]:
            value /= 64
    return module_case(name, module, values)


def residual(name, block, **options):
    return case(name, ResNet([1, 2], 3, block, width=4, **options), uniform(3, 3, 17, 12))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    torch.manual_seed(1)
    plain, normalized = (Vgg([[4], [3, 5]], kind, 3, 2, 6) for kind in (False, True))
    cases = [
        residual("resnet of basic blocks", Basic),
        residual("resnet of bottlenecks", Bottleneck),
        residual("resnext", Bottleneck, groups=2, group_width=64),
        residual("se-resnet", Bottleneck, squeeze=True),
        case("wide resnet", WideResNet(16, 2, 2, 3), uniform(3, 3, 6, 5)),
        case("vgg", plain, uniform(3, 3, 8, 11)),
        case("vgg with normalization", normalized, uniform(3, 3, 8, 11)),
        # Whole numbers, because the smallest images that fit are large as text.
        case("alexnet", AlexNet(3, (2, 3, 4, 5, 4), 1, 6), uniform(3, 3, 63, 64).round()),
    ]
    write(sys.argv[1], "convolutional-architectures", cases)
    for name, make in PUBLISHED.items():
        print(f"{name}, {sum(parameter.numel() for parameter in make().parameters())}")


if __name__ == "__main__":
    main()
