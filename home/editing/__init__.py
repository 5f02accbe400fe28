"""What the editors' side has beside Wagtail's: each module registers its own hooks."""
