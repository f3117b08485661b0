"""The database: opened by URL, read and written in transactions, its errors turned into ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, SQLAlchemyError

from breachbook.errors import ModelError, StoreError

BUSY_TIMEOUT_MS = 60_000
"""How long one process waits for another's write; an adding commits far more often than that."""

WRITES = "breachbook_writes"


class Database:
    """An open database. `read` and `write` give a connection inside one transaction each."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one unchanging state of the book.

        Raises:
            StoreError: the database fails.
        """
        with _translated(self.engine), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection whose changes are kept together when the block ends, and not at all when it raises.

        Raises:
            StoreError: the database fails.
        """
        with _translated(self.engine), self._writer() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writer(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            options: dict[str, Any] = {WRITES: True}
            if self.engine.dialect.name == "postgresql":
                # A writer must see what another committed while it waited for the counters' lock.
                options["isolation_level"] = "READ COMMITTED"
            yield connection.execution_options(**options)

    def close(self) -> None:
        """Closes all connections."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """The database at a URL: `sqlite:///path/to/book.sqlite` or `postgresql://user@host/book`.

    Raises:
        StoreError: the URL is not one of these, or its folder cannot be made.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "postgresql":
        return Database(create_engine(parsed.set(drivername="postgresql+psycopg"), isolation_level="REPEATABLE READ", pool_pre_ping=True))
    if parsed.get_backend_name() != "sqlite":
        raise StoreError("only sqlite:/// and postgresql:// databases are supported", subject=_shown(parsed), property="database")
    if not parsed.database or parsed.database == ":memory:":
        raise StoreError("a SQLite database needs a file: sqlite:///path/to/book.sqlite", subject=_shown(parsed), property="database")
    try:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"its folder cannot be made: {error.strerror}", subject=parsed.database) from error
    engine = create_engine(parsed)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine)


def _parse(url: str) -> URL:
    if url.startswith("postgres://"):
        url = "postgresql://" + url.removeprefix("postgres://")
    try:
        return make_url(url)
    except ArgumentError:
        raise StoreError("not a database URL, such as sqlite:///book.sqlite or postgresql://user@host/book", property="database") from None


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """WAL lets readers go on beside a writer; NORMAL may lose the last commits in a power cut but never tears the file."""
    connection.isolation_level = None  # transactions begin where `_begin_sqlite` says, not where the driver guesses
    for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: a reader that turned into a writer could be refused it half-way."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")


@contextmanager
def _translated(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DataError as error:
        raise ModelError(f"holds a value that the database cannot keep: {error.orig}") from error
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        text = " ".join(str(cause).split())
        raise StoreError(f"the database failed: {text}", subject=_shown(engine.url)) from error
