"""What the search knows of this app's pages."""


def register() -> None:
    """Tell the search which of this app's pages it shows."""
