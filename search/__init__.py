"""The Elasticsearch index and all that asks it. Knows content only through `search.documents`."""
