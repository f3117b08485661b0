"""Finding entities by id and by key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from breachbook.model.claim import mention_id
from breachbook.model.dossier import EntityRef
from breachbook.store import schema

_REF = (schema.entities.c.id, schema.entities.c.kind, schema.entities.c.name)


@dataclass(frozen=True, slots=True)
class Named:
    """An entity that goes by a key, and whether that is its `name`, an `alias` or its `domain`."""

    entity: EntityRef
    form: str


def by_id(connection: Connection, entity_id: str) -> EntityRef | None:
    """The entity with this id; else the one that holds the mention from which an entity of this id was made before."""
    entities, mentions = schema.entities, schema.mentions
    row = connection.execute(select(*_REF).where(entities.c.id == entity_id)).one_or_none()
    if row is None:
        joined = select(*_REF).join(mentions, mentions.c.entity == entities.c.id).where(mentions.c.own_id == entity_id)
        row = connection.execute(joined.order_by(entities.c.id).limit(1)).one_or_none()
    return EntityRef(*row) if row else None


def by_key(connection: Connection, key: str, kind: str | None) -> list[Named]:
    """The entities that go by a key, in the order of their ids."""
    entities, names = schema.entities, schema.names
    query = select(*_REF, names.c.form).join(names, names.c.entity == entities.c.id).where(names.c.key == key)
    if kind is not None:
        query = query.where(entities.c.kind == kind)
    return [Named(EntityRef(*row[:3]), row.form) for row in connection.execute(query.order_by(entities.c.id, names.c.form))]


def incidents_of(connection: Connection, entity_id: str) -> list[EntityRef]:
    """The incidents that an entity takes part in and that have a record, newest first."""
    entities, parts, rows = schema.entities, schema.parts, schema.rows
    query = (
        select(*_REF)
        .join(parts, parts.c.incident == entities.c.id)
        .join(rows, (rows.c.id == entities.c.id) & (rows.c.list == "incident"))
        .where(parts.c.entity == entity_id)
        .group_by(*_REF, rows.c.date_to)
        .order_by(rows.c.date_to.desc(), entities.c.id)
    )
    return [EntityRef(*row) for row in connection.execute(query)]


def links(connection: Connection, document_ids: Iterable[str]) -> dict[str, EntityRef]:
    """The entity of every mention in these documents; campaigns are not among them."""
    entities, mentions = schema.entities, schema.mentions
    query = (
        select(*_REF, mentions.c.document, mentions.c.subject)
        .join(mentions, mentions.c.entity == entities.c.id)
        .where(mentions.c.document.in_(list(document_ids)), entities.c.kind != "campaign")
    )
    return {mention_id(row.document, row.subject): EntityRef(*row[:3]) for row in connection.execute(query)}
