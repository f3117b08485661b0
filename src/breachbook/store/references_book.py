"""The organisations of the book in the form in which names are linked to them: names, and what its sources say of where they are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, select

from breachbook.model.reference import BOOK, KnownOrganisation
from breachbook.store import schema
from breachbook.store.engine import Database

PLACING = ("domain", "country", "region", "sector")
"""Properties of an organisation that are compared."""


def book_organisations(database: Database) -> Iterator[KnownOrganisation]:
    """All organisations of the book, by id. A value counts when some source states it; denied ones do not."""
    with database.read() as connection:
        facts = _facts(connection)
        table = schema.entities
        rows = select(table.c.id, table.c.name, table.c.aliases).where(table.c.kind == "organisation").order_by(table.c.id)
        for id_, name, aliases in connection.execute(rows):
            domains, countries, regions, sectors = (tuple(sorted(facts[id_, property])) for property in PLACING)
            yield KnownOrganisation(id_, BOOK, name, tuple(json.loads(aliases)), domains, countries, regions, sectors)


def _facts(connection: Connection) -> dict[tuple[str, str], set[str]]:
    mentions, documents, links, claims = schema.mentions, schema.documents, schema.reading_claims, schema.claims
    query = (
        select(mentions.c.entity, claims.c.property, claims.c.value)
        .select_from(mentions)
        .join(claims, (claims.c.document == mentions.c.document) & (claims.c.subject == mentions.c.subject))
        .join(documents, documents.c.id == mentions.c.document)
        .join(links, (links.c.reading == documents.c.reading) & (links.c.claim == claims.c.id))
        .where(mentions.c.kind == "organisation", claims.c.property.in_(PLACING), claims.c.certainty != "denied")
    )
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entity, property, value in connection.execute(query):
        found[entity, property].add(str(json.loads(value)))
    return found
