"""Incident mentions to incidents: reports of one victim's one incident come together, those of another stay apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from breachbook.model.entity import Match
from breachbook.model.judgement import Judgement
from breachbook.resolve import judging
from breachbook.resolve.actor_names import canonical_actor
from breachbook.resolve.blocking import Order, blocks, pairs
from breachbook.resolve.clusters import Clusters
from breachbook.resolve.dates import Span, closest_gap
from breachbook.resolve.incident_match import Told, compare, known_before
from breachbook.resolve.joining import join_all
from breachbook.resolve.mentions import IncidentFacts, Mention
from breachbook.resolve.weights import days


@dataclass(slots=True)
class IncidentSummary:
    """What a cluster's reports say: in which documents, of which sets of victims, when it happened, since when it is known."""

    documents: set[str]
    victims: set[frozenset[str]]
    occurred: set[Span]
    known: set[Span]

    def contradiction(self, other: IncidentSummary) -> str | None:
        """Why two clusters cannot be one incident, or None."""
        if self.documents & other.documents:
            return "one document tells them apart"
        if any(not (a & b) for a in self.victims for b in other.victims):
            return "their victims contradict"
        mine, theirs = tuple(self.occurred), tuple(other.occurred)
        if (closest_gap(mine, theirs) or 0) > days("occurred_other"):
            return "they happened at different times"
        if known_before(tuple(self.known), theirs) or known_before(tuple(other.known), mine):
            return "one was known before the other happened"
        return None

    def absorb(self, other: IncidentSummary) -> None:
        """Takes in another cluster."""
        self.documents |= other.documents
        self.victims |= other.victims
        self.occurred |= other.occurred
        self.known |= other.known


def told(mention: Mention, facts: IncidentFacts, organisation: Callable[[str], str], described: frozenset[str]) -> Told:
    """An incident as its document tells it, with organisations resolved.

    Args:
        mention: the incident's mention.
        facts: when and how, by that document.
        organisation: leads from an organisation's mention to what stands for its cluster.
        described: mentions of victims that have no name; they join nothing.
    """
    named = [str(c.object_mention) for c in mention.values("victim") if c.object_mention and c.object_mention not in described]
    denied = [str(c.object_mention) for c in mention.claims if c.property == "victim" and c.certainty == "denied" and c.object]
    suppliers = frozenset(organisation(str(c.object_mention)) for c in mention.values("third_party", "product") if c.object_mention)
    victims = _hit(list(dict.fromkeys(organisation(m) for m in (named or [m for m in denied if m not in described]))), suppliers)
    return Told(
        mention=mention.id,
        document=mention.document.id,
        facts=facts,
        victims=frozenset(victims),
        main=victims[0] if victims else None,
        suppliers=suppliers,
        actors=frozenset(actor.key for text in mention.texts("actor") if (actor := canonical_actor(text)) is not None),
    )


def _hit(victims: list[str], suppliers: frozenset[str]) -> list[str]:
    """The victims without those that are suppliers too, where others are left: two customers' incidents are not one because
    reports call the supplier, through which both were hit, a victim as well."""
    return [victim for victim in victims if victim not in suppliers] or victims


def cluster_incidents(
    reports: Mapping[str, Told], judgements: Sequence[Judgement], names: Mapping[str, str]
) -> tuple[Clusters[IncidentSummary], list[Match]]:
    """Incidents as clusters of mentions, and the matches that made them or were refused or are put forward.

    Args:
        reports: what each mention tells, by id.
        judgements: those standing, the latest first.
        names: mentions by the ids of entities, for judgements that name entities.
    """
    clusters = Clusters(reports, lambda mention: _summary(reports[mention]))
    matches = judging.apply(clusters, judgements, names)
    candidates = pairs(blocks({mention: list(_keys(report)) for mention, report in reports.items()}), _orders(reports))
    found = (compare(reports[left], reports[right]) for left, right in candidates)
    return clusters, matches + join_all(clusters, (m for m in found if m is not None))


def _summary(report: Told) -> IncidentSummary:
    facts = report.facts
    return IncidentSummary({report.document}, {report.victims} if report.victims else set(), set(facts.occurred), set(facts.known))


def _keys(report: Told) -> Iterator[str]:
    yield from sorted(report.victims)


def _orders(reports: Mapping[str, Told]) -> list[Order]:
    """Large blocks (a victim of whom much is written) are compared in order of when it happened, was known, by whom, and how many."""

    def by_event(item: str) -> tuple[object, ...]:
        return reports[item].facts.event[:1] or reports[item].facts.anchors[:1], ()

    def by_known(item: str) -> tuple[object, ...]:
        return reports[item].facts.anchors[-1:], ()

    def by_actor(item: str) -> tuple[object, ...]:
        return sorted(reports[item].actors), reports[item].facts.anchors[:1]

    def by_number(item: str) -> tuple[object, ...]:
        return sorted(reports[item].facts.numbers), reports[item].facts.anchors[:1]

    return [by_event, by_known, by_actor, by_number]
