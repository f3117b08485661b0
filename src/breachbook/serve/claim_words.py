"""A claim's value in words, where a page shows claims of a document and not yet a record."""

from __future__ import annotations

from breachbook.model.claim import Claim


def value_words(claim: Claim) -> str:
    """The value for people (`6.5 GB`, `Public administration`)."""
    return str(claim.value)
