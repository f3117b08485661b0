"""A dossier: all that publishing needs to know about one entity, and nothing of how it was stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from breachbook.model.claim import Claim
from breachbook.model.document import DocumentMeta, Passage
from breachbook.model.entity import Entity


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document of the book with the claims of its newest reading: what resolving works on."""

    meta: DocumentMeta
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class EntityRef:
    """A link to an entity."""

    id: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One entity with every claim that has one of its mentions as subject or object.

    `documents` holds the documents of those claims by id; `links` the entity of every mention that a claim names as
    subject or object. For an incident, the claims on its victims, suppliers and actors themselves (country, alias, ...)
    are in `about`. `related` has, for a profile, the dossiers of the incidents it takes part in; for an incident, those
    of its campaigns' other incidents are not loaded, only linked in `campaigns`.
    """

    entity: Entity
    claims: tuple[Claim, ...]
    documents: Mapping[str, DocumentMeta]
    links: Mapping[str, EntityRef]
    about: tuple[Claim, ...] = ()
    related: tuple[Dossier, ...] = ()
    campaigns: tuple[EntityRef, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document as its page shows it: its text and passages, the claims of its newest reading in the order of the
    text, and the entity of every mention that these claims name (campaigns are not among them)."""

    meta: DocumentMeta
    text: str
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    links: Mapping[str, EntityRef]
