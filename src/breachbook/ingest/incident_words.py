"""Whether a page can be about an incident at all, by a literal scan of its bytes, before any cost of parsing is paid."""

from __future__ import annotations

from functools import cache

from breachbook.vocab.data_files import word_list


@cache
def _words() -> tuple[bytes, ...]:
    return tuple(word.encode() for word in word_list("ingest_incident_words.txt"))


def may_be_incident(data: bytes) -> bool:
    """Whether any piece of incident vocabulary (`ingest_incident_words.txt`) stands in a page, markup included.

    The bytes must be in an encoding that has ASCII in it (UTF-8, Windows-1252; not UTF-16).
    """
    lower = data.lower()
    return any(word in lower for word in _words())
