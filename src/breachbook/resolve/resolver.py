"""Mentions to entities: organisations, actors, incidents and campaigns, from claims and judgements.

A function of the documents and judgements of a book: in whatever order they come, at once or one by one, they give the same entities. An
entity's id is made of its earliest mention, so that adding documents changes no id but where two entities become one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from breachbook.model.dossier import ReadDocument
from breachbook.model.entity import Resolution
from breachbook.model.entity import entity_id as id_of
from breachbook.model.judgement import Judgement
from breachbook.model.link import Update
from breachbook.resolve.actors import ACTORS
from breachbook.resolve.campaigning import Campaigns
from breachbook.resolve.describing import actor, claims_of, incident, namesakes_note, organisation
from breachbook.resolve.incidents import incidents_on, organisations_of
from breachbook.resolve.judged import Judged, judged
from breachbook.resolve.kinds import Kind
from breachbook.resolve.loaded import PLACES, Loaded
from breachbook.resolve.memory import MemoryShelf
from breachbook.resolve.organisations import ORGANISATIONS
from breachbook.resolve.relinking import Linked, Relinking, TooLargeError
from breachbook.resolve.shelf import Shelf

LARGEST = 20_000
"""Mentions, or incidents, that one adding may take into one calculation: some seconds' work, and more than any real campaign had."""

ORDER = ("organisation", "actor", "incident", "campaign")
"""The order of kinds in a resolution."""


def resolve(documents: Sequence[ReadDocument], judgements: Sequence[Judgement]) -> Resolution:
    """Everything of which the documents speak, each thing once, and the matches that made it so.

    Args:
        documents: every document of the book with its claims; their `sequence` orders mentions, not their place here.
        judgements: what people decided, in any order; undone ones are passed over.
    """
    shelf = MemoryShelf(sorted(documents, key=lambda d: (d.meta.sequence, d.meta.id)), judgements)
    update = relink(shelf, [document.meta.id for document in documents], None)
    earliest = {mention: rank for (_, mention), (_, rank) in shelf.member_rows.items()}
    entities = sorted(update.entities.values(), key=lambda e: (ORDER.index(e.kind), earliest[e.mentions[0]], e.id))
    links = shelf.links()
    return Resolution(tuple(entities), tuple(one.match for one in links.shown), links)


def relink(shelf: Shelf, changed: Collection[str], limit: int | None) -> Update:
    """Links documents into what lies on a shelf.

    Args:
        shelf: holds what was linked before, the documents, and all judgements.
        changed: documents that are new, were read again, or are named by judgements that are new or were undone.
        limit: how many mentions one calculation may take in; None when nothing was linked before.

    Raises:
        TooLargeError: these documents touch more.
    """
    return _Stages(shelf, set(changed), limit).run()


def relink_some(shelf: Shelf, changed: Collection[str]) -> Update | None:
    """Links some documents into what lies on a shelf, see `relink`; None when they touch so much that all is to be linked again."""
    try:
        return relink(shelf, changed, LARGEST)
    except TooLargeError:
        return None


