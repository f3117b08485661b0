"""Entities: what resolving makes of mentions. Derived; thrown away and rebuilt at will."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from breachbook.model.ids import content_id

if TYPE_CHECKING:
    from breachbook.model.link import Links

KINDS = ("incident", "organisation", "actor", "campaign")
"""The kinds of entity. A supplier is an organisation that is the third party of an incident."""

PREFIXES = {"incident": "inc", "organisation": "org", "actor": "act", "campaign": "cmp"}


def entity_id(kind: str, mention: str) -> str:
    """The id an entity has from its first mention; the ids of its other mentions lead to it as well."""
    return content_id(PREFIXES[kind], mention)


@dataclass(frozen=True, slots=True)
class Match:
    """Why two mentions are one entity, or might be: the score (0 to 1), its parts by name, and the reason in words."""

    left: str
    right: str
    score: float
    parts: tuple[tuple[str, float], ...]
    reason: str
    decision: str
    """`same` (joined), `proposal` (for a person to decide) or `different`."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One incident, organisation, actor or campaign: its mentions in the order they were added, its name, its key.

    A campaign's `mentions` are those of its incidents. `note` says what a reader must know (a disputed alias, say).
    `reference_names` are names that a reference list (the MISP galaxies) has and no source of the book need have used: an
    entity can be found by them, but they are no claims.
    """

    id: str
    kind: str
    name: str
    mentions: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    note: str | None = None
    reference_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """All entities of the book, and the matches that made them; `links` is what linking the next documents rests on (None: they
    are resolved with all others again)."""

    entities: tuple[Entity, ...]
    matches: tuple[Match, ...] = field(default=())
    links: Links | None = field(default=None, compare=False, repr=False)
