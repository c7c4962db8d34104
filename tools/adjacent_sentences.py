#!/usr/bin/env python3
"""Pairs of sentences that follow each other in a book, for configs/embed-text.yaml.

usage: adjacent_sentences.py DIRECTORY

Reads Pride and Prejudice, which is built in, and writes train.csv, validation.csv and test.csv with the columns anchor
and positive. Each sentence is in one pair; both of a pair are of the same paragraph. The first 48 chapters are for training,
the next 6 for validation, the last 7 for the test.
"""

import csv
import gzip
import pathlib
import re
import sys

BOOK = "dl-core/src/main/resources/dev/dl/core/data/pride-and-prejudice/book.txt.gz"
CHAPTER = re.compile(r"^\s*chapter\s+[ivxlc\d]+\.?\s*\]?\s*$", re.IGNORECASE | re.MULTILINE)
END = re.compile(r"(?<=[.!?])[\"”’_]*\s+(?=[\"“‘_]*[A-Z])")
TITLES = re.compile(r"\b(Mr|Mrs|Dr|St|Messrs)\.")
SHORTEST = 4  # words


def pairs(chapter):
    for paragraph in re.split(r"\n\s*\n", chapter):
        text = " ".join(paragraph.split())
        # A title's full stop ends no sentence.
        sentences = [s.replace("\0", ".") for s in END.split(TITLES.sub("\\1\0", text))]
        sentences = [s for s in sentences if len(s.split()) >= SHORTEST]
        yield from zip(sentences[0::2], sentences[1::2])


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    root = pathlib.Path(__file__).resolve().parents[1]
    book = gzip.open(root / BOOK, "rt", encoding="utf-8").read()
    chapters = CHAPTER.split(book)[1:]
    splits = {"train": chapters[:48], "validation": chapters[48:54], "test": chapters[54:]}
    for name, parts in splits.items():
        rows = [pair for chapter in parts for pair in pairs(chapter)]
        path = pathlib.Path(sys.argv[1]) / f"{name}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("anchor", "positive"), *rows])
        print(f"{path}: {len(rows)} pairs of {len(parts)} chapters")


if __name__ == "__main__":
    main()
