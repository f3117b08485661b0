"""Distances between partial dates, in days."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from breachbook.text.partial_dates import earliest, latest

Span = tuple[int, int]
"""The first and last day a partial date may mean, as ordinals."""


@lru_cache(maxsize=65536)
def span(value: str) -> Span:
    """The days a partial date may mean."""
    return earliest(value).toordinal(), latest(value).toordinal()


def gap(left: Span, right: Span) -> int:
    """Days that surely lie between two dates; 0 when they may be the same day."""
    return max(0, left[0] - right[1], right[0] - left[1])


def distance(left: Span, right: Span) -> int:
    """Days between two dates, taking half of the vaguer one's length for what it leaves open: a bare year is near to nothing."""
    return gap(left, right) + max(left[1] - left[0], right[1] - right[0]) // 2


def nearest(left: Iterable[Span], right: Iterable[Span]) -> int | None:
    """The smallest distance between dates of two sets; None when one has none."""
    others = tuple(right)
    return min((distance(a, b) for a in left for b in others), default=None)


def closest_gap(left: Iterable[Span], right: Iterable[Span]) -> int | None:
    """The smallest gap between dates of two sets; None when one has none."""
    others = tuple(right)
    return min((gap(a, b) for a in left for b in others), default=None)
