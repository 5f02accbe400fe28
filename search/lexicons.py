"""The lexicon of this process: read from the database, and read anew soon after something in it changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max

from search.kept import Kept
from search.models import NewWord, SearchTerm, StoredVocabulary
from search.understanding.rewording import Terms
from search.understanding.understanding import Lexicon
from search.understanding.vocabulary import KNOWN, Vocabulary

LONGEST_WORD = 50
"""Letters of a word that is noted."""


@dataclass(frozen=True)
class _Words:
    """The lexicon, and the words of the index in it without those that the dictionary teaches."""

    lexicon: Lexicon
    vocabulary: Vocabulary


def current() -> Lexicon:
    """Return the lexicon, at most `SEARCH_LEXICON_SECONDS` old."""
    return _words.get().lexicon


def vocabulary() -> Vocabulary:
    """Return the words of the index alone, without those that the dictionary teaches."""
    return _words.get().vocabulary


def forget() -> None:
    """Have the lexicon read anew with the next search."""
    _words.forget()


def newest_word() -> int:
    """Return the number of the last word that was noted."""
    return NewWord.objects.aggregate(newest=Max("pk"))["newest"] or 0


def store(vocabulary: Vocabulary, noted: int | None = None) -> None:
    """Keep the vocabulary of a new index for all processes; the one before goes.

    With it go the words that were noted up to the number `noted`, from before the pages were read, or all:
    what came in meanwhile may be on pages that had been read already.
    """
    stored = StoredVocabulary.objects.create(data=vocabulary.packed(), words=len(vocabulary.words))
    StoredVocabulary.objects.exclude(pk=stored.pk).delete()
    NewWord.objects.filter(pk__lte=newest_word() if noted is None else noted).delete()
    forget()


def learn(words: Iterable[str]) -> None:
    """Note those of the words of changed documents that the vocabulary lacks: no slips, either."""
    known = current().vocabulary
    new = sorted(
        word for word in words if word.isalpha() and len(word) <= LONGEST_WORD and not known.knows(word)
    )
    if new:
        NewWord.objects.bulk_create([NewWord(word=word) for word in new], ignore_conflicts=True)
        forget()


def _built() -> Any:
    return StoredVocabulary.objects.values_list("pk", "built_at").first()


def _read_stored() -> Vocabulary:
    row = StoredVocabulary.objects.first()
    return Vocabulary.unpacked(bytes(row.data)) if row else Vocabulary()


def _state() -> Any:
    terms = SearchTerm.objects.filter(enabled=True).aggregate(Count("pk"), Max("updated_at"))
    return (_built(), NewWord.objects.count(), *terms.values())


def _read() -> _Words:
    _stored.forget()
    vocabulary = _stored.get()
    if new := dict.fromkeys(NewWord.objects.values_list("word", flat=True), KNOWN):
        vocabulary = vocabulary.with_words(new)
    return _Words(Lexicon.of(vocabulary, Terms(_pairs())), vocabulary)


def _pairs() -> Iterator[tuple[str, str]]:
    for term in SearchTerm.objects.filter(enabled=True).order_by("pk"):
        yield from term.pairs()


_stored = Kept(lambda: (_built(),), _read_stored)
"""The vocabulary of the index as it was built: the largest part, and the one that changes least."""
_words = Kept(_state, _read)
