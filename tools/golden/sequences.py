#!/usr/bin/env python3
"""Golden values of layers that read sequences, made with PyTorch in double precision.

usage: sequences.py DIRECTORY

Writes one JSON file for each kind of layer, in the form of layers.py. Sequences are
[batch, length, features]; where there is a mask, [batch, length], the recurrent layers ran packed
sequences and the others each sequence by its length.
"""

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from golden import case, distinct, main, tensor, uniform


def set_weights(layer):
    """Exact weights, small enough that no gate saturates."""
    with torch.no_grad():
        for weight in layer.parameters():
            weight.copy_(uniform(*weight.shape) / 4)


def mask_of(lengths, length):
    return torch.tensor([[float(t < count) for t in range(length)] for count in lengths])


def recurrent(cell, inputs, hidden, both, batch, length, lengths=None):
    layer = cell(inputs, hidden, batch_first=True, bidirectional=both)
    set_weights(layer)
    sequences = uniform(batch, length, inputs).requires_grad_(True)
    if lengths is None:
        output, final = layer(sequences)
    else:
        packed = pack_padded_sequence(sequences, lengths, batch_first=True, enforce_sorted=False)
        packed, final = layer(packed)
        output, _ = pad_packed_sequence(packed, batch_first=True, total_length=length)
    state = final[0] if isinstance(final, tuple) else final
    output_gradient = uniform(*output.shape)
    output.backward(output_gradient)
    tensors = {
        "input": tensor(sequences),
        "output": tensor(output),
        "outputGradient": tensor(output_gradient),
        "inputGradient": tensor(sequences.grad),
        "last": tensor(state.transpose(0, 1).flatten(1)),
    }
    if lengths is not None:
        tensors["mask"] = tensor(mask_of(lengths, length))
    for key, weight in layer.named_parameters():
        tensors[key] = tensor(weight)
        tensors[key + "Gradient"] = tensor(weight.grad)
    name = (
        f"{inputs} to {hidden}{' in both directions' if both else ''}, {batch} sequences of "
        f"{length if lengths is None else lengths}"
    )
    return {"name": name, "settings": {"bidirectional": both}, "tensors": tensors}


def recurrents(cell):
    return [
        recurrent(cell, 3, 4, False, 2, 5),
        recurrent(cell, 1, 1, False, 1, 1),
        recurrent(cell, 5, 3, True, 3, 4),
        recurrent(cell, 4, 9, False, 3, 5, [5, 2, 3]),
        recurrent(cell, 3, 2, True, 4, 6, [3, 6, 1, 4]),
        recurrent(cell, 2, 3, True, 2, 10, [1, 4]),
    ]


def embedding(vocabulary, features, padding, ids):
    layer = torch.nn.Embedding(vocabulary, features, padding_idx=padding)
    with torch.no_grad():
        layer.weight.copy_(uniform(vocabulary, features))
    ids = torch.tensor(ids)
    output = layer(ids)
    output_gradient = uniform(*output.shape)
    output.backward(output_gradient)
    name = f"{vocabulary} ids as {features} features, padding {padding}"
    tensors = {
        "input": tensor(ids),
        "weight": tensor(layer.weight),
        "output": tensor(output),
        "outputGradient": tensor(output_gradient),
        "weightGradient": tensor(layer.weight.grad),
    }
    settings = {"padding": -1 if padding is None else padding}
    return {"name": name, "settings": settings, "tensors": tensors}


def embeddings():
    return [
        embedding(6, 3, None, [[0, 5, 5, 2], [5, 1, 0, 0]]),
        embedding(6, 4, 0, [[3, 1, 0, 0], [1, 1, 1, 0]]),
    ]


def padding_masks():
    def mask(padding, ids):
        return case(
            f"padding {padding}",
            {"padding": padding},
            lambda input: (input != padding).to(torch.float64),
            input=torch.tensor(ids),
        )

    return [mask(0, [[3, 1, 0, 0], [0, 2, 5, 0], [0, 0, 0, 0]]), mask(4, [[4, 0, 4, 1, 4]])]


def typed_tokens():
    """Ids of a vocabulary of seven and types below three."""
    ids = torch.tensor([[3, 1, 0, 6], [0, 2, 5, 0]])
    types = torch.tensor([[0, 1, 2, 2], [0, 0, 1, 0]])

    def part(name, values):
        settings = {"vocabulary": 7, "part": name}
        return case(name, settings, lambda input: values.to(torch.float64), input=ids + 7 * types)

    return [part("ID", ids), part("TYPE", types)]