class _Stages:
    """The stages of one linking; each leaves on the shelf what the next rests on."""

    def __init__(self, shelf: Shelf, changed: set[str], limit: int | None) -> None:
        self._shelf = shelf
        self._changed = changed
        self._limit = limit
        self._loaded = Loaded(shelf)
        self._told = self._loaded.told(changed)
        self._gone = {kind: shelf.mentions_in(kind, changed) for kind in ORDER[:3]}
        self._judged = self._judgements()
        self._newest = (shelf.newest_besides(changed) + 1) << PLACES
        self._update = Update()

    def run(self) -> Update:
        """All stages."""
        organisations = self._link("organisation")
        renamed = self._describe_organisations(organisations)
        self._describe_actors(self._link("actor"))
        beside = self._incidents_naming(organisations.moved)
        incidents = self._link("incident", beside | self._told.incidents.keys())
        nodes = self._shelf.nodes_of("incident", self._incidents_naming_entities(renamed))
        incidents.touched |= set(self._shelf.entities_of("incident", set(nodes.values())).values())
        members = self._members("incident", incidents.touched)
        self._describe_incidents(members)
        campaigns = Campaigns(self._shelf, self._loaded, self._called, self._limit)
        made, gone = campaigns.make(members, incidents.gone, self._gone["incident"])
        self._update.entities.update(made)
        self._update.gone |= gone - made.keys()
        return self._update

    # Linking.

    def _judgements(self) -> Judged:
        given = [j for j in self._shelf.judgements() if j.undone is None]
        entities = {side for j in given for side in (j.left, j.right) if "#" not in side}
        if not entities:
            return judged(given, {})
        gone = {m for several in self._gone.values() for m in several}
        names = {e: m for e, m in self._shelf.named(entities).items() if m not in gone}
        for kind, told in self._by_kind().items():
            names |= {e: m for m in told if (e := id_of(kind, m)) in entities}
        return judged(given, names)

    def _by_kind(self) -> dict[str, Mapping[str, Any]]:
        return {"organisation": self._told.organisations, "actor": self._told.actors, "incident": self._told.incidents}

    def _link(self, name: str, again: Collection[str] = ()) -> Linked:
        kinds: dict[str, Kind[Any]] = {"organisation": ORGANISATIONS, "actor": ACTORS, "incident": incidents_on(self._shelf)}

        def facts_of(mentions: Collection[str]) -> Mapping[str, Any]:
            told = self._loaded.told({m.partition("#")[0] for m in mentions})
            found: dict[str, Mapping[str, Any]] = {"organisation": told.organisations, "actor": told.actors, "incident": told.incidents}
            return {m: found[name][m] for m in mentions}

        linked = Relinking(kinds[name], self._shelf, self._judged, facts_of, self._limit, self._newest).link(
            self._gone[name], self._by_kind()[name], again
        )
        self._update.gone |= linked.gone
        return linked

    def _members(self, kind: str, entities: Collection[str]) -> dict[str, list[str]]:
        """The mentions of entities, the earliest first."""
        inside = self._shelf.nodes_in(kind, entities)
        members = self._shelf.members(kind, {node for several in inside.values() for node in several})
        return {e: [m for _, m in sorted(found for node in several for found in members[node])] for e, several in sorted(inside.items())}

    def _incidents_naming(self, nodes: Collection[str]) -> set[str]:
        """The incidents of documents that have a mention of these nodes of organisations."""
        members = self._shelf.members("organisation", nodes)
        documents = {m.partition("#")[0] for several in members.values() for _, m in several} - self._changed
        return set(self._shelf.mentions_in("incident", documents)) if documents else set()

    def _incidents_naming_entities(self, entities: Collection[str]) -> set[str]:
        inside = self._shelf.nodes_in("organisation", entities)
        return self._incidents_naming({node for several in inside.values() for node in several})

    # Describing.

    def _describe_organisations(self, linked: Linked) -> set[str]:
        """Makes the organisations that were touched, and gives those with another name than before."""
        members = self._members("organisation", linked.touched)
        book = self._loaded.with_mentions([m for several in members.values() for m in several])
        made = {id_: organisation(several, book) for id_, several in members.items()}
        others = linked.beside - made.keys()
        before = self._shelf.entities({*made, *others})
        made |= {id_: before[id_] for id_ in others if id_ in before}
        apart = self._namesakes(made)
        for id_, entity in made.items():
            noted = replace(entity, note=namesakes_note(apart.get(id_, ())))
            if noted != before.get(id_):
                self._update.entities[id_] = noted
        return {id_ for id_, entity in made.items() if id_ not in before or before[id_].name != entity.name}

    def _namesakes(self, entities: Collection[str]) -> dict[str, set[str]]:
        """Those of one name that a contradiction keeps apart, by organisation."""
        inside = self._shelf.nodes_in("organisation", entities)
        found = self._shelf.differences("organisation", [node for several in inside.values() for node in several])
        found = [one for one in found if one.match.parts[0][0].startswith("same_name")]
        of = self._shelf.entities_of("organisation", {node for one in found for node in (one.left, one.right)})
        apart: dict[str, set[str]] = defaultdict(set)
        for one in found:
            left, right = of[one.left], of[one.right]
            if left != right:
                apart[left].add(right)
                apart[right].add(left)
        return apart

    def _describe_actors(self, linked: Linked) -> None:
        members = self._members("actor", linked.touched)
        book = self._loaded.with_mentions([m for several in members.values() for m in several])
        self._update.entities |= {id_: actor(several, book) for id_, several in members.items()}

    def _called(self, organisations: Collection[str]) -> dict[str, str]:
        """The names of organisations, as they are now."""
        rest = self._shelf.entities([id_ for id_ in organisations if id_ not in self._update.entities])
        return {id_: (self._update.entities.get(id_) or rest[id_]).name for id_ in organisations}

    def _describe_incidents(self, members: Mapping[str, Sequence[str]]) -> None:
        book = self._loaded.with_mentions([m for several in members.values() for m in several])
        claims = [c for several in members.values() for c in claims_of(several, book)]
        organisations = organisations_of(self._shelf, {c.object_mention for c in claims if c.object_mention})
        called = self._called(set(organisations.values()))
        self._update.entities |= {id_: incident(several, book, organisations, called) for id_, several in members.items()}
