#!/usr/bin/env python3
"""Golden outputs of small vision transformers, ConvNeXts, mixers and U-Nets, made with PyTorch modules
whose parameters are named and shaped as timm's, those of U-Nets as Pytorch-UNet's.

usage: modern_architectures.py DIRECTORY

Writes modern-architectures.json, as architectures.py does, and prints how many parameters the
published variants have.
"""

import sys

import torch
import torch.nn.functional as F
from torch import nn

from golden import module_case, uniform, write

EPSILON = 1e-6


def norm(features):
    return nn.LayerNorm(features, eps=EPSILON)


class PatchEmbed(nn.Module):
    def __init__(self, patch, features):
        super().__init__()
        self.proj = nn.Conv2d(3, features, patch, patch)

    def forward(self, x):
        return self.proj(x).flatten(2).transpose(1, 2)


class Mlp(nn.Module):
    def __init__(self, features, hidden, convolution=False):
        super().__init__()
        layer = (lambda i, o: nn.Conv2d(i, o, 1)) if convolution else nn.Linear
        self.fc1 = layer(features, hidden)
        self.fc2 = layer(hidden, features)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x)))


class Attention(nn.Module):
    def __init__(self, features, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(features, 3 * features)
        self.proj = nn.Linear(features, features)

    def forward(self, x):
        batch, length, features = x.shape
        size = features // self.heads
        q, k, v = self.qkv(x).reshape(batch, length, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        attention = (q @ k.transpose(-2, -1) * size**-0.5).softmax(-1)
        return self.proj((attention @ v).transpose(1, 2).reshape(batch, length, features))


class TransformerBlock(nn.Module):
    def __init__(self, features, heads, hidden):
        super().__init__()
        self.norm1 = norm(features)
        self.attn = Attention(features, heads)
        self.norm2 = norm(features)
        self.mlp = Mlp(features, hidden)

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class VisionTransformer(nn.Module):
    def __init__(self, size, patch, layers, features, heads, hidden, classes):
        super().__init__()
        patches = (size[0] // patch) * (size[1] // patch)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, features))
        self.pos_embed = nn.Parameter(torch.zeros(1, 1 + patches, features))
        self.patch_embed = PatchEmbed(patch, features)
        self.blocks = nn.Sequential(*[TransformerBlock(features, heads, hidden) for _ in range(layers)])
        self.norm = norm(features)
        self.head = nn.Linear(features, classes)

    def forward(self, x):
        x = self.patch_embed(x)
        x = torch.cat([self.cls_token.expand(len(x), -1, -1), x], 1) + self.pos_embed
        return self.head(self.norm(self.blocks(x))[:, 0])


class ChannelNorm(nn.LayerNorm):
    """Of images, over the channels of each pixel."""

    def __init__(self, channels):
        super().__init__(channels, eps=EPSILON)

    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class ConvNeXtBlock(nn.Module):
    def __init__(self, channels, convolution):
        super().__init__()
        self.convolution = convolution
        self.gamma = nn.Parameter(torch.ones(channels))
        self.conv_dw = nn.Conv2d(channels, channels, 7, padding=3, groups=channels)
        self.norm = (ChannelNorm if convolution else norm)(channels)
        self.mlp = Mlp(channels, 4 * channels, convolution)

    def forward(self, x):
        y = self.conv_dw(x)
        if self.convolution:
            y = self.mlp(self.norm(y))
        else:
            y = self.mlp(self.norm(y.permute(0, 2, 3, 1))).permute(0, 3, 1, 2)
        return x + y * self.gamma.reshape(1, -1, 1, 1)


class ConvNeXtStage(nn.Module):
    def __init__(self, inputs, channels, blocks, convolution):
        super().__init__()
        self.downsample = (
            nn.Identity()
            if inputs == channels
            else nn.Sequential(ChannelNorm(inputs), nn.Conv2d(inputs, channels, 2, 2))
        )
        self.blocks = nn.Sequential(*[ConvNeXtBlock(channels, convolution) for _ in range(blocks)])

    def forward(self, x):
        return self.blocks(self.downsample(x))


class ConvNeXt(nn.Module):
    def __init__(self, patch, blocks, widths, convolution, classes):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, widths[0], patch, patch), ChannelNorm(widths[0]))
        inputs = [widths[0], *widths]
        self.stages = nn.Sequential(
            *[ConvNeXtStage(i, o, n, convolution) for i, o, n in zip(inputs, widths, blocks)]
        )
        self.head = nn.ModuleDict({"norm": norm(widths[-1]), "fc": nn.Linear(widths[-1], classes)})

    def forward(self, x):
        x = self.stages(self.stem(x)).mean((2, 3))
        return self.head["fc"](self.head["norm"](x))


class MixerBlock(nn.Module):
    def __init__(self, tokens, features, token_mixing, channel_mixing):
        super().__init__()
        self.norm1 = norm(features)
        self.mlp_tokens = Mlp(tokens, token_mixing)
        self.norm2 = norm(features)
        self.mlp_channels = Mlp(features, channel_mixing)

    def forward(self, x):
        x = x + self.mlp_tokens(self.norm1(x).transpose(1, 2)).transpose(1, 2)
        return x + self.mlp_channels(self.norm2(x))


class MlpMixer(nn.Module):
    def __init__(self, size, patch, layers, features, token_mixing, channel_mixing, classes):
        super().__init__()
        tokens = (size[0] // patch) * (size[1] // patch)
        self.stem = PatchEmbed(patch, features)
        self.blocks = nn.Sequential(
            *[MixerBlock(tokens, features, token_mixing, channel_mixing) for _ in range(layers)]
        )
        self.norm = norm(features)
        self.head = nn.Linear(features, classes)

    def forward(self, x):
        return self.head(self.norm(self.blocks(self.stem(x))).mean(1))


class DoubleConv(nn.Module):
    def __init__(self, inputs, channels):
        super().__init__()
        self.double_conv = nn.Sequential(
            nn.Conv2d(inputs, channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.Conv2d(channels, channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
        )

    def forward(self, x):
        return self.double_conv(x)


class Down(nn.Module):
    def __init__(self, inputs, channels):
        super().__init__()
        self.maxpool_conv = nn.Sequential(nn.MaxPool2d(2), DoubleConv(inputs, channels))

    def forward(self, x):
        return self.maxpool_conv(x)


class Up(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        self.up = nn.ConvTranspose2d(inputs, inputs // 2, 2, 2)
        self.conv = DoubleConv(inputs, inputs // 2)

    def forward(self, x, beside):
        return self.conv(torch.cat([beside, self.up(x)], 1))


class UNet(nn.Module):
    """Logits as [pixels, classes]."""

    def __init__(self, depth, width, classes):
        super().__init__()
        self.depth = depth
        self.inc = DoubleConv(3, width)
        for level in range(depth):
            self.add_module(f"down{level + 1}", Down(width << level, width << level + 1))
            self.add_module(f"up{level + 1}", Up(width << depth - level))
        self.outc = nn.ModuleDict({"conv": nn.Conv2d(width, classes, 1)})

    def forward(self, x):
        levels = [self.inc(x)]
        for level in range(self.depth):
            levels.append(getattr(self, f"down{level + 1}")(levels[-1]))
        x = levels.pop()
        for level in range(self.depth):
            x = getattr(self, f"up{level + 1}")(x, levels.pop())
        return self.outc["conv"](x).flatten(2).transpose(1, 2)


def case(name, module, *image):
    values = uniform(3, 3, *image)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(uniform(*parameter.shape) / 4)
        for key, buffer in module.named_buffers():
            if key.endswith("running_mean"):
                buffer.copy_(uniform(*buffer.shape) / 4)
            elif key.endswith("running_var"):
                buffer.copy_(1 + uniform(*buffer.shape) / 4)
    return module_case(name, module, values)


IMAGENET = (224, 224)
SMALL = (32, 32)
PUBLISHED = {
    "vit-tiny": lambda: VisionTransformer(IMAGENET, 16, 12, 192, 3, 768, 1000),
    "vit-small": lambda: VisionTransformer(IMAGENET, 16, 12, 384, 6, 1536, 1000),
    "vit-base": lambda: VisionTransformer(IMAGENET, 16, 12, 768, 12, 3072, 1000),
    "vit-cifar": lambda: VisionTransformer(SMALL, 4, 7, 256, 4, 512, 10),
    "convnext-atto": lambda: ConvNeXt(4, [2, 2, 6, 2], [40, 80, 160, 320], True, 1000),
    "convnext-femto": lambda: ConvNeXt(4, [2, 2, 6, 2], [48, 96, 192, 384], True, 1000),
    "convnext-pico": lambda: ConvNeXt(4, [2, 2, 6, 2], [64, 128, 256, 512], True, 1000),
    "convnext-nano": lambda: ConvNeXt(4, [2, 2, 8, 2], [80, 160, 320, 640], True, 1000),
    "convnext-tiny": lambda: ConvNeXt(4, [3, 3, 9, 3], [96, 192, 384, 768], False, 1000),
    "convnext-small": lambda: ConvNeXt(4, [3, 3, 27, 3], [96, 192, 384, 768], False, 1000),
    "convnext-base": lambda: ConvNeXt(4, [3, 3, 27, 3], [128, 256, 512, 1024], False, 1000),
    "convnext-cifar": lambda: ConvNeXt(2, [2, 2, 6, 2], [40, 80, 160, 320], True, 10),
    "mixer-s16": lambda: MlpMixer(IMAGENET, 16, 8, 512, 256, 2048, 1000),
    "mixer-b16": lambda: MlpMixer(IMAGENET, 16, 12, 768, 384, 3072, 1000),
    "unet": lambda: UNet(4, 64, 2),
    "unet-small": lambda: UNet(3, 16, 2),
    "mixer-cifar": lambda: MlpMixer(SMALL, 4, 8, 256, 128, 1024, 10),
}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    torch.manual_seed(1)
    cases = [
        case("vit", VisionTransformer((4, 6), 2, 2, 8, 2, 12, 3), 4, 6),
        case("convnext", ConvNeXt(2, [1, 2], [4, 8], False, 3), 8, 12),
        case("convnext of 1x1 convolutions", ConvNeXt(2, [1, 1], [4, 8], True, 3), 8, 12),
        case("unet", UNet(2, 4, 3), 8, 12),
        case("mixer", MlpMixer((4, 6), 2, 2, 8, 5, 12, 3), 4, 6),
    ]
    write(sys.argv[1], "modern-architectures", cases)
    for name, make in PUBLISHED.items():
        print(f"{name}, {sum(parameter.numel() for parameter in make().parameters())}")


if __name__ == "__main__":
    main()
