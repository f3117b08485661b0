"""Organisation mentions to organisations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from breachbook.model.entity import Match
from breachbook.model.judgement import Judgement
from breachbook.resolve import judging
from breachbook.resolve.blocking import blocks, pairs
from breachbook.resolve.clusters import Clusters
from breachbook.resolve.joining import join_all
from breachbook.resolve.organisation_facts import OrganisationFacts, kind_types
from breachbook.resolve.organisation_match import compare, domains_differ, regions_differ

SHORTEST_SQUASH = 5
"""Letters of a name written together that make a key."""

LONGEST_ACRONYM = 6
"""Letters of a word that may be an acronym."""

MOST_DAYS = 50
"""Dates of incidents that mentions of one signature are compared by."""


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


def cluster_organisations(
    facts: Mapping[str, OrganisationFacts], judgements: Sequence[Judgement], names: Mapping[str, str]
) -> tuple[Clusters[OrganisationSummary], list[Match]]:
    """Organisations as clusters of mentions, and the matches that made them or were refused or are put forward.

    Args:
        facts: what is known of each mention, by id.
        judgements: those standing, the latest first.
        names: mentions by the ids of entities, for judgements that name entities.
    """
    clusters = Clusters(facts, lambda mention: _summary(facts[mention]))
    matches = judging.apply(clusters, judgements, names)
    nodes = _nodes(facts, judging.leaving(judgements, names))
    alike = [m for node, members in nodes.items() for other in members[1:] if (m := compare(facts[node], facts[other]))]
    merged = {node: _merged(facts, members) for node, members in nodes.items()}
    found = (compare(merged[a], merged[b]) for a, b in pairs(blocks({n: list(_keys(f)) for n, f in merged.items()}), _orders(merged)))
    return clusters, matches + join_all(clusters, [*alike, *(m for m in found if m is not None)])


def _summary(facts: OrganisationFacts) -> OrganisationSummary:
    return OrganisationSummary(set(facts.countries), set(facts.regions), set(facts.domains), set(kind_types(facts.names)))


def _nodes(facts: Mapping[str, OrganisationFacts], leaving: set[str]) -> dict[str, list[str]]:
    """Mentions that say the same of an organisation with a name of its own, by the smallest of them; others singly."""
    found: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for mention in sorted(facts):
        own = facts[mention]
        single = own.described or own.generic or mention in leaving
        found[(mention,) if single else own.signature].append(mention)
    return {members[0]: members for members in found.values()}


def _merged(facts: Mapping[str, OrganisationFacts], members: Sequence[str]) -> OrganisationFacts:
    first = facts[members[0]]
    if len(members) == 1:
        return first
    rest = [facts[m] for m in members]
    return replace(
        first,
        days=tuple(sorted({d for f in rest for d in f.days}))[:MOST_DAYS],
        actors=frozenset().union(*(f.actors for f in rest)),
        suppliers=frozenset().union(*(f.suppliers for f in rest)),
        numbers=frozenset().union(*(f.numbers for f in rest)),
        attacks=frozenset().union(*(f.attacks for f in rest)),
    )


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


def _orders(facts: Mapping[str, OrganisationFacts]) -> list[Any]:
    """Large blocks are compared in order of name and place, and in order of date."""

    def by_place(item: str) -> tuple[Any, ...]:
        own = facts[item]
        key = own.names[0].key if own.names else ""
        return key, sorted(own.domains), sorted(own.countries), sorted(own.regions), sorted(own.places), own.days[:1]

    def by_date(item: str) -> tuple[Any, ...]:
        return facts[item].days[:1], facts[item].names[0].key if facts[item].names else ""

    return [by_place, by_date]
