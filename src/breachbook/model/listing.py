"""Rows of lists and searches, the filters that choose them, and the summary of an adding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LISTS = ("incident", "organisation", "actor", "supplier", "campaign", "document")
"""What can be listed and searched. A supplier is an organisation in its part as a third party."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list. `since` and `until` are ISO dates held against the row's date; None means any."""

    query: str | None = None
    country: str | None = None
    sector: str | None = None
    status: str | None = None
    attack_type: str | None = None
    actor: str | None = None
    data_class: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: enough to show, filter and link an entity or document, without its claims.

    `date` is the incident's best partial date (occurred, else discovered, listed, disclosed, else its first source's);
    `detail` is a short line for people (an incident's victims, an organisation's country and sector).
    """

    id: str
    kind: str
    name: str
    status: str | None = None
    date: str | None = None
    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    attack_types: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    data_classes: tuple[str, ...] = ()
    incidents: int = 0
    sources: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of rows, how many there are in all, and counts by facet (`facets["country"]["CA"]`)."""

    rows: tuple[Row, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One thing that was turned away or left unread: when (UTC, ISO 8601), where it was, the reason code, the detail."""

    when: str
    origin: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class AddSummary:
    """What an adding did: documents added, read again by another reader, already there, unread and refused (by reason code);
    incidents new and changed."""

    added: int = 0
    read_again: int = 0
    already_there: int = 0
    not_modified: int = 0
    unread: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)
    incidents_new: tuple[str, ...] = ()
    incidents_changed: tuple[str, ...] = ()
