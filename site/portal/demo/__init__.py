"""A small province to look at: texts in the JSON files beside this one, pictures and papers made by program."""
