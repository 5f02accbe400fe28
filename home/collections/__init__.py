"""Collections: saved queries of the database, shown as pages; the query, its form and its live count."""
