"""Tar archives by Python's tarfile: v7-like, ustar, pax and GNU, long names, links and a pipe, with what lies where.

    /usr/bin/python3 tar.py DIRECTORY
"""

import io
import json
import pathlib
import sys
import tarfile

from PIL import Image

LONG = "folder/" + "x" * 120 + "/0002"
VERY_LONG = "y" * 300 + "/0003"


def add(archive, name, content, kind=tarfile.REGTYPE, **attributes):
    member = tarfile.TarInfo(name)
    member.type = kind
    member.size = len(content)
    for key, value in attributes.items():
        setattr(member, key, value)
    archive.addfile(member, io.BytesIO(content))


def make(file, form):
    with tarfile.open(file, "w", format=form) as archive:
        add(archive, "folder", b"", tarfile.DIRTYPE)
        add(archive, "folder/0001.txt", b"one")
        add(archive, "folder/empty.txt", b"")
        add(archive, "folder/block.txt", b"b" * 512)
        add(archive, LONG + ".txt", b"two" * 200)
        if form != tarfile.USTAR_FORMAT:
            add(archive, VERY_LONG + ".txt", b"three")
            add(archive, "größe.txt", b"four", uid=9_000_000)
        add(archive, "link.txt", b"", tarfile.SYMTYPE, linkname="/etc/passwd")
        add(archive, "hard.txt", b"", tarfile.LNKTYPE, linkname="folder/0001.txt")
        add(archive, "pipe.txt", b"", tarfile.FIFOTYPE)
        add(archive, "device.txt", b"", tarfile.CHRTYPE)
        add(archive, "last.txt", b"last")


def contents(file):
    with tarfile.open(file) as archive:
        return [
            {
                "name": member.name,
                "file": member.isfile(),
                "offset": member.offset_data,
                "size": member.size,
                "content": archive.extractfile(member).read().decode() if member.isfile() else "",
            }
            for member in archive
        ]


directory = pathlib.Path(sys.argv[1])
directory.mkdir(parents=True, exist_ok=True)
expected = {}
for name, form in [("ustar", tarfile.USTAR_FORMAT), ("pax", tarfile.PAX_FORMAT), ("gnu", tarfile.GNU_FORMAT)]:
    make(directory / f"{name}.tar", form)
    expected[name] = contents(directory / f"{name}.tar")
(directory / "members.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")


def picture(number, ending):
    out = io.BytesIO()
    image = Image.new("RGB", (8, 8), (10 * number, 0, 255 - 10 * number))
    image.save(out, {"png": "PNG", "jpg": "JPEG"}[ending])
    return out.getvalue()


def shards():
    """Two shards of six pictures with WebDataset's names, the first with .cls, the second with .json."""
    for shard in range(2):
        with tarfile.open(directory / f"shard-{shard:02d}.tar", "w", format=tarfile.PAX_FORMAT) as archive:
            for number in range(6 * shard, 6 * shard + 6):
                ending = "png" if number % 2 == 0 else "jpg"
                label = "cat" if number % 3 == 0 else "dog"
                add(archive, f"./set.a/{number:04d}.{ending}", picture(number, ending))
                add(archive, f"./set.a/{number:04d}.mask.png", b"not a picture")
                if shard == 0:
                    add(archive, f"./set.a/{number:04d}.cls", (label + "\n").encode())
                else:
                    content = {"label": label, "tags": ["wet", "old"][: number % 3], "weight": number / 2}
                    add(archive, f"./set.a/{number:04d}.json", json.dumps(content).encode())


shards()
