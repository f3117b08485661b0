"""What a statement of the victim did not say although others had said it by then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from breachbook.model.document import DocumentMeta
from breachbook.model.record import LeftOut
from breachbook.publish.fields import make_field
from breachbook.publish.view import IncidentView
from breachbook.publish.weighing import Weighed, ordered
from breachbook.text.partial_dates import latest
from breachbook.vocab import properties

NOT_MISSED = frozenset({"victim", "disclosed", "confirmed", "claimed", "retracted", "actor_kind"})
"""Properties that a statement has by being one, or that are only about who said what."""


def left_out(view: IncidentView) -> tuple[LeftOut, ...]:
    """For each statement of the victim, oldest first: the properties that others had said by its day and that it does not say.

    "By its day" means by the end of the last day that the statement may have been published on.
    """
    found: list[LeftOut] = []
    for day, statement in _statements(view):
        said = {name for name, given in view.weighed.items() if any(w.meta.id == statement.id for w in given)}
        for name, given in view.weighed.items():
            if name not in NOT_MISSED and name not in said:
                found += _missing(view, statement, name, [w for w in given if w.day <= day and w.role != "victim"])
    return tuple(found)


def _statements(view: IncidentView) -> list[tuple[date, DocumentMeta]]:
    """The victim's own documents on the incident, with their day."""
    own = {w.meta.id: w.meta for given in view.weighed.values() for w in given if w.meta.publisher_role == "victim"}
    days = [(_day(view.weighed.values(), meta), meta) for meta in own.values()]
    return sorted(days, key=lambda pair: (pair[0], pair[1].sequence, pair[1].id))


def _day(by_property: Iterable[Sequence[Weighed]], meta: DocumentMeta) -> date:
    if meta.published:
        return latest(meta.published)
    return max(w.day for given in by_property for w in given if w.meta.id == meta.id)


def _missing(view: IncidentView, statement: DocumentMeta, name: str, by_then: Sequence[Weighed]) -> list[LeftOut]:
    field = make_field(name, ordered(name, by_then), view.names)
    if field is None or not field.values:
        return []
    shown = "; ".join(f"{v.display} ({v.standing})" for v in field.values)
    claims = tuple(e.claim for v in field.values for e in v.claims)
    return [LeftOut(statement.id, statement.published, name, properties.get(name).label, shown, claims)]
