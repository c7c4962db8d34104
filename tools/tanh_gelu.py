#!/usr/bin/env python3
"""The rational function of TanhGelu: makes it, and measures it in single precision.

    python3 tools/tanh_gelu.py        (NumPy and SciPy)

g(x) is the derivative of x * (1 + tanh(sqrt(2/pi) * (x + 0.044715 x^3))) / 2, less 1/2. It is odd, and 1/2 from about 5 on.
Wanted: c * p(u) / q(u) with u = c * c, p and q of the fifth degree, q(0) = 1, nearest to g in its largest error, and 1/2 at
the limit to the last bit of its evaluation. Linear programs find p and q for a given denominator, which the next one takes
(Lawson's and Loeb's way); several limits are tried, since they differ by rounding alone.
"""
import numpy as np
from numpy.polynomial import Polynomial, chebyshev
from scipy.optimize import linprog

DEGREE = 5
A = 2 * np.sqrt(2 / np.pi)
B = 0.044715 * A


def wanted(x):
    logistic = 1 / (1 + np.exp(-(A * x + B * x**3)))
    return logistic - 0.5 + x * logistic * (1 - logistic) * (A + 3 * B * x * x)


def fitted(limit, points=1200, rounds=10):
    """The coefficients of p and q, ascending, or None."""
    x = limit / 2 * (1 - np.cos(np.pi * (np.arange(points) + 0.5) / points))
    y = wanted(x)
    place = 2 * (x / limit) ** 2 - 1
    above = chebyshev.chebvander(place, DEGREE) * (x / limit)[:, None]
    below = chebyshev.chebvander(place, DEGREE)
    denominator, best = np.ones(points), None
    for _ in range(rounds):
        rows = np.hstack([above, -below[:, 1:] * y[:, None]]) / denominator[:, None]
        error = -np.ones((points, 1))
        scaled = y / denominator
        program = linprog(
            np.eye(2 * DEGREE + 2)[-1],
            A_ub=1e6 * np.vstack([np.hstack([rows, error]), np.hstack([-rows, error])]),
            b_ub=1e6 * np.concatenate([scaled, -scaled]),
            A_eq=np.concatenate([np.ones(DEGREE + 1), -0.5 * np.ones(DEGREE), [0]])[None],  # 1/2 at the limit
            b_eq=[0.5],
            bounds=[(None, None)] * (2 * DEGREE + 2),
            method="highs",
            options=dict(primal_feasibility_tolerance=1e-10, dual_feasibility_tolerance=1e-10))
        if program.status != 0:
            break
        p, q = program.x[:DEGREE + 1], np.concatenate([[1], program.x[DEGREE + 1:-1]])
        denominator = below @ q
        largest = np.abs(above @ p / denominator - y).max() if denominator.min() > 0 else np.inf
        if best is None or largest < best[0]:
            best = largest, p, q
    if best is None:
        return None
    square = Polynomial([-1, 2 / limit**2])
    p = Polynomial(chebyshev.cheb2poly(best[1]))(square).coef / limit
    q = Polynomial(chebyshev.cheb2poly(best[2]))(square).coef
    return p / q[0], q / q[0]


def evaluated(x, limit, p, q):
    """As TanhGelu does, in single precision with fused multiplications."""
    single = np.float32
    c = np.clip(single(x), single(-limit), single(limit))
    u = single(c * c)

    def horner(coefficients):
        sums = np.full_like(u, single(coefficients[-1]))
        for coefficient in coefficients[-2::-1]:
            sums = single(np.float64(sums) * np.float64(u) + np.float64(single(coefficient)))
        return sums

    return single(single(c * horner(p)) / horner(q))


if __name__ == "__main__":
    x = np.float32(np.linspace(-8, 8, 400001))
    for limit in np.arange(5.2, 5.5, 0.02):
        fit = fitted(limit)
        if fit is None or evaluated(np.array([limit]), limit, *fit)[0] != 0.5:
            continue
        error = np.abs(evaluated(x, limit, *fit) - wanted(np.float64(x))).max()
        print(f"limit {limit:.2f}: largest error {error:.1e}")
        for name, coefficients in zip("pq", fit):
            print(" ", name, " ".join(f"{np.float32(value):.10g}" for value in coefficients))
