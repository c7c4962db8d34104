#!/usr/bin/env python3
"""Golden values of changes to training pictures, made with torchvision 0.14 on Pillow 9.4's 8-bit pictures.

usage: augment.py DIRECTORY

augment.json: each case is a picture [channels, height, width] and what becomes of it, in base64.
operations.json: likewise for the operations of RandAugment at their levels.
mixing.json: mixup and CutMix of small batches, with PyTorch in single precision, as the papers say.
boxes.json: the boxes of CutMix.
"""

import base64
import math
import sys

import numpy
import torch
import torchvision.transforms.functional as functional
from PIL import Image
from torchvision.transforms import InterpolationMode, RandAugment, autoaugment

from golden import uniform, write

NAMES = {"AutoContrast": "AUTO_CONTRAST"}
ADJUSTMENTS = {
    "BRIGHTNESS": functional.adjust_brightness,
    "CONTRAST": functional.adjust_contrast,
    "SATURATION": functional.adjust_saturation,
    "HUE": functional.adjust_hue,
    "SHARPNESS": functional.adjust_sharpness,
    "POSTERIZE": lambda picture, bits: functional.posterize(picture, int(bits)),
    "SOLARIZE": functional.solarize,
}
FACTORS = (0.0, 0.3, 0.91, 1.0, 1.4, 2.5)
AMOUNTS = {
    "BRIGHTNESS": FACTORS,
    "CONTRAST": FACTORS,
    "SATURATION": FACTORS,
    "SHARPNESS": FACTORS,
    "HUE": (-0.5, -0.1, 0.0, 0.05, 0.37, 0.5),
    "POSTERIZE": (1, 4, 8),
    "SOLARIZE": (0.0, 127.5, 128.0, 255.0, 256.0),
}
JITTER = [("HUE", 0.08), ("CONTRAST", 0.7), ("BRIGHTNESS", 1.2), ("SATURATION", 1.3)]


def picture(channels, height, width):
    """Random levels from 20 to 219, brighter to the right, in Pillow's mode L or RGB."""
    noise = torch.randint(0, 120, (height, width, channels))
    slope = torch.arange(width).reshape(1, width, 1) * 80 // max(1, width - 1)
    levels = (noise + slope + 20).to(torch.uint8).numpy()
    return Image.fromarray(levels[..., 0] if channels == 1 else levels)


def planes(image):
    values = numpy.asarray(image)
    return values[None] if values.ndim == 2 else values.transpose(2, 0, 1)


def stored(image):
    values = planes(image)
    channels, height, width = values.shape
    pixels = base64.b64encode(numpy.ascontiguousarray(values).tobytes()).decode("ascii")
    return {"channels": channels, "height": height, "width": width, "pixels": pixels}


def result(change, parameters, image):
    return {"change": change, "parameters": parameters, **stored(image)}


def tones(image):
    results = [
        result(name, [amount], adjust(image, amount))
        for name, adjust in ADJUSTMENTS.items()
        for amount in AMOUNTS[name]
    ]
    results.append(result("AUTO_CONTRAST", [], functional.autocontrast(image)))
    results.append(result("EQUALIZE", [], functional.equalize(image)))
    for order in (JITTER, JITTER[::-1]):
        jittered = image
        for name, amount in order:
            jittered = ADJUSTMENTS[name](jittered, amount)
        # The adjustments by their places in the list above.
        places = [(list(ADJUSTMENTS).index(name), amount) for name, amount in order]
        results.append(result("JITTER", [value for pair in places for value in pair], jittered))
    return results


def geometry(image):
    boxes = [(0, 0, image.height, image.width), (1, 2, 4, 5), (3, 0, 2, 8), (5, 5, 1, 1)]
    sizes = [(6, 6), (13, 7), (image.height, image.width)]
    results = [
        result("CROP", [*box, *size], functional.resized_crop(image, *box, list(size)))
        for box in boxes
        for size in sizes
    ]
    padded = functional.pad(image, 3)
    for top, left in ((0, 0), (6, 6), (3, 3), (1, 5)):
        cropped = functional.crop(padded, top, left, image.height, image.width)
        results.append(result("PADDED_CROP", [3, top, left], cropped))
    results.append(result("HORIZONTAL_FLIP", [], functional.hflip(image)))
    results.append(result("VERTICAL_FLIP", [], functional.vflip(image)))
    fill = [9, 200, 77][: planes(image).shape[0]]
    for box in ((1, 2, 4, 3), (0, 0, 6, 7), (2, 1, 0, 0)):
        tensor = torch.from_numpy(planes(image).copy())
        paint = torch.tensor(fill, dtype=torch.uint8)[:, None, None]
        erased = functional.erase(tensor, *box, paint).numpy().transpose(1, 2, 0)
        results.append(result("ERASE", [*box, *fill], erased[..., 0] if len(fill) == 1 else erased))
    return results


