"""Writes a small WordPiece tokenizer.json and prints ids of texts, with Hugging Face's tokenizers 0.23.

The file asks for truncation and padding, which dl does not use; the ids are those without them.

Usage: subword.py DIRECTORY
"""

import sys
from pathlib import Path

from tokenizers import Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece

TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "weather", "is", "love", "##ly", "to", "##day"]
TOKENS += [".", "un", "##want", "##ed", "cafe", "!"]

tokenizer = Tokenizer(WordPiece({t: i for i, t in enumerate(TOKENS)}, unk_token="[UNK]"))
tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
tokenizer.decoder = decoders.WordPiece()
tokenizer.post_processor = processors.TemplateProcessing(
    single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
)
tokenizer.add_special_tokens(TOKENS[:4])

for text in ["The weather is lovely today.", "Unwanted café!", "unloved 😀 day", ""]:
    print(repr(text), tokenizer.encode(text).ids, tokenizer.encode(text, add_special_tokens=False).ids)

tokenizer.enable_truncation(4)
tokenizer.enable_padding(length=12, pad_id=0, pad_token="[PAD]")
tokenizer.save(str(Path(sys.argv[1]) / "wordpiece.json"))
