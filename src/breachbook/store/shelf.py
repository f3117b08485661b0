"""What linking keeps, in the book's tables: asked for by key and id, never as a whole, and changed inside the writer's transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, and_, bindparam, delete, insert, or_, select, update
from sqlalchemy import Row as SqlRow

from breachbook.model.claim import mention_id
from breachbook.model.dossier import ReadDocument
from breachbook.model.entity import Entity, Match
from breachbook.model.judgement import Judgement
from breachbook.model.link import Edge, Node, Shown
from breachbook.store import codec, judgements, loading, schema

BATCH = 400
"""Keys in one statement that names each by several parts."""

_MEMBERS, _KEYS, _THEMES = schema.link_members, schema.link_keys, schema.link_themes

# Asked once for each key or document: made once, for making a statement takes longer than running it.
_MENTIONS_IN = select(_MEMBERS.c.mention).where(
    _MEMBERS.c.kind == bindparam("kind"), _MEMBERS.c.mention > bindparam("low"), _MEMBERS.c.mention < bindparam("high")
)
_BLOCK = select(_KEYS.c.node).where(_KEYS.c.kind == bindparam("kind"), _KEYS.c.key == bindparam("key")).order_by(_KEYS.c.rank, _KEYS.c.node)
_FIRST_OF_BLOCK = _BLOCK.limit(bindparam("number"))
_THEMED = (
    select(_THEMES.c.incident).where(_THEMES.c.key == bindparam("key"), _THEMES.c.role == bindparam("role")).order_by(_THEMES.c.incident)
)
_ENTITY = (
    update(schema.link_nodes)
    .where(schema.link_nodes.c.kind == bindparam("of_kind"), schema.link_nodes.c.id == bindparam("node"))
    .values(entity=bindparam("now"))
)

Chunked = Callable[[list[str]], Select[Any]]


class StoreShelf:
    """See `resolve.shelf.Shelf`: the tables of a book, inside one transaction that writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _rows(self, ids: Collection[str], query: Chunked) -> Iterator[SqlRow[Any]]:
        return loading.chunked(self._connection, sorted(ids), query)

    # What is there.

    def nodes_of(self, kind: str, mentions: Collection[str]) -> dict[str, str]:
        t = schema.link_members
        rows = self._rows(mentions, lambda part: select(t.c.mention, t.c.node).where(t.c.kind == kind, t.c.mention.in_(part)))
        return {row.mention: row.node for row in rows}

    def mentions_in(self, kind: str, documents: Collection[str]) -> list[str]:
        found: list[str] = []
        for document in sorted(documents):  # '$' follows '#'
            found += self._connection.execute(_MENTIONS_IN, {"kind": kind, "low": f"{document}#", "high": f"{document}$"}).scalars()
        return found

    def newest_besides(self, documents: Collection[str]) -> int:
        t = schema.documents
        newest = select(t.c.id, t.c.sequence).order_by(t.c.sequence.desc()).limit(len(documents) + 1)
        return next((row.sequence for row in self._connection.execute(newest) if row.id not in documents), 0)

    def named(self, entities: Collection[str]) -> dict[str, str]:
        t = schema.mentions
        query = select(t.c.own_id, t.c.document, t.c.subject)
        rows = self._rows(entities, lambda part: query.where(t.c.own_id.in_(part), t.c.kind != "campaign"))
        return {row.own_id: mention_id(row.document, row.subject) for row in rows}

    def nodes(self, kind: str, ids: Collection[str]) -> dict[str, Node]:
        t = schema.link_nodes
        query = select(t.c.id, t.c.rank, t.c.first, t.c.facts)
        return {
            row.id: Node(row.id, row.rank, row.first, row.facts)
            for row in self._rows(ids, lambda part: query.where(t.c.kind == kind, t.c.id.in_(part)))
        }

    def members(self, kind: str, ids: Collection[str]) -> dict[str, list[tuple[int, str]]]:
        t = schema.link_members
        query = select(t.c.node, t.c.rank, t.c.mention)
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for row in self._rows(ids, lambda part: query.where(t.c.kind == kind, t.c.node.in_(part))):
            found[row.node].append((row.rank, row.mention))
        return {node: sorted(several) for node, several in found.items()}

    def entities_of(self, kind: str, ids: Collection[str]) -> dict[str, str]:
        t = schema.link_nodes
        rows = self._rows(ids, lambda part: select(t.c.id, t.c.entity).where(t.c.kind == kind, t.c.id.in_(part)))
        return {row.id: row.entity for row in rows if row.entity}

    def nodes_in(self, kind: str, entities: Collection[str]) -> dict[str, list[str]]:
        t = schema.link_nodes
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._rows(entities, lambda part: select(t.c.entity, t.c.id).where(t.c.kind == kind, t.c.entity.in_(part))):
            found[row.entity].append(row.id)
        return {entity: sorted(several) for entity, several in found.items()}

    def keys_of(self, kind: str, ids: Collection[str]) -> dict[str, set[str]]:
        t = schema.link_keys
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._rows(ids, lambda part: select(t.c.node, t.c.key).where(t.c.kind == kind, t.c.node.in_(part))):
            found[row.node].add(row.key)
        return dict(found)

    def blocks(self, kind: str, keys: Collection[str], limit: int | None) -> dict[str, list[str]]:
        found = {}
        for key in sorted(keys):
            given = {"kind": kind, "key": key}
            rows = (
                self._connection.execute(_BLOCK, given)
                if limit is None
                else self._connection.execute(_FIRST_OF_BLOCK, {**given, "number": limit})
            )
            if several := list(rows.scalars()):
                found[key] = several
        return found

    def edges(self, kind: str, ids: Collection[str]) -> list[Edge]:
        t = schema.link_edges
        found: dict[tuple[str, str], Edge] = {}
        for end in (t.c.left_node, t.c.right_node):
            for row in self._rows(ids, lambda part, end=end: select(t).where(t.c.kind == kind, end.in_(part))):  # type: ignore[misc]
                found[row.left_node, row.right_node] = Edge(row.left_node, row.right_node, _match(row))
        return [found[key] for key in sorted(found)]

    def differences(self, kind: str, ids: Collection[str]) -> list[Shown]:
        t = schema.matches
        found: dict[tuple[str, str], Shown] = {}
        for end in (t.c.left_node, t.c.right_node):
            query = select(t).where(t.c.kind == kind, t.c.decision == "different")
            for row in self._rows(ids, lambda part, query=query, end=end: query.where(end.in_(part))):  # type: ignore[misc]
                found[row.left_mention, row.right_mention] = Shown(kind, row.left_node, row.right_node, row.position, _match(row))
        return [found[key] for key in sorted(found)]

    def themes_of(self, incidents: Collection[str]) -> dict[str, frozenset[tuple[str, str]]]:
        t = schema.link_themes
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in self._rows(incidents, lambda part: select(t).where(t.c.incident.in_(part))):
            found[row.incident].add((row.key, row.role))
        return {incident: frozenset(keys) for incident, keys in found.items()}

    def themed(self, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
        found = {}
        for key, role in sorted(keys):
            if several := list(self._connection.execute(_THEMED, {"key": key, "role": role}).scalars()):
                found[key, role] = several
        return found

    def campaigns_of(self, incidents: Collection[str]) -> list[str]:
        t = schema.mentions
        wanted = set(incidents)
        query = select(t.c.entity, t.c.document, t.c.subject).where(t.c.kind == "campaign")
        rows = self._rows({m.partition("#")[0] for m in wanted}, lambda part: query.where(t.c.document.in_(part)))
        return sorted({row.entity for row in rows if mention_id(row.document, row.subject) in wanted})

    def documents(self, ids: Collection[str]) -> Sequence[ReadDocument]:
        return loading.read_documents(self._connection, ids)[0]

    def entities(self, ids: Collection[str]) -> dict[str, Entity]:
        return {entity.id: entity for entity in loading.entities(self._connection, sorted(ids))}

    def judgements(self) -> Sequence[Judgement]:
        return judgements.every(self._connection)

    # Changing it.

    def put_nodes(self, kind: str, gone: Collection[str], nodes: Iterable[Node], keys: Mapping[str, Collection[str]]) -> None:
        known = self.entities_of(kind, gone)
        self._delete(schema.link_nodes, schema.link_nodes.c.kind == kind, schema.link_nodes.c.id, gone)
        self._delete(schema.link_keys, schema.link_keys.c.kind == kind, schema.link_keys.c.node, gone)
        made = list(nodes)
        self._insert(schema.link_nodes, [(kind, n.id, n.rank, n.first, known.get(n.id, ""), n.facts) for n in made])
        self._insert(schema.link_keys, [(kind, key, n.rank, n.id) for n in made for key in keys[n.id]])

    def put_members(self, kind: str, gone: Collection[str], members: Mapping[str, tuple[str, int]]) -> None:
        t = schema.link_members
        self._delete(t, t.c.kind == kind, t.c.mention, {*gone, *members})
        self._insert(t, [(kind, mention, node, rank) for mention, (node, rank) in members.items()])

    def put_edges(self, kind: str, ids: Collection[str], edges: Iterable[Edge]) -> None:
        t = schema.link_edges
        for end in (t.c.left_node, t.c.right_node):
            self._delete(t, t.c.kind == kind, end, ids)
        self._insert(t, [(kind, e.left, e.right, *match_columns(e.match)) for e in edges])

    def put_entities(self, kind: str, entities: Mapping[str, str]) -> None:
        if entities:
            self._connection.execute(_ENTITY, [{"of_kind": kind, "node": node, "now": entity} for node, entity in sorted(entities.items())])

    def put_shown(self, gone: Collection[tuple[str, str, str]], nodes: Mapping[str, Collection[str]], shown: Iterable[Shown]) -> None:
        t = schema.matches
        pairs = sorted(gone)
        for start in range(0, len(pairs), BATCH):
            chosen = [and_(t.c.kind == k, t.c.left_node == a, t.c.right_node == b) for k, a, b in pairs[start : start + BATCH]]
            self._connection.execute(delete(t).where(or_(*chosen)))
        for kind, ids in nodes.items():
            for end in (t.c.left_node, t.c.right_node):
                self._delete(t, and_(t.c.kind == kind, t.c.left_node != t.c.right_node), end, ids)
        rows: dict[tuple[str, str, str], tuple[Any, ...]] = {}
        for one in shown:
            rows.setdefault((one.kind, one.match.left, one.match.right), shown_row(one))
        self._insert(t, list(rows.values()))

    def put_themes(self, gone: Collection[str], themes: Mapping[str, Collection[tuple[str, str]]]) -> None:
        t = schema.link_themes
        self._delete(t, None, t.c.incident, {*gone, *themes})
        self._insert(t, [(incident, key, role) for incident, keys in themes.items() for key, role in sorted(keys)])

    def _delete(self, table: Table, where: Any, column: Column[Any], ids: Collection[str]) -> None:
        wanted = sorted(ids)
        for start in range(0, len(wanted), loading.CHUNK):
            chosen = column.in_(wanted[start : start + loading.CHUNK])
            self._connection.execute(delete(table).where(chosen if where is None else and_(where, chosen)))

    def _insert(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        names = [column.name for column in table.columns]
        for start in range(0, len(rows), loading.CHUNK):
            self._connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows[start : start + loading.CHUNK]])


def match_columns(match: Match) -> tuple[Any, ...]:
    """A match as the columns that matches and edges share."""
    parts = codec.to_json([list(part) for part in match.parts])
    return match.left, match.right, match.score, parts, match.reason, match.decision


def shown_row(one: Shown) -> tuple[Any, ...]:
    """A row of `matches`."""
    left, right, *rest = match_columns(one.match)
    return one.kind, left, right, one.left, one.right, one.position, *rest


def _match(row: SqlRow[Any]) -> Match:
    return Match(
        left=row.left_mention,
        right=row.right_mention,
        score=row.score,
        parts=tuple((name, score) for name, score in json.loads(row.parts)),
        reason=row.reason,
        decision=row.decision,
    )
