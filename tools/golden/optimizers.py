#!/usr/bin/env python3
"""Golden values of optimizers, schedules and weight averages, made with PyTorch in double precision.

PyTorch has no Lion, so its steps are written here from the paper.

usage: optimizers.py DIRECTORY

optimizers.json: each case takes the steps of one optimizer over a vector of 11 parameters, with
given gradients (sums over 4 samples, so scaled by 1/4): elements 0-4 and 9-10 decay, 5-7 do not, 8 is not trained.
paces.json: the same with learning rates of their own for elements 2-4 (half) and 9-10 (a tenth), of which the latter
are not trained in the first 5 steps.
schedules.json: the factor of the learning rate for every step. plateaus.json: the rate of every epoch, given the metric
after each. averages.json: moving averages.
"""

import sys

import torch

from golden import number, uniform, write

GRADIENT_SCALE = 0.25
DECAYED = [slice(0, 5), slice(9, 11)]
PLAIN = slice(5, 8)
SGD = {"name": "sgd", "learningRate": 0.1, "weightDecay": 0.0, "momentum": 0.0, "nesterov": False}
ADAM = {
    "name": "adam",
    "learningRate": 0.01,
    "weightDecay": 0.0,
    "beta1": 0.9,
    "beta2": 0.999,
    "epsilon": 1e-8,
}
LION = {"name": "lion", "learningRate": 0.01, "weightDecay": 0.0, "beta1": 0.9, "beta2": 0.99}
OPTIMIZERS = {
    "sgd": (SGD, None),
    "sgd, decay": ({**SGD, "weightDecay": 0.1}, None),
    "sgd, momentum": ({**SGD, "momentum": 0.9}, None),
    "sgd, momentum, decay": ({**SGD, "momentum": 0.9, "weightDecay": 0.1}, None),
    "sgd, nesterov": ({**SGD, "momentum": 0.8, "nesterov": True}, None),
    "sgd, nesterov, decay": ({**SGD, "momentum": 0.9, "nesterov": True, "weightDecay": 0.1}, None),
    "sgd, momentum, clipped": ({**SGD, "momentum": 0.9, "weightDecay": 0.1}, 0.75),
    "adam": (ADAM, None),
    "adam, decay": ({**ADAM, "weightDecay": 0.1}, None),
    "adam, other betas, epsilon": ({**ADAM, "beta1": 0.8, "beta2": 0.95, "epsilon": 0.01}, None),
    "adamw": ({**ADAM, "name": "adamw"}, None),
    "adamw, decay": ({**ADAM, "name": "adamw", "weightDecay": 0.1}, None),
    "adamw, decay, clipped": ({**ADAM, "name": "adamw", "weightDecay": 0.1}, 0.75),
    "lion": (LION, None),
    "lion, decay": ({**LION, "weightDecay": 0.1}, None),
    "lion, other betas": ({**LION, "beta1": 0.95, "beta2": 0.98, "weightDecay": 0.1}, None),
    "lion, decay, clipped": ({**LION, "weightDecay": 0.1}, 0.75),
}


class Lion(torch.optim.Optimizer):
    """Algorithm 2 of Chen et al. 2023, https://arxiv.org/abs/2302.06675."""

    def __init__(self, groups, lr, betas):
        super().__init__(groups, {"lr": lr, "betas": betas})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for parameter in group["params"]:
                gradient = parameter.grad
                momentum = self.state[parameter].get("momentum", torch.zeros_like(parameter))
                update = torch.sign(beta1 * momentum + (1 - beta1) * gradient)
                parameter -= group["lr"] * (update + group["weight_decay"] * parameter)
                self.state[parameter]["momentum"] = beta2 * momentum + (1 - beta2) * gradient


def optimizer(spec, groups):
    settings = {"lr": spec["learningRate"]}
    if spec["name"] == "sgd":
        return torch.optim.SGD(
            groups, momentum=spec["momentum"], nesterov=spec["nesterov"], **settings
        )
    betas = (spec["beta1"], spec["beta2"])
    if spec["name"] == "lion":
        return Lion(groups, betas=betas, **settings)
    kind = torch.optim.AdamW if spec["name"] == "adamw" else torch.optim.Adam
    return kind(groups, betas=betas, eps=spec["epsilon"], **settings)


def gradients(problem, steps=12):
    values = uniform(steps, 11)
    if problem == "sparse":
        values = values * (torch.rand(steps, 11) < 0.3)
    if problem == "large":
        values = values * 256
    return values


