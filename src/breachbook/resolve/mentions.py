"""Mentions: what one document says of one organisation, actor or incident, gathered from its claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from breachbook.model.claim import Claim
from breachbook.model.document import DocumentMeta
from breachbook.model.dossier import ReadDocument
from breachbook.resolve.dates import Span, span
from breachbook.resolve.weights import days

EVENT_DATES = ("occurred_from", "occurred_to", "discovered")
"""When it happened."""

KNOWN_DATES = ("listed", "disclosed", "notified")
"""When it became known."""

NUMBERS = ("people_affected", "records_affected", "data_volume_bytes")

NAMING = ("victim", "third_party", "product")
"""Properties of an incident whose object is an organisation; the value of the first two is its name."""

DETAILS = ("cve", "malware", "campaign")


@dataclass(slots=True)
class Mention:
    """A mention of any kind: the claims it is subject of, and those it is object of, in the order of the text.

    `order` puts the mentions of the book in the order in which they were added.
    """

    id: str
    order: tuple[int, int]
    document: DocumentMeta
    claims: list[Claim] = field(default_factory=list)
    called: list[Claim] = field(default_factory=list)

    def values(self, *properties: str) -> list[Claim]:
        """Its own claims of some properties that are not denied."""
        return [c for c in self.claims if c.property in properties and c.certainty != "denied"]

    def texts(self, *properties: str) -> list[str]:
        """Their values as text."""
        return [str(c.value) for c in self.values(*properties)]


@dataclass(slots=True)
class IncidentFacts:
    """What resolving needs of an incident as one document tells it. `known` are days by which it was known, `event` days
    on which it happened, `anchors` both; `published` when the document came out."""

    occurred: tuple[Span, ...]
    discovered: tuple[Span, ...]
    known: tuple[Span, ...]
    event: tuple[Span, ...]
    anchors: tuple[Span, ...]
    numbers: frozenset[int]
    attacks: frozenset[str]
    details: frozenset[str]
    listing: bool


@dataclass(slots=True)
class Mentions:
    """All mentions of the book by id."""

    organisations: dict[str, Mention]
    actors: dict[str, Mention]
    incidents: dict[str, Mention]


def collect(documents: Sequence[ReadDocument]) -> Mentions:
    """The mentions of all documents, in the order of their sequence and of the text."""
    found: dict[str, dict[str, Mention]] = {"organisation": {}, "actor": {}, "incident": {}}
    for document in sorted(documents, key=lambda d: (d.meta.sequence, d.meta.id)):
        place = 0
        for claim in document.claims:
            for local, own in ((claim.subject, True), (claim.object, False)):
                kind = local.partition(":")[0] if local else ""
                if kind not in found:
                    continue
                mention_id = claim.mention if own else str(claim.object_mention)
                mention = found[kind].get(mention_id)
                if mention is None:
                    place += 1
                    mention = found[kind][mention_id] = Mention(mention_id, (document.meta.sequence, place), document.meta)
                (mention.claims if own else mention.called).append(claim)
    return Mentions(found["organisation"], found["actor"], found["incident"])


def incident_facts(mention: Mention) -> IncidentFacts:
    """What one document says of when and how an incident happened."""
    dates: dict[str, list[Span]] = defaultdict(list)
    for claim in mention.values(*EVENT_DATES, *KNOWN_DATES):
        dates[claim.property].append(span(str(claim.value)))
    event = [s for name in EVENT_DATES for s in dates[name]]
    known = [s for name in KNOWN_DATES for s in dates[name]]
    published = [span(mention.document.published)] if mention.document.published else []
    late = bool(event and published) and published[0][0] - max(s[1] for s in event) > days("late_report")
    anchors = [*event, *known, *([] if late else published)]
    return IncidentFacts(
        occurred=_unique(s for name in EVENT_DATES[:2] for s in dates[name]),
        discovered=_unique(dates["discovered"]),
        known=_unique([*known, *dates["discovered"], *published]),
        event=_unique(event),
        anchors=_unique(anchors),
        numbers=frozenset(int(c.value) for c in mention.values(*NUMBERS)),
        attacks=frozenset(mention.texts("attack_type")) - {"hacking_unspecified"},
        details=frozenset(text.casefold() for text in mention.texts(*DETAILS)),
        listing=mention.document.publisher_role == "threat_actor" or (bool(dates["listed"]) and not event),
    )


def _unique(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(set(spans)))
