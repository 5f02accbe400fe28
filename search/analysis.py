"""How Vietnamese text becomes tokens. Text has passed the normaliser; here spelling variants become one.

Two analyses of the same words. The exact one keeps the marks, so that who types them gets those words first;
the folded one drops them, so that who types none finds all. Both treat as equal what is lawfully written in
two ways: the place of the tone mark (hoà, hòa) and i or y at the end of a syllable (kĩ, kỹ). Offsets into the
text stay right throughout, so a highlight stands exactly around the word.
"""

from elasticsearch_dsl import analyzer, char_filter, token_filter

_LATE_TONES = {"oa": "oà oá oả oã oạ", "oe": "oè oé oẻ oẽ oẹ", "uy": "uỳ uý uỷ uỹ uỵ"}
_EARLY_TONES = {"oa": "òa óa ỏa õa ọa", "oe": "òe óe ỏe õe ọe", "uy": "ùy úy ủy ũy ụy"}


def _tone_places() -> list[str]:
    """Return the mappings that put the tone on the first vowel, in each case of letters: "oà => òa".

    In "quý" the u belongs to the consonant: a longer match, which changes nothing, protects it.
    """
    moves = {}
    for vowels, late_forms in _LATE_TONES.items():
        for late, early in zip(late_forms.split(), _EARLY_TONES[vowels].split(), strict=True):
            moves[late] = early
            if vowels == "uy":
                moves[f"q{late}"] = f"q{late}"
    cases = (str.lower, str.title, str.upper)
    return [f"{case(late)} => {case(early)}" for late, early in moves.items() for case in cases]


TONE_PLACES = char_filter("vi_tone_places", type="mapping", mappings=_tone_places())
D_STROKE = char_filter("vi_d_stroke", type="mapping", mappings=["đ => d", "Đ => D"])
FOLDING = token_filter("vi_folding", type="asciifolding", preserve_original=False)
PAIRS = token_filter(
    "vi_pairs", type="shingle", min_shingle_size=2, max_shingle_size=2, output_unigrams=False
)
BEGINNINGS = token_filter("vi_beginnings", type="edge_ngram", min_gram=1, max_gram=20)
Y_ENDINGS = token_filter(
    "vi_y_endings",
    type="stemmer_override",
    rules=[
        f"{onset}{i} => {onset}{y}"
        for onset in ("h", "k", "l", "m", "s", "t", "qu")
        for i, y in zip("iìíỉĩị", "yỳýỷỹỵ", strict=True)
    ],
)
BOTH_ENDINGS = token_filter("vi_both_endings", type="multiplexer", filters=["vi_y_endings"])

_EXACT = {"tokenizer": "standard", "char_filter": [TONE_PLACES]}
_EXACT_FILTERS = ["lowercase", Y_ENDINGS]
_FOLDED = {"tokenizer": "standard", "char_filter": [D_STROKE]}
_FOLDED_FILTERS = ["lowercase", FOLDING, Y_ENDINGS]

VI_EXACT = analyzer("vi_exact", filter=_EXACT_FILTERS, **_EXACT)
VI_FOLDED = analyzer("vi_folded", filter=_FOLDED_FILTERS, **_FOLDED)
VI_EXACT_PAIRS = analyzer("vi_exact_pairs", filter=[*_EXACT_FILTERS, PAIRS], **_EXACT)
VI_FOLDED_PAIRS = analyzer("vi_folded_pairs", filter=[*_FOLDED_FILTERS, PAIRS], **_FOLDED)
VI_BEGINNINGS = analyzer("vi_beginnings", filter=["lowercase", FOLDING, BOTH_ENDINGS, BEGINNINGS], **_FOLDED)
"""The beginnings of each word, for suggestions while typing."""
VI_TYPED = analyzer("vi_typed", filter=["lowercase", FOLDING], **_FOLDED)
"""What is being typed. Its last word is a part of one: "si" is no "sy", it may become "sinh"."""
