"""Pictures as they come in: their bounds, and what is left of a file before it is stored or shown."""