def operations(image, levels, names=None):
    """Each operation at each level, and at its negative where the operation has a sign."""
    space = RandAugment()._augmentation_space(31, (image.height, image.width))
    results = []
    for name, (magnitudes, signed) in space.items():
        key = NAMES.get(name, "".join("_" + c if c.isupper() else c for c in name)[1:].upper())
        if names is not None and key not in names:
            continue
        for level in levels:
            magnitude = float(magnitudes[level]) if magnitudes.ndim > 0 else 0.0
            for sign in (1, -1) if signed else (1,):
                arguments = (name, sign * magnitude, InterpolationMode.NEAREST, None)
                changed = autoaugment._apply_op(image, *arguments)
                results.append(result(key, [sign * level], changed))
    return results


def case(name, image, results):
    return {"name": name, **stored(image), "results": results}


def mixes():
    cases = []
    for batch, channels, height, width in ((4, 2, 3, 5), (3, 1, 4, 4)):
        inputs = uniform(batch, channels, height, width).to(torch.float32)
        partners = inputs.flip(0)
        for share in (0.0, 0.3, 0.875, 1.0):
            mixed = inputs * share + partners * (1 - share)
            cases.append(mix(f"mixup {share}", inputs, share, [], mixed))
        for top, left, bottom, right in ((1, 2, 3, 4), (0, 0, height, width), (2, 2, 2, 2)):
            mixed = inputs.clone()
            mixed[:, :, top:bottom, left:right] = partners[:, :, top:bottom, left:right]
            share = 1 - (bottom - top) * (right - left) / (height * width)
            box = [top, left, bottom - top, right - left]
            cases.append(mix(f"CutMix {box}", inputs, share, box, mixed))
    return cases


def mix(name, inputs, share, box, mixed):
    return {
        "name": f"{name} of {list(inputs.shape)}",
        "shape": list(inputs.shape),
        "share": share,
        "box": box,
        "inputs": inputs.flatten().tolist(),
        "mixed": mixed.flatten().tolist(),
    }


def boxes():
    """Section 3.1 of CutMix: a box of 1 - share of the picture around a pixel, clipped to the picture."""
    cases = []
    for height, width in ((28, 28), (32, 20), (5, 7)):
        for share in (0.0, 0.1, 0.5, 0.9, 1.0):
            for row, column in ((0, 0), (height // 2, width // 3), (height - 1, width - 1)):
                half_height = int(height * math.sqrt(1 - share)) // 2
                half_width = int(width * math.sqrt(1 - share)) // 2
                top, bottom = numpy.clip([row - half_height, row + half_height], 0, height).tolist()
                left, right = numpy.clip([column - half_width, column + half_width], 0, width).tolist()
                box = [top, left, bottom - top, right - left]
                cases.append({"size": [height, width], "share": share, "centre": [row, column], "box": box})
    return cases


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    torch.manual_seed(1)
    directory = sys.argv[1]
    grey, colour = picture(1, 19, 17), picture(3, 17, 19)
    small, medium, wide = picture(1, 6, 7), picture(3, 9, 11), picture(1, 2, 331)
    flat = Image.fromarray(numpy.full((4, 3), 77, numpy.uint8))
    tiny = picture(3, 2, 2)
    pictures = {"grey": grey, "colour": colour, "one level": flat, "2x2": tiny}
    changes = [case(f"tones, {name}", image, tones(image)) for name, image in pictures.items()]
    for image in (picture(1, 8, 9), picture(3, 9, 8)):
        changes.append(case(f"geometry, {image.mode}", image, geometry(image)))
    write(directory, "augment", changes)
    levels = [
        case("all levels, grey", small, operations(small, range(31))),
        case("some levels, colour", medium, operations(medium, (1, 9, 17, 30))),
        case("whole pixels", wide, operations(wide, (7, 23), ("TRANSLATE_X",))),
    ]
    write(directory, "operations", levels)
    write(directory, "mixing", mixes())
    write(directory, "boxes", boxes())


if __name__ == "__main__":
    main()
