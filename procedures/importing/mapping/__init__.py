"""From a record to the parts of a page, one module for each; none of them touches the database.

A stream is a list of dicts without block ids, a reference is the name that the record uses.
"""
