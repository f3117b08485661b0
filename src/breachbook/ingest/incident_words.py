"""Whether a page can be about an incident at all, by a literal scan of its bytes, before any cost of parsing is paid."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Any

from breachbook.vocab.data_files import word_list

# Without a wheel for this machine the words are looked for one after another.
_hyperscan: Any = importlib.import_module("hyperscan") if importlib.util.find_spec("hyperscan") else None


def may_be_incident(data: bytes) -> bool:
    """Whether any piece of incident vocabulary (`ingest_incident_words.txt`) stands in a page, markup included.

    The bytes must be in an encoding that has ASCII in it (UTF-8, Windows-1252; not UTF-16).
    """
    return _scan()(data)


@cache
def _scan() -> Callable[[bytes], bool]:
    words = tuple(word.encode() for word in word_list("ingest_incident_words.txt"))
    return _one_by_one(words) if _hyperscan is None else _at_once(words)


def _one_by_one(words: tuple[bytes, ...]) -> Callable[[bytes], bool]:
    def scan(data: bytes) -> bool:
        lower = data.lower()
        return any(word in lower for word in words)

    return scan


def _at_once(words: tuple[bytes, ...]) -> Callable[[bytes], bool]:
    """All words in one pass, which ends at the first of them."""
    database, alone = _hyperscan.Database(), Lock()
    flags = _hyperscan.HS_FLAG_CASELESS | _hyperscan.HS_FLAG_SINGLEMATCH
    database.compile(
        expressions=[re.escape(word) for word in words], ids=list(range(len(words))), elements=len(words), flags=[flags] * len(words)
    )

    def scan(data: bytes) -> bool:
        found: list[int] = []

        def stop(number: int, start: int, end: int, flags: int, context: object) -> bool:
            found.append(number)
            return True

        try:
            with alone:  # a database's working memory serves one scan at a time
                database.scan(data, match_event_handler=stop)
        except _hyperscan.ScanTerminated:
            return True
        return bool(found)

    return scan
