"""What the golden-value scripts share: exact random inputs and compact JSON."""

import json
import pathlib

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def uniform(*shape):
    """Random multiples of 1/256 in [-2, 2]: exact in float32 and short as text."""
    return torch.randint(-512, 513, shape).to(torch.float64) / 256


def distinct(*shape):
    """Random values without a tie, so that a maximum is at one place only."""
    count = torch.Size(shape).numel()
    return (torch.randperm(count).to(torch.float64) - count // 2).reshape(shape) / 64


def number(value):
    """Nine significant digits: beyond float32, and the same on any machine."""
    return float(f"{value:.9g}")


def tensor(values):
    values = values.detach()
    return {"shape": list(values.shape), "values": [number(v) for v in values.flatten().tolist()]}


def write(directory, name, cases):
    """Writes DIRECTORY/NAME.json: a list of cases, one a line."""
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    path = pathlib.Path(directory) / f"{name}.json"
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{path}: {len(cases)} cases")
