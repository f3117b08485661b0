"""The timeline of an incident, in two lanes: what happened when, and when who said what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from breachbook.model.record import TimelineEntry
from breachbook.publish.speakers import NOUNS
from breachbook.publish.view import IncidentView
from breachbook.publish.weighing import Weighed
from breachbook.publish.wording import words
from breachbook.text.partial_dates import earliest, latest
from breachbook.vocab import properties, terms

HAPPENED = ("occurred_from", "occurred_to", "discovered", "listed", "disclosed", "notified")
"""The dates of an incident itself."""

SILENT = frozenset({"claimed", "confirmed", "retracted", "actor_kind"})
"""Flags and kinds that are said in words of their own, or not in a timeline at all."""

FLAGS = {
    ("confirmed", True): "confirms the incident",
    ("confirmed", False): "denies the incident",
    ("claimed", True): "claims the attack",
    ("retracted", True): "takes back what was said",
}
"""What saying a flag is, as a verb of its speaker."""

MOST_PARTS = 6
"""Properties told in one entry, and values of each; the fields have the rest."""


def timeline(view: IncidentView) -> tuple[TimelineEntry, ...]:
    """Both lanes together by date; what happened stands before what became known on the same day."""
    entries = [*_happened(view), *_known(view)]
    return tuple(sorted(entries, key=_place))


def _place(entry: TimelineEntry) -> tuple[date, str]:
    return (earliest if entry.lane == "happened" else latest)(entry.date), entry.lane


def _happened(view: IncidentView) -> Iterable[TimelineEntry]:
    for name in HAPPENED:
        for value in view.values(name):
            exact = words(name, value.value, value.qualifier)
            text = f"{properties.get(name).label}: {exact}, {value.standing}"
            yield TimelineEntry(str(value.value), "happened", text, tuple(e.claim for e in value.claims))


def _known(view: IncidentView) -> Iterable[TimelineEntry]:
    """One entry for all that one speaker says in one document (or one update of it) and nobody of that kind said before."""
    told: set[tuple[object, ...]] = set()
    for group in _by_saying(view):
        new = []
        for w in group:
            what = (w.claim.property, w.key, w.claim.certainty, w.role)
            if what not in told:
                told.add(what)
                new.append(w)
        if new:
            first = new[0]
            when = first.claim.said or first.meta.published or first.meta.added[:10]
            yield TimelineEntry(when, "known", _text(view, new), tuple(w.id for w in new))


def _by_saying(view: IncidentView) -> list[list[Weighed]]:
    groups: dict[tuple[object, ...], list[Weighed]] = {}
    for given in view.weighed.values():
        for w in given:
            groups.setdefault((w.day, w.meta.sequence, w.claim.revision, w.role, w.claim.speaker.name or ""), []).append(w)
    return [groups[key] for key in sorted(groups)]


def _text(view: IncidentView, new: list[Weighed]) -> str:
    first = new[0]
    flags = [FLAGS[w.claim.property, bool(w.key[1])] for w in new if (w.claim.property, w.key[1]) in FLAGS]
    told: dict[str, list[str]] = {}
    for w in new:
        if w.claim.property not in SILENT:
            told.setdefault(_label(w), []).append(_value(view, w))
    parts = [f"{label} {', '.join(_most(list(dict.fromkeys(values))))}" for label, values in told.items()]
    said = "; ".join([*dict.fromkeys(flags), *_most(parts)])
    update = " in an update" if first.claim.revision else ""
    return f"{_who(first)}{update}: {said or 'speaks of the incident'}"


def _who(w: Weighed) -> str:
    """Who says it, and through whom: `Lakeshore Radio News`, `the victim, in Lakeshore Radio News`."""
    publisher, name = w.meta.publisher, w.claim.speaker.name
    noun = name or f"the {NOUNS[w.role]}"
    own = w.meta.publisher_role == w.role or (w.meta.publisher_role is None and w.role == "press")
    if publisher is None:
        return noun[:1].upper() + noun[1:]
    if own and name in (None, publisher):
        return f"{publisher} ({NOUNS[w.role]})"
    return f"{noun[:1].upper() + noun[1:]}, in {publisher}"


def _most(parts: list[str]) -> list[str]:
    return parts if len(parts) <= MOST_PARTS else [*parts[:MOST_PARTS], f"{len(parts) - MOST_PARTS} more"]


def _label(w: Weighed) -> str:
    label = properties.get(w.claim.property).label
    return label[:1].lower() + label[1:]


def _value(view: IncidentView, w: Weighed) -> str:
    claim = w.claim
    value = words(claim.property, claim.value, claim.qualifier, claim.unit)
    if w.key[0] == "entity" and w.entity is not None:
        value = view.names.get(w.entity.id, w.entity.name)
    elif properties.get(claim.property).value.startswith("term:"):
        value = value[:1].lower() + value[1:]
    if claim.certainty == "stated":
        return value
    sure = "not affected" if (claim.property, claim.certainty) == ("data_class", "denied") else terms.label("certainty", claim.certainty)
    return f"{value} ({sure.lower()})"
