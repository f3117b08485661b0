"""Published records from dossiers: the one way in. Pure: the same dossier and day always give the same record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from breachbook.errors import ModelError
from breachbook.model.dossier import Dossier
from breachbook.model.record import Record
from breachbook.publish.incident import incident
from breachbook.publish.profiles import actor, campaign, organisation, supplier
from breachbook.publish.wire import from_json, to_json

__all__ = ["from_json", "record", "to_json"]

MAKERS: dict[str, Callable[[Dossier, date | None], Record | None]] = {
    "incident": incident,
    "organisation": organisation,
    "actor": actor,
    "campaign": campaign,
    "supplier": supplier,
}
"""What makes the record of each kind."""


def record(dossier: Dossier, as_of: date | None = None, *, view: str | None = None) -> Record | None:
    """The record of an entity as known by the end of a day (None: today); None when nothing was known by then.

    Args:
        dossier: the entity with its claims.
        as_of: the day.
        view: `supplier` for an organisation in its part as a third party; None for its own kind.

    Raises:
        ModelError: the entity's kind has no such record.
    """
    kind = view or dossier.entity.kind
    if kind not in MAKERS or (view is not None and (view, dossier.entity.kind) != ("supplier", "organisation")):
        raise ModelError(f"{dossier.entity.kind} has no record of the kind {kind}", subject=dossier.entity.id, property="view")
    return MAKERS[kind](dossier, as_of)
