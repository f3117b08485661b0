"""Replacing the derived tables: what is the same stays, what differs is exchanged, all within the writer's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, insert, select, tuple_, update

from breachbook.model.entity import entity_id
from breachbook.store import schema
from breachbook.store.codec import to_json
from breachbook.store.derive import Derivation, generation_of
from breachbook.store.keys import bounded, compared_key, date_span, domain_key, name_key, value_key
from breachbook.store.loading import CHUNK
from breachbook.store.rows import StoredRow

BATCH = 400
"""Keys in one DELETE; a key has up to four parts, each a parameter."""


def replace(connection: Connection, made: Derivation) -> bool:
    """Makes the derived tables hold what was derived; False when they rest on a later generation already."""
    meta, counters = schema.meta, schema.counters
    connection.execute(select(counters.c.value).with_for_update()).all()
    state = connection.execute(select(meta.c.value).where(meta.c.key == "derived")).scalar_one_or_none()
    if generation_of(state) > made.generation:
        return False
    _rows_and_facets(connection, made, whole=state is None or state != made.base)
    for table, rows in (
        (schema.entities, _entities(made)),
        (schema.mentions, _mentions(made)),
        (schema.parts, _parts(made)),
        (schema.names, _names(made)),
        (schema.matches, _matches(made)),
    ):
        synchronise(connection, table, rows)
    if state is None:
        connection.execute(insert(meta).values(key="derived", value=made.state))
    elif state != made.state:
        connection.execute(update(meta).where(meta.c.key == "derived").values(value=made.state))
    return True


def _rows_and_facets(connection: Connection, made: Derivation, *, whole: bool) -> None:
    """Only the rows that were made or went, when the tables are in the state that the derivation was held against."""
    if whole:
        synchronise(connection, schema.rows, (_row(row) for row in made.rows.values()))
        synchronise(connection, schema.row_facets, (facet for row in made.rows.values() for facet in _facets(row)))
        return
    keys, rows = sorted(made.made | made.gone), [made.rows[key] for key in sorted(made.made)]
    for table in (schema.rows, schema.row_facets):
        _delete(connection, table, [table.c.list, table.c.id], keys)
    _insert(connection, schema.rows, [_row(row) for row in rows])
    _insert(connection, schema.row_facets, [facet for row in rows for facet in _facets(row)])


def synchronise(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Makes a table hold exactly these rows (values in the order of its columns; the first of two with one key stays)."""
    keys = list(table.primary_key.columns)
    places = [list(table.columns).index(column) for column in keys]
    wanted: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in rows:
        wanted.setdefault(tuple(row[place] for place in places), row)
    gone = []
    for found in connection.execute(select(table)):
        key = tuple(found[place] for place in places)
        if wanted.get(key) == tuple(found):
            del wanted[key]
        else:
            gone.append(key)
    _delete(connection, table, keys, gone)
    _insert(connection, table, list(wanted.values()))


def _delete(connection: Connection, table: Table, columns: Sequence[Column[Any]], keys: Sequence[tuple[Any, ...]]) -> None:
    for start in range(0, len(keys), BATCH):
        connection.execute(delete(table).where(tuple_(*columns).in_(keys[start : start + BATCH])))


def _insert(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    names = [column.name for column in table.columns]
    for start in range(0, len(rows), CHUNK):
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows[start : start + CHUNK]])


def _entities(made: Derivation) -> Iterable[tuple[Any, ...]]:
    for entity in made.world.entities.values():
        yield entity.id, entity.kind, entity.name, to_json(list(entity.aliases)), entity.note, to_json(list(entity.reference_names))


def _mentions(made: Derivation) -> Iterable[tuple[Any, ...]]:
    for entity in made.world.entities.values():
        for position, mention in enumerate(entity.mentions):
            document, _, subject = mention.partition("#")
            yield entity.id, position, entity.kind, document, subject, entity_id(entity.kind, mention)


def _parts(made: Derivation) -> Iterable[tuple[Any, ...]]:
    for entity in made.world.entities.values():
        if entity.kind == "incident":
            for taker, role in made.world.parts(entity.id):
                yield entity.id, taker, role


def _names(made: Derivation) -> Iterable[tuple[Any, ...]]:
    for entity in made.world.entities.values():
        for form, several in (("name", (entity.name,)), ("alias", entity.aliases), ("reference", entity.reference_names)):
            for name in several:
                if key := name_key(name):
                    yield key, form, entity.id
                if entity.kind == "organisation" and (key := compared_key(name)):
                    yield key, "compared", entity.id
        if entity.kind == "organisation":
            for claim in made.world.own_claims(entity.id):
                if claim.property == "domain" and (domain := domain_key(str(claim.value))):
                    yield bounded(domain), "domain", entity.id


def _matches(made: Derivation) -> Iterable[tuple[Any, ...]]:
    for position, match in enumerate(made.resolution.matches):
        parts = to_json([list(part) for part in match.parts])
        yield match.left, match.right, position, match.score, parts, match.reason, match.decision


def _row(stored: StoredRow) -> tuple[Any, ...]:
    row = stored.row
    first, last = date_span(row.date)
    return (
        row.kind, row.id, row.name, value_key(row.name), row.status, row.date, first, last, row.incidents, row.sources, row.detail,
        to_json(list(stored.aliases)), stored.text, stored.inputs, stored.digest,
    )  # fmt: skip


def _facets(stored: StoredRow) -> Iterable[tuple[Any, ...]]:
    row = stored.row
    for facet, values in stored.facets().items():
        for position, value in enumerate(values):
            yield row.kind, row.id, facet, position, value, value_key(value)
