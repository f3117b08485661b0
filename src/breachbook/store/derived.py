"""Replacing the derived tables: what is the same stays, what differs is exchanged, all within the writer's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, insert, select, tuple_

from breachbook.model.entity import Entity, entity_id
from breachbook.model.judgement import Judgement
from breachbook.model.link import Links, Shown
from breachbook.store import schema
from breachbook.store.codec import to_json
from breachbook.store.derive import Derivation, generation_of
from breachbook.store.dossiers import World
from breachbook.store.keys import bounded, compared_key, date_span, domain_key, name_key, value_key
from breachbook.store.loading import CHUNK
from breachbook.store.rows import StoredRow
from breachbook.store.shelf import match_columns, shown_row

BATCH = 400
"""Keys in one DELETE; a key has up to four parts, each a parameter."""


def replace(connection: Connection, made: Derivation) -> bool:
    """Makes the derived tables hold what was derived; False when they rest on a later generation already."""
    meta, counters = schema.meta, schema.counters
    connection.execute(select(counters.c.value).with_for_update()).all()
    state = connection.execute(select(meta.c.value).where(meta.c.key == "derived")).scalar_one_or_none()
    if generation_of(state) > made.generation:
        return False
    write_rows(connection, made, whole=state is None or state != made.base)
    entities = made.world.entities.values()
    for table, rows in (
        (schema.entities, entity_rows(entities)),
        (schema.mentions, mention_rows(entities)),
        (schema.parts, part_rows(made.world, entities)),
        (schema.names, name_rows(made.world, entities)),
        (schema.matches, _matches(made)),
        *(_links(made.resolution.links) if made.resolution.links else ()),
    ):
        synchronise(connection, table, rows)
    connection.execute(delete(schema.pending).where(schema.pending.c.generation <= made.generation))
    set_states(connection, made.state, linked=made.resolution.links is not None)
    return True


def set_states(connection: Connection, state: str, *, linked: bool) -> None:
    """Says what the derived tables were made from, and whether those of `schema.LINKS` were too."""
    meta = schema.meta
    connection.execute(delete(meta).where(meta.c.key.in_(["derived", "linked"])))
    connection.execute(insert(meta), [{"key": key, "value": state} for key in ("derived", *(["linked"] if linked else []))])


def write_rows(connection: Connection, made: Derivation, *, whole: bool) -> None:
    """Only the rows that were made or went, when the tables are in the state that the derivation was held against."""
    if whole:
        synchronise(connection, schema.rows, (_row(row) for row in made.rows.values()))
        synchronise(connection, schema.row_facets, (facet for row in made.rows.values() for facet in _facets(row)))
        return
    keys, rows = sorted(made.made | made.gone), [made.rows[key] for key in sorted(made.made)]
    for table in (schema.rows, schema.row_facets):
        for name in sorted({name for name, _ in keys}):  # of pairs of columns, SQLite would scan the whole table
            ids = [id_ for list_, id_ in keys if list_ == name]
            for start in range(0, len(ids), CHUNK):
                connection.execute(delete(table).where(table.c.list == name, table.c.id.in_(ids[start : start + CHUNK])))
    insert_rows(connection, schema.rows, [_row(row) for row in rows])
    insert_rows(connection, schema.row_facets, [facet for row in rows for facet in _facets(row)])


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
    delete_keys(connection, table, keys, gone)
    insert_rows(connection, table, list(wanted.values()))


def delete_keys(connection: Connection, table: Table, columns: Sequence[Column[Any]], keys: Sequence[tuple[Any, ...]]) -> None:
    for start in range(0, len(keys), BATCH):
        connection.execute(delete(table).where(tuple_(*columns).in_(keys[start : start + BATCH])))


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    names = [column.name for column in table.columns]
    for start in range(0, len(rows), CHUNK):
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows[start : start + CHUNK]])


def entity_rows(entities: Iterable[Entity]) -> Iterable[tuple[Any, ...]]:
    """Rows of `entities`."""
    for entity in entities:
        yield entity.id, entity.kind, entity.name, to_json(list(entity.aliases)), entity.note, to_json(list(entity.reference_names))


def mention_rows(entities: Iterable[Entity]) -> Iterable[tuple[Any, ...]]:
    """Rows of `mentions`."""
    for entity in entities:
        for position, mention in enumerate(entity.mentions):
            document, _, subject = mention.partition("#")
            yield entity.id, position, entity.kind, document, subject, entity_id(entity.kind, mention)


def part_rows(world: World, entities: Iterable[Entity]) -> Iterable[tuple[Any, ...]]:
    """Rows of `parts`."""
    for entity in entities:
        if entity.kind == "incident":
            for taker, role in world.parts(entity.id):
                yield entity.id, taker, role


def name_rows(world: World, entities: Iterable[Entity]) -> Iterable[tuple[Any, ...]]:
    """Rows of `names`; some may be there twice."""
    for entity in entities:
        for form, several in (("name", (entity.name,)), ("alias", entity.aliases), ("reference", entity.reference_names)):
            for name in several:
                if key := name_key(name):
                    yield key, form, entity.id
                if entity.kind == "organisation" and (key := compared_key(name)):
                    yield key, "compared", entity.id
        if entity.kind == "organisation":
            for claim in world.own_claims(entity.id):
                if claim.property == "domain" and (domain := domain_key(str(claim.value))):
                    yield bounded(domain), "domain", entity.id


def _matches(made: Derivation) -> Iterable[tuple[Any, ...]]:
    links = made.resolution.links
    shown = links.shown if links else [Shown("", m.left, m.right, n, m) for n, m in enumerate(made.resolution.matches)]
    return (shown_row(one) for one in shown)


def _links(links: Links) -> Iterable[tuple[Table, Iterable[tuple[Any, ...]]]]:
    """The rows of each table of `schema.LINKS`."""
    yield schema.link_nodes, ((kind, n.id, n.rank, n.first, links.entities[kind, n.id], n.facts) for (kind, _), n in links.nodes.items())
    yield schema.link_members, ((kind, mention, node, rank) for (kind, mention), (node, rank) in links.members.items())
    yield schema.link_keys, ((kind, key, links.nodes[kind, id_].rank, id_) for (kind, id_), keys in links.keys.items() for key in keys)
    yield schema.link_edges, ((kind, e.left, e.right, *match_columns(e.match)) for (kind, _, _), e in links.edges.items())
    yield schema.link_themes, ((incident, key, role) for incident, keys in links.themes.items() for key, role in keys)
    yield schema.link_judged, judged_rows(links.judgements)


def judged_rows(judgements: Iterable[Judgement]) -> Iterable[tuple[Any, ...]]:
    """Rows of `link_judged`."""
    return ((j.id, j.left, j.right, j.decision) for j in judgements if j.undone is None)


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
