"""The record of an incident."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from breachbook.model.dossier import Dossier, EntityRef
from breachbook.model.record import Field, FieldValue, Record
from breachbook.publish.fields import make_field
from breachbook.publish.left_out import left_out
from breachbook.publish.narrative import narrative
from breachbook.publish.sources import sources
from breachbook.publish.timeline import timeline
from breachbook.publish.view import IncidentView
from breachbook.publish.weighing import weigh
from breachbook.vocab import properties

OF_VICTIMS = ("country", "region", "sector", "domain")
"""What an incident's record shows of its victims themselves: of each victim its own winning value."""


def incident(dossier: Dossier, as_of: date | None) -> Record | None:
    """The record of an incident as known by a day (None: today), or None when nothing was known of it."""
    view = IncidentView(dossier, as_of)
    if not view.known:
        return None
    about = _about_victims(view)
    return Record(
        id=dossier.entity.id,
        kind="incident",
        name=view.name,
        as_of=as_of.isoformat() if as_of else None,
        fields=(*view.fields.values(), *about.values()),
        summary=narrative(view, about.get("country")),
        status=view.status.name,
        status_claims=view.status.claims,
        timeline=timeline(view),
        sources=sources(view.weighed.values()),
        left_out=left_out(view),
        campaigns=_campaigns(view),
        note=dossier.entity.note,
    )


def _campaigns(view: IncidentView) -> tuple[EntityRef, ...]:
    """The campaigns it belongs to; as of a day, those that a source had named or whose product was known."""
    if view.as_of is None or view.values("campaign") or view.values("product") or view.values("third_party") or view.values("cve"):
        return view.dossier.campaigns
    return ()


def _about_victims(view: IncidentView) -> dict[str, Field]:
    """Country, region, sector and domain of the victims, each value linked to the victim whose it is."""
    d = view.dossier
    fields: dict[str, Field] = {}
    victims = {v.entity.id: v.entity for v in view.values("victim") if v.entity}
    mentions: dict[str, set[str]] = {}
    for mention, ref in d.links.items():
        if ref.id in victims:
            mentions.setdefault(ref.id, set()).add(mention)
    found: dict[str, tuple[list[FieldValue], list[FieldValue]]] = {}
    for victim_id, victim in victims.items():
        weighed = weigh(d.about, d.documents, d.links, mentions.get(victim_id, set()), view.as_of)
        for name in OF_VICTIMS:
            made = make_field(name, weighed.get(name, ()), view.names)
            if made:
                values, losing = found.setdefault(name, ([], []))
                values += [replace(v, entity=victim) for v in made.values]
                losing += [replace(v, entity=victim) for v in made.losing]
    for name in OF_VICTIMS:
        if name in found:
            values, losing = found[name]
            fields[name] = Field(name, properties.get(name).label, tuple(values), tuple(losing))
    return fields
