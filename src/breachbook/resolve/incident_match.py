"""Compares two incidents of one victim: dates, actors, suppliers, numbers, kinds of attack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from breachbook.model.entity import Match
from breachbook.resolve.dates import Span, closest_gap, nearest
from breachbook.resolve.mentions import IncidentFacts
from breachbook.resolve.weights import WEIGHTS, Evidence, days, match
from breachbook.vocab.data_files import toml_file

TELLING_NUMBER = 1000
"""Smaller numbers of people or records are common to many incidents."""

TELLING_DIGITS = 2
"""Digits before the noughts: "3 million" and "5,000" are said of much."""


@dataclass(frozen=True, slots=True)
class Told:
    """An incident as one document tells it, with its victims, suppliers and actors resolved.

    `victims` holds the clusters of its named victims, `main` the one named first.
    """

    mention: str
    document: str
    facts: IncidentFacts
    victims: frozenset[str]
    main: str | None
    suppliers: frozenset[str]
    actors: frozenset[str]


def compare(left: Told, right: Told) -> Match | None:
    """The match of two incidents, or None when they are not of one victim or one document tells them apart."""
    if left.document == right.document or not same_victims(left, right):
        return None
    evidence = [Evidence("same_victim", "of the same victim"), *_dates(left, right), *_parties(left, right), *_facts(left, right)]
    return match("incident", left.mention, right.mention, evidence)


def same_victims(left: Told, right: Told) -> bool:
    """Whether two incidents are of the same victims: the one named first is shared, or at least half of all."""
    shared = left.victims & right.victims
    if not shared:
        return False
    return (left.main is not None and left.main == right.main) or 2 * len(shared) >= max(len(left.victims), len(right.victims))


def known_before(known: tuple[Span, ...], occurred: tuple[Span, ...]) -> bool:
    """Whether what was known on these days cannot be what happened on those: it was known before."""
    return bool(known and occurred) and min(s[0] for s in occurred) > min(s[1] for s in known) + days("known_before_slack")


def _dates(left: Told, right: Told) -> Iterator[Evidence]:
    a, b = left.facts, right.facts
    occurred, discovered = nearest(a.occurred, b.occurred), nearest(a.discovered, b.discovered)
    same_event = occurred is not None and occurred <= _allowance(a.occurred, b.occurred)
    same_discovery = discovered is not None and discovered <= _allowance(a.discovered, b.discovered)
    if same_event:
        yield Evidence("same_occurred", "said to have happened at the same time")
    elif same_discovery:
        yield Evidence("same_discovered", "discovered at the same time")
    elif closest_gap(a.occurred, b.occurred) == 0:
        yield Evidence("may_have_occurred_together", "said to have happened in the same year or months")
    else:
        yield _nearness(a, b)
    if not same_event and (closest_gap(a.occurred, b.occurred) or 0) > days("occurred_apart"):
        yield Evidence("occurred_differs", "said to have happened at different times")
    if not same_discovery and (closest_gap(a.discovered, b.discovered) or 0) > days("occurred_apart"):
        yield Evidence("discovered_differs", "said to have been discovered at different times")
    if known_before(a.known, b.occurred) or known_before(b.known, a.occurred):
        yield Evidence("known_before", "one was known before the other happened")


def _allowance(left: tuple[Span, ...], right: tuple[Span, ...]) -> int:
    """Days that dates of one event may differ by; a month stands for any of its days."""
    vague = any(s[1] > s[0] for s in (*left, *right))
    return days("same_event_days") + (15 if vague else 0)


def _nearness(a: IncidentFacts, b: IncidentFacts) -> Evidence:
    apart = nearest(a.anchors, b.anchors)
    if apart is None:
        return Evidence("undated", "one has no date")
    window = days("listing_days") if a.listing or b.listing else days("near_days")
    if apart <= window:
        return Evidence("near", f"{apart} days apart")
    if apart <= days("months_days"):
        return Evidence("within_months", f"{apart} days apart")
    if apart <= days("year_days"):
        return Evidence("within_year", f"{apart} days apart")
    return Evidence("far", f"{apart} days apart")


def _parties(left: Told, right: Told) -> Iterator[Evidence]:
    if left.actors & right.actors:
        yield Evidence("actor_agrees", "by the same actor")
    elif left.actors and right.actors:
        yield Evidence("actor_differs", "by different actors")
        apart = nearest(left.facts.anchors, right.facts.anchors)
        if left.facts.listing and right.facts.listing and apart is not None and apart <= days("listing_days"):
            yield Evidence("listed_again", "listed again by another group")
    if left.suppliers & right.suppliers:
        yield Evidence("supplier_agrees", "through the same third party")
    elif left.suppliers and right.suppliers:
        yield Evidence("supplier_differs", "through different third parties")


def _facts(left: Told, right: Told) -> Iterator[Evidence]:
    a, b = left.facts, right.facts
    numbers = a.numbers & b.numbers
    if telling := [number for number in numbers if _telling(number)]:
        yield Evidence("telling_number_agrees", f"the same number ({min(telling)})")
    elif numbers:
        yield Evidence("number_agrees", f"the same number ({min(numbers)})")
    yield from _attacks(a.attacks, b.attacks)
    if a.details & b.details:
        yield Evidence("detail_agrees", f"both name {min(a.details & b.details)}")


def _telling(number: int) -> bool:
    """Whether two reports hardly name this number by chance: 48,211 and 88,000, but not 3,000,000 or 812."""
    return number >= TELLING_NUMBER and len(str(number).rstrip("0")) >= TELLING_DIGITS


def _attacks(left: frozenset[str], right: frozenset[str]) -> Iterator[Evidence]:
    """Kinds of attack, held against each other. Ways in and what was done inside go together: one report tells of the
    phishing, the next of the ransomware."""
    if left & right:
        yield Evidence("attack_agrees", f"the same kind of attack ({min(left & right)})")
    elif left and right:
        words = f"different kinds of attack ({min(left)}, {min(right)})"
        kindred = left | right <= _one_intrusion()
        yield Evidence("attack_told_otherwise" if kindred else "attack_differs", words)


@cache
def _one_intrusion() -> frozenset[str]:
    return frozenset(toml_file(WEIGHTS)["incident"]["one_intrusion"])
