"""Links what is new into what is there: compares it with those that share a key, and makes the clusters that it touches again.

Everything here works on nodes of one kind and asks the shelf only for what it touches. A book linked from the beginning goes through
the same functions with all its documents as new, so that both ways give the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from breachbook.model.entity import Match, entity_id
from breachbook.model.link import Edge, Node, Shown
from breachbook.resolve.blocking import at_the_edge, pairs, partners
from breachbook.resolve.clusters import JUDGED, Clusters
from breachbook.resolve.joining import idle, join, refused_edge, surest
from breachbook.resolve.judged import Judged, JudgedNodes
from breachbook.resolve.kinds import Kind, Told
from breachbook.resolve.packing import pack, unpack
from breachbook.resolve.shelf import Shelf
from breachbook.resolve.weights import DIFFERENT, SAME, block

POSITIONS = {"organisation": 0, "actor": 10, "incident": 20, "campaign": 30}
"""Where the matches of a kind come in lists; added to it 0 for a judgement, 1 for what joins, 2 for the rest."""


class TooLargeError(Exception):
    """What an adding touches is larger than the limit: linking all from the beginning costs no more."""


@dataclass
class Linked:
    """What linking touched. `moved` leads from nodes to the entity they were before (None: none) where it is another now; `touched`
    are entities, of now, whose mentions or what these say may differ; `gone` those that are no more; `beside` those whose namesakes
    may differ."""

    moved: dict[str, str | None] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Matches that join nothing: those to be `shown`, those `taken` off first, and entities that have namesakes among them."""

    shown: list[Shown]
    taken: set[tuple[str, str, str]]
    beside: set[str]


