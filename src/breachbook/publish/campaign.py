"""Campaigns: which incidents belong to one and how surely, and the window of time in which they began."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from breachbook.model.entity import Entity
from breachbook.model.record import FieldValue
from breachbook.publish.participation import Part, newest_first
from breachbook.publish.view import IncidentView
from breachbook.publish.weighing import folded
from breachbook.text import display
from breachbook.text.partial_dates import earliest, latest
from breachbook.vocab import precedence

TIES = ("product", "third_party", "cve")
"""What ties an incident to a campaign when no source counts it among one, the most telling first."""

TIED_AT_MOST = "likely"
"""How sure a membership can be that no source states, only a product in common within one window."""


def membership(entity: Entity, views: Sequence[IncidentView]) -> list[Part]:
    """The incidents of a campaign with the value that makes each a member, newest first."""
    names = {folded(name) for name in (entity.name, *entity.aliases)}
    common = _common(views)
    found = []
    for view in views:
        part = _named(view, names) or _tied(view, common)
        if part is not None:
            found.append(part)
    return sorted(found, key=newest_first)


def _named(view: IncidentView, names: set[str]) -> Part | None:
    """Where a source counts it among the campaign."""
    values = view.values("campaign")
    value = next((v for v in values if folded(v.display) in names), values[0] if values else None)
    return Part(view, "member", "campaign", value) if value else None


def _common(views: Sequence[IncidentView]) -> Counter[tuple[str, str]]:
    """How many of the incidents have each value of the properties that tie them."""
    return Counter((name, _what(v)) for view in views for name in TIES for v in view.values(name))


def _what(value: FieldValue) -> str:
    return value.entity.id if value.entity else folded(value.display)


def _tied(view: IncidentView, common: Counter[tuple[str, str]]) -> Part | None:
    for name in TIES:
        for value in view.values(name):
            if common[name, _what(value)] > 1:
                weaker = max(value.certainty, TIED_AT_MOST, key=precedence.certainty_rank)
                return Part(view, "member", name, replace(value, certainty=weaker))
    for value in view.values("victim"):
        return Part(view, "member", "victim", replace(value, certainty="possible"))
    return None


def window(views: Sequence[IncidentView]) -> dict[str, Any] | None:
    """The span from the first to the last known first access of the incidents: `from`, `to` (partial dates), `display`, `claims`."""
    values = [v for view in views for v in view.values("occurred_from")]
    if not values:
        return None
    first = min(values, key=lambda v: (earliest(str(v.value)), str(v.value)))
    last = max(values, key=lambda v: (latest(str(v.value)), str(v.value)))
    shown = display.date(str(first.value))
    if last.value != first.value:
        shown += f" to {display.date(str(last.value))}"
    claims = dict.fromkeys(v.claims[0].claim for v in (first, last))
    return {"from": first.value, "to": last.value, "display": shown, "claims": list(claims)}
