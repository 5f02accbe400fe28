"""Rules: when something happens to a page of a branch, people get a letter, at once or in a digest."""