def last_steps():
    def last(both, batch, length, features, lengths=None):
        def run(input):
            ends = []
            for sequence, count in zip(input, lengths or [length] * batch):
                forward, backward = sequence[count - 1], sequence[0]
                if count == 0:
                    forward = backward = torch.zeros(features)
                half = features // 2 if both else features
                ends.append(torch.cat([forward[:half], backward[half:]]))
            return torch.stack(ends)

        name = f"{features} features{' of both directions' if both else ''}, {lengths or f'{batch}x{length}'}"
        mask = None if lengths is None else mask_of(lengths, length)
        return case(name, {"bidirectional": both}, run, mask, input=uniform(batch, length, features))

    return [
        last(False, 2, 5, 3),
        last(True, 2, 4, 6),
        last(False, 4, 5, 20, [5, 2, 1, 0]),
        last(True, 4, 6, 4, [3, 6, 0, 1]),
    ]


def means_over_tokens():
    def mean(batch, length, features, lengths=None):
        def run(input):
            counts = lengths or [length] * batch
            none = torch.zeros(features)
            return torch.stack([x[:n].mean(0) if n > 0 else none for x, n in zip(input, counts)])

        name = f"{features} features, {lengths or f'{batch}x{length}'}"
        mask = None if lengths is None else mask_of(lengths, length)
        return case(name, {}, run, mask, input=uniform(batch, length, features))

    return [mean(2, 5, 3), mean(4, 7, 20, [7, 3, 0, 1])]


def maxima_over_tokens():
    def maximum(batch, length, features, lengths=None):
        def run(input):
            counts = lengths or [length] * batch
            none = torch.zeros(features)
            return torch.stack([x[:n].amax(0) if n > 0 else none for x, n in zip(input, counts)])

        name = f"{features} features, {lengths or f'{batch}x{length}'}"
        mask = None if lengths is None else mask_of(lengths, length)
        return case(name, {}, run, mask, input=distinct(batch, length, features))

    return [maximum(2, 5, 3), maximum(4, 7, 20, [7, 3, 0, 1])]


def attention_poolings():
    def pooled(batch, length, features, lengths=None):
        mask = None if lengths is None else mask_of(lengths, length)

        def run(input, scores):
            weights = scores
            if mask is not None:
                weights = scores.masked_fill(mask[:, :, None] == 0, -float("inf"))
            weights = torch.nan_to_num(weights.softmax(1), 0)
            return (weights * input).sum(1)

        name = f"{features} features, {lengths or f'{batch}x{length}'}"
        values, scores = uniform(batch, length, features), uniform(batch, length, 1)
        return case(name, {}, run, mask, input=values, scores=scores)

    return [pooled(2, 5, 3), pooled(3, 7, 20, [7, 3, 1]), pooled(1, 1, 4)]


def first_tokens():
    return [
        case(f"{b}x{n}x{f}", {}, lambda input: input[:, 0], input=uniform(b, n, f))
        for b, n, f in ((2, 5, 3), (1, 1, 4))
    ]


def beginnings():
    return [
        case(f"{n} of {b}x{length}x{f}", {}, lambda input: input[:, :n], input=uniform(b, length, f))
        for b, length, f, n in ((2, 5, 3, 2), (1, 4, 20, 4), (3, 6, 1, 1))
    ]


def one_hot():
    def run(categories, codes):
        def vectors(input):
            return torch.nn.functional.one_hot(input, categories + 1)[:, :, 1:].to(torch.float64)

        return case(f"{categories} categories", {}, vectors, input=torch.tensor(codes))

    return [run(4, [[1, 4, 0], [3, 3, 2]]), run(1, [[0, 1, 1, 0]])]


def sequence_convolutions():
    def convolution(batch, length, features, outputs, width):
        def run(input, weight, bias):
            padded = torch.nn.functional.pad(input, (0, 0, 0, width - 1))
            result = torch.nn.functional.conv2d(padded.unsqueeze(1), weight, bias)
            return result.squeeze(3).transpose(1, 2)

        return case(
            f"{batch}x{length}x{features} to {outputs}, width {width}",
            {},
            run,
            input=uniform(batch, length, features),
            weight=uniform(outputs, 1, width, features),
            bias=uniform(outputs),
        )

    return [convolution(2, 5, 3, 4, 3), convolution(3, 2, 5, 2, 4), convolution(1, 9, 8, 20, 1)]


