"""Deriving only what is touched: documents that the derived tables lack are linked into them, and the records around them made again.

Everything lies in one transaction of the writer, and nothing here asks for the whole book.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select

from breachbook.model.entity import Entity, Resolution
from breachbook.model.judgement import Judgement
from breachbook.model.link import Update
from breachbook.store import derived, listings, loading, schema
from breachbook.store.derive import Derivation, Deriver, Publish, Targets, generation_of, state_of
from breachbook.store.dossiers import OWN_CLAIMS_LIMIT, World
from breachbook.store.rows import StoredRow
from breachbook.store.shelf import StoreShelf

Link = Callable[[StoreShelf, set[str]], Update | None]
"""Links documents into what a shelf holds; None when they touch too much of it."""

FEW = 500
"""So many documents are linked into any book, however small; more only when they are the smaller part of it."""

PLACE = ("country", "sector")
"""Properties of an organisation that the rows of its incidents show."""


class NotPossibleError(Exception):
    """Everything has to be derived: nothing was linked yet, another version did it, or too much is touched."""


@dataclass
class Relinked:
    """What was derived, against which rows, and the state of the derived tables before."""

    derivation: Derivation
    before: str
    old: OldRows


class OldRows:
    """Rows as they were before, loaded once for all that are asked for together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._asked: set[str] = set()
        self._rows: dict[tuple[str, str], StoredRow] = {}

    def load(self, ids: Iterable[str]) -> None:
        """Loads the rows of all lists with these ids."""
        wanted = sorted(set(ids) - self._asked)
        self._asked |= set(wanted)
        for start in range(0, len(wanted), loading.CHUNK):
            for row in listings.stored_by_id(self._connection, wanted[start : start + loading.CHUNK]):
                self._rows[row.key] = row

    def get(self, key: tuple[str, str]) -> StoredRow | None:
        """A row, if there was one."""
        if key[1] not in self._asked:
            self.load([key[1]])
        return self._rows.get(key)


