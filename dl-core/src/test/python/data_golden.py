"""Prints the golden values of dl-core's data tests, from an independent calculation.

    pip install numpy pillow && python3 dl-core/src/test/python/data_golden.py

Random numbers: Philox2x64-10 written from Salmon et al. 2011. Statistics: NumPy over the built-in
dataset. Resizing: Pillow, steps of torchvision's Resize and CenterCrop.
"""

import gzip
import pathlib

import numpy as np
from PIL import Image

RESOURCES = pathlib.Path(__file__).parents[1].parent / "main/resources/dev/dl/core/data"
MASK = 2**64 - 1
HOLD_OUT, ORDER, AUGMENTATION, WEIGHTS = 1, 2, 3, 4


def bits(seed, stream, counter):
    left, right, key = counter, stream, seed
    for _ in range(10):
        product = 0xD2B74407B1CE6E93 * left
        left, right = (product >> 64) ^ key ^ right, product & MASK
        key = (key + 0x9E3779B97F4A7C15) & MASK
    return left


def stream(code, index, part=0):
    return code << 56 | index << 16 | part


def uniform(seed, stream_, counter, bound):
    return bits(seed, stream_, counter) * bound >> 64


def gaussian(seed, stream_, counter):
    u, v = (bits(seed, stream_, 2 * counter + i) >> 11 for i in (0, 1))
    return np.sqrt(-2 * np.log(1 - u * 2.0**-53)) * np.cos(2 * np.pi * v * 2.0**-53)


def permutation(seed, stream_, size):
    order = list(range(size))
    for i in range(size):
        j = uniform(seed, stream_, i, i + 1)
        order[i], order[j] = order[j], i
    return order


def augmented(image, padding, seed, epoch, sample):
    s = stream(AUGMENTATION, epoch)
    top = uniform(seed, s, 4 * sample, 2 * padding + 1)
    left = uniform(seed, s, 4 * sample + 1, 2 * padding + 1)
    height, width = image.shape
    crop = np.pad(image, padding)[top : top + height, left : left + width]
    flip = uniform(seed, s, 4 * sample + 2, 2)
    return top, left, flip, (crop[:, ::-1] if flip else crop).tolist()


def torchvision(image, size):
    """Resize(size) then CenterCrop(size) on a PIL image."""
    width, height = image.size
    short = min(width, height)
    image = image.resize((size * width // short, size * height // short), Image.BILINEAR)
    left, top = round((image.width - size) / 2), round((image.height - size) / 2)
    return np.asarray(image.crop((left, top, left + size, top + size)))


print("bits(7, ORDER.at(3), 5) =", hex(bits(7, stream(ORDER, 3), 5)))
print("gaussian(7, WEIGHTS.at(2, 1), 0..2) =", [gaussian(7, stream(WEIGHTS, 2, 1), i) for i in range(3)])
print("permutation(7, ORDER.at(3), 10) =", permutation(7, stream(ORDER, 3), 10))
print("permutation(7, ORDER.at(4), 10) =", permutation(7, stream(ORDER, 4), 10))
picture = np.arange(1, 13).reshape(3, 4)
for sample in range(6):
    print("augmented, padding 1, seed 7, epoch 2, sample", sample, "=", augmented(picture, 1, 7, 2, sample))

images = gzip.open(RESOURCES / "fashion-mnist-10k/train-images-idx3-ubyte.gz").read()[16:]
pixels = np.frombuffer(images, np.uint8) / 255
print("fashion-mnist-10k mean, deviation =", pixels.mean(), pixels.std())

photograph = np.fromfunction(lambda y, x, c: (x * 7 + y * 11 + x * y * (c + 1)) % 256, (9, 13, 3))
photograph = Image.fromarray(photograph.astype(np.uint8))
print("red of 13x9 resized to 4x4 =", torchvision(photograph, 4)[:, :, 0].tolist())
print("blue of 13x9 resized to 12x12, row 5 =", torchvision(photograph, 12)[5, :, 2].tolist())
print("13x9 as grey, row 2 =", np.asarray(photograph.convert("L"))[2].tolist())
