"""What the search knows of this app's pages, and how it cleans text: as everything else does."""

from home.models import HomePage
from home.text import document_key, fold, normalise
from search import documents


def register() -> None:
    """Tell the search which of this app's pages it shows."""
    documents.register_text(documents.TextFunctions(normalise, fold, document_key))
    documents.not_searched(HomePage)
