#!/usr/bin/env python3
"""Golden outputs of small variants of architectures, made with PyTorch in double precision.

usage: architectures.py DIRECTORY

Writes architectures.json: a list of cases {"name", "settings", "tensors"} with the weights by their
public names, the input and the output.
"""

import sys

import torch
import torch.nn.functional as F
from torch import nn

from golden import tensor, uniform, write

IDS = torch.tensor([[3, 1, 4, 1, 5, 7], [2, 6, 0, 0, 0, 0], [5, 8, 2, 0, 0, 0]])


def parameter(*shape):
    return uniform(*shape) / 2


def case(name, weights, values, output):
    tensors = {key: tensor(value) for key, value in weights.items()}
    tensors["input"] = tensor(values.to(torch.float64))
    tensors["output"] = tensor(output)
    return {"name": name, "settings": {}, "tensors": tensors}


def table(vocabulary, features):
    """Vectors of ids, those of padding zero."""
    values = parameter(vocabulary, features)
    values[0] = 0
    return values


def fasttext():
    weights = {
        "embedding.weight": table(9, 4),
        "hidden.weight": parameter(5, 4),
        "hidden.bias": parameter(5),
        "classifier.weight": parameter(3, 5),
        "classifier.bias": parameter(3),
    }
    vectors = F.embedding(IDS, weights["embedding.weight"])
    mean = vectors.sum(1) / (IDS != 0).sum(1, keepdim=True)
    hidden = F.relu(F.linear(mean, weights["hidden.weight"], weights["hidden.bias"]))
    output = F.linear(hidden, weights["classifier.weight"], weights["classifier.bias"])
    return case("fasttext", weights, IDS, output)


def textcnn():
    """Each text by itself, without its padding, and zeros enough for the last windows."""
    weights = {"embedding.weight": table(9, 4)}
    for width in (2, 3):
        weights[f"conv{width}.weight"] = parameter(3, 1, width, 4)
        weights[f"conv{width}.bias"] = parameter(3)
    weights["classifier.weight"] = parameter(2, 6)
    weights["classifier.bias"] = parameter(2)
    rows = []
    for ids in IDS:
        vectors = F.embedding(ids[ids != 0], weights["embedding.weight"])[None, None]
        maxima = []
        for width in (2, 3):
            padded = F.pad(vectors, (0, 0, 0, width - 1))
            found = F.conv2d(padded, weights[f"conv{width}.weight"], weights[f"conv{width}.bias"])
            maxima.append(F.relu(found)[0, :, :, 0].max(1).values)
        rows.append(torch.cat(maxima))
    output = F.linear(torch.stack(rows), weights["classifier.weight"], weights["classifier.bias"])
    return case("textcnn", weights, IDS, output)


def char_lstm():
    names = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"]
    weights = {"embedding.weight": parameter(9, 4)}
    x = F.embedding(IDS, weights["embedding.weight"])
    for layer, features in ((1, 4), (2, 5)):
        lstm = nn.LSTM(features, 5, batch_first=True)
        with torch.no_grad():
            for name in names:
                values = parameter(*getattr(lstm, name).shape)
                getattr(lstm, name).copy_(values)
                weights[f"lstm{layer}.{name}"] = values
            x = lstm(x)[0]
    weights["head.weight"] = parameter(9, 5)
    weights["head.bias"] = parameter(9)
    return case("char-lstm", weights, IDS, F.linear(x, weights["head.weight"], weights["head.bias"]))


def mlp():
    """Two numbers and categories of three and five."""
    rows = torch.tensor([[0.5, -1.25, 2, 4], [1.5, 0.25, 0, 1], [-2.0, 0.75, 1, 1]])
    weights = {
        "embeddings.0.weight": parameter(3, 2),
        "embeddings.1.weight": parameter(5, 3),
        "fc1.weight": parameter(6, 7),
        "fc1.bias": parameter(6),
        "classifier.weight": parameter(1, 6),
        "classifier.bias": parameter(1),
    }
    features = torch.cat(
        [
            rows[:, :2],
            weights["embeddings.0.weight"][rows[:, 2].long()],
            weights["embeddings.1.weight"][rows[:, 3].long()],
        ],
        1,
    )
    hidden = F.relu(F.linear(features, weights["fc1.weight"], weights["fc1.bias"]))
    output = F.linear(hidden, weights["classifier.weight"], weights["classifier.bias"])
    return case("mlp", weights, rows, output)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    torch.manual_seed(1)
    write(sys.argv[1], "architectures", [fasttext(), textcnn(), char_lstm(), mlp()])


if __name__ == "__main__":
    main()
