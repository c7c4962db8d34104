"""What the golden-value scripts share: exact random inputs, cases of layers and compact JSON."""

import json
import pathlib
import sys

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


def case(name, settings, function, mask=None, inference=None, **inputs):
    """Runs function(**inputs) and its backward pass for a random gradient of the output.

    Inputs of whole numbers have no gradient. A mask is added for layers that read one; inference is the
    output outside of training where that differs.
    """
    differentiable = {key: values for key, values in inputs.items() if values.is_floating_point()}
    for values in differentiable.values():
        values.requires_grad_(True)
    output = function(**inputs)
    output_gradient = uniform(*output.shape)
    if output.requires_grad:
        output.backward(output_gradient)
    tensors = {key: tensor(values) for key, values in inputs.items()}
    tensors["output"] = tensor(output)
    tensors["outputGradient"] = tensor(output_gradient)
    for key, values in differentiable.items():
        tensors[key + "Gradient"] = tensor(values.grad)
    if mask is not None:
        tensors["mask"] = tensor(mask)
    if inference is not None:
        tensors["inference"] = tensor(inference)
    return {"name": name, "settings": settings, "tensors": tensors}


def module_case(name, module, values):
    """The parameters and buffers of a module by their names, and its output outside of training."""
    with torch.no_grad():
        output = module.eval()(values)
    tensors = {
        key: tensor(value) for key, value in module.state_dict().items() if not key.endswith("num_batches_tracked")
    }
    tensors["input"] = tensor(values)
    tensors["output"] = tensor(output)
    return {"name": name, "settings": {}, "tensors": tensors}


def write(directory, name, cases):
    """Writes DIRECTORY/NAME.json: a list of cases, one a line."""
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    path = pathlib.Path(directory) / f"{name}.json"
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{path}: {len(cases)} cases")


def main(usage, kinds):
    """Writes the cases of each kind, each kind from the same random state."""
    if len(sys.argv) != 2:
        sys.exit(usage)
    for kind, make in kinds.items():
        torch.manual_seed(1)
        write(sys.argv[1], kind, make())
