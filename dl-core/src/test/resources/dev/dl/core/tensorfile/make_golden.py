"""Writes the golden safetensors files of this folder by hand, from the format's description.

Usage: python3 make_golden.py   (no packages needed)
"""

import json
import pathlib
import struct

FOLDER = pathlib.Path(__file__).parent


def write(name, metadata, tensors):
    """tensors: (name, dtype, shape, bytes) in the order in which they lie in the file."""
    header, offset = {}, 0
    if metadata:
        header["__metadata__"] = metadata
    for tensor, dtype, shape, data in tensors:
        header[tensor] = {"dtype": dtype, "shape": shape, "data_offsets": [offset, offset + len(data)]}
        offset += len(data)
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    data = b"".join(tensor[3] for tensor in tensors)
    (FOLDER / name).write_bytes(struct.pack("<Q", len(text)) + text + data)


# What a writer of float32 must produce: sorted by name, padded to eight bytes.
write(
    "float32.safetensors",
    {"format": "pt"},
    [
        ("bias", "F32", [2], struct.pack("<2f", 0.5, -1.25)),
        ("empty", "F32", [0, 3], b""),
        ("scalar", "F32", [], struct.pack("<f", 3.0)),
        ("weight", "F32", [2, 3], struct.pack("<6f", 1, 2, 3, 4, 5, 1e-45)),
        ("\u00e4", "F32", [1], struct.pack("<f", float("inf"))),
    ],
)

# One tensor of every type that can be read.
write(
    "types.safetensors",
    {},
    [
        ("f64", "F64", [2], struct.pack("<2d", 0.1, -2.0)),
        ("i64", "I64", [2], struct.pack("<2q", 16777216, -5)),
        ("f32", "F32", [1], struct.pack("<f", 0.1)),
        ("i32", "I32", [1], struct.pack("<i", -7)),
        ("f16", "F16", [5], struct.pack("<5e", 1.0, -0.333251953125, 65504.0, 6e-8, float("-inf"))),
        ("bf16", "BF16", [2], struct.pack("<2H", 0x3F80, 0xC049)),
        ("i16", "I16", [1], struct.pack("<h", -300)),
        ("i8", "I8", [2], struct.pack("<2b", -128, 127)),
        ("u8", "U8", [2], struct.pack("<2B", 0, 255)),
    ],
)
