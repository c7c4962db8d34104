"""Picture files with the pixels that Pillow reads from them, and resized pictures.

Pixels are [channels, height, width], 8 bits each, as base64. 16-bit samples are scaled to 8 bits
here, rounded, since Pillow only cuts them off. Made with Pillow 9.4 and torchvision 0.14.
"""

import base64
import json
import pathlib
import struct
import sys
import zlib

import numpy as np
from PIL import Image, ImageCms, ImageOps
from torchvision.transforms import functional

HEIGHT, WIDTH = 14, 21
CHANNELS = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4}
FILTERS = {
    "NEAREST": Image.Resampling.NEAREST,
    "BILINEAR": Image.Resampling.BILINEAR,
    "BICUBIC": Image.Resampling.BICUBIC,
    "AREA": Image.Resampling.BOX,
}


def photograph(channels, height=HEIGHT, width=WIDTH, maximum=255):
    """Smooth colours, and in the last channel of 2 and 4 every alpha."""
    y, x = np.mgrid[:height, :width]
    planes = [np.sin(x / (3 + c) + c) * np.cos(y / (5 - c)) / 2 + 0.5 for c in range(channels)]
    if channels % 2 == 0:
        planes[-1] = (x * height + y) / (height * width - 1)
    return np.rint(np.stack(planes, -1) * maximum).astype(int)


def picture(mode):
    pixels = photograph(CHANNELS[mode]).astype(np.uint8)
    return Image.fromarray(pixels[..., 0] if mode == "L" else pixels, mode)


def golden(pixels):
    pixels = np.asarray(pixels)
    planes = np.moveaxis(pixels.reshape(*pixels.shape[:2], -1), -1, 0).astype(np.uint8)
    channels, height, width = planes.shape
    return {
        "channels": channels,
        "height": height,
        "width": width,
        "pixels": base64.b64encode(planes.tobytes()).decode(),
    }


def opened(file, mode):
    """What Pillow reads, turned upright: which it does itself for TIFF, and for others when asked."""
    image = Image.open(file)
    upright = image if file.suffix == ".tif" else ImageOps.exif_transpose(image)
    return golden(upright.convert(mode))


def png16(file, pixels):
    """Writes a PNG of 16 bits a sample, which Pillow cannot for colours."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    height, width, channels = pixels.shape
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 16, {1: 0, 3: 2}[channels], 0, 0, 0)
    file.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def exchanged_profile():
    """sRGB with red and blue exchanged: whoever applies it sees other colours."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes(12)  # when it was made
    (count,) = struct.unpack(">I", profile[128:132])
    tags = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    profile[tags[b"rXYZ"] : tags[b"rXYZ"] + 4] = b"bXYZ"
    profile[tags[b"bXYZ"] : tags[b"bXYZ"] + 4] = b"rXYZ"
    return bytes(profile)


def ycck(folder):
    """A CMYK file that says of its samples that they are YCCK."""
    content = (folder / "cmyk.jpg").read_bytes()
    transform = content.index(b"Adobe") + 11
    (folder / "ycck.jpg").write_bytes(content[:transform] + b"\2" + content[transform + 1 :])




