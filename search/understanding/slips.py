"""Keys of Telex and VNI that stayed in the text: giaays -> giấy, ddawng -> đăng, gia61y -> giấy."""

import re
from collections.abc import Iterator
from functools import lru_cache

from search.understanding.spelling import TONES, spelled, split_tone, with_tone

_TELEX_LETTERS = [
    (re.compile("dd"), "đ"),
    (re.compile("uow|uwow|uwo|ưow"), "ươ"),
    (re.compile("aw"), "ă"),
    (re.compile("ow"), "ơ"),
    (re.compile("uw"), "ư"),
    (re.compile("aa|âa|aâ"), "â"),
    (re.compile("ee|êe|eê"), "ê"),
    (re.compile("oo|ôo|oô"), "ô"),
]
_VOWEL = "[aăâeêioôơuưy]"
_TONE_AT_END = re.compile(rf"(?P<letters>.*(?:{_VOWEL}|đ).*?)(?P<tone>[sfrxj])(?P<hat>[aeow]?)")
_TONE_INSIDE = re.compile(rf"(?P<start>[^aăâeêioôơuưy]*{_VOWEL}+)(?P<tone>[sfrxj])(?P<end>[a-zđ]*)")
_LATE_HAT = re.compile(r"([aeo])([iuycghmnpt]+)\1$")
"""The key of a hat after the whole syllable: "giaya", "tiene"."""
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"u": "ư", "o": "ơ", "a": "ă"}

_VNI = re.compile(r"[^\W\d_]+\d[^\W_]*")
_VNI_TONES = {str(place): tone for place, tone in enumerate(TONES.values(), start=1)}


@lru_cache(maxsize=10_000)
def decoded(word: str) -> tuple[str, ...]:
    """Return what the person may have meant to type, best first; nothing where no key can be seen."""
    found = [*_telex(word), *_vni(word)]
    return tuple(dict.fromkeys(reading for reading in map(spelled, found) if reading != word))


def _telex(word: str) -> Iterator[str]:
    letters = word
    for keys, letter in _TELEX_LETTERS:
        letters = keys.sub(letter, letters)
    toned = bool(split_tone(word)[1])
    if not toned and (match := _TONE_AT_END.fullmatch(letters)):
        bare = _LATE_HAT.sub(lambda late: _HATS[late[1]] + late[2], match["letters"])
        yield with_tone(_with_hat(bare, match["hat"]), TONES[match["tone"]])
    if not toned and (match := _TONE_INSIDE.fullmatch(letters)):
        yield with_tone(match["start"] + match["end"], TONES[match["tone"]])
    if (late := _LATE_HAT.sub(lambda late: _HATS[late[1]] + late[2], letters)) != letters:
        yield late
    if letters != word:
        yield letters
    if letters.endswith("w"):
        yield _horned(letters[:-1])
    if letters.startswith("d") and letters.endswith("d") and len(letters) > 2:  # "dangd"
        yield f"đ{letters[1:-1]}"


def _with_hat(letters: str, key: str) -> str:
    """Apply a key for a letter that came around the tone: "giays" and "a" give "giấy", "duongw" "dương"."""
    if letters.endswith("w"):
        letters = _horned(letters[:-1])
    if key in _HATS:
        before, vowel, after = letters.rpartition(key)
        return f"{before}{_HATS[key]}{after}" if vowel else letters
    return _horned(letters) if key == "w" else letters


def _horned(letters: str) -> str:
    """Apply the key w at the end of a word: "duong" -> "dương"."""
    if "uo" in letters:
        return letters.replace("uo", "ươ", 1)
    return re.sub("[uoa]", lambda vowel: _HORNS[vowel[0]], letters, count=1)


def _vni(word: str) -> Iterator[str]:
    if not _VNI.fullmatch(word):
        return
    letters, tone = "", ""
    for key in word:
        if key in _VNI_TONES:
            tone = _VNI_TONES[key]
        elif key.isdigit():
            letters = _with_vni_key(letters, key)
        else:
            letters += key
    letters = letters.replace("ưo", "ươ")
    yield with_tone(letters, tone)
    yield letters


def _with_vni_key(letters: str, key: str) -> str:
    """Apply a digit of VNI to the letters before it: 6 is a hat, 7 a horn, 8 a bow, 9 the stroke of đ."""
    if key == "7":
        if "uo" in letters:
            return letters.replace("uo", "ươ", 1)
        return _last_replaced(letters, {"u": "ư", "o": "ơ"})
    if key == "9":
        return letters.replace("d", "đ", 1)
    return _last_replaced(letters, _HATS if key == "6" else {"a": "ă"} if key == "8" else {})


def _last_replaced(letters: str, marked: dict[str, str]) -> str:
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] in marked:
            return letters[:place] + marked[letters[place]] + letters[place + 1 :]
    return letters
