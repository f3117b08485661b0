"""Brands and their owners: two names that a sentence ties together by ownership ("CloudToy maker Acme") are one victim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from breachbook.extract.candidates import Candidate
from breachbook.extract.lexicon import word_set
from breachbook.extract.mentions import Chunk

REACH = 6
"""Words between two names among which the word that ties them stands."""
MENTIONS_LOOKED_AT = 20

_TIES = word_set("brands", "ties")
_CUTS = frozenset({".", ";", ":", "and", "but", "or", "told", "said", "says"})
"""Words over which no tie reaches."""


def tied(one: Candidate, other: Candidate) -> bool:
    """Whether a sentence says that one of two is a brand, a part or the owner of the other."""
    return any(_tie(left, right) for left, right in _pairs(one.mentions, other.mentions))


def _pairs(one: Sequence[Chunk], other: Sequence[Chunk]) -> Iterator[tuple[Chunk, Chunk]]:
    """The mentions of two that stand in one sentence near each other, in text order."""
    for a in one[:MENTIONS_LOOKED_AT]:
        for b in other[:MENTIONS_LOOKED_AT]:
            if a.sentence is b.sentence:
                left, right = (a, b) if a.first < b.first else (b, a)
                if left.last <= right.first <= left.last + REACH:
                    yield left, right


def _tie(left: Chunk, right: Chunk) -> bool:
    """Whether a word of ownership stands between two mentions, and no other name or clause."""
    between = left.tokens[left.last : right.first]
    words = [t.lower for t in between]
    if any(t.is_name for t in between) or not _CUTS.isdisjoint(words):
        return False
    return not _TIES.isdisjoint(words)
