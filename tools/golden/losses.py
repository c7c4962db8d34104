#!/usr/bin/env python3
"""Golden values of losses, made with PyTorch in double precision.

usage: losses.py DIRECTORY

Writes losses.json: a list of cases {"name", "settings", "tensors": {name: {"shape", "values"}}}.
Losses are means over the rows, and gradients those of the means.
"""

import sys

import torch
import torch.nn.functional as F

from golden import tensor, uniform, write


def case(name, settings, outputs, targets, function):
    outputs.requires_grad_(True)
    loss = function(outputs)
    loss.backward()
    tensors = {
        "outputs": tensor(outputs),
        "targets": tensor(targets.to(torch.float64)),
        "loss": tensor(loss.reshape(1)),
        "outputsGradient": tensor(outputs.grad),
    }
    return {"name": name, "settings": settings, "tensors": tensors}


def mixed():
    """Targets of two classes each, as probabilities that PyTorch takes, smoothed by it."""
    first = torch.tensor([1, 0, 3, 2, 2])
    other = torch.tensor([2, 0, 1, 3, 0])
    share = torch.tensor([0.75, 0.5, 0.25, 1.0, 0.625])
    one, two = (F.one_hot(labels, 4).to(torch.float64) for labels in (first, other))
    targets = share[:, None] * one + (1 - share)[:, None] * two
    rows = torch.stack([first.to(torch.float64), other.to(torch.float64), share], 1)
    return case(
        "mix of two classes, smoothed",
        {"loss": "softmax", "labelSmoothing": 0.1},
        uniform(5, 4),
        rows,
        lambda outputs: F.cross_entropy(outputs, targets, label_smoothing=0.1),
    )


def weighted(smoothing):
    """PyTorch divides by the weights of the labels, so its sum is taken."""
    labels = torch.tensor([1, 0, 2, 2, 1, 0])
    weights = torch.tensor([0.5, 1.25, 2.0])
    return case(
        f"weighted classes, smoothing {smoothing}",
        {"loss": "softmax", "labelSmoothing": smoothing, "classWeights": weights.tolist()},
        uniform(6, 3),
        labels,
        lambda outputs: F.cross_entropy(
            outputs, labels, weight=weights, label_smoothing=smoothing, reduction="sum"
        )
        / 6,
    )


def focal(gamma, weights):
    """As Lin et al. 2017 define it, of log-probabilities by PyTorch; the last row has no class."""
    labels = torch.tensor([1, 0, 2, 2, 1, 0, -1])
    factors = torch.tensor(weights or [1.0, 1.0, 1.0], dtype=torch.float64)

    def loss(outputs):
        logs = F.log_softmax(outputs[:6], -1).gather(1, labels[:6, None])[:, 0]
        return -(factors[labels[:6]] * (1 - logs.exp()) ** gamma * logs).mean()

    settings = {"loss": "focal", "gamma": gamma, "classWeights": weights, "counted": 6}
    name = f"focal loss, gamma {gamma}" + (", weighted classes" if weights else "")
    return case(name, settings, 2 * uniform(7, 3), labels, loss)


def mixed_focal():
    """The sum of both classes' losses by their shares."""
    first = torch.tensor([1, 0, 3])
    other = torch.tensor([2, 0, 1])
    share = torch.tensor([0.75, 0.5, 0.25], dtype=torch.float64)

    def loss(outputs):
        logs = F.log_softmax(outputs, -1)
        each = -((1 - logs.exp()) ** 2) * logs
        one, two = (each.gather(1, labels[:, None])[:, 0] for labels in (first, other))
        return (share * one + (1 - share) * two).mean()

    rows = torch.stack([first.to(torch.float64), other.to(torch.float64), share], 1)
    return case("focal loss of mixes", {"loss": "focal", "gamma": 2.0}, uniform(3, 4), rows, loss)


def distillation(temperature, mix, weights):
    """Hinton et al. 2015, by PyTorch's KL divergence; the last row has no class."""
    labels = torch.tensor([1, 0, 2, 2, 1, -1])
    teacher = 3 * uniform(6, 3)

    def loss(outputs):
        hard = F.cross_entropy(
            outputs, labels, weight=weights, label_smoothing=0.1, ignore_index=-1, reduction="sum"
        )
        soft = F.kl_div(
            F.log_softmax(outputs[:5] / temperature, -1),
            F.log_softmax(teacher[:5] / temperature, -1),
            reduction="sum",
            log_target=True,
        )
        return (mix * temperature**2 * soft + (1 - mix) * hard) / 5

    settings = {
        "loss": "distillation",
        "temperature": temperature,
        "mix": mix,
        "labelSmoothing": 0.1,
        "classWeights": [] if weights is None else weights.tolist(),
        "counted": 5,
    }
    rows = torch.cat([labels[:, None].to(torch.float64), teacher], 1)
    name = f"distillation, temperature {temperature}, mix {mix}"
    return case(name, settings, 2 * uniform(6, 3), rows, loss)


