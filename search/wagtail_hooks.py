"""What this app adds to the admin: each module registers itself."""

from search.admin import board  # noqa: F401