def optimizer_case(name, problem, spec, maximum_norm):
    initial, sums = uniform(11), gradients(problem)
    decayed = [initial[part].clone().requires_grad_(True) for part in DECAYED]
    plain = initial[PLAIN].clone().requires_grad_(True)
    groups = [
        {"params": decayed, "weight_decay": spec["weightDecay"]},
        {"params": [plain], "weight_decay": 0.0},
    ]
    torch_optimizer = optimizer(spec, groups)
    trajectory, norms = [], []
    for step, gradient in enumerate(sums):
        rate = spec["learningRate"] / (1 + step)
        for group in torch_optimizer.param_groups:
            group["lr"] = rate
        for parameter, part in zip(decayed + [plain], DECAYED + [PLAIN]):
            parameter.grad = gradient[part] * GRADIENT_SCALE
        limit = float("inf") if maximum_norm is None else maximum_norm
        norms.append(number(torch.nn.utils.clip_grad_norm_(decayed + [plain], limit)))
        torch_optimizer.step()
        values = torch.cat([decayed[0], plain, initial[8:9], decayed[1]])
        trajectory.append([number(v) for v in values.tolist()])
    return {
        "name": f"{name}, {problem} gradients",
        "spec": spec,
        "gradientScale": GRADIENT_SCALE,
        "maximumNorm": maximum_norm,
        "initial": initial.tolist(),
        "gradients": sums.tolist(),
        "norms": norms,
        "parameters": trajectory,
    }


def pace_case(name, spec, maximum_norm):
    """Groups as torch.optim has them; what has not begun has no gradient, and so no state either."""
    initial, sums = uniform(11), gradients("random")
    parts = [(slice(0, 2), 1, 0, True), (slice(2, 5), 0.5, 0, True), (slice(5, 8), 1, 0, False)]
    parts += [(slice(9, 11), 0.1, 5, True)]
    parameters = [initial[part].clone().requires_grad_(True) for part, *_ in parts]
    groups = [
        {"params": [parameter], "weight_decay": spec["weightDecay"] if decays else 0.0}
        for parameter, (_, _, _, decays) in zip(parameters, parts)
    ]
    torch_optimizer = optimizer(spec, groups)
    trajectory, norms = [], []
    for step, gradient in enumerate(sums):
        begun = []
        for group, parameter, (part, factor, start, _) in zip(
            torch_optimizer.param_groups, parameters, parts
        ):
            group["lr"] = factor * spec["learningRate"] / (1 + step)
            if step >= start:
                parameter.grad = gradient[part] * GRADIENT_SCALE
                begun.append(parameter)
            else:
                group["params"] = []
        limit = float("inf") if maximum_norm is None else maximum_norm
        norms.append(number(torch.nn.utils.clip_grad_norm_(begun, limit)))
        torch_optimizer.step()
        for group, parameter in zip(torch_optimizer.param_groups, parameters):
            group["params"] = [parameter]
        values = torch.cat([*parameters[:3], initial[8:9], parameters[3]])
        trajectory.append([number(v) for v in values.tolist()])
    return {
        "name": f"{name}, paces",
        "spec": spec,
        "gradientScale": GRADIENT_SCALE,
        "maximumNorm": maximum_norm,
        "initial": initial.tolist(),
        "gradients": sums.tolist(),
        "norms": norms,
        "parameters": trajectory,
    }


def schedule(spec, steps):
    """PyTorch's scheduler after its linear warm-up; the rate of the optimizer is the factor."""
    torch_optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedulers = torch.optim.lr_scheduler
    warmup = spec["warmupSteps"]
    remaining = steps - warmup
    if spec["name"] == "constant":
        main = schedulers.ConstantLR(torch_optimizer, factor=1.0)
    elif spec["name"] == "step":
        main = schedulers.StepLR(torch_optimizer, spec["stepSteps"], gamma=spec["stepFactor"])
    elif spec["name"] == "cosine":
        main = schedulers.CosineAnnealingLR(
            torch_optimizer, remaining, eta_min=spec["minimumFactor"]
        )
    else:
        final = 1 / (25 * spec["minimumFactor"]) if spec["minimumFactor"] else float("inf")
        main = schedulers.OneCycleLR(
            torch_optimizer, 1.0, total_steps=remaining, final_div_factor=final, cycle_momentum=False
        )
    return torch_optimizer, main


def schedule_case(name, steps_per_epoch, epochs, **settings):
    """PyTorch chains schedulers by their recurrent forms, so each part is run by itself."""
    spec = {
        "name": name,
        "warmupEpochs": 0.0,
        "stepEpochs": 30.0,
        "stepFactor": 0.1,
        "minimumFactor": 0.0,
        **settings,
    }
    steps = steps_per_epoch * epochs
    warmup = round(spec["warmupEpochs"] * steps_per_epoch)
    torch_spec = {
        **spec,
        "warmupSteps": warmup,
        "stepSteps": round(spec["stepEpochs"] * steps_per_epoch),
    }
    factors = []
    if warmup:
        torch_optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
        rising = torch.optim.lr_scheduler.LinearLR(
            torch_optimizer, start_factor=1 / (warmup + 1), total_iters=warmup
        )
        factors += run(torch_optimizer, rising, warmup)
    factors += run(*schedule(torch_spec, steps), steps - warmup)
    return {
        "name": ", ".join([name] + [f"{key} {value}" for key, value in settings.items()]),
        "spec": spec,
        "stepsPerEpoch": steps_per_epoch,
        "totalSteps": steps,
        "factors": factors,
    }


