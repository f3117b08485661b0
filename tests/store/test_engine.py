"""Opening a database by URL, and what goes wrong there."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from breachbook.errors import StoreError
from breachbook.store.engine import open_database


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://user:secret@host/book", "only sqlite:/// and postgresql://"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("not a url", "not a database URL"),
    ],
)
def test_other_databases_are_refused_with_a_reason(url: str, reason: str) -> None:
    with pytest.raises(StoreError, match=reason) as caught:
        open_database(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_by_any_of_its_names(scheme: str) -> None:
    database = open_database(f"{scheme}://user@localhost:1/book")
    assert database.engine.url.drivername == "postgresql+psycopg"
    with pytest.raises(StoreError, match="the database failed"), database.read():
        pass
    database.close()


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    path.write_text("this is not a database, it is a text of some length " * 20)
    database = open_database(f"sqlite:///{path}")
    with pytest.raises(StoreError, match="not a database"), database.read():
        pass
    database.close()


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="folder cannot be made"):
        open_database(f"sqlite:///{tmp_path / 'file' / 'book.sqlite'}")


def test_what_a_failed_block_wrote_is_undone(engine_url: str) -> None:
    database = open_database(engine_url)
    with database.write() as connection:
        connection.execute(text("CREATE TABLE things (id INTEGER PRIMARY KEY)"))

    def fail() -> None:
        with database.write() as connection:
            connection.execute(text("INSERT INTO things VALUES (1)"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM things")).scalar_one() == 0
    database.close()


def test_a_reader_sees_one_state_while_another_writes(engine_url: str) -> None:
    database = open_database(engine_url)
    with database.write() as connection:
        connection.execute(text("CREATE TABLE things (id INTEGER PRIMARY KEY)"))
    count = text("SELECT count(*) FROM things")
    with database.read() as reading:
        assert reading.execute(count).scalar_one() == 0
        with database.write() as writing:
            writing.execute(text("INSERT INTO things VALUES (1)"))
        assert reading.execute(count).scalar_one() == 0
    with database.read() as reading:
        assert reading.execute(count).scalar_one() == 1
    database.close()
