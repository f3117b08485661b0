"""Named migrations, in order, recorded in the book.

A new book is made from `schema` as it is now, with every migration marked as applied; an older book gets those it
lacks. A migration that changes only derived tables drops and makes them again and forgets `meta.derived`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, inspect, select, text

from breachbook.errors import StoreError
from breachbook.store import schema
from breachbook.store.engine import Database

MIGRATION_LOCK = 0x62_72_65_61_63_68
"""The number of PostgreSQL's advisory lock that one process holds while it migrates ("breach" in ASCII)."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from an older book to a newer one; `apply` changes it inside a transaction."""

    name: str
    apply: Callable[[Connection], None]


def _first(_connection: Connection) -> None:
    """The first tables; a book that has none is made whole by `migrate`."""


def _references(connection: Connection) -> None:
    """The tables of reference lists."""
    for table in (schema.reference_sets, schema.reference_organisations):
        table.create(connection)


def _linking(connection: Connection) -> None:
    """The tables that linking one document after another rests on; all that is derived is made again."""
    for table in (schema.matches, schema.names):
        table.drop(connection, checkfirst=True)
    schema.metadata.create_all(connection, tables=[schema.matches, schema.names, schema.pending, *schema.LINKS])
    connection.execute(delete(schema.meta).where(schema.meta.c.key.in_(["derived", "linked"])))


def _judgements(connection: Connection) -> None:
    """What a judgement was made on, what the machine showed then, and who took it back; indexes to find matches and judgements by."""
    table = schema.judgements
    for name in ("parts", "reason", "act", "left_side", "right_side", "undone_by", "undone_why", "replaced_by"):
        kind = table.c[name].type.compile(connection.dialect)
        connection.execute(text(f"ALTER TABLE judgements ADD COLUMN {name} {kind}"))
    for index in (*table.indexes, *schema.matches.indexes):
        index.create(connection, checkfirst=True)


MIGRATIONS: tuple[Migration, ...] = (
    Migration("0001-first", _first),
    Migration("0002-references", _references),
    Migration("0003-linking", _linking),
    Migration("0004-judgements", _judgements),
)
"""All migrations, oldest first. Append; never rename, remove or reorder."""


def migrate(database: Database, known: Sequence[Migration] = MIGRATIONS) -> tuple[str, ...]:
    """Brings a book up to date in one transaction, and names the migrations that were applied.

    Raises:
        StoreError: the database was written by a newer Breachbook, or by something else.
    """
    if _applied_without_lock(database) == [migration.name for migration in known]:
        return ()
    with database.write() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        tables = set(inspect(connection).get_table_names())
        if "migrations" not in tables:
            return _create(connection, known, tables)
        missing = _missing(_applied(connection), known)
        for position, migration in missing:
            migration.apply(connection)
            _record(connection, migration, position)
        return tuple(migration.name for _, migration in missing)


def _applied_without_lock(database: Database) -> list[str]:
    with database.read() as connection:
        return _applied(connection) if inspect(connection).has_table("migrations") else []


def _applied(connection: Connection) -> list[str]:
    table = schema.migrations
    return list(connection.execute(select(table.c.name).order_by(table.c.position)).scalars())


def _missing(applied: list[str], known: Sequence[Migration]) -> list[tuple[int, Migration]]:
    names = [migration.name for migration in known]
    if newer := [name for name in applied if name not in names]:
        raise StoreError(f"the book was written by a newer Breachbook (migration {newer[0]}); update Breachbook to open it")
    if applied != names[: len(applied)]:
        raise StoreError(f"the book's migrations are not in order ({', '.join(applied)}); restore it from a copy")
    return list(enumerate(known))[len(applied) :]


def _create(connection: Connection, known: Sequence[Migration], tables: set[str]) -> tuple[str, ...]:
    if foreign := tables & set(schema.metadata.tables):
        raise StoreError(f"the database holds a table {min(foreign)!r} that is not Breachbook's; give Breachbook a database of its own")
    schema.metadata.create_all(connection)
    connection.execute(insert(schema.meta).values(key="book", value=uuid.uuid4().hex))
    connection.execute(insert(schema.counters), [{"name": name, "value": 0} for name in ("sequence", "generation")])
    for position, migration in enumerate(known):
        _record(connection, migration, position)
    return tuple(migration.name for migration in known)


def _record(connection: Connection, migration: Migration, position: int) -> None:
    applied = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(insert(schema.migrations).values(name=migration.name, position=position, applied=applied))
