"""Rows of structured sources that the book has."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from breachbook.model.feed import KnownRow
from breachbook.store import schema
from breachbook.store.engine import Database

KINDS = ("listing", "row")
"""Kinds of document that rows of structured sources are."""


def known_rows(database: Database, source: str) -> Iterator[KnownRow]:
    """The rows of a source (the name of its map) in the order they were added.

    Raises:
        StoreError: the database fails.
    """
    documents = schema.documents
    query = select(documents.c.external_id, documents.c.publisher, documents.c.title, documents.c.published)
    query = query.where(documents.c.kind.in_(KINDS)).order_by(documents.c.sequence)
    with database.read() as connection:
        for row in connection.execute(query.execution_options(yield_per=5000)):
            if (row.external_id or "").startswith(f"{source}:"):
                yield KnownRow(*row)
