"""Documents, claims and entities as they are loaded for resolving, dossiers and pages."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Select, select
from sqlalchemy import Row as SqlRow

from breachbook.errors import NotFoundError
from breachbook.model.claim import Claim, mention_id
from breachbook.model.document import DocumentMeta
from breachbook.model.dossier import ReadDocument
from breachbook.model.entity import Entity
from breachbook.store import codec, schema
from breachbook.store.dossiers import World

CHUNK = 5000
"""Values in one IN list: below SQLite's 32,766 and PostgreSQL's 65,535 parameters a statement."""


def chunked(connection: Connection, keys: Iterable[str], query: Callable[[list[str]], Select[Any]]) -> Iterator[SqlRow[Any]]:
    """The rows of a query with an IN list, however long the list is."""
    pending = list(dict.fromkeys(keys))
    for start in range(0, len(pending), CHUNK):
        yield from connection.execute(query(pending[start : start + CHUNK]))


def read_documents(connection: Connection, ids: Iterable[str] | None = None) -> tuple[list[ReadDocument], dict[str, str]]:
    """Documents (all, or these) in the order they were added, each with the claims of its newest reading in the order of
    the text; and the reading of each."""
    documents, links, claims = schema.documents, schema.reading_claims, schema.claims
    metas = select(*codec.META, documents.c.reading)
    joined = select(*codec.CLAIM, links.c.position).select_from(documents)
    joined = joined.join(links, links.c.reading == documents.c.reading).join(claims, claims.c.id == links.c.claim)

    def rows(query: Select[Any]) -> Iterable[SqlRow[Any]]:
        if ids is None:
            return connection.execute(query.execution_options(yield_per=5000))
        return chunked(connection, ids, lambda part: query.where(documents.c.id.in_(part)))

    found: dict[str, list[tuple[int, Claim]]] = defaultdict(list)
    for row in rows(joined):
        found[row[0]].append((row.position, codec.claim(row)))
    readings, read = {}, []
    for row in rows(metas):
        readings[row.id] = row.reading
        read.append(ReadDocument(codec.document_meta(row), _in_order(found.pop(row.id, []))))
    return sorted(read, key=lambda document: document.meta.sequence), readings


def _in_order(ranked: list[tuple[int, Claim]]) -> tuple[Claim, ...]:
    return tuple(claim for _, claim in sorted(ranked, key=lambda pair: pair[0]))


def entities(connection: Connection, ids: Iterable[str] | None = None) -> list[Entity]:
    """Entities (all, or these) with their mentions, in the order of their ids."""
    table, mentions = schema.entities, schema.mentions

    def rows(query: Select[Any], column: Any) -> Iterable[SqlRow[Any]]:
        return connection.execute(query) if ids is None else chunked(connection, ids, lambda part: query.where(column.in_(part)))

    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    of_entity = select(mentions.c.entity, mentions.c.position, mentions.c.document, mentions.c.subject)
    for row in rows(of_entity, mentions.c.entity):
        found[row.entity].append((row.position, mention_id(row.document, row.subject)))
    made = [
        Entity(
            row.id,
            row.kind,
            row.name,
            tuple(m for _, m in sorted(found[row.id])),
            tuple(json.loads(row.aliases)),
            row.note,
            tuple(json.loads(row.reference_names)),
        )
        for row in rows(select(table), table.c.id)
    ]
    return sorted(made, key=lambda entity: entity.id)


def world_around(connection: Connection, entity_id: str) -> World:
    """What the dossier of one entity needs, in a fixed number of queries (and one more for every `CHUNK` ids).

    Raises:
        NotFoundError: there is no such entity.
    """
    if not entities(connection, [entity_id]):
        raise NotFoundError("the book holds no such record", subject=entity_id)
    return world_of(connection, [entity_id])


def world_of(connection: Connection, targets: Collection[str], beside: Collection[str] = ()) -> World:
    """What the dossiers of some entities need; `beside` are documents that are to be there too, with all that they name."""
    parts = schema.parts
    found = entities(connection, targets)
    asked = [entity.id for entity in found if entity.kind != "incident"]
    related = [row[0] for row in chunked(connection, asked, lambda part: select(parts.c.incident).where(parts.c.entity.in_(part)))]
    incidents = dict.fromkeys([*(entity.id for entity in found if entity.kind == "incident"), *related])
    takers = [row[0] for row in chunked(connection, incidents, lambda part: select(parts.c.entity).where(parts.c.incident.in_(part)))]
    named = _named_in(connection, beside)
    others = entities(connection, sorted({*incidents, *takers, *named} - {entity.id for entity in found}))
    inside = {*targets, *incidents}
    whole = {mention for entity in (*found, *others) if entity.id in inside for mention in entity.mentions}
    full, readings = read_documents(connection, {*(mention.partition("#")[0] for mention in whole), *beside})
    own, more = _own_claims(connection, takers, set(readings))
    documents = sorted((*full, *own), key=lambda document: document.meta.sequence)
    return World(documents, (*found, *others), {**readings, **more})


def _named_in(connection: Connection, documents: Collection[str]) -> set[str]:
    """The entities of all mentions of documents."""
    mentions = schema.mentions
    rows = chunked(connection, documents, lambda part: select(mentions.c.entity).where(mentions.c.document.in_(part)))
    return {row.entity for row in rows}


def _own_claims(connection: Connection, ids: Iterable[str], loaded: set[str]) -> tuple[list[ReadDocument], dict[str, str]]:
    """The claims that entities have as subjects in documents not loaded yet, as documents with only these claims."""
    mentions, documents, links, claims = schema.mentions, schema.documents, schema.reading_claims, schema.claims
    query = (
        select(*codec.CLAIM, links.c.position, documents.c.reading)
        .select_from(mentions)
        .join(claims, (claims.c.document == mentions.c.document) & (claims.c.subject == mentions.c.subject))
        .join(documents, documents.c.id == mentions.c.document)
        .join(links, (links.c.reading == documents.c.reading) & (links.c.claim == claims.c.id))
        .where(mentions.c.kind.in_(("organisation", "actor")))
    )
    found: dict[str, list[tuple[int, Claim]]] = defaultdict(list)
    readings: dict[str, str] = {}
    for row in chunked(connection, ids, lambda part: query.where(mentions.c.entity.in_(part))):
        if row[0] not in loaded:
            found[row[0]].append((row.position, codec.claim(row)))
            readings[row[0]] = row.reading
    metas = document_metas(connection, found)
    return [ReadDocument(metas[id_], _in_order(ranked)) for id_, ranked in found.items()], readings


def document_metas(connection: Connection, ids: Iterable[str]) -> dict[str, DocumentMeta]:
    """The meta of each of these documents that there is."""
    rows = chunked(connection, ids, lambda part: select(*codec.META).where(schema.documents.c.id.in_(part)))
    return {row[0]: codec.document_meta(row) for row in rows}
