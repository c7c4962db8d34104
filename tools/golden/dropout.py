#!/usr/bin/env python3
"""Golden values of layers with dropout, made with PyTorch in double precision.

usage: dropout.py DIRECTORY

Writes one JSON file for each kind of layer, as layers.py does. PyTorch draws other random numbers, so
what it multiplies by is written here from the papers that the Javadoc of CounterRandom and DropoutMask
names. The inference tensor is the output outside of training.
"""

import torch

from golden import case, main, uniform
from transformers import attention, random_mask

# As in Bench.
SEED, STREAM = 7, 11
BLOCK = 2048


def random_bits(seed, stream, counter):
    """Philox2x64-10."""
    left, right, key = counter, stream, seed
    for _ in range(10):
        product = 0xD2B74407B1CE6E93 * left
        left, right = product >> 64 ^ key ^ right, product % 2**64
        key = (key + 0x9E3779B97F4A7C15) % 2**64
    return left


def mixed(x):
    """Wellons' lowbias32."""
    x = (x ^ x >> 16) * 0x7FEB352D % 2**32
    x = (x ^ x >> 15) * 0x846CA68B % 2**32
    return x ^ x >> 16


def factor(rate, block, index):
    key = random_bits(SEED, STREAM, block)
    bits = mixed(mixed((index * 0x9E3779B9 + key) % 2**32) ^ key >> 32)
    return 0 if bits >> 1 < round(rate * 2**31) else 1 / (1 - rate)


def factors(rate, shape):
    count = torch.Size(shape).numel()
    return torch.tensor([factor(rate, i // BLOCK, i % BLOCK) for i in range(count)]).reshape(shape)


def dropouts():
    def dropout(rate, *shape):
        input = uniform(*shape)
        kept = factors(rate, shape)
        name = f"{'x'.join(map(str, shape))}, rate {rate}"
        return case(name, {"rate": rate}, lambda input: input * kept, inference=input, input=input)

    return [dropout(0.5, 3, 20), dropout(0.25, 2, 5, 7), dropout(0.125, 1, BLOCK + 7)]


def added():
    def add(rate, *shape):
        input, branch = uniform(*shape), uniform(*shape)
        kept = factors(rate, shape)
        return case(
            f"{'x'.join(map(str, shape))}, rate {rate}",
            {"rate": rate},
            lambda input, branch: input + branch * kept,
            inference=input + branch,
            input=input,
            branch=branch,
        )

    return [add(0.5, 3, 20), add(0.25, 2, 5, 7)]


def attentions():
    def of(rate, batch, length, heads, size, causal, masked):
        mask = random_mask(batch, length) if masked else None
        rows = batch * heads * length
        kept = [[factor(rate, row, key) for key in range(length)] for row in range(rows)]
        kept = torch.tensor(kept).reshape(batch, heads, length, length)
        name = f"{batch}x{length}, {heads} heads of {size}, rate {rate}"
        name += (", causal" if causal else "") + (", masked" if masked else "")
        input = uniform(batch, length, 3 * heads * size)
        return case(
            name,
            {"heads": heads, "causal": causal, "rate": rate},
            lambda input: attention(input, heads, causal, mask, kept),
            mask,
            attention(input, heads, causal, mask),
            input=input,
        )

    return [of(0.25, 2, 5, 2, 3, False, False), of(0.5, 3, 6, 3, 4, True, True)]


KINDS = {
    "dropout": dropouts,
    "added-with-dropout": added,
    "attention-with-dropout": attentions,
}


if __name__ == "__main__":
    main(__doc__, KINDS)
