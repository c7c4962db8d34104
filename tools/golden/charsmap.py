"""Writes a map of characters of four rules, as SentencePiece (0.2.2) makes it:

    python tools/golden/charsmap.py dl-core/src/test/resources/text/four-rules.charsmap
"""

import io
import pathlib
import sys
import tempfile

import sentencepiece

# From and to, as code points: a ligature, a digit in a circle, a letter taken apart, an ellipsis.
RULES = "FB01\t66 69\n2460\t31\nC5\t41 30A\n2026\t2E 2E 2E\n"
NORMALIZER, CHARSMAP = 3, 2  # fields of sentencepiece_model.proto


def fields(message):
    """The numbers and values of the fields of a message."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(message):
        key = varint()
        kind = key & 7
        if kind == 0:
            value = varint()
        else:
            length = varint() if kind == 2 else {1: 8, 5: 4}[kind]
            value = message[at : at + length]
            at += length
        yield key >> 3, value


with tempfile.TemporaryDirectory() as folder:
    rules = pathlib.Path(folder, "rules.tsv")
    rules.write_text(RULES)
    text = pathlib.Path(folder, "text.txt")
    text.write_text("alpha beta gamma delta tea coffee house garden\n" * 100)
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        input=str(text), vocab_size=25, model_writer=model, normalization_rule_tsv=str(rules), minloglevel=2
    )
specification = dict(fields(model.getvalue()))[NORMALIZER]
pathlib.Path(sys.argv[1]).write_bytes(dict(fields(specification))[CHARSMAP])