def table_features():
    def features(rows, numbers, cardinalities):
        def run(input, **weights):
            vectors = [weights[f"{i}.weight"][input[:, numbers + i]] for i in range(len(cardinalities))]
            return torch.cat([input[:, :numbers].to(torch.float64), *vectors], 1)

        codes = [torch.randint(0, count, (rows, 1)) for count in cardinalities]
        tables = {f"{i}.weight": uniform(count, min(50, (count + 1) // 2)) for i, count in enumerate(cardinalities)}
        return case(
            f"{rows} rows of {numbers} numbers and {cardinalities}",
            {"numbers": numbers},
            run,
            input=torch.cat([torch.randint(-5, 6, (rows, numbers)), *codes], 1),
            **tables,
        )

    return [features(4, 2, [3, 5]), features(3, 0, [1]), features(9, 5, [7, 120, 2])]


def feature_tokens():
    def tokens(rows, numbers, cardinalities, features, bias):
        offsets = torch.tensor([0, *cardinalities[:-1]]).cumsum(0) if cardinalities else None

        def run(input, **weights):
            parts = []
            if numbers:
                parts.append(weights["num_tokenizer.weight"] * input[:, :numbers, None])
            if cardinalities:
                parts.append(weights["cat_tokenizer.embeddings.weight"][input[:, numbers:] + offsets])
            biases = [weights[f"{kind}_tokenizer.bias"] for kind in kinds] if bias else []
            return torch.cat(parts, 1) + (torch.cat(biases) if bias else 0)

        kinds = (["num"] if numbers else []) + (["cat"] if cardinalities else [])
        weights = {}
        if numbers:
            weights["num_tokenizer.weight"] = uniform(numbers, features)
        if cardinalities:
            weights["cat_tokenizer.embeddings.weight"] = uniform(sum(cardinalities), features)
        counts = {"num": numbers, "cat": len(cardinalities)}
        if bias:
            weights.update({f"{kind}_tokenizer.bias": uniform(counts[kind], features) for kind in kinds})
        codes = [torch.randint(0, count, (rows, 1)) for count in cardinalities]
        return case(
            f"{rows} rows of {numbers} numbers and {cardinalities}{' with biases' if bias else ''}",
            {"numbers": numbers, "cardinalities": cardinalities, "biases": bias},
            run,
            input=torch.cat([torch.randint(-5, 6, (rows, numbers)), *codes], 1),
            **weights,
        )

    return [
        tokens(4, 2, [3, 5], 3, True),
        tokens(3, 0, [4], 2, False),
        tokens(2, 3, [], 5, True),
        tokens(9, 5, [7, 120, 2], 20, False),
    ]


def sums_over_tokens():
    return [
        case(f"{b}x{n}x{f}", {}, lambda input: input.sum(1), input=uniform(b, n, f))
        for b, n, f in ((2, 5, 3), (1, 1, 4), (3, 2, 20))
    ]


def pair_products():
    def run(input):
        columns = range(input.shape[1])
        pairs = [input[:, i] * input[:, j] for i in columns for j in columns if i < j]
        return sum(pairs, torch.zeros_like(input[:, 0]))

    return [
        case(f"{b}x{n}x{f}", {}, run, input=uniform(b, n, f)) for b, n, f in ((2, 5, 3), (3, 2, 20), (1, 9, 1))
    ]


def unflattened():
    return [
        case(f"{b}x{n * f} in {n}", {}, lambda input: input.reshape(b, n, f), input=uniform(b, n * f))
        for b, n, f in ((2, 3, 4), (3, 1, 5))
    ]


def chosen_columns():
    return [
        case(f"{c} of {b}x{n}", {"columns": c}, lambda input: input[:, c], input=uniform(b, n))
        for b, n, c in ((3, 5, [3, 1]), (1, 4, [2]), (2, 3, [0, 1, 2]))
    ]


def squared_distances():
    def run(input, shortcut):
        return ((shortcut - input[:, : shortcut.shape[1]]) ** 2).mean(1, keepdim=True)

    return [
        case(
            f"{rows} rows of {columns}, {numbers} numbers",
            {},
            run,
            input=torch.randint(-5, 6, (rows, columns)),
            shortcut=uniform(rows, numbers),
        )
        for rows, columns, numbers in ((3, 4, 4), (2, 30, 20))
    ]


def unit_lengths():
    def run(input):
        return torch.nn.functional.normalize(input)

    return [case(f"{rows} of {size}", {}, run, input=uniform(rows, size)) for rows, size in ((3, 5), (1, 2), (4, 33))]


def gated_relus():
    """At odd multiples of 1/512, where ReLU has a derivative."""

    def run(input):
        values, gates = input.chunk(2, -1)
        return values * torch.relu(gates)

    return [
        case("x".join(map(str, shape)), {}, run, input=uniform(*shape) + 1 / 512)
        for shape in ((3, 8), (2, 5, 6), (1, 4, 40))
    ]


KINDS = {
    "lstm": lambda: recurrents(torch.nn.LSTM),
    "gru": lambda: recurrents(torch.nn.GRU),
    "embedding": embeddings,
    "padding-mask": padding_masks,
    "typed-tokens": typed_tokens,
    "last-step": last_steps,
    "mean-over-tokens": means_over_tokens,
    "maximum-over-tokens": maxima_over_tokens,
    "attention-pooling": attention_poolings,
    "first-token": first_tokens,
    "first-tokens": beginnings,
    "one-hot": one_hot,
    "sequence-convolution": sequence_convolutions,
    "table-features": table_features,
    "feature-tokens": feature_tokens,
    "sum-over-tokens": sums_over_tokens,
    "pair-products": pair_products,
    "gated-relu": gated_relus,
    "unflatten": unflattened,
    "chosen-columns": chosen_columns,
    "squared-distance": squared_distances,
    "unit-length": unit_lengths,
}


if __name__ == "__main__":
    main(__doc__, KINDS)
