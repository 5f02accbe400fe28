"""A small province to look at: texts in the JSON files here, pictures and papers drawn by program."""
