"""From what a user types (an id, a name, a domain, and a field) to the record that is meant."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from breachbook.errors import RequestError
from breachbook.model.dossier import EntityRef
from breachbook.model.record import Record
from breachbook.vocab import properties

if TYPE_CHECKING:
    from breachbook.pipeline import Book

ENTITY_ID = re.compile(r"(inc|org|act|cmp)-[0-9a-f]{1,64}")
"""The form of the ids of entities (`model.entity.PREFIXES`)."""


def record_named(book: Book, text: str, day: date | None, kind: str | None = None) -> Record:
    """The record of a name or id; `kind` "supplier" shows an organisation in its part as a third party.

    Raises:
        NotFoundError: nothing fits, or nothing was known of it on that day.
        AmbiguousError: several fit.
        RequestError: a document was asked for.
    """
    if kind == "document":
        raise RequestError("a source has no record; open it in the browser (`breachbook serve`)", subject=text)
    ref = book.find(text, "organisation" if kind == "supplier" else kind)
    return book.record(ref.id, day, "supplier" if kind == "supplier" else None)


def subject_of(book: Book, text: str, property: str) -> EntityRef:
    """The entity of which a field is asked: an id as it is, a name as the kind of record that has the field (for a field of
    incidents, the one incident of that name).

    Raises:
        NotFoundError: nothing fits.
        AmbiguousError: several fit, or the organisation has several incidents.
    """
    if ENTITY_ID.fullmatch(text.strip()):
        return book.find(text)
    return book.find(text, properties.get(property).subject)


def only_incident(book: Book, record: Record, day: date | None) -> Record | None:
    """The record of a profile's incident, when it was the victim of just one."""
    victims = {entry.incident.id for entry in record.participations if entry.role == "victim"}
    return book.record(victims.pop(), day) if record.kind == "organisation" and len(victims) == 1 else None
