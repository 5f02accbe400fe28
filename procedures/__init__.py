"""Procedures, sectors, agencies and decisions: the legal life of an administrative procedure."""
