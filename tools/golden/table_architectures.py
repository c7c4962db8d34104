#!/usr/bin/env python3
"""Golden outputs of small architectures for tables, made with PyTorch modules whose parameters are named
and shaped as rtdl's (Gorishniy et al. 2021), where it has them.

usage: table_architectures.py DIRECTORY

Writes table-architectures.json, as architectures.py does, and prints how many parameters the published
variants have for rows of the Adult dataset.
"""

import sys

import torch
import torch.nn.functional as F
from torch import nn

from golden import module_case, uniform, write


def embedded_features(cardinalities):
    return [min(50, (count + 1) // 2) for count in cardinalities]


class Embeddings(nn.ModuleList):
    """Numbers as they are, then a vector for each category."""

    def __init__(self, numbers, cardinalities):
        super().__init__(nn.Embedding(n, f) for n, f in zip(cardinalities, embedded_features(cardinalities)))
        self.numbers = numbers
        self.features = numbers + sum(embedded_features(cardinalities))

    def forward(self, rows):
        codes = rows[:, self.numbers :].long()
        return torch.cat([rows[:, : self.numbers], *[table(codes[:, i]) for i, table in enumerate(self)]], 1)


class NormalizedMlp(nn.Module):
    def __init__(self, numbers, cardinalities, hidden, outputs):
        super().__init__()
        self.embeddings = Embeddings(numbers, cardinalities)
        self.layers = len(hidden)
        inputs = [self.embeddings.features, *hidden]
        for i, units in enumerate(hidden):
            self.add_module(f"fc{i + 1}", nn.Linear(inputs[i], units))
            self.add_module(f"bn{i + 1}", nn.BatchNorm1d(units))
        self.classifier = nn.Linear(inputs[-1], outputs)

    def forward(self, rows):
        x = self.embeddings(rows)
        for i in range(self.layers):
            x = F.relu(getattr(self, f"bn{i + 1}")(getattr(self, f"fc{i + 1}")(x)))
        return self.classifier(x)


class ResNetBlock(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.normalization = nn.BatchNorm1d(features)
        self.linear_first = nn.Linear(features, hidden)
        self.linear_second = nn.Linear(hidden, features)

    def forward(self, x):
        return x + self.linear_second(F.relu(self.linear_first(self.normalization(x))))


class ResNet(nn.Module):
    def __init__(self, numbers, cardinalities, blocks, features, hidden, outputs):
        super().__init__()
        self.embeddings = Embeddings(numbers, cardinalities)
        self.first_layer = nn.Linear(self.embeddings.features, features)
        self.blocks = nn.Sequential(*[ResNetBlock(features, hidden) for _ in range(blocks)])
        self.head = nn.ModuleDict(
            {"normalization": nn.BatchNorm1d(features), "linear": nn.Linear(features, outputs)}
        )

    def forward(self, rows):
        x = self.blocks(self.first_layer(self.embeddings(rows)))
        return self.head["linear"](F.relu(self.head["normalization"](x)))


class Numbers(nn.Module):
    """A vector a number, times it."""

    def __init__(self, numbers, features, bias):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(numbers, features))
        self.bias = nn.Parameter(torch.zeros(numbers, features)) if bias else 0

    def forward(self, x):
        return self.weight * x[:, :, None] + self.bias


class Categories(nn.Module):
    """A vector a category."""

    def __init__(self, cardinalities, features, bias):
        super().__init__()
        self.offsets = torch.tensor([0, *cardinalities[:-1]]).cumsum(0)
        self.embeddings = nn.Embedding(sum(cardinalities), features)
        self.bias = nn.Parameter(torch.zeros(len(cardinalities), features)) if bias else 0

    def forward(self, codes):
        return self.embeddings(codes + self.offsets) + self.bias


class Tokenizer(nn.Module):
    """A vector a column, biases added if asked for."""

    def __init__(self, numbers, cardinalities, features, bias=False):
        super().__init__()
        self.numbers = numbers
        self.num_tokenizer = Numbers(numbers, features, bias) if numbers else None
        self.cat_tokenizer = Categories(cardinalities, features, bias) if cardinalities else None

    def forward(self, rows):
        tokens = []
        if self.num_tokenizer is not None:
            tokens.append(self.num_tokenizer(rows[:, : self.numbers]))
        if self.cat_tokenizer is not None:
            tokens.append(self.cat_tokenizer(rows[:, self.numbers :].long()))
        return torch.cat(tokens, 1)


class Attention(nn.Module):
    def __init__(self, features, heads):
        super().__init__()
        self.heads = heads
        for name in ("W_q", "W_k", "W_v", "W_out"):
            self.add_module(name, nn.Linear(features, features))

    def forward(self, x):
        batch, length, features = x.shape

        def split(values):
            return values.reshape(batch, length, self.heads, -1).transpose(1, 2)

        q, k, v = split(self.W_q(x)), split(self.W_k(x)), split(self.W_v(x))
        attention = (q @ k.transpose(-2, -1) / (features / self.heads) ** 0.5).softmax(-1)
        return self.W_out((attention @ v).transpose(1, 2).reshape(batch, length, features))


class FeedForward(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.linear_first = nn.Linear(features, 2 * hidden)
        self.linear_second = nn.Linear(hidden, features)

    def forward(self, x):
        values, gates = self.linear_first(x).chunk(2, -1)
        return self.linear_second(values * F.relu(gates))


class TransformerBlock(nn.Module):
    def __init__(self, first, features, heads, hidden):
        super().__init__()
        if not first:
            self.attention_normalization = nn.LayerNorm(features)
        self.attention = Attention(features, heads)
        self.ffn_normalization = nn.LayerNorm(features)
        self.ffn = FeedForward(features, hidden)

    def forward(self, x):
        normalized = self.attention_normalization(x) if hasattr(self, "attention_normalization") else x
        x = x + self.attention(normalized)
        return x + self.ffn(self.ffn_normalization(x))


class FeatureTransformer(nn.Module):
    """The class token is the last one, as in rtdl, though shaped as timm's."""

    def __init__(self, numbers, cardinalities, blocks, features, heads, hidden, outputs):
        super().__init__()
        self.feature_tokenizer = Tokenizer(numbers, cardinalities, features, True)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, features))
        head = {"normalization": nn.LayerNorm(features), "linear": nn.Linear(features, outputs)}
        layers = [TransformerBlock(i == 0, features, heads, hidden) for i in range(blocks)]
        self.transformer = nn.ModuleDict({"blocks": nn.Sequential(*layers), "head": nn.ModuleDict(head)})

    def forward(self, rows):
        x = self.feature_tokenizer(rows)
        x = torch.cat([x, self.cls_token.expand(len(x), -1, -1)], 1)
        x = self.transformer["blocks"](x)[:, -1]
        head = self.transformer["head"]
        return head["linear"](F.relu(head["normalization"](x)))


class Factorization(nn.Module):
    """A bias for each category, products of all pairs of vectors, and layers over vectors side by side.

    Without layers, the products of each output's own vectors are summed.
    """


    def __init__(self, numbers, cardinalities, factors, hidden, outputs):
        super().__init__()
        self.biases = Tokenizer(numbers, cardinalities, outputs)
        self.hidden = len(hidden)
        self.factors = Tokenizer(numbers, cardinalities, factors if hidden else factors * outputs)
        if not hidden:
            return
        self.embeddings = Tokenizer(numbers, cardinalities, factors)
        inputs = [factors * (numbers + len(cardinalities)), *hidden]
        for i, units in enumerate(hidden):
            self.add_module(f"fc{i + 1}", nn.Linear(inputs[i], units))
        self.output = nn.Linear(factors + hidden[-1], outputs)

    def forward(self, rows):
        vectors = self.factors(rows)
        columns = range(vectors.shape[1])
        pairs = sum(vectors[:, i] * vectors[:, j] for i in columns for j in columns if i < j)
        biases = self.biases(rows).sum(1)
        if not self.hidden:
            return pairs.reshape(len(rows), -1, biases.shape[1]).sum(1) + biases
        x = self.embeddings(rows).flatten(1)
        for i in range(self.hidden):
            x = F.relu(getattr(self, f"fc{i + 1}")(x))
        return self.output(torch.cat([pairs, x], 1)) + biases


class Tower(nn.Module):
    """Some columns: vectors side by side, then layers."""

    def __init__(self, numbers, cardinalities, columns, embedding, hidden, outputs):
        super().__init__()
        self.columns = columns
        codes = [column - numbers for column in columns if column >= numbers]
        self.embeddings = Tokenizer(len(columns) - len(codes), [cardinalities[code] for code in codes], embedding)
        self.hidden = len(hidden)
        inputs = [embedding * len(columns), *hidden]
        for i, units in enumerate(hidden):
            self.add_module(f"fc{i + 1}", nn.Linear(inputs[i], units))
        self.output = nn.Linear(inputs[-1], outputs)

    def forward(self, rows):
        x = self.embeddings(rows[:, self.columns]).flatten(1)
        for i in range(self.hidden):
            x = F.relu(getattr(self, f"fc{i + 1}")(x))
        return self.output(x)


class TwoTower(nn.Module):
    """The product of a tower of the user's columns and one of the item's, for each output, and a bias for each category."""

    def __init__(self, numbers, cardinalities, item, embedding, hidden, factors, outputs):
        super().__init__()
        user = [column for column in range(numbers + len(cardinalities)) if column not in item]
        self.user = Tower(numbers, cardinalities, user, embedding, hidden, factors * outputs)
        self.item = Tower(numbers, cardinalities, item, embedding, hidden, factors * outputs)
        self.biases = Tokenizer(numbers, cardinalities, outputs)
        self.factors = factors

    def forward(self, rows):
        user, item = (tower(rows).reshape(len(rows), self.factors, -1) for tower in (self.user, self.item))
        return torch.einsum("bfo,bfo->bo", user, item) + self.biases(rows).sum(1)


class Autoencoder(nn.Module):
    """The mean squared distance of the numbers of a row to what is made of its code."""

    def __init__(self, numbers, cardinalities, widths):
        super().__init__()
        self.embeddings = Embeddings(numbers, cardinalities)
        inputs = [self.embeddings.features, *widths]
        self.encoder = nn.ModuleList(nn.Linear(i, o) for i, o in zip(inputs, widths))
        self.decoder = nn.ModuleList(nn.Linear(i, o) for i, o in zip(widths[1:], widths))
        self.output = nn.Linear(widths[0], numbers)

    def forward(self, rows):
        x = self.embeddings(rows)
        for layer in self.encoder[:-1]:
            x = torch.tanh(layer(x))
        x = self.encoder[-1](x)
        for layer in reversed(self.decoder):
            x = torch.tanh(layer(x))
        difference = self.output(x) - rows[:, : self.embeddings.numbers]
        return (difference**2).mean(1, keepdim=True)


class VariantCnn(nn.Module):
    """Convolutions over the letters of columns, beside normalized numbers."""

    def __init__(self, numbers, cardinalities, filters, width, hidden, outputs):
        super().__init__()
        self.numbers, self.codes = numbers, cardinalities[0]
        inputs = [self.codes - 1, *filters]
        for i, count in enumerate(filters):
            self.add_module(f"conv1d_{i + 1}", nn.Conv2d(1, count, (width, inputs[i])))
        self.convolutions = len(filters)
        places = len(cardinalities) - len(filters) * (width - 1)
        self.batch_normalization_1 = nn.BatchNorm1d(numbers, 1e-3, 0.01)
        self.dense_1 = nn.Linear(numbers, hidden)
        self.dense_2 = nn.Linear(places * filters[-1] + hidden, hidden)
        self.dense_3 = nn.Linear(hidden + numbers, outputs)

    def forward(self, rows):
        x = F.one_hot(rows[:, self.numbers :].long(), self.codes)[:, :, 1:].to(rows.dtype)
        for i in range(self.convolutions):
            x = F.relu(getattr(self, f"conv1d_{i + 1}")(x[:, None]))[..., 0].transpose(1, 2)
        numbers = self.batch_normalization_1(rows[:, : self.numbers])
        x = F.relu(self.dense_2(torch.cat([x.flatten(1), F.relu(self.dense_1(numbers))], 1)))
        return self.dense_3(torch.cat([x, numbers], 1))


def case(name, make, numbers, cardinalities):
    module = make(numbers, cardinalities)
    codes = [torch.randint(0, count, (3, 1)) for count in cardinalities]
    rows = torch.cat([uniform(3, numbers), *codes], 1)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(uniform(*parameter.shape) / 4)
        for key, buffer in module.named_buffers():
            if key.endswith("running_mean"):
                buffer.copy_(uniform(*buffer.shape) / 4)
            elif key.endswith("running_var"):
                buffer.copy_(1 + uniform(*buffer.shape) / 4)
    return module_case(name, module, rows)


ADULT = (6, [9, 16, 7, 15, 6, 5, 2, 42])
RATINGS = (0, [6041, 3707])
PUBLISHED = {
    "mlp-bn": lambda: NormalizedMlp(*ADULT, [512, 256], 2),
    "resnet-table": lambda: ResNet(*ADULT, 2, 192, 384, 2),
    "ft-transformer-1": lambda: FeatureTransformer(*ADULT, 1, 96, 8, 128, 2),
    "ft-transformer-2": lambda: FeatureTransformer(*ADULT, 2, 128, 8, 170, 2),
    "ft-transformer": lambda: FeatureTransformer(*ADULT, 3, 192, 8, 256, 2),
    "fm": lambda: Factorization(*RATINGS, 16, [], 5),
    "autoencoder": lambda: Autoencoder(36, [], [64, 32, 8]),
    "neumf": lambda: Factorization(*RATINGS, 32, [64, 32, 16], 5),
    "variant-cnn": lambda: VariantCnn(7, [5] * 128, [256, 256, 128], 12, 40, 4),
    "two-tower": lambda: TwoTower(*RATINGS, [1], 16, [64], 32, 5),
}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    torch.manual_seed(1)
    cases = [
        case("normalized mlp", lambda *table: NormalizedMlp(*table, [6, 4], 3), 2, [3, 5]),
        case("table resnet", lambda *table: ResNet(*table, 2, 5, 7, 3), 2, [3, 5]),
        case("ft-transformer", lambda *table: FeatureTransformer(*table, 2, 8, 2, 5, 3), 2, [3, 5]),
        case("ft-transformer of numbers", lambda *table: FeatureTransformer(*table, 1, 8, 2, 5, 3), 4, []),
        case("factorization machine", lambda *table: Factorization(*table, 4, [], 2), 2, [3, 5]),
        case("autoencoder", lambda *table: Autoencoder(*table, [5, 3]), 2, [3, 5]),
        case("neural factorization", lambda *table: Factorization(*table, 4, [6, 5], 1), 0, [7, 5, 3]),
        case("two towers", lambda *table: TwoTower(*table, [1, 3], 4, [6, 5], 3, 2), 2, [5, 3, 4]),
        case("variant cnn", lambda *table: VariantCnn(*table, [3, 2], 3, 4, 3), 2, [4] * 7),
    ]
    write(sys.argv[1], "table-architectures", cases)
    for name, make in PUBLISHED.items():
        print(f"{name}, {sum(parameter.numel() for parameter in make().parameters())}")


if __name__ == "__main__":
    main()
