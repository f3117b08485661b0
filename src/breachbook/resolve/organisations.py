"""Organisation mentions to organisations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from breachbook.model.entity import Match
from breachbook.resolve.kinds import Kind
from breachbook.resolve.organisation_facts import OrganisationFacts, kind_types
from breachbook.resolve.organisation_match import compare, domains_differ, regions_differ
from breachbook.resolve.packing import unpack
from breachbook.resolve.weights import SAME, days

SHORTEST_SQUASH = 5
"""Letters of a name written together that make a key."""

LONGEST_ACRONYM = 6
"""Letters of a word that may be an acronym."""

MOST_DAYS = 50
"""Dates of incidents that mentions of one signature are compared by."""

STRONG = frozenset({"name", "core", "squash", "domain", "place", "near"})
"""Keys whose bearers may well be one organisation; others only say that names may be misspelt or abbreviated."""


@dataclass(slots=True)
class OrganisationSummary:
    """What a cluster's mentions say of where it is and of what kind."""

    countries: set[str]
    regions: set[str]
    domains: set[str]
    types: set[str]

    def contradiction(self, other: OrganisationSummary) -> str | None:
        """Why two clusters cannot be one organisation, or None."""
        if self.countries and other.countries and not self.countries & other.countries:
            return "their countries contradict"
        if regions_differ(frozenset(self.regions), frozenset(other.regions)):
            return "their regions contradict"
        if domains_differ(frozenset(self.domains), frozenset(other.domains)):
            return "their domains contradict"
        if self.types and other.types and not self.types & other.types:
            return "their kinds contradict"
        return None

    def absorb(self, other: OrganisationSummary) -> None:
        """Takes in another cluster."""
        self.countries |= other.countries
        self.regions |= other.regions
        self.domains |= other.domains
        self.types |= other.types


def _summary(facts: OrganisationFacts) -> OrganisationSummary:
    return OrganisationSummary(set(facts.countries), set(facts.regions), set(facts.domains), set(kind_types(facts.names)))


def _same_words(facts: OrganisationFacts) -> object | None:
    """What mentions that need no second look at each other have in common; None for one without a name that is its own."""
    if facts.described or any(name.generic for name in facts.names):
        return None
    return facts.signature


def _merged(facts: Sequence[OrganisationFacts], first: str) -> OrganisationFacts:
    return replace(
        facts[0],
        mention=first,
        days=tuple(sorted({d for f in facts for d in f.days}))[:MOST_DAYS],
        actors=frozenset().union(*(f.actors for f in facts)),
        suppliers=frozenset().union(*(f.suppliers for f in facts)),
        numbers=frozenset().union(*(f.numbers for f in facts)),
        attacks=frozenset().union(*(f.attacks for f in facts)),
    )


def _alike(facts: OrganisationFacts, first: str, other: str) -> Match:
    """The match of two mentions that say the same of an organisation; what happened to it is left aside."""
    none: frozenset[str] = frozenset()
    bare = replace(facts, days=(), actors=none, suppliers=none, numbers=frozenset(), attacks=none)
    match = compare(replace(bare, mention=first), replace(bare, mention=other))
    assert match is not None  # they have a name in common
    return replace(match, decision=SAME)


def _ready(packed: Mapping[str, str]) -> Mapping[str, OrganisationFacts]:
    return {node: unpack(OrganisationFacts, facts) for node, facts in packed.items()}


def _keys(facts: OrganisationFacts) -> Iterator[str]:
    """The keys of the blocks an organisation is looked for in."""
    for name in (*facts.names, *facts.aliases):
        yield f"name:{name.bare}"
        yield f"core:{' '.join(name.core)}"
    for name in facts.names:
        if len(name.squash) >= SHORTEST_SQUASH:
            yield f"squash:{name.squash}"
            yield f"edge:{name.squash[:4]}:{name.squash[-3:]}"
        if name.acronym:
            yield f"initials:{name.acronym}"
        if name.key.isalpha() and len(name.key) <= LONGEST_ACRONYM:
            yield f"initials:{name.key}"
    for domain in facts.domains:
        yield f"domain:{domain}"
    for label in facts.labels:
        yield f"squash:{label}"
    yield from _narrow_keys(facts)


def _narrow_keys(facts: OrganisationFacts) -> Iterator[str]:
    """Of names that many bear, a key for each place, and for each stretch of time in which incidents of one may be told."""
    window = days("organisation_days")
    stretches = sorted({stretch for first, last in facts.days for stretch in range(first // window, last // window + 2)})
    for name in facts.names:
        if name.generic:
            for place in sorted(facts.regions | facts.places):
                yield f"place:{name.bare}:{place}"
            for stretch in stretches[:MOST_DAYS]:
                yield f"near:{name.bare}:{stretch}"


ORGANISATIONS = Kind(
    name="organisation",
    facts=OrganisationFacts,
    same_words=_same_words,
    merged=_merged,
    ready=_ready,
    keys=_keys,
    strong=STRONG,
    compare=compare,
    summary=_summary,
    alike=_alike,
)
"""Organisations, as linking needs to know them."""
