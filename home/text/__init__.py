"""Vietnamese text: what comes in is made clean here; keys to find, to sort and to address are made of it."""

from home.text.answers import is_none_answer
from home.text.folding import fold, folded_words, slugify, sort_key
from home.text.legacy import decode_legacy, legacy_encoding
from home.text.normalising import normalise
from home.text.numbers import document_key

__all__ = [
    "decode_legacy",
    "document_key",
    "fold",
    "folded_words",
    "is_none_answer",
    "legacy_encoding",
    "normalise",
    "slugify",
    "sort_key",
]
