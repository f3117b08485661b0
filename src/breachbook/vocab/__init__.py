"""Controlled vocabularies, in data files that a reviewer can read (`data/`), and the functions that look them up."""
