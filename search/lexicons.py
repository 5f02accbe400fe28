"""The lexicon of this process: read from the database, and read anew soon after something in it changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Count, Max

from search.models import NewWord, SearchTerm, StoredVocabulary
from search.understanding.rewording import Terms
from search.understanding.understanding import Lexicon
from search.understanding.vocabulary import KNOWN, Vocabulary

LONGEST_WORD = 50
"""Letters of a word that is noted."""


class _Current:
    """The lexicon in use, and what it was made of."""

    def __init__(self) -> None:
        self.lexicon = Lexicon.of(Vocabulary(), Terms([]))
        self.stored = Vocabulary()
        self.vocabulary = Vocabulary()
        self.state: Any = None
        self.built: Any = None
        self.checked_at = -1e9
        self.lock = threading.Lock()


_current = _Current()


def current() -> Lexicon:
    """Return the lexicon, at most `SEARCH_LEXICON_SECONDS` old. While one reads, others use the old."""
    due = time.monotonic() - _current.checked_at > settings.SEARCH_LEXICON_SECONDS
    if due and _current.lock.acquire(blocking=_current.state is None):
        try:
            _refresh()
            _current.checked_at = time.monotonic()
        finally:
            _current.lock.release()
    return _current.lexicon


def vocabulary() -> Vocabulary:
    """Return the words of the index alone, without those that the dictionary teaches."""
    current()
    return _current.vocabulary


def forget() -> None:
    """Have the lexicon read anew with the next search."""
    _current.checked_at = -1e9


def store(vocabulary: Vocabulary) -> None:
    """Keep the vocabulary of a new index for all processes; the one before goes."""
    stored = StoredVocabulary.objects.create(data=vocabulary.packed(), words=len(vocabulary.words))
    StoredVocabulary.objects.exclude(pk=stored.pk).delete()
    NewWord.objects.all().delete()
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


def _refresh() -> None:
    built = StoredVocabulary.objects.values_list("pk", "built_at").first()
    state = (
        built,
        NewWord.objects.count(),
        *SearchTerm.objects.filter(enabled=True).aggregate(Count("pk"), Max("updated_at")).values(),
    )
    if state == _current.state:
        return
    if built != _current.built:
        row = StoredVocabulary.objects.first()
        _current.stored = Vocabulary.unpacked(bytes(row.data)) if row else Vocabulary()
        _current.built = built
    new = dict.fromkeys(NewWord.objects.values_list("word", flat=True), KNOWN)
    _current.vocabulary = _current.stored.with_words(new) if new else _current.stored
    _current.lexicon = Lexicon.of(_current.vocabulary, Terms(_pairs()))
    _current.state = state


def _pairs() -> Iterator[tuple[str, str]]:
    for term in SearchTerm.objects.filter(enabled=True).order_by("pk"):
        yield from term.pairs()
