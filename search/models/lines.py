"""Text of one line, as editors type it."""


def one_line(text: str) -> str:
    """Return a text in the form in which a query comes: normalised, on one line, with single spaces."""
    from search import documents  # which needs the models

    return " ".join(documents.text().normalise(text).split())
