"""Judgements of an older book are kept, and tied to names when their document is read anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from breachbook.model.ids import digest
from breachbook.model.judgement import Judgement
from breachbook.model.reading import Reading
from breachbook.store.blobs import Blobs
from breachbook.store.engine import Database, open_database
from breachbook.store.migrations import migrate
from breachbook.store.reader import BookReader
from breachbook.store.writer import Addition, Writer

OLD_TABLE = (
    "CREATE TABLE judgements (id TEXT NOT NULL PRIMARY KEY, left_mention TEXT NOT NULL, right_mention TEXT NOT NULL, "
    "decision TEXT NOT NULL, who TEXT NOT NULL, made TEXT NOT NULL, why TEXT NOT NULL, score FLOAT, undone TEXT)"
)


@pytest.fixture
def database(engine_url: str) -> Iterator[Database]:
    opened = open_database(engine_url)
    migrate(opened)
    yield opened
    opened.close()


def make_old(database: Database, left: str, right: str) -> None:
    """Makes the book one from before judgements kept what they were made on, with one judgement."""
    with database.write() as connection:
        connection.execute(text("DROP TABLE judgements"))
        connection.execute(text(OLD_TABLE))
        connection.execute(
            text("DELETE FROM migrations WHERE position >= (SELECT position FROM migrations WHERE name = '0004-judgements')")
        )
        row = {"id": Judgement(left, right, "same", "Ada", "2023-01-01", "why").id, "l": left, "r": right}
        connection.execute(text("INSERT INTO judgements VALUES (:id, :l, :r, 'same', 'Ada', '2023-01-01', 'why', 0.5, NULL)"), row)


def test_an_older_books_judgement_is_kept_and_follows_its_document(database: Database, home: Path, toys: Any) -> None:
    writer, reader = Writer(database, Blobs(home)), BookReader(database)
    raw = b"victim: Orvel\nvictim: Zelvaro"
    document = toys.document(raw.decode(), raw_digest=digest(raw))
    reading = toys.Reader().read(document)
    writer.add([Addition(document, raw, "somewhere", reading)])
    left, right = f"{document.id}#organisation:2", "doc-gone#organisation:1"
    make_old(database, left, right)
    assert migrate(database)[0] == "0004-judgements"
    (judgement,) = reader.judgements()
    assert (judgement.left, judgement.right, judgement.score, judgement.parts, judgement.sides) == (left, right, 0.5, (), (None, None))

    claims = tuple(replace(c, object="organisation:7") if c.object == "organisation:2" else c for c in reading.claims)
    assert writer.add_reading(document, Reading(document.id, "other/1", claims))
    (followed,) = reader.judgements()
    assert (followed.left, followed.right) == (f"{document.id}#organisation:7", right)
    assert followed.id == judgement.id
    assert [side.names for side in followed.sides if side] == [("Zelvaro",)]
    writer.undo(judgement.id, "2024-01-01", "Bob", "no")
    assert reader.judgements()[0].undone_by == "Bob"
