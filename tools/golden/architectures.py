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
from transformers import affine, attention, normalize

IDS = torch.tensor([[3, 1, 4, 1, 5, 7], [2, 6, 0, 0, 0, 0], [5, 8, 2, 0, 0, 0]])
TYPES = "embeddings.token_type_embeddings.weight"


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


def recurrent_weights(lstm, prefix):
    """Sets random weights and gives them by their public names."""
    weights = {}
    with torch.no_grad():
        for name, weight in lstm.named_parameters():
            weight.copy_(parameter(*weight.shape))
            weights[f"{prefix}.{name}"] = weight.detach().clone()
    return weights


def dense(weights, name, outputs, inputs):
    weights[name + ".weight"] = parameter(outputs, inputs)
    weights[name + ".bias"] = parameter(outputs)


def norm(weights, name, features):
    weights[name + ".weight"] = 1 + parameter(features) / 4
    weights[name + ".bias"] = parameter(features)


def attentive(name, cell):
    """Each text by itself, without its padding."""
    weights = {"embedding.weight": table(9, 4)}
    layer = cell(4, 5, batch_first=True, bidirectional=True)
    weights.update(recurrent_weights(layer, "recurrent"))
    dense(weights, "attention.projection", 3, 10)
    weights["attention.context.weight"] = parameter(1, 3)
    dense(weights, "classifier", 2, 10)
    rows = []
    for ids in IDS:
        states = layer(F.embedding(ids[ids != 0], weights["embedding.weight"])[None])[0][0]
        hidden = torch.tanh(affine(weights, "attention.projection", states))
        scores = F.linear(hidden, weights["attention.context.weight"])
        rows.append((scores.softmax(0) * states).sum(0))
    return case(name, weights, IDS, affine(weights, "classifier", torch.stack(rows)))


def encoder_weights(weights, layers, features, wide):
    for layer in range(layers):
        place = f"encoder.layer.{layer}"
        for part in ("query", "key", "value"):
            dense(weights, f"{place}.attention.self.{part}", features, features)
        dense(weights, f"{place}.attention.output.dense", features, features)
        norm(weights, f"{place}.attention.output.LayerNorm", features)
        dense(weights, f"{place}.intermediate.dense", wide, features)
        dense(weights, f"{place}.output.dense", features, wide)
        norm(weights, f"{place}.output.LayerNorm", features)


def encoded(weights, x, layers, features, heads, wide, epsilon):
    """By torch.nn.TransformerEncoderLayer."""
    for layer in range(layers):
        place = f"encoder.layer.{layer}"
        names = {
            "self_attn.out_proj": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "linear1": "intermediate.dense",
            "linear2": "output.dense",
            "norm2": "output.LayerNorm",
        }
        state = {}
        for kind in ("weight", "bias"):
            for theirs, ours in names.items():
                state[f"{theirs}.{kind}"] = weights[f"{place}.{ours}.{kind}"]
            parts = [weights[f"{place}.attention.self.{p}.{kind}"] for p in ("query", "key", "value")]
            state[f"self_attn.in_proj_{kind}"] = torch.cat(parts)
        module = nn.TransformerEncoderLayer(
            features, heads, wide, 0, F.gelu, epsilon, batch_first=True
        )
        module.load_state_dict(state)
        module.train()  # no dropout; keeps PyTorch from its fast path for inference
        x = module(x, src_key_padding_mask=IDS == 0).detach()
    return x


def mean_of_tokens(x):
    counted = (IDS != 0).to(x.dtype)[:, :, None]
    return (x * counted).sum(1) / counted.sum(1)


def transformer():
    weights = {"embedding.weight": table(9, 8)}
    encoder_weights(weights, 2, 8, 12)
    dense(weights, "classifier", 2, 8)
    angles = torch.arange(6)[:, None] / 10000 ** (torch.arange(0, 8, 2) / 8)
    waves = torch.stack([angles.sin(), angles.cos()], -1).flatten(1)
    x = F.embedding(IDS, weights["embedding.weight"]) + waves
    x = encoded(weights, x, 2, 8, 2, 12, 1e-5)
    return case("transformer", weights, IDS, affine(weights, "classifier", mean_of_tokens(x)))


def bert(form, types=None):
    """Of pairs where types are given: [3, 6], each 0 or 1, read as ids plus nine times the type."""
    weights = {
        "embeddings.word_embeddings.weight": table(9, 8),
        "embeddings.position_embeddings.weight": parameter(7, 8),
    }
    x = F.embedding(IDS, weights["embeddings.word_embeddings.weight"])
    x = x + weights["embeddings.position_embeddings.weight"][:6]
    if form != "distilled":
        weights[TYPES] = parameter(2, 8)
        x = x + F.embedding(torch.zeros_like(IDS) if types is None else types, weights[TYPES])
    norm(weights, "embeddings.LayerNorm", 8)
    x = normalize(weights, "embeddings.LayerNorm", x, 1e-12)
    encoder_weights(weights, 2, 8, 12)
    x = encoded(weights, x, 2, 8, 2, 12, 1e-12)
    if form == "mean":
        summary = mean_of_tokens(x)
    elif form == "pooler":
        dense(weights, "pooler.dense", 8, 8)
        summary = torch.tanh(affine(weights, "pooler.dense", x[:, 0]))
    else:
        dense(weights, "pre_classifier", 8, 8)
        summary = F.relu(affine(weights, "pre_classifier", x[:, 0]))
    dense(weights, "classifier", 2, 8)
    output = affine(weights, "classifier", summary)
    if types is None:
        return case("bert-" + form, weights, IDS, output)
    return case("bert of pairs", weights, IDS + 9 * types, output)


def gpt():
    weights = {"transformer.wte.weight": parameter(9, 8), "transformer.wpe.weight": parameter(7, 8)}
    x = F.embedding(IDS, weights["transformer.wte.weight"]) + weights["transformer.wpe.weight"][:6]
    for layer in range(2):
        place = f"transformer.h.{layer}"
        norm(weights, place + ".ln_1", 8)
        dense(weights, place + ".attn.c_attn", 24, 8)
        dense(weights, place + ".attn.c_proj", 8, 8)
        norm(weights, place + ".ln_2", 8)
        dense(weights, place + ".mlp.c_fc", 32, 8)
        dense(weights, place + ".mlp.c_proj", 8, 32)
        projected = affine(weights, place + ".attn.c_attn", normalize(weights, place + ".ln_1", x, 1e-5))
        attended = attention(projected, 2, True, None)
        x = x + affine(weights, place + ".attn.c_proj", attended)
        wide = affine(weights, place + ".mlp.c_fc", normalize(weights, place + ".ln_2", x, 1e-5))
        x = x + affine(weights, place + ".mlp.c_proj", F.gelu(wide, approximate="tanh"))
    norm(weights, "transformer.ln_f", 8)
    weights["lm_head.weight"] = parameter(9, 8)
    x = normalize(weights, "transformer.ln_f", x, 1e-5)
    return case("gpt", weights, IDS, F.linear(x, weights["lm_head.weight"]))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    torch.manual_seed(1)
    cases = [fasttext(), textcnn(), char_lstm(), mlp()]
    cases += [attentive("bilstm-attention", nn.LSTM), attentive("bigru-attention", nn.GRU)]
    cases += [transformer(), bert("pooler"), bert("mean"), bert("distilled"), gpt()]
    cases += [bert("mean", torch.tensor([[0, 0, 0, 1, 1, 1], [0, 1, 1, 1, 0, 0], [0, 0, 0, 0, 0, 0]]))]
    write(sys.argv[1], "architectures", cases)


if __name__ == "__main__":
    main()
