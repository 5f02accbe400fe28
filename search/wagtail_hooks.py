"""What this app adds to the admin: each module registers itself."""

from search.admin import board, changes, health, menu, trying  # noqa: F401
