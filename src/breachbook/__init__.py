"""Breachbook: a cyber-incident database that writes itself from public reports, every field with its evidence."""

__version__ = "0.1.0"
