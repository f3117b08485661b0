"""Victims that a campaign's actor lists while it runs: put forward with the reason, never counted among its incidents.

A group that exploits one product for some weeks still breaks into others by other ways, so that its listing alone says nothing of how.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from breachbook.errors import NotFoundError
from breachbook.model.record import Participation, Record
from breachbook.resolve.dates import span
from breachbook.resolve.weights import days

if TYPE_CHECKING:
    from breachbook.pipeline import Book

TIED_BY = 2
"""Incidents of a campaign that must name an actor before its listings are looked at."""

MOST_PROPOSED = 200
"""Victims put forward for one campaign at most, those listed last; the actor's profile has all."""

TOLD = ("third_party", "product", "cve", "campaign")
"""Fields that say how a victim was hit, or in which campaign: who has one needs no guess."""

LISTING_ATTACKS = frozenset({"ransomware", "exploited_vulnerability", "third_party", "hacking_unspecified"})
"""Kinds of attack that agree with a theft through somebody's product."""


def with_proposals(book: Book, record: Record, day: date | None) -> Record:
    """A campaign with `may_belong` in its extra: incident, its status and date, the actor, and the reason in words.

    Only what the actor alone says (status `alleged`), in the campaign's window, and of which nothing says how it was done.
    """
    window = _window(record)
    if record.kind != "campaign" or window is None:
        return record
    members = {part.incident.id for part in record.participations}
    found: dict[str, dict[str, Any]] = {}
    for actor in _tied(book, record, day):
        listed = [p for p in actor.participations if p.incident.id not in members and _within(p, window)]
        for part in listed[:MOST_PROPOSED]:
            if part.incident.id not in found and not _explained(book, part, day):
                found[part.incident.id] = _proposal(record, actor, part)
    return replace(record, extra={**record.extra, "may_belong": list(found.values())}) if found else record


def _window(record: Record) -> tuple[int, int] | None:
    """The days, as ordinals, from the first incident of a campaign until its victims have been listed."""
    spans = [span(part.date) for part in record.participations if part.date]
    return (min(s[0] for s in spans), max(s[0] for s in spans) + days("listing_days")) if spans else None


def _tied(book: Book, record: Record, day: date | None) -> list[Record]:
    """The actors that several incidents of the campaign name, each with its profile."""
    field = record.field("actor")
    members = {part.incident.id for part in record.participations}
    found = []
    for ref in {v.entity.id: v.entity for v in field.values if v.entity}.values() if field else ():
        try:
            actor = book.record(ref.id, day)
        except NotFoundError:
            continue
        if len(members & {part.incident.id for part in actor.participations if part.certainty != "denied"}) >= TIED_BY:
            found.append(actor)
    return found


def _within(part: Participation, window: tuple[int, int]) -> bool:
    return part.status == "alleged" and part.date is not None and window[0] <= span(part.date)[0] <= window[1]


def _explained(book: Book, part: Participation, day: date | None) -> bool:
    """Whether something is told of how a listed victim was hit, or a kind of attack that does not go with a listing."""
    try:
        incident = book.record(part.incident.id, day)
    except NotFoundError:
        return True
    attacks = incident.field("attack_type")
    kinds = {str(value.value) for value in attacks.values} if attacks else set()
    return any(incident.field(name) for name in TOLD) or bool(incident.campaigns) or bool(kinds and not kinds & LISTING_ATTACKS)


def _proposal(record: Record, actor: Record, part: Participation) -> dict[str, Any]:
    return {
        "incident": {"id": part.incident.id, "name": part.incident.name},
        "status": part.status,
        "date": part.date,
        "actor": {"id": actor.id, "name": actor.name},
        "claims": list(part.claims),
        "reason": f"listed by {actor.name}, whom incidents of {record.name} name, while it ran; how it was hit is not said",
    }
