#!/usr/bin/env python3
"""How much Winograd's F(4x4, 3x3) rounds with its points 0, a, -a, b, -b and infinity.

    python3 tools/winograd_points.py        (NumPy)

Transforms and products are computed in single precision, in the order of the kernels, of 64 to 64 channels and 200 tiles, the input
after a ReLU or normal; the convolution, its input's gradient and its weights' in double precision. Printed are the root of the mean
squared error over that of the values, and the largest error over the largest value, of four draws.
"""
import numpy as np

CHANNELS = 64
TILES = 200
DRAWS = 4


def transforms(a, b):
    """Of outputs [4, 6], kernels [6, 3] and inputs [6, 6] (Lavin and Gray 2015)."""
    finite = [0, a, -a, b, -b]
    product = np.poly1d([1.0])
    for point in finite:
        product *= np.poly1d([1, -point])
    output, kernel, inputs = np.zeros((4, 6)), np.zeros((6, 3)), np.zeros((6, 6))
    for i, point in enumerate(finite):
        powers = point ** np.arange(4.0)
        output[:, i] = powers
        kernel[i] = powers[:3] / np.prod([point - other for other in finite if other != point])
        inputs[i, :5] = np.polydiv(product.coeffs, [1, -point])[0][::-1]
    output[3, 5] = kernel[5, 2] = 1
    inputs[5] = product.coeffs[::-1]
    return output, kernel, inputs


def along(axis, transform, values):
    """In single precision: even and odd terms by themselves."""
    values = np.moveaxis(values, axis, 0)
    results = []
    for row in transform.astype(np.float32):
        halves = []
        for half in (0, 1):
            terms = [row[i] * values[i] for i in range(half, len(row), 2) if row[i] != 0]
            halves += [sum(terms[1:], terms[0])] if terms else []
        results.append(sum(halves[1:], halves[0]))
    return np.moveaxis(np.stack(results), 0, axis)


def both(transform, values):
    return along(1, transform, along(0, transform, values))


def errors(a, b, draw):
    random = np.random.default_rng(draw)
    output, kernel, inputs = transforms(a, b)
    x = random.standard_normal((6, 6, CHANNELS, TILES)).astype(np.float32)
    if draw % 2 == 0:
        x = np.maximum(x, 0)
    w = random.standard_normal((3, 3, CHANNELS, CHANNELS)).astype(np.float32)
    dy = random.standard_normal((4, 4, CHANNELS, TILES)).astype(np.float32)

    points, kernels, gradients = both(inputs, x), both(kernel, w), both(output.T, dy)
    y = both(output, kernels @ points)
    dx = both(inputs.T, np.swapaxes(kernels, 2, 3) @ gradients)
    dw = both(kernel.T, gradients @ np.swapaxes(points, 2, 3))

    exact_y, exact_dx, exact_dw = np.zeros(y.shape), np.zeros(dx.shape), np.zeros(dw.shape)
    x, w, dy = x.astype(float), w.astype(float), dy.astype(float)
    for i in range(3):
        for j in range(3):
            seen = x[i : i + 4, j : j + 4]
            exact_y += w[i, j] @ seen
            exact_dx[i : i + 4, j : j + 4] += w[i, j].T @ dy
            exact_dw[i, j] = (dy @ np.swapaxes(seen, 2, 3)).sum((0, 1))
    return [
        (np.sqrt(((found - exact) ** 2).mean() / (exact**2).mean()), abs(found - exact).max() / abs(exact).max())
        for found, exact in ((y, exact_y), (dx, exact_dx), (dw, exact_dw))
    ]


def main():
    print("    a      b         output            input's gradient   weights' gradient")
    for a, b in [(1, 2), (0.5, 1), (0.5, 2), (0.6, 1 / 0.6), (0.65, 1 / 0.65), (2 / 3, 3 / 2), (0.5**0.5, 2**0.5), (0.75, 4 / 3)]:
        draws = np.array([errors(a, b, draw) for draw in range(DRAWS)])
        row = [f"{draws[:, i, 0].mean():.2e} {draws[:, i, 1].max():.1e}" for i in range(3)]
        print(f"{a:.3f}  {b:.3f}   " + "   ".join(row))


if __name__ == "__main__":
    main()
