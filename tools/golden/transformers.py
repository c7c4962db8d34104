#!/usr/bin/env python3
"""Golden values of transformers, made with PyTorch in double precision.

usage: transformers.py DIRECTORY

Writes one JSON file for each kind of layer or block, as layers.py does. Weights of blocks have the
names that they have in public checkpoints. Masks are one where a key counts, zero where it does not.
"""

import math
import torch
import torch.nn.functional as F

from golden import case, main, uniform


def layer_normalizations():
    def with_epsilon(epsilon, *shape):
        return case(
            f"{'x'.join(map(str, shape))}, epsilon {epsilon}",
            {"epsilon": epsilon},
            lambda input, weight, bias: F.layer_norm(input, shape[-1:], weight, bias, epsilon),
            input=uniform(*shape),
            weight=uniform(shape[-1]),
            bias=uniform(shape[-1]),
        )

    return [with_epsilon(1e-5, 2, 3, 7), with_epsilon(1e-12, 4, 20), with_epsilon(0.5, 1, 5, 8)]


def rms_normalizations():
    def with_epsilon(epsilon, *shape):
        def run(input, weight):
            return input * torch.rsqrt(input.pow(2).mean(-1, keepdim=True) + epsilon) * weight

        return case(
            f"{'x'.join(map(str, shape))}, epsilon {epsilon}",
            {"epsilon": epsilon},
            run,
            input=uniform(*shape),
            weight=uniform(shape[-1]),
        )

    return [with_epsilon(1e-5, 2, 3, 7), with_epsilon(0.5, 4, 20)]


def sinusoidal_positions():
    def waves(length, features):
        even = torch.arange(0, features, 2)
        angles = torch.arange(length)[:, None] * torch.exp(even * (-math.log(10000) / features))
        return torch.stack([angles.sin(), angles.cos()], -1).flatten(1)[:, :features]

    def on(batch, length, features):
        name = f"{batch}x{length}x{features}"
        input = uniform(batch, length, features)
        return case(name, {}, lambda input: input + waves(length, features), input=input)

    return [on(2, 5, 8), on(1, 40, 3)]


def table_embeddings(ids):
    """Sequences plus the rows of a table at ids(length)."""

    def on(rows, batch, length, features):
        return case(
            f"{batch}x{length}x{features}, {rows} rows",
            {},
            lambda input, weight: input + F.embedding(ids(length), weight),
            input=uniform(batch, length, features),
            weight=uniform(rows, features),
        )

    return [on(5, 2, 5, 3), on(9, 3, 6, 20)]


def random_mask(batch, length):
    """Ones, then zeros: padding at the end, none in the first sample."""
    mask = torch.ones(batch, length)
    for sample in range(1, batch):
        mask[sample, length - sample :] = 0
    return mask


