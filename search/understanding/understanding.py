"""Turns a person's words into what is asked of the index: a frozen value, made without asking any server."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from search import documents, keys
from search.understanding import levels
from search.understanding.correction import corrected
from search.understanding.naming import VERBLESS, About, Act
from search.understanding.numbers import numbers_in
from search.understanding.questions import question_words, without_function_words, without_question
from search.understanding.rewording import Terms
from search.understanding.spelling import is_plain, words_of
from search.understanding.vocabulary import Vocabulary

MOST_READINGS = 6
MOST_WORDS = 60
"""Words of a query that are understood. The longest real question that we know has 120; the rest is story."""

# How much a reading counts beside the words as typed.
TYPED = 1.0
CORRECTED = 0.95
AS_TYPED_BESIDE_A_CORRECTION = 0.8
WITH_THE_LEVEL = 0.97
REWORDED_WITH_THE_LEVEL = 0.95


@dataclass(frozen=True)
class Reading:
    """One way to read a query: its words, how much it counts, and how it is matched.

    `plain`: typed without marks, so only words without marks are compared. `light`: a second look, at names
    and phrasings alone.
    """

    words: tuple[str, ...]
    weight: float
    plain: bool = False
    light: bool = False


@dataclass(frozen=True)
class Understanding:
    """What a query means."""

    codes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()  # keys of legal documents
    readings: tuple[Reading, ...] = ()
    corrected: str = ""  # the words as they were most likely meant, where that differs
    level: str = ""  # a value of the filter, which is preferred
    sector: str = ""  # slug of the sector that the query names
    agency: str = ""  # the agency that it names, folded
    office: str = ""  # words that begin like the name of an agency
    acts: tuple[Act, ...] = ()
    about: frozenset[About] = frozenset()


NOTHING = Understanding()

_ACTS = {
    Act.AGAIN: "lại|mất|hỏng|rách|thất lạc|hư",
    Act.EXCHANGE: "đổi|hết hạn",
    Act.RENEW: "gia hạn|hết hạn|kéo dài",
    Act.CHANGE: (
        "sửa|thay đổi|điều chỉnh|cải chính|sai|đính chính|bổ sung|đổi tên|chuyển đổi|hiệu đính|cập nhật"
    ),
    Act.END: (
        "xóa|hủy|chấm dứt|thu hồi|giải thể|tạm ngừng|tạm nghỉ|rút|trả lại|đóng cửa|thôi|khóa|dừng|dẹp|bỏ"
        "|miễn nhiệm|ngừng"
    ),
    Act.FIRST: "cấp mới|lần đầu|thành lập|mở",
}
_ABOUT = {
    About.FOREIGNERS: (
        "nước ngoài|quốc tế|quốc tịch|ngoại|tây|việt kiều|biên giới|lưu động|visa|thị thực|hàn quốc|nhật|mỹ"
        "|đài loan|trung quốc|đại diện|lãnh sự|pháp|lào|campuchia"
    ),
    About.ABROAD: "biên giới|lưu động|đại diện|lãnh sự|ở nước ngoài|đại sứ quán",
    About.ARMY: "quân|quốc phòng|bộ đội|bqp|chiến|lính|dân quân|nghĩa vụ",
}


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile(f" (?:{words}) ")


_NO_ACT = re.compile(
    " (?:(?:bố|mẹ|ba|má|cha|ông|bà|vợ|chồng|con|em|chị|anh|vừa|mới|đã) mất|lại gần|ở lại)(?= )"
)
"""Someone died, or comes near: nothing is asked for again."""
_ACT_WORDS = {act: _any_of(words) for act, words in _ACTS.items()}
_ABOUT_WORDS = {about: _any_of(words) for about, words in _ABOUT.items()}
_OFFICES = (
    "sở, bộ, cục, chi cục, ngân hàng, ủy ban, công an, tòa án, văn phòng, kho bạc, bảo hiểm xã hội, thuế"
    ", hải quan, trung tâm, ban"
)
_OFFICE = re.compile(f"(?:{_OFFICES.replace(', ', '|')}) ")
_BEFORE_A_SECTOR = ("về", "ngành", "của")


@dataclass(frozen=True)
class Lexicon:
    """All that a query is understood with: the words of the index and the editors' dictionary."""

    vocabulary: Vocabulary
    terms: Terms

    @classmethod
    def of(cls, vocabulary: Vocabulary, terms: Terms) -> Lexicon:
        """Return a lexicon whose vocabulary knows the words of the dictionary and of questions, too."""
        phrases = [*map(list, terms.officials), *question_words()]
        officials = [list(meant) for meants in terms.officials.values() for meant in meants]
        return cls(vocabulary.taught(phrases, officials), terms)

    def understand(self, words: str, *, literal: bool = False, any_level: bool = False) -> Understanding:
        """Return what some normalised words mean.

        `literal`: exactly these, nothing is corrected; `any_level`: a level in them is but a word.
        """
        codes, numbers = tuple(keys.codes_in(words)), numbers_in(words, self.vocabulary)
        if keys.is_code(words) or numbers.alone:
            return Understanding(codes=codes, numbers=numbers.keys)
        typed = words_of(words)[:MOST_WORDS]
        asked = without_question(typed, self.vocabulary, plain=is_plain(typed)) or typed
        meant = asked if literal else self._meant(typed, asked)
        level, rest = ("", meant) if any_level else levels.level_in(meant, self.vocabulary)
        found = self._named(meant, self._readings(asked, meant, level, rest))
        fold = documents.text().fold
        said = _NO_ACT.sub("", f" {' '.join(meant)} ")
        return replace(
            found,
            codes=codes,
            numbers=numbers.keys,
            level=level,
            corrected="" if fold(" ".join(meant)) == fold(" ".join(asked)) else " ".join(meant),
            acts=tuple(act for act, pattern in _ACT_WORDS.items() if pattern.search(said)),
            about=frozenset(what for what, pattern in _ABOUT_WORDS.items() if pattern.search(said)),
        )

    def _meant(self, typed: list[str], asked: list[str]) -> list[str]:
        """Return the words without slips; what was said around them is taken out of the mended words, too."""
        mended = corrected(typed if is_plain(typed) else asked, self.vocabulary)
        return without_question(mended, self.vocabulary) or mended

    def _readings(
        self, asked: list[str], meant: list[str], level: str, rest: list[str]
    ) -> tuple[Reading, ...]:
        """Return the ways to read a query: as meant, as typed, with the level, and in official words."""
        changed = meant != asked
        weight = CORRECTED if changed else TYPED
        core = without_function_words(rest, self.vocabulary)
        readings = [Reading(tuple(core), weight, plain=is_plain(core))]
        if changed:
            typed = without_function_words(asked, self.vocabulary)
            readings.append(
                Reading(tuple(typed), AS_TYPED_BESIDE_A_CORRECTION, plain=is_plain(typed), light=True)
            )
        if level:
            readings.append(Reading(tuple(meant), WITH_THE_LEVEL, plain=is_plain(core), light=True))
        reworded = self.terms.reworded(rest, self.vocabulary)
        readings += [Reading(tuple(official), weight) for official in reworded]
        if level:
            for official in self.terms.reworded(meant, self.vocabulary)[:1]:
                words = without_function_words(official, self.vocabulary)
                readings.append(Reading(tuple(words), REWORDED_WITH_THE_LEVEL, light=True))
        first = {reading.words: reading for reading in reversed(readings) if reading.words}
        return tuple(sorted(first.values(), key=readings.index)[:MOST_READINGS])

    def _named(self, meant: list[str], readings: tuple[Reading, ...]) -> Understanding:
        """Return the readings, with the sector or the agency whose name the query is."""
        name = " ".join(word for word in meant if word not in _BEFORE_A_SECTOR)
        agency = self.vocabulary.agency(name)
        office = " ".join(meant) if not agency and _OFFICE.match(name) else ""
        return Understanding(
            readings=readings, sector=self.vocabulary.sector(name), agency=agency, office=office
        )

    def names_in(self, words: tuple[str, ...]) -> dict[str, float]:
        """Return the keys of names that stand whole in some words, with how much of their weight they are."""
        folded = documents.text().fold(" ".join(words)).split()
        total = max(self.mass(words), 1.0)
        found: dict[str, float] = {}
        for start in range(len(words)):
            for end in range(start + 2, min(len(words), start + _LONGEST_NAME) + 1):
                key = " ".join(folded[start:end])
                for name in (key, VERBLESS + key):
                    if name in self.vocabulary.names:
                        found[name] = max(found.get(name, 0.0), self.mass(words[start:end]) / total)
        return found

    def mass(self, words: tuple[str, ...]) -> float:
        """Return how much words weigh: their rarity in names, by which readings are brought to one scale."""
        alone = sum(self.vocabulary.rarity(word) for word in words)
        pairs = itertools.pairwise(words)
        return alone * _WORD + sum(self.vocabulary.pair_rarity(*pair) for pair in pairs) * _PAIR


_LONGEST_NAME = 16
"""Words of a name that are looked for in a query."""
_WORD, _PAIR = 4.0, 0.9
"""What a word and a pair weigh: as much as their two fields of names bring; pairs are often not there."""