def save_plain(folder):
    rgb, rgba = picture("RGB"), picture("RGBA")
    saved = {}

    def save(name, image, mode, **options):
        image.save(folder / name, **options)
        saved[name] = mode

    for mode, name in (("L", "grey"), ("LA", "grey-alpha"), ("RGB", "rgb"), ("RGBA", "rgba")):
        save(name + ".png", picture(mode), mode)
        save(name + ".tif", picture(mode), mode)
    save("one-bit.png", picture("L").convert("1"), "L")
    save("palette.png", rgb.quantize(20), "RGB")
    save("palette-transparent.png", rgb.quantize(20), "RGBA", transparency=3)
    save("palette-grey.png", picture("L").quantize(9), "L")
    save("rgb.bmp", rgb, "RGB")
    save("palette.bmp", rgb.quantize(20), "RGB")
    save("cmyk.tif", rgb.convert("CMYK"), "RGB")
    save("compressed.tif", rgb, "RGB", compression="tiff_lzw")
    frames = [rgb.transpose(Image.Transpose.ROTATE_180).quantize(20)]
    save("animated.gif", rgb.quantize(20), "RGB", save_all=True, append_images=frames)
    save("transparent.gif", rgb.quantize(20), "RGBA", transparency=3)
    save("lossless.webp", rgb, "RGB", lossless=True)
    save("lossless-alpha.webp", rgba, "RGBA", lossless=True, exact=True)
    save("lossy.webp", rgb, "RGB", quality=90)
    save("lossy-alpha.webp", rgba, "RGBA", quality=90)
    save("baseline.jpg", rgb, "RGB", quality=90)
    save("progressive.jpg", rgb, "RGB", quality=90, progressive=True)
    save("grey.jpg", picture("L"), "L", quality=90)
    save("profile.jpg", rgb, "RGB", quality=90, icc_profile=exchanged_profile())
    save("profile.webp", rgb, "RGB", lossless=True, icc_profile=exchanged_profile())
    save("cmyk.jpg", rgb.convert("CMYK"), "RGB", quality=90)
    ycck(folder)
    saved["ycck.jpg"] = "RGB"
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        save(f"orientation-{orientation}.jpg", rgb, "RGB", quality=90, exif=exif)
        if orientation == 6:
            for name in ("turned.png", "turned.tif", "turned.webp"):
                options = {"lossless": True} if name.endswith("webp") else {}
                save(name, rgb, "RGB", exif=exif, **options)
    return {name: opened(folder / name, mode) for name, mode in saved.items()}


def save_sixteen_bits(folder):
    pixels = photograph(3, maximum=65535)
    expected = np.rint(pixels / 257)
    png16(folder / "rgb16.png", pixels)
    png16(folder / "grey16.png", pixels[..., :1])
    Image.fromarray(pixels[..., 0].astype(np.uint16)).save(folder / "grey16.tif")
    grey = golden(expected[..., :1])
    return {"rgb16.png": golden(expected), "grey16.png": grey, "grey16.tif": grey}


def save_floats(folder):
    """A file that must be refused."""
    Image.fromarray(photograph(1)[..., 0].astype(np.float32)).save(folder / "float.tif")


def resized():
    noise = np.random.RandomState(1)
    return [resized_from(mode, noise) for mode in CHANNELS]


def resized_from(mode, noise):
    pixels = noise.randint(0, 256, (13, 17, CHANNELS[mode])).astype(np.uint8)
    image = Image.fromarray(pixels[..., 0] if mode == "L" else pixels, mode)
    cases = []

    def add(operation, name, height, width, result):
        case = {"operation": operation, "filter": name, "height": height, "width": width}
        cases.append(case | {"expected": golden(result)})

    for name, resample in FILTERS.items():
        for height, width in ((5, 7), (29, 31), (13, 40), (6, 17), (1, 1)):
            add("RESIZE", name, height, width, image.resize((width, height), resample))
        mode_name = {"AREA": "box"}.get(name, name.lower())
        for side in (9, 23):
            shorter = functional.resize(image, side, functional.InterpolationMode(mode_name))
            add("RESIZE_SHORTER_SIDE", name, side, side, shorter)
    for height, width in ((7, 8), (10, 9), (20, 11), (6, 22), (18, 24), (13, 17)):
        cropped = functional.center_crop(image, (height, width))
        add("CENTER_CROP", None, height, width, cropped)
    return {"source": golden(image), "cases": cases}


def write(path, value):
    """Line breaks between the entries only."""
    lines = [json.dumps(entry) for entry in value] if isinstance(value, list) else [
        f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in value.items()
    ]
    start, end = "[]" if isinstance(value, list) else "{}"
    path.write_text(start + "\n" + ",\n".join(lines) + "\n" + end + "\n", encoding="utf-8")


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "pictures.json", save_plain(folder) | save_sixteen_bits(folder))
    save_floats(folder)
    write(folder / "resized.json", resized())


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
