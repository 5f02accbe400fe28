"""The spelling of Vietnamese syllables: a table small enough to say whether a word can be Vietnamese at all.

The table follows the spelling rules of the language (onset, rhyme, tone; c/k, g/gh and ng/ngh by the vowel
that follows; p, t, c, ch at the end only with the tones sắc and nặng). It is generous about rare rhymes, as
it is asked which of two readings of a word is impossible, never whether a word is in a dictionary.
"""

import unicodedata
from functools import cache, lru_cache

_LONGEST = len("nghiêng")

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
"""Huyền, sắc, ngã, hỏi, nặng as combining marks."""

_STOP_TONES = ({"\u0301"}, {"\u0323"})

_ONSETS = "b ch d đ gi h kh l m n nh ph r s t th tr v x"
_BACK_ONSETS = ("c", "g", "ng")
_FRONT_ONSETS = ("k", "gh", "ngh")

_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay
ăc ăm ăn ăng ăp ăt
âc âm ân âng âp ât âu ây
e ec em en eng eo ep et
ê êch êm ên ênh êp êt êu
i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu
o oc oi om on ong op ot ooc oong
ô ôc ôi ôm ôn ông ôp ôt
ơ ơi ơm ơn ơp ơt
u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt
ư ưc ưi ưm ưn ưng ưt ưu ưa ươc ươi ươm ươn ương ươp ươt ươu
oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
uâc uân uâng uât uây uê uêch uên uênh uơ
uy uya uych uyên uyêt uyn uynh uyp uyt uyu
"""
_Q_RHYMES = """
ua uac uach uai uam uan uang uanh uao uap uat uau uay uăc uăm uăn uăng uăp uăt uâc uân uâng uât uây
ue uec uen ueo uet uê uêch uên uênh uêt ui uit uôc uơ uơi uy uych uyên uyêt uyn uynh uyp uyt
"""
_Y_SYLLABLES = "y yêm yên yêng yêt yêu hy ky ly my sy ty vy thy"


@cache
def _syllables() -> frozenset[str]:
    rhymes = _RHYMES.split()
    front = [rhyme for rhyme in rhymes if rhyme[0] in "eêi"]
    back = [rhyme for rhyme in rhymes if rhyme[0] not in "eêi"]
    found = {*rhymes, *_Y_SYLLABLES.split()}
    found.update(onset + rhyme for onset in _ONSETS.split() for rhyme in rhymes)
    found.update(onset + rhyme for onset in _BACK_ONSETS for rhyme in back)
    found.update(onset + rhyme for onset in _FRONT_ONSETS for rhyme in front)
    found.update("q" + rhyme for rhyme in _Q_RHYMES.split())
    found.update("g" + rhyme for rhyme in front if rhyme[0] == "i")  # gì, gìn, giếng, giết
    return frozenset(found)


def is_syllable(word: str) -> bool:
    """Tell whether a word, tone and all, follows the spelling of a Vietnamese syllable."""
    return len(word) <= _LONGEST and _is_syllable(word)


@lru_cache(maxsize=4096)
def _is_syllable(word: str) -> bool:
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [letter for letter in letters if letter in _TONES]
    if len(tones) > 1:
        return False
    base = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    if base.endswith(("p", "t", "c", "ch")) and set(tones) not in _STOP_TONES:
        return False
    return base in _syllables()
