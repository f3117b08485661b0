"""Bytes to documents: one kind of source a file; polite fetching."""
