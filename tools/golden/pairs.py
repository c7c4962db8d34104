"""Writes two tokenizer.json and what Hugging Face's tokenizers 0.23 make of pairs of texts with them.

pairs-bert.json puts [CLS] a [SEP] b [SEP] together, with types 0 and 1; pairs-roberta.json <s> a </s></s> b </s>,
all of type 0. pairs.json has a line for each pair, tokenizer, strategy, side and length; null where the strategy cannot
bring a pair to the length.

Usage: pairs.py DIRECTORY
"""

import json
import sys
from pathlib import Path

from tokenizers import Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import BPE, WordPiece

TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "man", "play", "##s", "##ing", "guitar", "is", "some", "##one"]
TOKENS += ["music", ".", "no", "##body", "make", "the"]

TEXTS = [
    ("A man is playing a guitar.", "Someone makes music."),
    ("The man plays.", "Nobody is playing the guitar, the man is making some music."),
    ("music music music music", "guitar guitar guitar guitar"),
    ("Nobody!", ""),
    ("", "A man"),
    ("A man [SEP] plays", "the guitar [PAD] <s> plays"),
    ("a a a a a a a a a a a a", "the the the the the the the"),
    ("the the the the the the the", "a a a a a a a a a a a a"),
]


def bert():
    tokenizer = Tokenizer(WordPiece({t: i for i, t in enumerate(TOKENS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    tokenizer.add_special_tokens(TOKENS[:4])
    return tokenizer


def roberta():
    letters = sorted({c for pair in TEXTS for text in pair for c in text.replace(" ", "Ġ")})
    vocabulary = {t: i for i, t in enumerate(["<s>", "<pad>", "</s>", "<unk>", *letters, "Ġa", "Ġt", "he", "Ġthe"])}
    merges = [("Ġ", "a"), ("Ġ", "t"), ("h", "e"), ("Ġt", "he")]
    tokenizer = Tokenizer(BPE(vocabulary, merges, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    return tokenizer


def encoded(tokenizer, texts, strategy, side, length):
    tokenizer.enable_truncation(length, strategy=strategy, direction=side)
    try:
        encoding = tokenizer.encode(*texts)
        return {"ids": encoding.ids, "types": encoding.type_ids}
    except Exception as failure:  # the library has no exception type of its own
        assert "too short" in str(failure), failure
        return {"ids": None, "types": None}


def main():
    folder = Path(sys.argv[1])
    lines = []
    for name, tokenizer in (("pairs-bert", bert()), ("pairs-roberta", roberta())):
        tokenizer.save(str(folder / f"{name}.json"), pretty=False)
        for first, second in TEXTS:
            for strategy in ("longest_first", "only_first", "only_second"):
                for side in ("right", "left"):
                    for length in (8, 11, 64):
                        case = {"tokenizer": name, "first": first, "second": second}
                        case |= {"strategy": strategy, "side": side, "length": length}
                        case |= encoded(tokenizer, (first, second), strategy, side, length)
                        lines.append(json.dumps(case, ensure_ascii=False, separators=(",", ":")))
    (folder / "pairs.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    print(len(lines), "cases,", sum('"ids":null' in line for line in lines), "of them too short")


main()
