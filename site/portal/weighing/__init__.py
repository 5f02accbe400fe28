"""Weighs what a reader is sent: every procedure, the other pages, styles and script, how soon they show."""
