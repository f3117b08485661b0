"""When a more exact value takes the place of the winner, with which it agrees: 20 January for January, 147.9 for about 150 million."""

from __future__ import annotations

from collections.abc import Iterable

from breachbook.publish.weighing import Weighed
from breachbook.text.partial_dates import overlap
from breachbook.vocab import precedence, properties

INEXACT = ("about", "at_least", "up_to")
"""Qualifiers of a count that an exact count can refine."""

OPEN = ("at_least", "up_to")
"""Qualifiers of a date that make it a bound; a bound is what was said and is not refined."""


def more_exact(winner: Weighed, given: Iterable[Weighed]) -> Weighed:
    """The strongest of the given claims that says more exactly what the winner says, and no less surely; else the winner.

    A partial date is refined by one within it; a rounded count (`about`, `at_least`, `up_to`) by a plain one that rounds to it.
    """
    surely = precedence.certainty_rank(winner.claim.certainty)
    better = [t for t in given if t.live and precedence.certainty_rank(t.claim.certainty) <= surely and inexact(winner, t)]
    return min(better, key=lambda t: t.order, default=winner)


def inexact(less: Weighed, more: Weighed) -> bool:
    """Whether `less` says the same as `more`, less exactly."""
    form = properties.get(less.claim.property).value
    if form == "date":
        return _date(less, more)
    return form in ("count", "bytes") and _count(less, more)


def _date(less: Weighed, more: Weighed) -> bool:
    left, right = str(less.claim.value), str(more.claim.value)
    bounds = less.claim.qualifier in OPEN or more.claim.qualifier in OPEN
    return not bounds and len(left) < len(right) and overlap(left, right)


def _count(less: Weighed, more: Weighed) -> bool:
    left, right = less.claim.value, more.claim.value
    if not isinstance(left, int) or not isinstance(right, int) or left == right:
        return False
    if less.claim.qualifier not in INEXACT or more.claim.qualifier in INEXACT:
        return False
    if (less.claim.qualifier == "at_least" and right < left) or (less.claim.qualifier == "up_to" and right > left):
        return False
    return abs(left - right) <= rounding(left) // 2


def rounding(value: int) -> int:
    """The unit that a number is rounded to: that of its last digit that is not zero (150 million: ten millions)."""
    unit = 1
    while value and value % (unit * 10) == 0:
        unit *= 10
    return unit
