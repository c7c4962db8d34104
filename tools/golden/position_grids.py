#!/usr/bin/env python3
"""Golden values of positions on a grid brought to another grid, made with PyTorch in double precision.

usage: position_grids.py DIRECTORY

Writes position-grids.json: for each case, height and width before and after, and the values.
"""

import json
import sys
from pathlib import Path

import torch
import torch.nn.functional as F

FEATURES = 2


def case(before, after):
    values = torch.rand(1, *before, FEATURES, dtype=torch.float64).float().double()
    images = F.interpolate(values.permute(0, 3, 1, 2), size=after, mode="bicubic", align_corners=False)
    return {
        "before": before,
        "after": after,
        "values": values.flatten().tolist(),
        "expected": [round(value, 9) for value in images.permute(0, 2, 3, 1).flatten().tolist()],
    }


if __name__ == "__main__":
    torch.manual_seed(1)
    cases = [case([3, 3], [5, 4]), case([4, 4], [2, 3]), case([1, 1], [2, 2]), case([2, 2], [7, 2])]
    Path(sys.argv[1], "position-grids.json").write_text(json.dumps(cases) + "\n")
