"""Brings the national catalogue of procedures in: read, understood, compared, written.

`reading` gives lines, `record` a typed record of each, `drafting` says what the page of a record holds,
`catalogue` knows the rows it refers to, `bulk` writes new pages and `revising` changes old ones, `running`
decides between them and counts.
"""

IMPORTER_VERSION = "2"
"""Raised when the same record would make another page: then a rerun looks at every record anew."""
