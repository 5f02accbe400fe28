"""E-mail that keeps nobody waiting: written into the database, sent by the worker, never twice."""
