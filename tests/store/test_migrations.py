"""A book is made, brought up to date, or refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, inspect, text

from breachbook.errors import StoreError
from breachbook.store.engine import Database, open_database
from breachbook.store.migrations import MIGRATIONS, Migration, migrate
from breachbook.store.schema import metadata


@pytest.fixture
def database(engine_url: str) -> Iterator[Database]:
    opened = open_database(engine_url)
    yield opened
    opened.close()


def _add_colour(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE documents ADD COLUMN colour TEXT"))


def _fail(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE documents ADD COLUMN taste TEXT"))
    raise RuntimeError("half-way")


NEWER = (*MIGRATIONS, Migration("9998-colour", _add_colour))


def test_an_empty_database_becomes_a_book(database: Database) -> None:
    assert migrate(database) == tuple(m.name for m in MIGRATIONS)
    assert set(inspect(database.engine).get_table_names()) == set(metadata.tables)
    assert migrate(database) == ()


def test_an_older_book_gets_what_it_lacks_and_keeps_what_it_has(database: Database) -> None:
    migrate(database)
    with database.write() as connection:
        connection.execute(text("INSERT INTO meta VALUES ('kept', 'yes')"))
    assert migrate(database, NEWER) == ("9998-colour",)
    assert "colour" in {column["name"] for column in inspect(database.engine).get_columns("documents")}
    with database.read() as connection:
        assert connection.execute(text("SELECT value FROM meta WHERE key = 'kept'")).scalar_one() == "yes"
        assert list(connection.execute(text("SELECT name FROM migrations ORDER BY position")).scalars()) == [m.name for m in NEWER]
    assert migrate(database, NEWER) == ()


def test_a_newer_book_is_refused(database: Database) -> None:
    migrate(database)
    migrate(database, NEWER)
    with pytest.raises(StoreError, match=r"newer Breachbook.*9998-colour"):
        migrate(database)


def test_a_migration_that_fails_leaves_the_book_as_it_was(database: Database) -> None:
    migrate(database)
    with pytest.raises(RuntimeError):
        migrate(database, (*NEWER, Migration("9999-fails", _fail)))
    assert {"colour", "taste"}.isdisjoint(column["name"] for column in inspect(database.engine).get_columns("documents"))
    assert migrate(database) == ()


def test_somebody_elses_tables_are_not_touched(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("CREATE TABLE claims (id INTEGER)"))
    with pytest.raises(StoreError, match="'claims' that is not Breachbook's"):
        migrate(database)


def test_migrations_out_of_order_are_refused(database: Database) -> None:
    migrate(database, NEWER)
    with database.write() as connection:
        connection.execute(text("DELETE FROM migrations WHERE position = 0"))
    with pytest.raises(StoreError, match="not in order"):
        migrate(database, NEWER)
