"""The rules of the dictionary: what a line may not say, and what its editor should know about it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import lexicons
from search.models import SearchTerm
from search.understanding.spelling import words_of

if TYPE_CHECKING:
    from search.understanding.vocabulary import Vocabulary

Phrase = tuple[str, ...]

ORDINARY = 3
"""Names from which on a word is an ordinary one of them. Below that it may be a name's own oddity."""


def phrase(text: str) -> Phrase:
    """Return the words by which a text is compared, each in its one spelling."""
    return tuple(words_of(text))


def key(words: str, official: str) -> tuple[Phrase, Phrase]:
    """Return what makes a line the same line: "Hoà giải" is "hòa giải"."""
    return phrase(words), phrase(official)


class Dictionary:
    """The lines that there are, and where those in use lead."""

    def __init__(self, terms: Iterable[SearchTerm] = ()) -> None:
        self.keys: set[tuple[Phrase, Phrase]] = set()
        self._ways: dict[Phrase, set[Phrase]] = {}
        for term in terms:
            self.add(term)

    @classmethod
    def without(cls, term: SearchTerm) -> Dictionary:
        """Return what is in the database but for one line."""
        return cls(SearchTerm.objects.exclude(pk=term.pk))

    def add(self, term: SearchTerm) -> None:
        """Take a line in."""
        self.keys.add(key(term.words, term.official))
        for said, meant in term.pairs() if term.enabled else ():
            self._ways.setdefault(phrase(said), set()).add(phrase(meant))

    def path(self, start: Phrase, end: Phrase) -> list[Phrase]:
        """Return a way from words to words, line by line; an empty one if there is none."""
        came_from: dict[Phrase, Phrase | None] = {start: None}
        waiting = [start]
        while waiting:
            here = waiting.pop(0)
            for there in sorted(self._ways.get(here, ())):
                if there not in came_from:
                    came_from[there] = here
                    waiting.append(there)
        way: list[Phrase] = []
        place: Phrase | None = end if end in came_from else None
        while place is not None:
            way.insert(0, place)
            place = came_from[place]
        return way


def check(term: SearchTerm, dictionary: Dictionary | None = None) -> None:
    """Refuse a line that leads nowhere, is there already, leads back, or swallows another meaning.

    The last two harm only while the line is in use: it may always be switched off.
    """
    said, meant = key(term.words, term.official)
    for name, words in (("words", said), ("official", meant)):
        if not words:
            raise ValidationError({name: _("There is no word in this.")})
    if said == meant:
        raise ValidationError({"official": _("These are the same words: such a line would change nothing.")})
    dictionary = dictionary or Dictionary.without(term)
    if (said, meant) in dictionary.keys:
        raise ValidationError({"official": _("The dictionary has this line already, in use or not.")})
    if term.enabled:
        _refuse_loop(said, meant, dictionary, both_ways=term.both_ways)
        _refuse_swallowing(term, said, meant)


def _refuse_loop(said: Phrase, meant: Phrase, dictionary: Dictionary, *, both_ways: bool) -> None:
    way = dictionary.path(meant, said)
    if not way and both_ways:
        way = dictionary.path(said, meant)
    if way:
        lines = " → ".join(f"“{' '.join(words)}”" for words in way)
        sentence = _("Other lines lead in a circle with this one: %(lines)s.")
        raise ValidationError({"official": sentence % {"lines": lines}})


def _refuse_swallowing(term: SearchTerm, said: Phrase, meant: Phrase) -> None:
    """Refuse one ordinary word of names, unless the official words keep it ("phà" in "bến phà")."""
    if len(said) > 1 or term.kind == SearchTerm.Kind.ABBREVIATION or said[0] in meant:
        return
    names = lexicons.current().vocabulary.name_words.get(said[0], 0)
    if names >= ORDINARY:
        sentence = ngettext(
            "“%(word)s” alone is a word of %(count)s name, and would mean something else there. "
            "Write more of what people say.",
            "“%(word)s” alone is a word of %(count)s names, and would mean something else there. "
            "Write more of what people say.",
            names,
        )
        raise ValidationError({"words": sentence % {"word": said[0], "count": names}})


def warnings(term: SearchTerm) -> list[str]:
    """Return what the editor of a line should know: it may mean something else, or find nothing."""
    vocabulary = lexicons.current().vocabulary
    if not term.enabled or not vocabulary.documents:
        return []
    said, meant = key(term.words, term.official)
    found = []
    if names := names_with(said, vocabulary):
        found.append(
            ngettext(
                "“%(words)s” stands in %(count)s name already: try the line with a query for that one, too.",
                "“%(words)s” stands in %(count)s names already: try the line with a query for those, too.",
                names,
            )
            % {"words": " ".join(said), "count": names}
        )
    if not names_with(meant, vocabulary):
        found.append(
            _("No name has the words “%(words)s” in this order. Look up how the procedure is called.")
            % {"words": " ".join(meant)}
        )
    return found


def names_with(words: Phrase, vocabulary: Vocabulary) -> int:
    """Return how many names have some words next to each other; of three and more, how many at most."""
    if len(words) == 1:
        return vocabulary.name_words.get(words[0], 0)
    return min(vocabulary.name_pair(*pair) for pair in pairwise(words))
