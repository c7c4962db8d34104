#!/usr/bin/env python3
"""Golden values of the statistics of comparisons, made with SciPy (1.17).

usage: comparison.py DIRECTORY

comparison.json: for each pair of samples Student's test and interval, all permutations, Hedges' g, the bootstrap's
interval (of all resamples where they are at most 20,000, else of a million); of networks that disagree McNemar's test
and the interval of Agresti and Min; Holm's correction; the noncentral t distribution, power and the pairs that it takes.
"""

import itertools
import json
import math
import pathlib
import sys
import types

import numpy
from scipy import special, stats

# Multiples of 1/1024, so that sums are exact and what is equal stays equal.
ACCURACIES = {
    "three seeds": ([0.8125, 0.796875, 0.8046875], [0.78125, 0.77734375, 0.796875]),
    "four seeds, apart": ([0.9140625, 0.91015625, 0.9169921875, 0.9130859375], [0.875, 0.876953125, 0.87109375, 0.875]),
    "five seeds, no difference": ([0.5, 0.53125, 0.515625, 0.5078125, 0.546875], [0.515625, 0.5, 0.53125, 0.5, 0.546875]),
    "five seeds, skewed": ([0.25, 0.25390625, 0.2578125, 0.2509765625, 0.5], [0.25, 0.248046875, 0.2421875, 0.25, 0.25]),
    "eight seeds": (
        [0.71875, 0.7265625, 0.73046875, 0.70703125, 0.734375, 0.7216796875, 0.7158203125, 0.728515625],
        [0.703125, 0.7109375, 0.7265625, 0.7109375, 0.712890625, 0.7060546875, 0.7099609375, 0.7109375],
    ),
    "twelve seeds": (
        [1.25, 1.3125, 1.1875, 1.40625, 1.21875, 1.28125, 1.34375, 1.15625, 1.375, 1.25, 1.296875, 1.5],
        [1.3125, 1.34375, 1.25, 1.375, 1.3125, 1.28125, 1.46875, 1.21875, 1.40625, 1.375, 1.328125, 1.53125],
    ),
}
DISAGREEMENTS = [(1000, 25, 10), (1000, 4, 4), (500, 0, 6), (10_000, 310, 402), (120, 1, 0), (50, 0, 0)]
P_VALUES = [[0.01, 0.04, 0.03, 0.005], [0.2], [0.5, 0.9, 0.7], [0.001, 0.001, 0.3], []]
NONCENTRAL = [(t, df, nc) for t in (0, 0.5, 2.3, 12.7) for df in (1, 2, 7, 40) for nc in (-3.5, -0.2, 0, 1.5, 6)]
EFFECTS = [(0.2, 0.05), (0.5, 0.05), (0.9, 0.05), (0.9, 0.0125), (2.5, 0.05), (4, 0.01)]


def bootstrap(values):
    count = len(values)
    if count**count <= 20_000:
        means = numpy.array([numpy.sum(each) / count for each in itertools.product(values, repeat=count)])
    else:
        generator = numpy.random.default_rng(1)
        means = numpy.sum(generator.choice(values, (1_000_000, count)), axis=1) / count
    before = types.SimpleNamespace(bootstrap_distribution=means)
    result = stats.bootstrap((values,), numpy.mean, n_resamples=0, bootstrap_result=before, method="BCa")
    return list(result.confidence_interval)


def pairs(name, first, second):
    first, second = numpy.array(first), numpy.array(second)
    differences = first - second
    student = stats.ttest_rel(first, second)
    permutation = stats.permutation_test(
        (first, second),
        lambda x, y, axis: numpy.mean(x - y, axis=axis),
        permutation_type="samples",
        n_resamples=numpy.inf,
        vectorized=True,
    )
    freedom = len(differences) - 1
    unbiased = special.gamma(freedom / 2) / math.sqrt(freedom / 2) / special.gamma((freedom - 1) / 2)
    return {
        "name": name,
        "first": first.tolist(),
        "second": second.tolist(),
        "mean": differences.mean(),
        "deviation": differences.std(ddof=1),
        "studentP": student.pvalue,
        "student": list(student.confidence_interval(0.95)),
        "permutationP": permutation.pvalue,
        "hedges": unbiased * differences.mean() / differences.std(ddof=1),
        "bootstrap": bootstrap(differences),
    }


def disagreement(samples, first, second):
    """SciPy has no interval for it: a half is added to each count, then Wald's."""
    n = samples + 2
    b, c = first + 0.5, second + 0.5
    half = stats.norm.ppf(0.975) * math.sqrt((b + c) / n**2 - (b - c) ** 2 / n**3)
    return {
        "samples": samples,
        "onlyFirst": first,
        "onlySecond": second,
        "p": stats.binomtest(first, first + second).pvalue if first + second else 1,
        "interval": [(b - c) / n - half, (b - c) / n + half],
    }


def holm(values):
    """As R's p.adjust: from the smallest on, times how many are left, never less than the one before."""
    order = numpy.argsort(values, kind="stable")
    steps = [min(1, (len(values) - rank) * values[place]) for rank, place in enumerate(order)]
    corrected = numpy.empty(len(values))
    corrected[order] = numpy.maximum.accumulate(steps) if values else []
    return {"p": values, "corrected": corrected.tolist()}


def power(effect, count, alpha):
    critical = stats.t.isf(alpha / 2, count - 1)
    shift = effect * math.sqrt(count)
    return stats.nct.sf(critical, count - 1, shift) + stats.nct.sf(critical, count - 1, -shift)


def needed(effect, alpha):
    count = 2
    while power(effect, count, alpha) < 0.8:
        count += 1
    return {"effect": effect, "alpha": alpha, "pairs": count, "power": power(effect, count, alpha)}


golden = {
    "pairs": [pairs(name, *samples) for name, samples in ACCURACIES.items()],
    "disagreements": [disagreement(*counts) for counts in DISAGREEMENTS],
    "holm": [holm(values) for values in P_VALUES],
    "noncentralT": [
        {"t": t, "freedom": df, "noncentrality": nc, "probability": stats.nct.cdf(t, df, nc)} for t, df, nc in NONCENTRAL
    ],
    "power": [needed(*each) for each in EFFECTS],
}
path = pathlib.Path(sys.argv[1]) / "comparison.json"
path.write_text(json.dumps(golden, indent=1, allow_nan=False) + "\n")
