"""Pages of rows, chosen by filters and counted by facet."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select, tuple_
from sqlalchemy import Row as SqlRow

from breachbook.errors import RequestError
from breachbook.model.listing import LISTS, Filters, Listing, Row
from breachbook.store import schema
from breachbook.store.keys import value_key
from breachbook.store.rows import FACETS, StoredRow
from breachbook.text.partial_dates import earliest, is_partial_date, latest
from breachbook.vocab import terms

FACET_VALUES = 50
"""Values counted in one facet, the most frequent first."""

BY_DATE = ("incident", "campaign", "document")
"""Lists that show the newest first; the others show first what took part in most incidents."""

_ROW = tuple(schema.rows.c[name] for name in ("id", "list", "name", "status", "date", "incidents", "sources", "detail"))


def check(filters: Filters) -> Filters:
    """The filters themselves, when each value can be meant.

    Raises:
        RequestError: a date is not a partial date of the calendar.
        VocabularyError: a status, sector, attack type or data class is not in its vocabulary.
    """
    for name in ("since", "until"):
        value = getattr(filters, name)
        if value is not None and not is_partial_date(value):
            raise RequestError("not a date such as 2021, 2021-04 or 2021-04-08", subject=repr(value[:80]), property=name)
    for name in ("status", "sector", "attack_type", "data_class"):
        value = getattr(filters, name)
        if value is not None:
            terms.check(name, value)
    return filters


def span(filters: Filters) -> tuple[str | None, str | None]:
    """The first and last day that a row's date may have, as ISO dates."""
    since = earliest(filters.since).isoformat() if filters.since else None
    until = latest(filters.until).isoformat() if filters.until else None
    return since, until


def listing(connection: Connection, kinds: Sequence[str], filters: Filters, limit: int, offset: int) -> Listing:
    """The rows of some lists that pass the filters (their query aside)."""
    table = schema.rows
    chosen = and_(table.c.list.in_(list(kinds)), *_conditions(filters))
    total = connection.execute(select(func.count()).select_from(table).where(chosen)).scalar_one()
    order: tuple[ColumnElement[Any], ...] = (table.c.date_to.desc(), table.c.sort_key, table.c.list, table.c.id)
    if not any(kind in BY_DATE for kind in kinds):
        order = (table.c.incidents.desc(), table.c.sort_key, table.c.list, table.c.id)
    found = connection.execute(select(*_ROW).where(chosen).order_by(*order).limit(limit).offset(offset)).all()
    return Listing(tuple(_with_facets(connection, found)), total, _facet_counts(connection, chosen))


def by_keys(connection: Connection, keys: Sequence[tuple[str, str]]) -> tuple[Row, ...]:
    """The rows with these (list, id) keys, in this order; those that are gone are left out."""
    table = schema.rows
    found = connection.execute(select(*_ROW).where(table.c.id.in_([id_ for _, id_ in keys]))).all()
    rows = {(row.kind, row.id): row for row in _with_facets(connection, found)}
    return tuple(rows[key] for key in keys if key in rows)


def stored_rows(connection: Connection, batch: int = 1000) -> Iterator[StoredRow]:
    """All rows with what only the store needs, in the order of list and id."""
    table = schema.rows
    last: tuple[str, str] | None = None
    for kind in LISTS:
        last = None
        while True:
            query = select(table).where(table.c.list == kind).order_by(table.c.id).limit(batch)
            found = connection.execute(query if last is None else query.where(table.c.id > last[1])).all()
            if not found:
                break
            yield from _stored(connection, found)
            last = (found[-1].list, found[-1].id)


def stored_by_id(connection: Connection, ids: Sequence[str]) -> Iterator[StoredRow]:
    """The rows of all lists with these ids, with what only the store needs."""
    table = schema.rows
    yield from _stored(connection, connection.execute(select(table).where(table.c.id.in_(ids))).all())


def counts(connection: Connection) -> dict[str, int]:
    """Rows by list, and how many documents, unread ones, claims, judgements and refusals there are."""
    table = schema.rows
    by_list = dict.fromkeys(LISTS, 0)
    for kind, number in connection.execute(select(table.c.list, func.count()).group_by(table.c.list)):
        by_list[kind] = number
    by_list.pop("document")
    for name in ("document", "claim", "judgement", "refusal"):
        kept = schema.metadata.tables[f"{name}s"]
        by_list[name] = connection.execute(select(func.count()).select_from(kept)).scalar_one()
    unread = select(func.count()).select_from(schema.documents).where(schema.documents.c.unread.is_not(None))
    return {**by_list, "unread": connection.execute(unread).scalar_one()}


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    table, facets = schema.rows, schema.row_facets
    conditions: list[ColumnElement[bool]] = []
    for facet in FACETS:
        if (value := getattr(filters, facet)) is not None:
            having = select(facets.c.list, facets.c.id).where(facets.c.facet == facet, facets.c.key == value_key(value))
            conditions.append(tuple_(table.c.list, table.c.id).in_(having))
    since, until = span(filters)
    if since is not None:
        conditions.append(table.c.date_to >= since)
    if until is not None:
        conditions.append((table.c.date_from <= until) & (table.c.date_from != ""))
    return conditions


def _facet_counts(connection: Connection, chosen: ColumnElement[bool]) -> dict[str, dict[str, int]]:
    table, facets = schema.rows, schema.row_facets
    number = func.count().label("number")
    query = (
        select(facets.c.facet, facets.c.value, number)
        .where(tuple_(facets.c.list, facets.c.id).in_(select(table.c.list, table.c.id).where(chosen)))
        .group_by(facets.c.facet, facets.c.value)
        .order_by(number.desc(), facets.c.value)
    )
    counted: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for facet, value, times in connection.execute(query):
        if len(counted[facet]) < FACET_VALUES:
            counted[facet][value] = times
    return counted


def _facets_of(connection: Connection, lists: Iterable[str], ids: Iterable[str]) -> Mapping[tuple[str, str, str], tuple[str, ...]]:
    facets = schema.row_facets
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    query = select(facets.c.list, facets.c.id, facets.c.facet, facets.c.value).where(
        facets.c.list.in_(sorted(set(lists))),
        facets.c.id.in_(list(ids)),  # the key begins with the list: by ids alone it is no index
    )
    for kind, id_, facet, value in connection.execute(query.order_by(facets.c.position)):
        found[kind, id_, facet].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _with_facets(connection: Connection, found: Sequence[SqlRow[Any]]) -> Iterator[Row]:
    values = _facets_of(connection, (row.list for row in found), (row.id for row in found))
    for row in found:
        yield _row(row, {facet: values.get((row.list, row.id, facet), ()) for facet in FACETS})


def _row(row: SqlRow[Any], facets: Mapping[str, tuple[str, ...]]) -> Row:
    return Row(
        id=row.id, kind=row.list, name=row.name, status=row.status, date=row.date, countries=facets["country"],
        sectors=facets["sector"], attack_types=facets["attack_type"], actors=facets["actor"], data_classes=facets["data_class"],
        incidents=row.incidents, sources=row.sources, detail=row.detail,
    )  # fmt: skip


def _stored(connection: Connection, found: Sequence[SqlRow[Any]]) -> Iterator[StoredRow]:
    values = _facets_of(connection, (row.list for row in found), (row.id for row in found))
    for row in found:
        facets = {facet: values.get((row.list, row.id, facet), ()) for facet in FACETS}
        yield StoredRow(_row(row, facets), facets["status"], tuple(json.loads(row.aliases)), row.text, row.inputs, row.digest)