def run(torch_optimizer, scheduler, steps):
    factors = []
    for step in range(steps):
        factors.append(number(torch_optimizer.param_groups[0]["lr"]))
        torch_optimizer.step()
        if step + 1 < steps:
            scheduler.step()
    return factors


def schedules():
    return [
        schedule_case("constant", 7, 3),
        schedule_case("constant", 7, 3, warmupEpochs=1.0),
        schedule_case("step", 4, 8, stepEpochs=2.0),
        schedule_case("step", 4, 8, stepEpochs=1.5, stepFactor=0.5, warmupEpochs=0.5),
        schedule_case("cosine", 10, 4),
        schedule_case("cosine", 10, 4, minimumFactor=0.05, warmupEpochs=0.5),
        schedule_case("one-cycle", 10, 4),
        schedule_case("one-cycle", 9, 3, minimumFactor=0.001),
        schedule_case("one-cycle", 9, 3, minimumFactor=0.01, warmupEpochs=1.0),
    ]


def plateau_case(name, mode, patience, factor, minimum_rate, minimum_change, values):
    """PyTorch is patient with so many bad epochs, and lowers the rate after the next one."""
    torch_optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.5)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(
        torch_optimizer,
        mode,
        factor=factor,
        patience=patience - 1,
        threshold=minimum_change,
        threshold_mode="abs",
        min_lr=minimum_rate,
        eps=0,
    )
    rates = [torch_optimizer.param_groups[0]["lr"]]
    for value in values:
        torch_optimizer.step()
        scheduler.step(value)
        rates.append(torch_optimizer.param_groups[0]["lr"])
    return {
        "name": name,
        "mode": mode,
        "patience": patience,
        "factor": factor,
        "minimumRate": minimum_rate,
        "minimumChange": minimum_change,
        "values": values,
        "rates": rates,
    }


def plateaus():
    falling = [1.0, 0.8, 0.81, 0.79, 0.795, 0.8, 0.79, 0.785, 0.79, 0.79, 0.79, 0.79, 0.7, 0.71, 0.72]
    rising = [0.1, 0.3, 0.3, 0.31, 0.305, 0.5, 0.5, 0.5, 0.5, 0.5, 0.6, 0.6]
    return [
        plateau_case("loss", "min", 2, 0.1, 0.0, 0.0, falling),
        plateau_case("loss, small changes do not count", "min", 3, 0.5, 0.0, 0.01, falling),
        plateau_case("accuracy, impatient", "max", 1, 0.5, 0.0, 0.0, rising),
        plateau_case("accuracy, down to a minimum", "max", 1, 0.2, 0.03, 0.02, rising),
    ]


def average_case(decay, steps):
    """The decay is warmed up as in TensorFlow: min(decay, (1 + step) / (10 + step))."""

    def average(averaged, parameter, count):
        rate = torch.minimum(torch.tensor(decay), (1 + count) / (10 + count))
        return rate * averaged + (1 - rate) * parameter

    model = torch.nn.Linear(5, 1, bias=False)
    averaged = torch.optim.swa_utils.AveragedModel(model, avg_fn=average)
    parameters = uniform(steps + 1, 1, 5)
    averages = []
    for values in parameters:
        model.weight.data.copy_(values)
        averaged.update_parameters(model)
        averages.append([number(v) for v in averaged.module.weight.flatten().tolist()])
    return {
        "name": f"decay {decay}",
        "decay": decay,
        "parameters": parameters.reshape(-1, 5).tolist(),
        "averages": averages,
    }


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    torch.manual_seed(1)
    cases = [
        optimizer_case(name, problem, *settings)
        for name, settings in OPTIMIZERS.items()
        for problem in ("random", "sparse", "large")
    ]
    write(sys.argv[1], "optimizers", cases)
    write(sys.argv[1], "schedules", schedules())
    write(sys.argv[1], "plateaus", plateaus())
    write(sys.argv[1], "averages", [average_case(0.5, 12), average_case(0.999, 30)])
    paced = ("sgd, nesterov, decay", "adam, decay", "adamw, decay", "adamw, decay, clipped", "lion, decay")
    write(sys.argv[1], "paces", [pace_case(name, *OPTIMIZERS[name]) for name in paced])


if __name__ == "__main__":
    main()