@dataclass
class Relinking:
    """The linking of one kind on a shelf; `limit` bounds how many nodes are taken into one calculation (None: nothing
    was linked before); mentions of rank `newest` and above are newer than all that were."""

    kind: Kind[Any]
    shelf: Shelf
    judged: Judged
    facts_of: Callable[[Collection[str]], Mapping[str, Told[Any]]]
    limit: int | None = None
    newest: int = 0
    people: JudgedNodes = field(init=False)

    def link(self, gone: Collection[str], come: Mapping[str, Told[Any]], again: Collection[str] = ()) -> Linked:
        """Takes mentions off and puts others there (a mention may be in both), and makes the clusters that they touch again.

        Args:
            gone: mentions that are on the shelf.
            come: what mentions tell.
            again: nodes that stay as they are, but what their facts lead to does not.

        Raises:
            TooLargeError: what this touches is more than the limit.
        """
        name, shelf = self.kind.name, self.shelf
        was = shelf.nodes_of(name, gone)
        alone = self.judged.leaving()
        wanted = {m: self.kind.node(m, told.facts, m in alone) for m, told in come.items()}
        ids = sorted({*was.values(), *wanted.values(), *again})
        old, entity_was = shelf.nodes(name, ids), shelf.entities_of(name, ids)
        losing = set(was.values())
        members = self._members(losing, was, wanted, come)
        new = {i: old[i] for i in again if i in old} | self._made(old, members, wanted, come)
        emptied = losing - {i for i, several in members.items() if several}
        changed = {i for i in ids if i in emptied or old.get(i) != new.get(i)} | set(again)
        for id_ in emptied:
            new.pop(id_, None)
        again_alike = {i for i in old if i in losing or (i in new and old[i].first != new[i].first)}
        shelf.put_shown([(name, i, i) for i in sorted(again_alike)], {}, ())
        shelf.put_members(name, [m for m in was if m not in wanted], {m: (wanted[m], come[m].rank) for m in wanted})
        self.people = self.judged.on(shelf.nodes_of(name, self.judged.mentions()))
        dirty = changed | self._file(changed, old, new)
        joining, ends = self._compare(dirty, emptied)
        core = self._component((dirty - emptied) | set(new) | joining)
        linked = self._join(core, ends, {i: entity_was[i] for i in emptied if i in entity_was}, set(new))
        shelf.put_shown((), {}, self._alike(new, again_alike, wanted))
        return linked

    # Nodes.

    def _members(
        self, losing: Collection[str], was: Mapping[str, str], wanted: Mapping[str, str], come: Mapping[str, Told[Any]]
    ) -> dict[str, list[tuple[int, str]]]:
        """The mentions of nodes that lose some, as they will be; of the others nothing need be known."""
        found: dict[str, list[tuple[int, str]]] = {i: [] for i in losing}
        for node, several in self.shelf.members(self.kind.name, losing).items():
            found[node] = [(rank, m) for rank, m in several if m not in was]
        for mention, node in wanted.items():
            if node in found:
                found[node].append((come[mention].rank, mention))
        return {node: sorted(several) for node, several in found.items()}

    def _made(
        self,
        old: Mapping[str, Node],
        members: Mapping[str, list[tuple[int, str]]],
        wanted: Mapping[str, str],
        come: Mapping[str, Told[Any]],
    ) -> dict[str, Node]:
        """The nodes that there will be of those touched: of one that only gains, from its facts and the new mentions'."""
        rest = [m for several in members.values() for _, m in several if m not in come]
        known = {**(self.facts_of(rest) if rest else {}), **come}
        gaining: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for mention, node in wanted.items():
            gaining[node].append((come[mention].rank, mention))
        made = {}
        for node in sorted({*gaining, *members}):
            if node in members:
                several, before = members[node], None
            else:
                several, before = sorted(gaining[node]), old.get(node)
            facts = [known[m].facts for _, m in several]
            first = min([*several[:1], *([(before.rank, before.first)] if before else [])], default=None)
            if first is not None:
                packed = [unpack(self.kind.facts, before.facts)] if before else []
                made[node] = Node(node, first[0], first[1], pack(self.kind.merged([*packed, *facts], first[1])))
        return made

    def _alike(self, new: Mapping[str, Node], again: Collection[str], wanted: Mapping[str, str]) -> list[Shown]:
        """The matches between the first mention of a node and its others: all of those made again, the new ones of others."""
        later: dict[str, set[str]] = defaultdict(set)
        for mention, node in wanted.items():
            later[node].add(mention)
        for node, several in self.shelf.members(self.kind.name, again).items():
            later[node] |= {m for _, m in several}
        shown = []
        for node in sorted(new):
            others = sorted(later[node] - {new[node].first})
            facts = unpack(self.kind.facts, new[node].facts) if others else None
            shown += [self._shown(node, node, 1, self.kind.alike(facts, new[node].first, mention)) for mention in others]
        return shown

    def _file(self, changed: Collection[str], old: Mapping[str, Node], new: Mapping[str, Node]) -> set[str]:
        """Files changed nodes under their keys, and gives nodes that thereby come to be or cease to be among a key's earliest."""
        name = self.kind.name
        before = self.shelf.keys_of(name, changed)
        there = sorted(i for i in changed if i in new)
        ready = self.kind.ready({i: new[i].facts for i in there})
        keys = {i: self.kind.filed(ready[i]) for i in there}
        self.shelf.put_nodes(name, changed, [new[i] for i in there], keys)
        if self.limit is None:  # all is new
            return set()
        moves: dict[str, int] = defaultdict(int)
        for id_ in changed:
            same = id_ in old and id_ in new and old[id_].rank == new[id_].rank
            if id_ not in old and id_ in new and new[id_].rank >= self.newest:
                continue  # it comes after all others
            mine, now = before.get(id_, set()), set(keys.get(id_, ()))
            for key in (mine ^ now) if same else (mine | now):
                moves[key] += 1
        first = self.shelf.blocks(name, moves, block("largest") + max(moves.values(), default=0))
        edge: set[str] = set()
        for key, ranked in first.items():
            if len(ranked) >= block("largest"):
                edge |= at_the_edge(ranked, self.kind.is_strong(key), moves[key])
        return edge - set(changed)

    # Edges.

    def _compare(self, dirty: Collection[str], gone: Collection[str]) -> tuple[set[str], set[str]]:
        """Compares nodes with all that they share keys with, and exchanges their edges. Gives the other ends of edges that join or
        joined, and those of all."""
        name = self.kind.name
        there = [i for i in dirty if i not in gone]
        keys = {i: sorted(found) for i, found in self.shelf.keys_of(name, there).items()}
        first = self.shelf.blocks(name, {key for several in keys.values() for key in several}, block("largest"))
        whole: dict[str, list[str]] = {}

        def all_of(key: str) -> Sequence[str]:
            if key not in whole:
                whole[key] = self.shelf.blocks(name, [key], None)[key]
            return whole[key]

        def partner(item: str, key: str) -> Sequence[str]:
            return partners(item, key, first[key], self.kind.is_strong(key), all_of)

        found = list(pairs(sorted(keys), keys, partner))
        nodes = self.shelf.nodes(name, {i for pair in found for i in pair})
        ready = self.kind.ready({i: node.facts for i, node in nodes.items()})
        edges = []
        for left, right in found:
            match = self.kind.compare(ready[left], ready[right])
            if match is not None and not idle(match):
                edges.append(Edge(left, right, match))
        before = self.shelf.edges(name, dirty)
        self.shelf.put_edges(name, dirty, edges)
        joining = {i for edge in (*before, *edges) if edge.match.decision == SAME for i in (edge.left, edge.right)}
        ends = {i for edge in (*before, *edges) for i in (edge.left, edge.right)}
        return joining - set(gone), ends - set(gone)

    def _component(self, start: Collection[str]) -> set[str]:
        """All nodes that edges which join, or judgements, tie to these.

        Raises:
            TooLargeError: they are more than the limit.
        """
        name = self.kind.name
        core: set[str] = set()
        frontier = set(start)
        while frontier:
            core |= frontier
            if self.limit is not None and len(core) > self.limit:
                raise TooLargeError
            reached = {i for e in self.shelf.edges(name, frontier) if e.match.decision == SAME for i in (e.left, e.right)}
            frontier = (reached | self.people.of(frontier)) - core
        return core

    # Clusters.

    def _join(self, core: Collection[str], ends: Collection[str], emptied: Mapping[str, str], told: Collection[str]) -> Linked:
        """Makes the clusters of a component, and the matches to be shown of it.

        Args:
            core: the nodes of the component.
            ends: nodes whose edges changed.
            emptied: the entities of nodes that are no more.
            told: nodes of which something new is told.
        """
        name, shelf = self.kind.name, self.shelf
        nodes = shelf.nodes(name, core)
        ready = self.kind.ready({i: nodes[i].facts for i in sorted(nodes)})
        clusters: Clusters[Any] = Clusters(sorted(nodes), lambda i: self.kind.summary(ready[i]))
        decided = self.people.apply(clusters, nodes)
        edges = [e for e in shelf.edges(name, nodes) if e.match.decision == SAME]
        joined, refused = join(clusters, edges)
        now: dict[str, str] = {}
        for group in clusters.groups().values():
            earliest = min((nodes[i] for i in group), key=lambda node: node.rank)
            now.update(dict.fromkeys(group, entity_id(name, earliest.first)))
        before = shelf.entities_of(name, nodes)
        moved = {i: before.get(i) for i in sorted(nodes) if before.get(i) != now[i]}
        shelf.put_entities(name, {i: now[i] for i in moved})
        left = {e for e in (*moved.values(), *emptied.values()) if e}
        gone = left - shelf.nodes_in(name, left).keys()
        touched = {now[i] for i in nodes if i in moved or i in told} | (left - gone)
        summaries = self._summaries({now[i]: several for several in clusters.groups().values() for i in several[:1]}, ready)
        waiting = self._waiting({*nodes, *ends}, moved, summaries)
        shown = [
            *(self._shown(left, right, 0, match) for left, right, match in decided),
            *(self._shown(e.left, e.right, 1, e.match) for e in joined),
            *(self._shown(e.left, e.right, 2, e.match) for e in refused if frozenset((e.left, e.right)) not in self.people.decided),
            *waiting.shown,
        ]
        shelf.put_shown(waiting.taken, {name: {*nodes, *emptied}}, shown)
        return Linked(moved, touched, gone, waiting.beside | set(summaries))

    def _shown(self, left: str, right: str, position: int, match: Match) -> Shown:
        return Shown(self.kind.name, left, right, POSITIONS[self.kind.name] + position, match)

    # What is put forward.

    def _waiting(self, around: Collection[str], moved: Collection[str], summaries: dict[str, Any]) -> Waiting:
        """The matches that join nothing, to be shown for nodes around which something changed.

        A node is put forward with the surest few that are not of its own cluster (`block.proposals` of the weight table).
        """
        name, shelf = self.kind.name, self.shelf
        beyond = {i for e in shelf.edges(name, moved) if e.match.decision != SAME for i in (e.left, e.right)}
        open_edges = {(e.left, e.right): e for e in shelf.edges(name, {*around, *beyond}) if e.match.decision != SAME}
        far = {i for pair in open_edges for i in pair}
        all_edges = [e for e in shelf.edges(name, far) if e.match.decision != SAME]
        entity = shelf.entities_of(name, {i for e in all_edges for i in (e.left, e.right)})
        places: dict[str, int] = defaultdict(int)
        shown: list[Edge] = []
        for edge in sorted((e for e in all_edges if entity[e.left] != entity[e.right]), key=surest):
            places[edge.left] += 1
            places[edge.right] += 1
            within = max(places[edge.left], places[edge.right]) <= block("proposals")
            if within and (edge.left, edge.right) in open_edges and frozenset((edge.left, edge.right)) not in self.people.decided:
                shown.append(edge)
        said = self._with_refusals(shown, entity, summaries)
        taken = {(name, *pair) for pair in open_edges if frozenset(pair) not in self.people.decided}
        namesakes = {entity[i] for e in open_edges.values() if e.match.decision == DIFFERENT for i in (e.left, e.right)}
        return Waiting([self._shown(e.left, e.right, 2, e.match) for e in said], taken, namesakes)

    def _with_refusals(self, edges: Sequence[Edge], entity: Mapping[str, str], summaries: dict[str, Any]) -> list[Edge]:
        """Edges that are put forward, those of clusters that cannot be one with the reason and as different."""
        proposed = {entity[i] for e in edges if e.match.decision != DIFFERENT for i in (e.left, e.right)}
        self._add_summaries(proposed - summaries.keys(), summaries)
        of_judged = self.shelf.entities_of(self.kind.name, {i for pair in self.people.apart for i in pair})
        apart = {frozenset(of_judged[i] for i in pair) for pair in self.people.apart if all(i in of_judged for i in pair)}
        found = []
        for edge in edges:
            left, right = entity[edge.left], entity[edge.right]
            if edge.match.decision != DIFFERENT:
                barred = frozenset((left, right)) in apart
                edge = refused_edge(edge, JUDGED if barred else summaries[left].contradiction(summaries[right]))
            found.append(edge)
        return found

    def _add_summaries(self, entities: Collection[str], summaries: dict[str, Any]) -> None:
        inside = self.shelf.nodes_in(self.kind.name, entities)
        nodes = self.shelf.nodes(self.kind.name, [i for several in inside.values() for i in several])
        summaries |= self._summaries(inside, self.kind.ready({i: nodes[i].facts for i in sorted(nodes)}))

    def _summaries(self, inside: Mapping[str, Sequence[str]], ready: Mapping[str, Any]) -> dict[str, Any]:
        """What is known of each entity as a whole."""
        found: dict[str, Any] = {}
        for id_, several in inside.items():
            first, *rest = sorted(several)
            found[id_] = self.kind.summary(ready[first])
            for other in rest:
                found[id_].absorb(self.kind.summary(ready[other]))
        return found