def relink(connection: Connection, link: Link, publish: Publish, salt: str) -> Relinked:
    """Brings the derived tables up to date.

    Raises:
        NotPossibleError: everything has to be derived.
    """
    counters, meta = schema.counters, schema.meta
    found = {row.name: row.value for row in connection.execute(select(counters.c.name, counters.c.value).with_for_update())}
    states = {row.key: row.value for row in connection.execute(select(meta))}
    before = states.get("derived")
    if before is None or states.get("linked") != before or before != state_of(generation_of(before), salt):
        raise NotPossibleError
    shelf = StoreShelf(connection)
    judgements = shelf.judgements()
    changed = _changed(connection, judgements)
    if len(changed) > max(FEW, found["sequence"] // 2):
        raise NotPossibleError
    update = link(shelf, changed)
    if update is None:
        raise NotPossibleError
    old = OldRows(connection)
    made = _Touching(connection, update, changed).derive(
        Derivation(found["generation"], before, state_of(found["generation"], salt), Resolution(()), World((), (), {})), publish, salt, old
    )
    derived.write_rows(connection, made, whole=False)
    derived.synchronise(connection, schema.link_judged, derived.judged_rows(judgements))
    connection.execute(delete(schema.pending))
    derived.set_states(connection, made.state, linked=True)
    return Relinked(made, before, old)


def _changed(connection: Connection, judgements: Sequence[Judgement]) -> set[str]:
    """The documents that the derived tables lack, and those with mentions on which other judgements are in force than when these
    were made."""
    mentions = schema.mentions
    before = {tuple(row) for row in connection.execute(select(schema.link_judged))}
    sides = {side for row in before ^ set(derived.judged_rows(judgements)) for side in row[1:3]}
    named = loading.chunked(connection, sides, lambda part: select(mentions.c.document).where(mentions.c.own_id.in_(part)))
    pending = set(connection.execute(select(schema.pending.c.document)).scalars())
    return pending | {side.partition("#")[0] for side in sides if "#" in side} | {row.document for row in named}


class _Touching:
    """What linking touched: entities that changed and went, documents whose mentions changed hands, and the records around these."""

    def __init__(self, connection: Connection, update: Update, changed: set[str]) -> None:
        self._connection = connection
        self._documents = changed
        self._old = {e.id: e for e in loading.entities(connection, sorted({*update.entities, *update.gone}))}
        self._new = {id_: e for id_, e in sorted(update.entities.items()) if self._old.get(id_) != e}
        self._gone = {id_: e for id_, e in self._old.items() if id_ in update.gone and id_ not in update.entities}
        moved = {m for id_ in {*self._new, *self._gone} for m in set(self._mentions(self._old, id_)) ^ set(self._mentions(self._new, id_))}
        self._around = {m.partition("#")[0] for m in moved} | changed

    @staticmethod
    def _mentions(entities: Mapping[str, Entity], id_: str) -> tuple[str, ...]:
        return entities[id_].mentions if id_ in entities else ()

    def derive(self, made: Derivation, publish: Publish, salt: str, old: OldRows) -> Derivation:
        """Writes entities and what they take part in, and makes the rows of all that these touch; rows are not written yet."""
        parts_before = self._incidents_in(self._around) | {id_ for id_, e in self._gone.items() if e.kind == "incident"}
        own_before = self._with_own_claims()
        self._write_entities()
        own = own_before | self._with_own_claims()
        incidents = self._incidents_in(self._around) | {id_ for id_, e in self._new.items() if e.kind == "incident"}
        incidents |= self._incidents_of({*self._renamed(), *self._gone, *own})
        incidents -= self._gone.keys()
        takers = self._takers(parts_before | incidents)
        self._write_parts(incidents)
        takers |= self._takers(incidents)
        profiles = (takers | own | {id_ for id_, e in self._new.items() if e.kind != "incident"}) - self._gone.keys()
        documents = (
            self._documents_of(incidents)
            | self._documents
            | {m.partition("#")[0] for e in self._gone.values() if e.kind == "incident" for m in e.mentions}
        )
        world = loading.world_of(self._connection, sorted(incidents | profiles), sorted(documents))
        self._write_names(world, own)
        made.world = world
        kinds = {id_: world.entities[id_].kind for id_ in sorted(profiles) if id_ in world.entities}
        organisations = [id_ for id_, kind in kinds.items() if kind == "organisation"]
        listed = [(kind, id_) for id_, kind in kinds.items()] + [("supplier", id_) for id_ in organisations]
        old.load([*incidents, *profiles, *documents, *self._gone, *(i for id_ in kinds for i in world.incidents_of(id_))])
        dirty = tuple(d for d in world.documents if d.meta.id in documents)
        Deriver(publish, salt, old, made.base).make(made, Targets(frozenset(organisations), tuple(sorted(incidents)), tuple(listed), dirty))
        lists = ("incident", "organisation", "supplier", "actor", "campaign")
        made.gone |= {(kind, id_) for id_ in self._gone for kind in lists if old.get((kind, id_))}
        return made

    def _renamed(self) -> set[str]:
        return {id_ for id_, e in self._new.items() if id_ in self._old and self._old[id_].name != e.name}

    # Who is around.

    def _incidents_in(self, documents: Collection[str]) -> set[str]:
        """The incidents that documents report."""
        t = schema.mentions
        query = select(t.c.entity).where(t.c.kind == "incident")
        return {row.entity for row in loading.chunked(self._connection, documents, lambda part: query.where(t.c.document.in_(part)))}

    def _incidents_of(self, entities: Collection[str]) -> set[str]:
        """The incidents that entities take part in."""
        t = schema.parts
        rows = loading.chunked(self._connection, entities, lambda part: select(t.c.incident).where(t.c.entity.in_(part)))
        return {row.incident for row in rows}

    def _takers(self, incidents: Collection[str]) -> set[str]:
        """The entities that take part in incidents."""
        t = schema.parts
        rows = loading.chunked(self._connection, incidents, lambda part: select(t.c.entity).where(t.c.incident.in_(part)))
        return {row.entity for row in rows}

    def _documents_of(self, entities: Collection[str]) -> set[str]:
        t = schema.mentions
        rows = loading.chunked(self._connection, entities, lambda part: select(t.c.document).where(t.c.entity.in_(part)))
        return {row.document for row in rows}

    def _with_own_claims(self) -> set[str]:
        """Participants on which documents whose mentions changed hands say something, where their incidents show it.

        One of whom very much is said shows in its incidents only what their own documents say (`OWN_CLAIMS_LIMIT`), and its place.
        """
        t, claims = schema.mentions, schema.claims
        joined = select(t.c.entity, claims.c.property).join(claims, (claims.c.document == t.c.document) & (claims.c.subject == t.c.subject))
        query = joined.where(t.c.kind.in_(("organisation", "actor")))
        said: dict[str, list[str]] = {}
        for row in loading.chunked(self._connection, self._around, lambda part: query.where(t.c.document.in_(part))):
            said.setdefault(row.entity, []).append(row.property)
        moved = {id_ for id_ in said if self._lost(id_)}
        return {
            id_ for id_, properties in said.items()
            if id_ in moved or set(properties) & set(PLACE) or self._own_claims(id_) - len(properties) <= OWN_CLAIMS_LIMIT
        }  # fmt: skip

    def _lost(self, id_: str) -> bool:
        """Whether mentions that were there before came to it, or left it."""
        before, now = set(self._mentions(self._old, id_)), set(self._mentions(self._new, id_))
        return any(m.partition("#")[0] not in self._documents for m in before ^ now) if id_ in self._new else id_ in self._gone

    def _own_claims(self, id_: str) -> int:
        """How many claims there are on an entity itself, by the newest readings."""
        t, documents, links, claims = schema.mentions, schema.documents, schema.reading_claims, schema.claims
        joined = (
            select(func.count())
            .select_from(t)
            .join(claims, (claims.c.document == t.c.document) & (claims.c.subject == t.c.subject))
            .join(documents, documents.c.id == t.c.document)
            .join(links, (links.c.reading == documents.c.reading) & (links.c.claim == claims.c.id))
        )
        found: int = self._connection.execute(joined.where(t.c.entity == id_)).scalar_one()
        return found

    # Writing.

    def _write_entities(self) -> None:
        connection = self._connection
        entities, mentions = schema.entities, schema.mentions
        changed = sorted({*self._new, *self._gone} & self._old.keys())
        grown = {i for i in changed if i in self._new and self._new[i].mentions[: len(self._old[i].mentions)] == self._old[i].mentions}
        derived.delete_keys(connection, entities, [entities.c.id], [(i,) for i in changed])
        derived.delete_keys(connection, mentions, [mentions.c.entity], [(i,) for i in changed if i not in grown])
        derived.insert_rows(connection, entities, list(derived.entity_rows(self._new.values())))
        there = {i: len(self._old[i].mentions) for i in grown}
        rows = [row for row in derived.mention_rows(self._new.values()) if row[1] >= there.get(row[0], 0)]
        derived.insert_rows(connection, mentions, rows)

    def _write_parts(self, incidents: Collection[str]) -> None:
        connection, parts = self._connection, schema.parts
        world = loading.world_of(connection, (), sorted(self._documents_of(incidents)))
        gone = [(i,) for i in sorted({*incidents, *(id_ for id_, e in self._gone.items() if e.kind == "incident")})]
        derived.delete_keys(connection, parts, [parts.c.incident], gone)
        derived.insert_rows(connection, parts, list(derived.part_rows(world, [world.entities[i] for i in sorted(incidents)])))

    def _write_names(self, world: World, own: Collection[str]) -> None:
        connection, names = self._connection, schema.names
        changed = sorted({*self._new, *self._gone, *own})
        derived.delete_keys(connection, names, [names.c.entity], [(i,) for i in changed])
        here = [world.entities[i] for i in changed if i in world.entities and i not in self._gone]
        derived.insert_rows(connection, names, list(dict.fromkeys(derived.name_rows(world, here))))
