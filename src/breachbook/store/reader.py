"""The only reader of the book's database. Every method sees one unchanging state of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, func, or_, select, union_all
from sqlalchemy import Row as SqlRow

from breachbook.errors import NotFoundError
from breachbook.model.document import Document
from breachbook.model.dossier import DocumentPage, Dossier, EntityRef, ReadDocument
from breachbook.model.entity import Match
from breachbook.model.judgement import Judgement
from breachbook.model.listing import Filters, Listing, RefusedRow, Row
from breachbook.store import codec, judgements, listings, loading, lookup, schema
from breachbook.store.dossiers import World
from breachbook.store.engine import Database
from breachbook.store.rows import StoredRow


@dataclass(frozen=True, slots=True)
class State:
    """Which book this is, how often what was said has changed, and what its derived tables were made from (None: never)."""

    book: str
    generation: int
    derived: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that deriving starts from, as of one generation of the book."""

    generation: int
    documents: tuple[ReadDocument, ...]
    readings: dict[str, str]
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What of some documents the book has already."""

    ids: frozenset[str]
    stories: frozenset[str]
    files: frozenset[str]

    def holds(self, document: Document) -> bool:
        """Whether the book has this document, as it is or in another wrapping."""
        return document.id in self.ids or codec.story_key(document) in self.stories or codec.file_key(document) in self.files


class BookReader:
    """Reads one book."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # What was said.

    def known(self, documents: Sequence[Document]) -> Known:
        """Which of these documents the book has."""
        with self._database.read() as connection:
            return known(connection, documents)

    def validators(self, url: str) -> tuple[str | None, str | None] | None:
        """ETag and Last-Modified of the last whole fetch of a URL, or None."""
        table = schema.fetches
        query = select(table.c.etag, table.c.last_modified).where(table.c.url_digest == codec.url_key(url))
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return (row.etag, row.last_modified) if row else None

    def snapshot(self) -> Snapshot:
        """Everything that deriving starts from."""
        with self._database.read() as connection:
            documents, readings = loading.read_documents(connection)
            return Snapshot(_generation(connection), tuple(documents), readings, judgements.every(connection))

    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements, oldest first; also those that were undone."""
        with self._database.read() as connection:
            return judgements.every(connection)

    def document(self, document_id: str) -> Document:
        """A document as it was ingested.

        Raises:
            NotFoundError: there is no such document.
        """
        with self._database.read() as connection:
            row = connection.execute(select(schema.documents).where(schema.documents.c.id == document_id)).one_or_none()
        if row is None:
            raise NotFoundError("the book holds no such document", subject=document_id)
        return codec.document(row)

    def document_page(self, document_id: str) -> DocumentPage:
        """A document with its claims and what they are linked to.

        Raises:
            NotFoundError: there is no such document.
        """
        table = schema.documents
        with self._database.read() as connection:
            found, _ = loading.read_documents(connection, [document_id])
            if not found:
                raise NotFoundError("the book holds no such document", subject=document_id)
            row = connection.execute(select(table.c.text, table.c.passages).where(table.c.id == document_id)).one()
            links = lookup.links(connection, [document_id])
        return DocumentPage(found[0].meta, codec.unpack(row.text), codec.passages(row.passages), found[0].claims, links)

    def document_texts(self, ids: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
        """(id, text) of documents: all, in the order they were added, or these."""
        table = schema.documents
        query = select(table.c.id, table.c.text)
        with self._database.read() as connection:
            if ids is None:
                rows: Iterable[SqlRow[Any]] = connection.execute(query.order_by(table.c.sequence).execution_options(yield_per=200))
            else:
                rows = loading.chunked(connection, ids, lambda part: query.where(table.c.id.in_(part)))
            for row in rows:
                yield row.id, codec.unpack(row.text)

    def read_by_others(self, reader: str) -> list[str]:
        """The documents whose newest reading is not by this reader, in the order they were added."""
        documents, readings = schema.documents, schema.readings
        joined = select(documents.c.id).join(readings, readings.c.id == documents.c.reading).where(readings.c.reader != reader)
        with self._database.read() as connection:
            return list(connection.execute(joined.order_by(documents.c.sequence)).scalars())

    def read_by_another(self, document: Document, reader: str) -> Document | None:
        """The document that the book has for this one (itself, or the same in another wrapping), if its newest reading is not
        by this reader."""
        documents, readings = schema.documents, schema.readings
        same = [documents.c.id == document.id, documents.c.story_key == codec.story_key(document)]
        if file := codec.file_key(document):
            same.append(documents.c.file_key == file)
        query = select(documents, readings.c.reader.label("reader")).join(readings, readings.c.id == documents.c.reading)
        with self._database.read() as connection:
            rows = connection.execute(query.where(or_(*same)).order_by(documents.c.sequence)).all()
        row = next((row for row in rows if row.id == document.id), rows[0] if rows else None)
        return codec.document(row) if row is not None and row.reader != reader else None

    def refused(self, limit: int) -> list[RefusedRow]:
        """What was turned away or left unread, newest first."""
        refusals, documents = schema.refusals, schema.documents
        turned_away = select(refusals.c.refused.label("moment"), refusals.c.origin, refusals.c.code, refusals.c.detail, refusals.c.id)
        unread = select(documents.c.added, documents.c.origin, documents.c.unread, func.coalesce(documents.c.title, ""), documents.c.id)
        both = union_all(turned_away, unread.where(documents.c.unread.is_not(None))).subquery()
        with self._database.read() as connection:
            rows = connection.execute(select(both).order_by(both.c.moment.desc(), both.c.id).limit(limit))
            return [RefusedRow(*row[:4]) for row in rows]

    # What is derived from it.

    def state(self) -> State:
        """Which book this is and how its derived tables stand."""
        with self._database.read() as connection:
            return state(connection)

    def stored_inputs(self) -> dict[tuple[str, str], tuple[str, str]]:
        """(inputs, digest) of every row, by (list, id)."""
        table = schema.rows
        with self._database.read() as connection:
            rows = connection.execute(select(table.c.list, table.c.id, table.c.inputs, table.c.digest))
            return {(row.list, row.id): (row.inputs, row.digest) for row in rows}

    def stored_rows(self) -> Iterator[StoredRow]:
        """All rows with what only the store needs, in the order of list and id."""
        with self._database.read() as connection:
            yield from listings.stored_rows(connection)

    def listing(self, kinds: Sequence[str], filters: Filters, limit: int, offset: int) -> Listing:
        """A page of rows, chosen by the filters (their query aside)."""
        with self._database.read() as connection:
            return listings.listing(connection, kinds, filters, limit, offset)

    def rows(self, keys: Sequence[tuple[str, str]]) -> tuple[Row, ...]:
        """The rows with these (list, id) keys, in this order; those that are gone are left out."""
        with self._database.read() as connection:
            return listings.by_keys(connection, keys)

    def counts(self) -> dict[str, int]:
        """How many of everything there are: rows by list, documents, unread ones, claims, judgements, refusals."""
        with self._database.read() as connection:
            return listings.counts(connection)

    def entity(self, entity_id: str) -> EntityRef | None:
        """The entity with this id, or the one that an id published earlier leads to; None when there is none."""
        with self._database.read() as connection:
            return lookup.by_id(connection, entity_id)

    def named(self, key: str, kind: str | None = None) -> list[lookup.Named]:
        """The entities that go by a key of `keys`."""
        with self._database.read() as connection:
            return lookup.by_key(connection, key, kind)

    def incidents_of(self, entity_id: str) -> list[EntityRef]:
        """The incidents that an entity takes part in, newest first."""
        with self._database.read() as connection:
            return lookup.incidents_of(connection, entity_id)

    def names_of(self, entity_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Name, aliases and names of reference lists of each entity."""
        with self._database.read() as connection:
            found = loading.entities(connection, entity_ids)
            return {entity.id: (entity.name, *entity.aliases, *entity.reference_names) for entity in found}

    def matches(self, decision: str | None = None) -> list[Match]:
        """Why mentions were joined, or might be: by kind what was judged, what joined, and the rest, the surest first."""
        table = schema.matches
        query = select(table).order_by(table.c.position, table.c.score.desc(), table.c.left_mention, table.c.right_mention)
        with self._database.read() as connection:
            rows = connection.execute(query if decision is None else query.where(table.c.decision == decision))
            return [
                Match(
                    left=row.left_mention,
                    right=row.right_mention,
                    score=row.score,
                    parts=tuple((name, score) for name, score in json.loads(row.parts)),
                    reason=row.reason,
                    decision=row.decision,
                )
                for row in rows
            ]

    def dossier(self, entity_id: str) -> Dossier:
        """The dossier of one entity, in a number of queries that does not grow with it.

        Raises:
            NotFoundError: there is no such entity.
        """
        with self._database.read() as connection:
            return loading.world_around(connection, entity_id).dossier(entity_id)

    def world(self) -> World:
        """The whole book's dossiers."""
        with self._database.read() as connection:
            documents, readings = loading.read_documents(connection)
            return World(documents, loading.entities(connection), readings)


def known(connection: Connection, documents: Sequence[Document]) -> Known:
    """Which of these documents the book has, seen from inside a transaction."""
    table = schema.documents

    def found(column: Column[str], keys: Iterable[str | None]) -> frozenset[str]:
        rows = loading.chunked(connection, (key for key in keys if key), lambda part: select(column).where(column.in_(part)))
        return frozenset(row[0] for row in rows)

    return Known(
        found(table.c.id, (document.id for document in documents)),
        found(table.c.story_key, (codec.story_key(document) for document in documents)),
        found(table.c.file_key, (codec.file_key(document) for document in documents)),
    )


def state(connection: Connection) -> State:
    """Which book this is and how its derived tables stand, seen from inside a transaction."""
    meta = {row.key: row.value for row in connection.execute(select(schema.meta))}
    return State(meta["book"], _generation(connection), meta.get("derived"))


def _generation(connection: Connection) -> int:
    table = schema.counters
    generation: int = connection.execute(select(table.c.value).where(table.c.name == "generation")).scalar_one()
    return generation
