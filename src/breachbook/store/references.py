"""Reference lists: written whole or not at all, and read in their order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import Connection, delete, func, insert, select, update

from breachbook.errors import NotFoundError
from breachbook.model.reference import KnownOrganisation, ReferenceSet
from breachbook.store import schema
from breachbook.store.engine import Database

ROWS_AT_ONCE = 5_000
"""Rows that are sent to the database together, and read from it together."""

_DETAILS = ("aliases", "domains", "countries", "regions", "sectors", "identifiers")


class References:
    """The reference lists of one book."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, origin: str, added: str, organisations: Iterable[KnownOrganisation]) -> int:
        """Writes a list in place of the one of that name, and gives how many organisations it has. Ids are to be different.

        Raises:
            StoreError: the database fails; the list is as it was.
        """
        with self._database.write() as connection:
            _remove(connection, name)
            connection.execute(insert(schema.reference_sets).values(name=name, origin=origin, added=added, organisations=0))
            number = _insert(connection, organisations)
            connection.execute(update(schema.reference_sets).where(schema.reference_sets.c.name == name).values(organisations=number))
            return number

    def remove(self, name: str) -> None:
        """Removes a list.

        Raises:
            NotFoundError: there is none of that name.
            StoreError: the database fails.
        """
        with self._database.write() as connection:
            if not _remove(connection, name):
                raise NotFoundError("there is no such reference list; `breachbook reference list` names them", subject=name[:200])

    def sets(self) -> list[ReferenceSet]:
        """All lists, by name."""
        table = schema.reference_sets
        with self._database.read() as connection:
            rows = connection.execute(select(table.c.name, table.c.origin, table.c.added, table.c.organisations).order_by(table.c.name))
            return [ReferenceSet(*row) for row in rows]

    def count(self) -> int:
        """How many organisations all lists have."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(schema.reference_organisations)).scalar_one())

    def organisations(self, source: str) -> Iterator[KnownOrganisation]:
        """The organisations of a list in its order, some thousands in memory at a time."""
        table = schema.reference_organisations
        query = select(table.c.id, table.c.name, table.c.details).where(table.c.source == source).order_by(table.c.position)
        with self._database.read() as connection:
            for id_, name, details in connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)):
                yield _organisation(id_, source, name, details)


def _remove(connection: Connection, name: str) -> bool:
    connection.execute(delete(schema.reference_organisations).where(schema.reference_organisations.c.source == name))
    return bool(connection.execute(delete(schema.reference_sets).where(schema.reference_sets.c.name == name)).rowcount)


def _insert(connection: Connection, organisations: Iterable[KnownOrganisation]) -> int:
    rows = (
        {"id": o.id, "source": o.source, "position": place, "name": o.name, "details": _details(o)} for place, o in enumerate(organisations)
    )
    number = 0
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        connection.execute(insert(schema.reference_organisations), batch)
        number += len(batch)
    return number


def _details(organisation: KnownOrganisation) -> str:
    """JSON in ASCII of the fields that are not empty."""
    return json.dumps({field: value for field in _DETAILS if (value := getattr(organisation, field))}, separators=(",", ":"))


def _organisation(id_: str, source: str, name: str, details: str) -> KnownOrganisation:
    fields = {field: tuple(value) for field, value in json.loads(details).items()}
    fields["identifiers"] = tuple((str(scheme), str(value)) for scheme, value in fields.get("identifiers", ()))
    return KnownOrganisation(id_, source, name, **fields)
