"""Deriving: from the book's claims and the entities made of them to the rows of every list, publishing only what changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from breachbook.model.dossier import Dossier, ReadDocument
from breachbook.model.entity import Entity, Resolution
from breachbook.model.ids import content_id
from breachbook.model.record import Record
from breachbook.store import rows
from breachbook.store.dossiers import World, supplies
from breachbook.store.reader import Snapshot
from breachbook.store.rows import StoredRow

Publish = Callable[[Dossier, str | None], tuple[Record, str] | None]
"""Makes the record of a dossier in a view (None or `supplier`), with a digest of it; None when nothing is known."""


KEPT = 10_000
"""Records of organisations, published for their place, that are kept until their rows are made; some kilobytes each."""

Place = tuple[tuple[str, ...], tuple[str, ...]]
"""Countries and sectors."""


@dataclass
class Derivation:
    """What the derived tables are to hold. `rows` are all of them; `made` those that were made anew, `gone` those that went,
    `asked` all that were looked at, held against the derived tables in the state `base` (None: held against nothing)."""

    generation: int
    base: str | None
    state: str
    resolution: Resolution
    world: World
    rows: dict[tuple[str, str], StoredRow] = field(default_factory=dict)
    made: set[tuple[str, str]] = field(default_factory=set)
    gone: set[tuple[str, str]] = field(default_factory=set)
    asked: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Targets:
    """What is to be derived again: ids of organisations, of incidents, of profiles by list, and documents."""

    organisations: frozenset[str]
    incidents: tuple[str, ...]
    profiles: tuple[tuple[str, str], ...]
    documents: tuple[ReadDocument, ...]


class OldRows(Protocol):
    """The rows of the last derivation, by (list, id)."""

    def get(self, key: tuple[str, str]) -> StoredRow | None:
        """A row, if there was one."""
        ...


class Deriver:
    """Makes rows. `old` are the rows of the last derivation, whose row is kept where nothing that it rests on changed;
    `salt` names the code that publishes, so that another version makes all of them anew; `base` is the state of `old`."""

    def __init__(self, publish: Publish, salt: str, old: OldRows, base: str | None) -> None:
        self._base = base
        self._publish = publish
        self._salt = salt
        self._old = old
        self._kept: dict[str, tuple[Record, str] | None] = {}

    def derive(self, snapshot: Snapshot, resolution: Resolution, known: Collection[tuple[str, str]]) -> Derivation:
        """The derived tables of a snapshot and the entities that resolving made of it; `known` are the (list, id) of all old rows."""
        world = World(snapshot.documents, resolution.entities, snapshot.readings)
        made = Derivation(snapshot.generation, self._base, state_of(snapshot.generation, self._salt), resolution, world)
        organisations = [e.id for e in _of(world, "organisation")]
        profiles = [(kind, e.id) for kind in ("organisation", "actor", "campaign") for e in _of(world, kind)]
        profiles += [("supplier", id_) for id_ in organisations]
        incidents = tuple(e.id for e in _of(world, "incident"))
        self.make(made, Targets(frozenset(organisations), incidents, tuple(profiles), snapshot.documents))
        made.gone = set(known) - made.rows.keys()
        return made

    def make(self, made: Derivation, targets: Targets) -> None:
        """Makes rows of some of a world: those that are new go into `made`, the old ones of which there are none now are `gone`."""
        places: dict[str, Place] = {}

        def place(id_: str) -> Place:
            if id_ not in places:
                places[id_] = self._place(made.world, id_) if id_ in targets.organisations else self._old_place(id_)
            return places[id_]

        for id_ in targets.incidents:
            self._incident(made, made.world.entities[id_], place)
        for kind, id_ in targets.profiles:
            if kind != "supplier" or supplies(made.world, id_):
                self._profile(made, kind, made.world.entities[id_])
        self._documents(made, targets.documents)
        keys = [*(("incident", id_) for id_ in targets.incidents), *targets.profiles]
        made.gone |= {key for key in keys if key not in made.rows and self._old.get(key)}

    def _place(self, world: World, id_: str) -> Place:
        """Countries and sectors of an organisation: as they were, when nothing that its record rests on changed."""
        old = self._old.get(("organisation", id_))
        if old and old.inputs.startswith(world.inputs(id_, self._salt)):
            return old.row.countries, old.row.sectors
        published = self._publish(world.dossier(id_), None)
        if len(self._kept) < KEPT:
            self._kept[id_] = published
        return rows.place(published[0]) if published else ((), ())

    def _old_place(self, id_: str) -> Place:
        old = self._old.get(("organisation", id_))
        return (old.row.countries, old.row.sectors) if old else ((), ())

    def _row_of(self, made: Derivation, incident: str) -> StoredRow | None:
        """The row of an incident: as it is made now, else as it was."""
        key = ("incident", incident)
        return made.rows.get(key) or (None if key in made.asked else self._old.get(key))

    def _incident(self, made: Derivation, entity: Entity, place: Callable[[str], Place]) -> None:
        parts = made.world.parts(entity.id)
        victims = [place(id_) for id_, role in parts if role == "victim" and made.world.entities[id_].kind == "organisation"]
        self._row(made, "incident", entity, victims, lambda record: rows.incident_row(record, victims))

    def _profile(self, made: Derivation, kind: str, entity: Entity) -> None:
        own = {i: row for i in made.world.incidents_of(entity.id) if (row := self._row_of(made, i))}
        beside = [content_id("row", [[id_, row.digest, row.row.date, row.facets()] for id_, row in sorted(own.items())])]
        self._row(made, kind, entity, beside, lambda record: rows.profile_row(record, kind, own))

    def _row(self, made: Derivation, kind: str, entity: Entity, beside: object, make: Callable[[Record], StoredRow]) -> None:
        """Adds the row of an entity; `beside` is what it rests on besides the entity's own record."""
        made.asked.add((kind, entity.id))
        inputs = f"{made.world.inputs(entity.id, self._salt)}/{content_id('row', beside)}"
        old = self._old.get((kind, entity.id))
        if old and old.inputs == inputs:
            made.rows[old.key] = old
            return
        if kind == "organisation" and entity.id in self._kept:
            published = self._kept.pop(entity.id)
        else:
            published = self._publish(made.world.dossier(entity.id), "supplier" if kind == "supplier" else None)
        if published is None:
            return
        row = make(published[0])
        aliases = tuple(dict.fromkeys((*row.aliases, *entity.aliases, *entity.reference_names)))
        row = replace(row, row=replace(row.row, id=entity.id, kind=kind), aliases=aliases, inputs=inputs, digest=published[1])
        made.rows[row.key] = row
        made.made.add(row.key)

    def _documents(self, made: Derivation, documents: Sequence[ReadDocument]) -> None:
        links = made.world.links(claim for document in documents for claim in document.claims)
        for document in documents:
            named = {links[c.mention].id: None for c in document.claims if c.mention in links and links[c.mention].kind == "incident"}
            row = rows.document_row(document.meta, [row for id_ in named if (row := self._row_of(made, id_))])
            if (old := self._old.get(row.key)) != row:
                made.made.add(row.key)
            made.rows[row.key] = old if old == row and old else row


def state_of(generation: int, salt: str) -> str:
    """What the derived tables were made from, in one line: the generation of the book and the code."""
    return f"{generation}/{salt}"


def generation_of(state: str | None) -> int:
    """The generation that a state names; -1 for none."""
    return int(state.partition("/")[0]) if state else -1


def _of(world: World, kind: str) -> Iterator[Entity]:
    return (entity for entity in world.entities.values() if entity.kind == kind)
