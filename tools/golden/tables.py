#!/usr/bin/env python3
"""Golden values of the preprocessing of tables, made with scikit-learn (1.2 on Debian 12).

usage: tables.py DIRECTORY

tables.json: each case fits one column on training cells and encodes later ones; or the columns of
a table, of which every step-th row is encoded. iris.csv, wine.csv: scikit-learn's copies, with a
header.
"""

import calendar
import collections
import csv
import datetime
import pathlib
import random
import sys

import numpy
from sklearn.datasets import load_iris, load_wine
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    LabelEncoder,
    MultiLabelBinarizer,
    OneHotEncoder,
    OrdinalEncoder,
    StandardScaler,
)

from golden import number, write


def numbers(cells):
    return numpy.array([[float(cell) if cell else numpy.nan] for cell in cells])


def rows(values):
    return [[number(value) for value in row] for row in numpy.asarray(values, dtype=float).tolist()]


def numeric(name, training, later):
    """Missing values do not count in the mean and deviation; later they are 0 with an indicator."""
    pipeline = make_pipeline(
        StandardScaler(), SimpleImputer(strategy="constant", fill_value=0, add_indicator=True)
    )
    pipeline.fit(numbers(training))
    encoded = rows(pipeline.transform(numbers(later)))
    return {"name": name, "kind": "NUMERIC", "training": training, "later": later, "encoded": encoded}


def categorical(name, training, later, maximum=100, minimum=1):
    """One-hot encoding decides what is infrequent; codes go by count, after those not of names."""
    values = [[cell] for cell in training if cell]
    chooser = OneHotEncoder(
        handle_unknown="infrequent_if_exist", max_categories=maximum + 1, min_frequency=minimum
    ).fit(values)
    infrequent = chooser.infrequent_categories_[0]
    infrequent = set() if infrequent is None else set(infrequent)
    counts = collections.Counter(cell for [cell] in values if cell not in infrequent)
    categories = sorted(counts, key=lambda cell: (-counts[cell], cell))
    categories = ([""] if "" in training else []) + categories
    encoder = OrdinalEncoder(
        categories=[categories], handle_unknown="use_encoded_value", unknown_value=-1
    ).fit([[categories[0]]])
    encoded = rows(encoder.transform([[cell] for cell in later]) + 1)
    return {
        "name": name,
        "kind": "CATEGORICAL",
        "maximumCategories": maximum,
        "minimumCount": minimum,
        "training": training,
        "later": later,
        "encoded": encoded,
    }


def date(name, training, later):
    def parsed(cell):
        time = datetime.datetime.fromisoformat(cell)
        if time.tzinfo:
            time = time.astimezone(datetime.timezone.utc).replace(tzinfo=None)
        return time

    def day(time):
        return (time - datetime.datetime(1970, 1, 1)) / datetime.timedelta(days=1)

    def cycle(share):
        return [numpy.sin(2 * numpy.pi * share), numpy.cos(2 * numpy.pi * share)]

    timed = any(len(cell) > 10 for cell in training)
    scaler = StandardScaler().fit([[day(parsed(cell))] for cell in training])
    encoded = []
    for cell in later:
        time = parsed(cell)
        features = scaler.transform([[day(time)]])[0].tolist()
        features += cycle((time.timetuple().tm_yday - 1) / (365 + calendar.isleap(time.year)))
        features += cycle(time.weekday() / 7)
        if timed:
            features += cycle(day(time) % 1)
        encoded.append(features)
    return {
        "name": name,
        "kind": "DATE",
        "training": training,
        "later": later,
        "encoded": rows(encoded),
    }


def one_class(name, training):
    encoded = LabelEncoder().fit_transform(training).reshape(-1, 1)
    return {"name": name, "kind": "OneClass", "training": training, "encoded": rows(encoded)}


def labels(name, training):
    cells = [[label.strip() for label in cell.split(";") if label] for cell in training]
    encoded = MultiLabelBinarizer().fit_transform(cells)
    return {"name": name, "kind": "Labels", "training": training, "encoded": rows(encoded)}


def quantity(name, training):
    encoded = StandardScaler().fit_transform(numbers(training))
    return {"name": name, "kind": "Quantity", "training": training, "encoded": rows(encoded)}


def table(directory, name, data, step):
    """Writes the table as CSV, the class last."""
    with open(pathlib.Path(directory) / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(list(data.feature_names) + ["class"])
        for values, label in zip(data.data.tolist(), data.target):
            writer.writerow(values + [data.target_names[label]])
    encoded = StandardScaler().fit_transform(data.data)[::step]
    classes = LabelEncoder().fit_transform(data.target_names[data.target])[::step]
    return {
        "name": name,
        "kind": "table",
        "step": step,
        "encoded": rows(encoded),
        "classes": classes.tolist(),
    }


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    random.seed(1)
    plain = [repr(random.gauss(3, 50)) for _ in range(40)]
    offset = [repr(1e9 + random.random()) for _ in range(200)]
    gaps = ["" if random.random() < 0.3 else repr(random.gauss(-1, 0.001)) for _ in range(60)]
    names = random.choices(["red", "green", "blue", "Ångström", "10", "9"], [9, 7, 5, 3, 2, 1], k=80)
    named_gaps = ["" if random.random() < 0.2 else name for name in names]
    labelled = ["a;b", "b", "", "c; a", "a;b;c", "c"]
    cases = [
        numeric("numbers", plain, ["0", "-1e3", ".5", "+7."]),
        numeric("numbers far from 0", offset, offset[:5]),
        numeric("numbers with missing ones", gaps, gaps[:20]),
        numeric("numbers, never varying", ["0.1"] * 30, ["0.1"]),
        categorical("names", names, ["red", "9", "Ångström", "black"]),
        categorical("names with missing ones", named_gaps, ["red", "", "9", "black"]),
        categorical("frequent names", names, sorted(set(names)), maximum=3),
        categorical("not so rare names", names, sorted(set(names)), minimum=6),
        date(
            "dates",
            ["2024-01-01", "2024-12-31", "1969-07-20", "2023-03-05"],
            ["2024-02-29", "2023-12-31", "1900-01-01", "2030-06-15"],
        ),
        date(
            "times",
            ["2024-01-01T06:30:00", "2024-01-02 18:00", "2024-05-05T00:00:00+02:00"],
            ["2024-02-29T12:00:00", "2024-03-01", "2024-03-01T01:02:03.5-05:00"],
        ),
        one_class("classes", ["b", "a", "c", "a", "B"]),
        labels("labels", labelled),
        quantity("quantities", plain),
        table(sys.argv[1], "iris", load_iris(), 15),
        table(sys.argv[1], "wine", load_wine(), 25),
    ]
    write(sys.argv[1], "tables", cases)


if __name__ == "__main__":
    main()
