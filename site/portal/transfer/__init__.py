"""Moves a branch of pages, with all that it needs, from one server to another by a file."""