def binary():
    targets = torch.tensor([[1, 0, 0], [0, 0, 0], [1, 1, 1], [0.25, 1, 0]])
    return case(
        "binary cross-entropy",
        {"loss": "binary"},
        4 * uniform(4, 3),
        targets,
        lambda outputs: F.binary_cross_entropy_with_logits(outputs, targets),
    )


def dice(cross_entropy):
    """Of two samples of seven pixels, two of which have no class."""
    labels = torch.tensor([[1, 0, 3, -1, 2, 3, 3], [0, 0, 1, 1, -1, 0, 0]])
    counts = (labels >= 0).to(torch.float64)
    targets = F.one_hot(labels.clamp(min=0), 4) * counts[..., None]

    def loss(outputs):
        probabilities = outputs.softmax(-1) * counts[..., None]
        common = (probabilities * targets).sum(1)
        together = probabilities.sum(1) + targets.sum(1)
        of_samples = 1 - ((2 * common + 1) / (together + 1)).mean(1)
        entropy = F.cross_entropy(outputs.flatten(0, 1), labels.flatten(), ignore_index=-1)
        return (of_samples * counts.sum(1)).sum() / counts.sum() + cross_entropy * entropy

    settings = {"loss": "dice", "crossEntropy": cross_entropy, "counted": 12}
    return case(f"Dice, cross-entropy {cross_entropy}", settings, 2 * uniform(2, 7, 4), labels, loss)


def errors():
    functions = {
        "squared": F.mse_loss,
        "absolute": F.l1_loss,
        "huber": lambda outputs, targets: F.huber_loss(outputs, targets, delta=0.75),
    }
    cases = []
    for width in (1, 3):
        for name, function in functions.items():
            targets = uniform(5, width)
            outputs = uniform(5, width)
            cases.append(
                case(
                    f"{name} error of {width}",
                    {"loss": name, "threshold": 0.75},
                    outputs,
                    targets,
                    lambda found, function=function, wanted=targets: function(found, wanted),
                )
            )
    return cases


def distance():
    """The outputs themselves, but of the rows with a target of one."""
    targets = torch.tensor([[0], [1], [-1], [0], [1]])
    return case(
        "distance",
        {"loss": "distance", "counted": 3},
        uniform(5, 1).abs(),
        targets,
        lambda outputs: outputs[targets <= 0].mean(),
    )


def pairs(outputs):
    """Vectors of length one of pairs, the two of each in rows next to each other."""
    return torch.nn.functional.normalize(outputs).to(torch.float32).to(torch.float64)


def contrastive(scale, count, features):
    """As MultipleNegativesRankingLoss of sentence-transformers: row i of the cosines has the class i."""

    def loss(outputs):
        cosines = outputs[0::2] @ outputs[1::2].T
        return F.cross_entropy(scale * cosines, torch.arange(count))

    settings = {"loss": "contrastive", "scale": scale, "counted": count}
    name = f"contrastive loss of {count} pairs, scale {scale}"
    return case(name, settings, pairs(uniform(2 * count, features)), torch.ones(count), loss)


def cosine():
    """As CosineSimilarityLoss of sentence-transformers."""
    targets = torch.tensor([0.75, -0.5, 0.0, 1.0], dtype=torch.float64)

    def loss(outputs):
        return F.mse_loss((outputs[0::2] * outputs[1::2]).sum(1), targets)

    settings = {"loss": "cosine", "counted": 4}
    return case("cosine error", settings, pairs(uniform(8, 5)), targets, loss)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    torch.manual_seed(1)
    cases = [mixed(), weighted(0.0), weighted(0.1), binary(), *errors(), dice(0.0), dice(1.0), distance()]
    cases += [focal(2.0, []), focal(0.5, [0.5, 1.25, 2.0]), mixed_focal()]
    cases += [contrastive(20.0, 5, 7), contrastive(1.0, 3, 2), contrastive(20.0, 1, 4), cosine()]
    cases += [
        distillation(2.0, 0.5, None),
        distillation(5.0, 1.0, None),
        distillation(0.5, 0.25, torch.tensor([0.5, 1.25, 2.0], dtype=torch.float64)),
    ]
    write(sys.argv[1], "losses", cases)


if __name__ == "__main__":
    main()
