"""Deriving: from the book's claims and the entities made of them to the rows of every list, publishing only what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from breachbook.model.dossier import Dossier
from breachbook.model.entity import Entity, Resolution
from breachbook.model.ids import content_id
from breachbook.model.record import Record
from breachbook.store import rows
from breachbook.store.dossiers import World, supplies
from breachbook.store.reader import Snapshot
from breachbook.store.rows import StoredRow

Publish = Callable[[Dossier, str | None], tuple[Record, str] | None]
"""Makes the record of a dossier in a view (None or `supplier`), with a digest of it; None when nothing is known."""


Place = tuple[tuple[str, ...], tuple[str, ...]]
"""Countries and sectors."""


@dataclass
class Derivation:
    """What the derived tables are to hold. `rows` are all of them; `made` those that were made anew, `gone` those that went,
    held against the derived tables in the state `base` (None: held against nothing)."""

    generation: int
    base: str | None
    state: str
    resolution: Resolution
    world: World
    rows: dict[tuple[str, str], StoredRow] = field(default_factory=dict)
    made: set[tuple[str, str]] = field(default_factory=set)
    gone: set[tuple[str, str]] = field(default_factory=set)


class Deriver:
    """Makes rows. `old` are the rows of the last derivation, whose row is kept where nothing that it rests on changed;
    `salt` names the code that publishes, so that another version makes all of them anew; `base` is the state of `old`."""

    def __init__(self, publish: Publish, salt: str, old: Mapping[tuple[str, str], StoredRow], base: str | None) -> None:
        self._base = base
        self._publish = publish
        self._salt = salt
        self._old = old

    def derive(self, snapshot: Snapshot, resolution: Resolution) -> Derivation:
        """The derived tables of a snapshot and the entities that resolving made of it."""
        world = World(snapshot.documents, resolution.entities, snapshot.readings)
        made = Derivation(snapshot.generation, self._base, state_of(snapshot.generation, self._salt), resolution, world)
        places = {e.id: self._place(world, e) for e in _of(world, "organisation")}
        for entity in _of(world, "incident"):
            self._incident(made, entity, places)
        incidents = {id_: row for (_, id_), row in made.rows.items()}
        for kind in ("organisation", "actor", "campaign"):
            for entity in _of(world, kind):
                self._profile(made, kind, entity, incidents)
                if kind == "organisation" and supplies(world, entity.id):
                    self._profile(made, "supplier", entity, incidents)
        self._documents(made, snapshot, incidents)
        made.gone = self._old.keys() - made.rows.keys()
        return made

    def _place(self, world: World, entity: Entity) -> Place:
        """Countries and sectors of an organisation: as they were, when nothing that its record rests on changed."""
        old = self._old.get(("organisation", entity.id))
        if old and old.inputs.startswith(world.inputs(entity.id, self._salt)):
            return old.row.countries, old.row.sectors
        published = self._publish(world.dossier(entity.id), None)
        return rows.place(published[0]) if published else ((), ())

    def _incident(self, made: Derivation, entity: Entity, places: Mapping[str, Place]) -> None:
        victims = [places[id_] for id_, role in made.world.parts(entity.id) if role == "victim" and id_ in places]
        self._row(made, "incident", entity, victims, lambda record: rows.incident_row(record, victims))

    def _profile(self, made: Derivation, kind: str, entity: Entity, incidents: Mapping[str, StoredRow]) -> None:
        own = {i: incidents[i] for i in made.world.incidents_of(entity.id) if i in incidents}
        beside = [content_id("row", [[id_, row.digest, row.row.date, row.facets()] for id_, row in sorted(own.items())])]
        self._row(made, kind, entity, beside, lambda record: rows.profile_row(record, kind, own))

    def _row(self, made: Derivation, kind: str, entity: Entity, beside: object, make: Callable[[Record], StoredRow]) -> None:
        """Adds the row of an entity; `beside` is what it rests on besides the entity's own record."""
        inputs = f"{made.world.inputs(entity.id, self._salt)}/{content_id('row', beside)}"
        old = self._old.get((kind, entity.id))
        if old and old.inputs == inputs:
            made.rows[old.key] = old
            return
        published = self._publish(made.world.dossier(entity.id), "supplier" if kind == "supplier" else None)
        if published is None:
            return
        row = make(published[0])
        aliases = tuple(dict.fromkeys((*row.aliases, *entity.aliases, *entity.reference_names)))
        row = replace(row, row=replace(row.row, id=entity.id, kind=kind), aliases=aliases, inputs=inputs, digest=published[1])
        made.rows[row.key] = row
        made.made.add(row.key)

    def _documents(self, made: Derivation, snapshot: Snapshot, incidents: Mapping[str, StoredRow]) -> None:
        links = made.world.links(claim for document in snapshot.documents for claim in document.claims)
        for document in snapshot.documents:
            named = {links[c.mention].id: None for c in document.claims if c.mention in links}
            row = rows.document_row(document.meta, [incidents[id_] for id_ in named if id_ in incidents])
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
