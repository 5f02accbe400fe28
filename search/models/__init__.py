"""What the search keeps in the database."""

from search.models.asked import AskedDay, OpenedDay
from search.models.bets import BestBet, BestBetPage
from search.models.checking import IndexCheck
from search.models.outbox import IndexBatch, OutboxEntry, Rebuild
from search.models.terms import SearchTerm
from search.models.vocabulary import NewWord, StoredVocabulary

__all__ = [
    "AskedDay",
    "BestBet",
    "BestBetPage",
    "IndexBatch",
    "IndexCheck",
    "NewWord",
    "OpenedDay",
    "OutboxEntry",
    "Rebuild",
    "SearchTerm",
    "StoredVocabulary",
]
