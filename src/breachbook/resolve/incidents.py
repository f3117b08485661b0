"""Incident mentions to incidents: reports of one victim's one incident come together, those of another stay apart."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from breachbook.model.entity import Match
from breachbook.resolve.actor_names import canonical_actor
from breachbook.resolve.dates import Span, closest_gap
from breachbook.resolve.incident_match import Told, compare, known_before
from breachbook.resolve.kinds import Kind
from breachbook.resolve.mentions import IncidentFacts, Mention
from breachbook.resolve.packing import unpack
from breachbook.resolve.shelf import Shelf
from breachbook.resolve.weights import days

MOST_STRETCHES = 60
"""Stretches of time that an incident is filed under; a report names a few dates."""


@dataclass(frozen=True, slots=True)
class Report:
    """An incident as its document tells it, with its organisations as mentions: `victims` are those with a name, in the order
    named, or where all are denied, those."""

    mention: str
    document: str
    facts: IncidentFacts
    victims: tuple[str, ...]
    suppliers: tuple[str, ...]
    actors: frozenset[str]


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


def report(mention: Mention, facts: IncidentFacts, described: Collection[str]) -> Report:
    """An incident as its document tells it.

    Args:
        mention: the incident's mention.
        facts: when and how, by that document.
        described: mentions of victims that have no name; they join nothing.
    """
    named = [str(c.object_mention) for c in mention.values("victim") if c.object_mention and c.object_mention not in described]
    denied = [str(c.object_mention) for c in mention.claims if c.property == "victim" and c.certainty == "denied" and c.object]
    suppliers = [str(c.object_mention) for c in mention.values("third_party", "product") if c.object_mention]
    return Report(
        mention=mention.id,
        document=mention.document.id,
        facts=facts,
        victims=tuple(dict.fromkeys(named or [m for m in denied if m not in described])),
        suppliers=tuple(dict.fromkeys(suppliers)),
        actors=frozenset(actor.key for text in mention.texts("actor") if (actor := canonical_actor(text)) is not None),
    )


def told(reports: Mapping[str, Report], organisation: Mapping[str, str]) -> dict[str, Told]:
    """Incidents with their organisations resolved; `organisation` leads from a mention to its organisation."""
    found = {}
    for node, own in reports.items():
        suppliers = frozenset(organisation[m] for m in own.suppliers)
        victims = _hit(list(dict.fromkeys(organisation[m] for m in own.victims)), suppliers)
        found[node] = Told(
            mention=own.mention,
            document=own.document,
            facts=own.facts,
            victims=frozenset(victims),
            main=victims[0] if victims else None,
            suppliers=suppliers,
            actors=own.actors,
        )
    return found


def _hit(victims: list[str], suppliers: frozenset[str]) -> list[str]:
    """The victims without those that are suppliers too, where others are left: two customers' incidents are not one because
    reports call the supplier, through which both were hit, a victim as well."""
    return [victim for victim in victims if victim not in suppliers] or victims


def organisations_of(shelf: Shelf, mentions: Collection[str]) -> dict[str, str]:
    """The organisation of each mention of one, as it is at present."""
    nodes = shelf.nodes_of("organisation", mentions)
    entities = shelf.entities_of("organisation", set(nodes.values()))
    return {mention: entities[node] for mention, node in nodes.items()}


def incidents_on(shelf: Shelf) -> Kind[Report]:
    """Incidents, as linking needs to know them; their organisations lie on the shelf."""

    def ready(packed: Mapping[str, str]) -> Mapping[str, Told]:
        reports = {node: unpack(Report, facts) for node, facts in packed.items()}
        return told(reports, organisations_of(shelf, {m for own in reports.values() for m in (*own.victims, *own.suppliers)}))

    return Kind(
        name="incident",
        facts=Report,
        same_words=lambda _: None,
        merged=_only,
        ready=ready,
        keys=_keys,
        strong=frozenset({"when", "actor", "number"}),
        compare=compare,
        summary=_summary,
        alike=_never,
    )


def _only(facts: Sequence[Report], _first: str) -> Report:
    """An incident's mention stands alone: of several facts the last are the newest."""
    return facts[-1]


def _never(_facts: Report, first: str, other: str) -> Match:
    raise AssertionError(f"two incidents in one node: {first}, {other}")


def _summary(report: Told) -> IncidentSummary:
    facts = report.facts
    return IncidentSummary({report.document}, {report.victims} if report.victims else set(), set(facts.occurred), set(facts.known))


def _keys(report: Told) -> Iterator[str]:
    """The victim; and for one of whom much is told, the victim at one time, by one actor, with one number."""
    window = days("months_days")
    stretches = sorted({stretch for first, last in report.facts.anchors for stretch in range(first // window, last // window + 2)})
    for victim in sorted(report.victims):
        yield f"victim:{victim}"
        yield from (f"when:{victim}:{stretch}" for stretch in stretches[:MOST_STRETCHES])
        yield from (f"actor:{victim}:{actor}" for actor in sorted(report.actors))
        yield from (f"number:{victim}:{number}" for number in sorted(report.facts.numbers))
