"""What `make relevance` does: asks the public API judged queries and scores what comes back."""
