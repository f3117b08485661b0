"""A shelf in memory: a book is linked on it from the beginning, and what lies there then goes into the book's tables."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from breachbook.model.dossier import ReadDocument
from breachbook.model.entity import Entity
from breachbook.model.judgement import Judgement
from breachbook.model.link import Edge, Links, Node, Shown


class MemoryShelf:
    """See `shelf.Shelf`. It holds the documents and judgements of a book, and at first nothing else."""

    def __init__(self, documents: Sequence[ReadDocument], judgements: Sequence[Judgement]) -> None:
        self._documents = {document.meta.id: document for document in documents}
        self._judgements = judgements
        self.node_rows: dict[tuple[str, str], Node] = {}
        self.member_rows: dict[tuple[str, str], tuple[str, int]] = {}
        self.key_rows: dict[tuple[str, str], set[str]] = {}
        self.edge_rows: dict[tuple[str, str, str], Edge] = {}
        self.entity_rows: dict[tuple[str, str], str] = {}
        self.shown_rows: dict[tuple[str, str, str], Shown] = {}
        self.theme_rows: dict[str, frozenset[tuple[str, str]]] = {}
        self._members: dict[tuple[str, str], set[tuple[int, str]]] = defaultdict(set)
        self._blocks: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        self._ends: dict[tuple[str, str], set[tuple[str, str, str]]] = defaultdict(set)
        self._inside: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._shown: dict[tuple[str, str], set[tuple[str, str, str]]] = defaultdict(set)
        self._themes: dict[tuple[str, str], set[str]] = defaultdict(set)

    def nodes_of(self, kind: str, mentions: Collection[str]) -> dict[str, str]:
        return {m: self.member_rows[kind, m][0] for m in mentions if (kind, m) in self.member_rows}

    def mentions_in(self, kind: str, documents: Collection[str]) -> list[str]:
        wanted = set(documents)
        return [m for k, m in self.member_rows if k == kind and m.partition("#")[0] in wanted]

    def newest_besides(self, documents: Collection[str]) -> int:
        return max((d.meta.sequence for id_, d in self._documents.items() if id_ not in documents), default=0)

    def nodes(self, kind: str, ids: Collection[str]) -> dict[str, Node]:
        return {i: self.node_rows[kind, i] for i in ids if (kind, i) in self.node_rows}

    def members(self, kind: str, ids: Collection[str]) -> dict[str, list[tuple[int, str]]]:
        return {i: sorted(self._members[kind, i]) for i in ids if (kind, i) in self._members}

    def entities_of(self, kind: str, ids: Collection[str]) -> dict[str, str]:
        return {i: self.entity_rows[kind, i] for i in ids if (kind, i) in self.entity_rows}

    def nodes_in(self, kind: str, entities: Collection[str]) -> dict[str, list[str]]:
        return {e: sorted(self._inside[kind, e]) for e in entities if self._inside.get((kind, e))}

    def keys_of(self, kind: str, ids: Collection[str]) -> dict[str, set[str]]:
        return {i: self.key_rows[kind, i] for i in ids if (kind, i) in self.key_rows}

    def blocks(self, kind: str, keys: Collection[str], limit: int | None) -> dict[str, list[str]]:
        return {key: [i for _, i in self._blocks[kind, key][:limit]] for key in keys if self._blocks.get((kind, key))}

    def edges(self, kind: str, ids: Collection[str]) -> list[Edge]:
        found = {key for i in ids for key in self._ends.get((kind, i), ())}
        return [self.edge_rows[key] for key in sorted(found)]

    def differences(self, kind: str, ids: Collection[str]) -> list[Shown]:
        found = {key for i in ids for key in self._shown.get((kind, i), ())}
        return [self.shown_rows[key] for key in sorted(found) if self.shown_rows[key].match.decision == "different"]

    def put_nodes(self, kind: str, gone: Collection[str], nodes: Iterable[Node], keys: Mapping[str, Collection[str]]) -> None:
        for id_ in gone:
            node = self.node_rows.pop((kind, id_), None)
            for key in self.key_rows.pop((kind, id_), ()) if node else ():
                self._blocks[kind, key].remove((node.rank, id_))  # type: ignore[union-attr]
        for node in nodes:
            self.node_rows[kind, node.id] = node
            self.key_rows[kind, node.id] = set(keys[node.id])
            for key in keys[node.id]:
                bisect.insort(self._blocks[kind, key], (node.rank, node.id))

    def put_members(self, kind: str, gone: Collection[str], members: Mapping[str, tuple[str, int]]) -> None:
        for mention in (*gone, *members):
            if (kind, mention) in self.member_rows:
                node, rank = self.member_rows.pop((kind, mention))
                self._members[kind, node].discard((rank, mention))
        for mention, (node, rank) in members.items():
            self.member_rows[kind, mention] = node, rank
            self._members[kind, node].add((rank, mention))

    def put_edges(self, kind: str, ids: Collection[str], edges: Iterable[Edge]) -> None:
        for key in {key for i in ids for key in self._ends.get((kind, i), ())}:
            del self.edge_rows[key]
            for end in key[1:]:
                self._ends[kind, end].discard(key)
        for edge in edges:
            key = kind, edge.left, edge.right
            self.edge_rows[key] = edge
            self._ends[kind, edge.left].add(key)
            self._ends[kind, edge.right].add(key)

    def put_entities(self, kind: str, entities: Mapping[str, str]) -> None:
        for node, entity in entities.items():
            if (before := self.entity_rows.get((kind, node))) is not None:
                self._inside[kind, before].discard(node)
            self.entity_rows[kind, node] = entity
            self._inside[kind, entity].add(node)

    def put_shown(self, gone: Collection[tuple[str, str, str]], nodes: Mapping[str, Collection[str]], shown: Iterable[Shown]) -> None:
        """Nothing was shown before on a shelf that is filled but once."""
        for one in shown:
            key = one.kind, one.match.left, one.match.right
            if key not in self.shown_rows:
                self.shown_rows[key] = one
                for node in (one.left, one.right):
                    self._shown[one.kind, node].add(key)

    def themes_of(self, incidents: Collection[str]) -> dict[str, frozenset[tuple[str, str]]]:
        return {i: self.theme_rows[i] for i in incidents if i in self.theme_rows}

    def themed(self, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
        return {key: sorted(self._themes[key]) for key in keys if key in self._themes}

    def put_themes(self, gone: Collection[str], themes: Mapping[str, Collection[tuple[str, str]]]) -> None:
        for incident in (*gone, *themes):
            for key in self.theme_rows.pop(incident, ()):
                self._themes[key].discard(incident)
        for incident, keys in themes.items():
            self.theme_rows[incident] = frozenset(keys)
            for key in keys:
                self._themes[key].add(incident)

    def documents(self, ids: Collection[str]) -> Sequence[ReadDocument]:
        return [self._documents[i] for i in ids if i in self._documents]

    def entities(self, ids: Collection[str]) -> dict[str, Entity]:
        return {}

    def campaigns_of(self, incidents: Collection[str]) -> list[str]:
        return []

    def judgements(self) -> Sequence[Judgement]:
        return self._judgements

    def named(self, entities: Collection[str]) -> dict[str, str]:
        return {}

    def links(self) -> Links:
        """All that lies here but the documents and judgements."""
        shown = sorted(self.shown_rows.values(), key=lambda s: (s.position, -s.match.score, s.match.left, s.match.right))
        return Links(
            self.node_rows, self.entity_rows, self.key_rows, self.member_rows, self.edge_rows, shown, self.theme_rows, self._judgements
        )
