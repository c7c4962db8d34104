"""Makes a data set larger than memory and trains on it, to show what memory that takes.

    tools/large_dataset.py [--gigabytes 5] [--folder DIR] [--seconds 60]

Needs numpy and Pillow (Debian: python3-numpy, python3-pil) and ./dl, on Linux. Pictures of 224x224 pixels, noise over a
colour that tells the class, half PNG and half JPEG, lie in tar shards under WebDataset's names. Prints the most resident
memory that the process of ./dl train had (VmHWM), and removes the data unless --folder keeps it.
"""

import argparse
import io
import json
import pathlib
import shutil
import subprocess
import tarfile
import tempfile
import time

import numpy
from PIL import Image

HOME = pathlib.Path(__file__).resolve().parent.parent
SHARD = 256 << 20
CLASSES = 10
SIZE = 224


def picture(number, random):
    """A picture of class number % CLASSES, encoded, with its ending."""
    colour = numpy.array([(number % CLASSES) * 20 + 30, 128, 220 - (number % CLASSES) * 20])
    noise = random.integers(-30, 30, (SIZE, SIZE, 3), dtype=numpy.int8)
    pixels = (colour.astype(numpy.int16) + noise).astype(numpy.uint8)
    out = io.BytesIO()
    ending = "png" if number // CLASSES % 2 == 0 else "jpg"
    Image.fromarray(pixels).save(out, "PNG" if ending == "png" else "JPEG", compress_level=1, quality=90)
    return out.getvalue(), ending


def add(shard, name, content):
    member = tarfile.TarInfo(name)
    member.size = len(content)
    shard.addfile(member, io.BytesIO(content))


def make(folder, size):
    """Fills a folder with shards of so many bytes in all; returns the number of pictures."""
    random = numpy.random.default_rng(0)
    written = number = count = 0
    while written < size:
        with tarfile.open(folder / f"shard-{count:04d}.tar", "w") as shard:
            start = written
            while written < size and written - start < SHARD:
                content, ending = picture(number, random)
                add(shard, f"{number:08d}.{ending}", content)
                add(shard, f"{number:08d}.cls", str(number % CLASSES).encode())
                written += len(content)
                number += 1
        count += 1
    return number


def peak(process):
    """Waits for a process to end; the most resident memory that it had, in bytes."""
    most = 0
    status = pathlib.Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                most = max(most, int(line.split()[1]) << 10)
        time.sleep(0.2)
    return most


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gigabytes", type=float, default=5)
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=60)
    arguments = parser.parse_args()
    temporary = pathlib.Path(tempfile.mkdtemp(prefix="dl-large-"))
    folder = arguments.folder or temporary / "shards"
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True)
            print(make(folder, int(arguments.gigabytes * 1e9)), "pictures made")
        size = sum(file.stat().st_size for file in folder.glob("*.tar"))
        config = temporary / "large.yaml"
        config.write_text(
            json.dumps(
                {
                    "name": "large",
                    "data": {"source": "images", "train": str(folder)},
                    "model": {"name": "lenet5"},
                    "training": {"epochs": 1, "batchSize": 32, "maximumDuration": f"{arguments.seconds}s"},
                }
            )
        )
        process = subprocess.Popen([HOME / "dl", "train", config, "--run", temporary / "run"])
        most = peak(process)
        print(f"exit {process.returncode}, {size / 1e9:.2f} GB of shards, {most / 1e9:.2f} GB resident at most")
    finally:
        shutil.rmtree(temporary)


if __name__ == "__main__":
    main()