def attention(input, heads, causal, mask, factors=1):
    batch, length, width = input.shape
    size = width // 3 // heads
    query, key, value = (
        part.reshape(batch, length, heads, size).transpose(1, 2) for part in input.chunk(3, -1)
    )
    scores = query @ key.transpose(2, 3) / math.sqrt(size)
    if mask is not None:
        scores = scores.masked_fill(mask[:, None, None, :] == 0, -math.inf)
    if causal:
        scores = scores.masked_fill(torch.ones(length, length).triu(1) == 1, -math.inf)
    return (scores.softmax(-1) * factors @ value).transpose(1, 2).reshape(batch, length, width // 3)


def module_attention(input, heads, mask):
    """The same by torch.nn.MultiheadAttention with identities as projections, as a check."""
    features = input.shape[-1] // 3
    module = torch.nn.MultiheadAttention(features, heads, batch_first=True)
    with torch.no_grad():
        module.in_proj_weight.copy_(torch.eye(features).repeat(3, 1))
        module.in_proj_bias.zero_()
        module.out_proj.weight.copy_(torch.eye(features))
        module.out_proj.bias.zero_()
    query, key, value = input.chunk(3, -1)
    padding = None if mask is None else mask == 0
    return module(query, key, value, key_padding_mask=padding, need_weights=False)[0]


def attentions():
    def of(batch, length, heads, size, causal, masked):
        mask = random_mask(batch, length) if masked else None
        name = f"{batch}x{length}, {heads} heads of {size}"
        name += (", causal" if causal else "") + (", masked" if masked else "")
        values = uniform(batch, length, 3 * heads * size)
        if not causal:
            expected = module_attention(values, heads, mask)
            assert torch.allclose(attention(values, heads, causal, mask), expected, atol=1e-12)
        return case(
            name,
            {"heads": heads, "causal": causal},
            lambda input: attention(input, heads, causal, mask),
            mask,
            input=values,
        )

    return [
        of(2, 5, 2, 3, False, False),
        of(3, 7, 1, 8, False, True),
        of(2, 5, 2, 3, True, False),
        of(2, 67, 2, 2, True, False),
        of(3, 6, 3, 4, True, True),
    ]


def weights(shapes):
    return {name: uniform(*shape) / 2 for name, shape in shapes.items()}


def affine(values, name, x):
    return F.linear(x, values[name + ".weight"], values[name + ".bias"])


def normalize(values, name, x, epsilon):
    return F.layer_norm(x, x.shape[-1:], values[name + ".weight"], values[name + ".bias"], epsilon)


def block_case(name, settings, shapes, run, mask, *input_shape):
    values = weights(shapes)
    return case(
        name,
        settings,
        lambda input, **parameters: run(input, parameters, mask),
        mask,
        input=uniform(*input_shape),
        **values,
    )


def encoder_shapes(h, f):
    shapes = {}
    for part in ("query", "key", "value"):
        shapes[f"attention.self.{part}.weight"] = (h, h)
        shapes[f"attention.self.{part}.bias"] = (h,)
    for name, outputs, inputs in (
        ("attention.output.dense", h, h),
        ("intermediate.dense", f, h),
        ("output.dense", h, f),
    ):
        shapes[name + ".weight"] = (outputs, inputs)
        shapes[name + ".bias"] = (outputs,)
    for name in ("attention.output.LayerNorm", "output.LayerNorm"):
        shapes[name + ".weight"] = shapes[name + ".bias"] = (h,)
    return shapes


def encoder_blocks():
    heads, epsilon = 2, 1e-12

    def run(x, values, mask):
        parts = [affine(values, f"attention.self.{part}", x) for part in ("query", "key", "value")]
        attended = attention(torch.cat(parts, -1), heads, False, mask)
        y = x + affine(values, "attention.output.dense", attended)
        y = normalize(values, "attention.output.LayerNorm", y, epsilon)
        wide = F.gelu(affine(values, "intermediate.dense", y))
        return normalize(values, "output.LayerNorm", y + affine(values, "output.dense", wide), epsilon)

    settings = {"heads": heads, "feedForward": 12, "epsilon": epsilon}
    return [block_case("3x5, 2 heads of 4", settings, encoder_shapes(8, 12), run, random_mask(3, 5), 3, 5, 8)]


def decoder_blocks():
    heads, epsilon, h, f = 2, 1e-5, 8, 12

    def run(x, values, mask):
        projected = affine(values, "attn.c_attn", normalize(values, "ln_1", x, epsilon))
        y = x + affine(values, "attn.c_proj", attention(projected, heads, True, None))
        wide = affine(values, "mlp.c_fc", normalize(values, "ln_2", y, epsilon))
        inner = math.sqrt(2 / math.pi) * (wide + 0.044715 * wide**3)
        return y + affine(values, "mlp.c_proj", 0.5 * wide * (1 + torch.tanh(inner)))

    shapes = {}
    for name, outputs, inputs in (
        ("attn.c_attn", 3 * h, h),
        ("attn.c_proj", h, h),
        ("mlp.c_fc", f, h),
        ("mlp.c_proj", h, f),
    ):
        shapes[name + ".weight"] = (outputs, inputs)
        shapes[name + ".bias"] = (outputs,)
    for name in ("ln_1", "ln_2"):
        shapes[name + ".weight"] = shapes[name + ".bias"] = (h,)
    settings = {"heads": heads, "feedForward": f, "epsilon": epsilon}
    return [block_case("2x6, 2 heads of 4", settings, shapes, run, None, 2, 6, h)]


def low_rank_adaptations():
    def adapted(values, place, x, scale):
        product = affine(values, place[:-1], x) if place else F.linear(x, values["weight"], values["bias"])
        if place + "lora_A.weight" not in values:
            return product
        narrow = F.linear(x, values[place + "lora_A.weight"])
        return product + scale * F.linear(narrow, values[place + "lora_B.weight"])

    def of(name, places, adapted_places, inputs, outputs, rank, alpha, *axes):
        shapes = {place + "weight": (outputs, inputs) for place in places}
        shapes.update({place + "bias": (outputs,) for place in places})
        shapes.update({place + "lora_A.weight": (rank, inputs) for place in adapted_places})
        shapes.update({place + "lora_B.weight": (outputs, rank) for place in adapted_places})

        def run(x, values, mask):
            return torch.cat([adapted(values, place, x, alpha / rank) for place in places], -1)

        settings = {"rank": rank, "alpha": alpha}
        return block_case(name, settings, shapes, run, None, *axes, inputs)

    parts = ("query.", "key.", "value.")
    return [
        of("dense, rank 2", [""], [""], 6, 5, 2, 4, 3),
        of("dense, sequences, rank 1", [""], [""], 4, 7, 1, 0.5, 2, 3),
        of("queries and values, rank 2", parts, parts[::2], 6, 6, 2, 3, 2, 5),
    ]


KINDS = {
    "layer-normalization": layer_normalizations,
    "rms-normalization": rms_normalizations,
    "sinusoidal-positions": sinusoidal_positions,
    "position-embedding": lambda: table_embeddings(torch.arange),
    "token-type-embedding": lambda: table_embeddings(lambda length: torch.zeros(length).long()),
    "attention": attentions,
    "encoder-block": encoder_blocks,
    "decoder-block": decoder_blocks,
    "low-rank-adaptation": low_rank_adaptations,
}


if __name__ == "__main__":
    main(__doc__, KINDS)
