"""Reads matches and judgements with the names, records and sources of both sides."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select
from sqlalchemy import Row as SqlRow

from breachbook.model import sides
from breachbook.model.claim import mention_id
from breachbook.model.dossier import EntityRef, ReadDocument
from breachbook.model.entity import Match
from breachbook.model.judgement import Judgement, Side
from breachbook.model.matched import Act, Matched, Matches, Party
from breachbook.store import judgements, loading, lookup, schema
from breachbook.store.engine import Database

DECISIONS = ("proposal", "different", "same")
"""What a match decides, in the order in which a reviewer wants to see it."""


class MatchReader:
    """Reads the matches and judgements of one book."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mentions(self, entity_id: str) -> tuple[str, ...]:
        """The mentions of an entity, in the order they were added."""
        with self._database.read() as connection:
            return _mentions(connection, entity_id)

    def entity(self, mention: str) -> EntityRef | None:
        """The entity of a mention; None when there is none."""
        with self._database.read() as connection:
            return lookup.links(connection, [mention.partition("#")[0]]).get(mention)

    def documents(self, mentions: Sequence[str]) -> dict[str, ReadDocument]:
        """The documents of mentions, by id."""
        with self._database.read() as connection:
            return _documents(connection, mentions)

    def between(self, left: Iterable[str], right: Iterable[str]) -> list[Match]:
        """The matches between two sets of mentions, the best first."""
        mine, theirs = set(left), set(right)
        fewer = min(mine, theirs, key=len)
        with self._database.read() as connection:
            found = [_match(row) for row in _touching(connection, fewer)]
        crossing = [m for m in found if (m.left in mine and m.right in theirs) or (m.left in theirs and m.right in mine)]
        return sorted(crossing, key=lambda m: (-m.score, m.left, m.right))

    def matches(self, entity_id: str | None, decision: str | None, limit: int) -> Matches:
        """Matches of one entity or of all: proposals first, then what was refused, then what made records; the best first."""
        with self._database.read() as connection:
            if entity_id is None:
                total, rows = _page(connection, decision, limit)
            else:
                found = [row for row in _touching(connection, _mentions(connection, entity_id)) if decision in (None, row.decision)]
                total = len(found)
                rows = sorted(found, key=_rank)[:limit]
            made = [_match(row) for row in rows]
            parties = _parties(connection, [Side(mention) for match in made for mention in (match.left, match.right)])
        return Matches(
            tuple(Matched(parties[m.left], parties[m.right], m.decision, m.score, m.parts, m.reason) for m in made),
            total,
        )

    def acts(self, entity_id: str | None = None) -> list[Act]:
        """What people judged, each act once, the latest first; also what was undone. With an entity, only what is about it."""
        groups: dict[str, list[Judgement]] = {}
        with self._database.read() as connection:
            mine = set(_mentions(connection, entity_id)) if entity_id is not None else None
            for judgement in judgements.every(connection):
                if mine is None or mine & judgement.pair:
                    groups.setdefault(judgement.act_id, []).append(judgement)
            best = {act: max(group, key=lambda j: (j.score is not None, j.score or 0.0, j.id)) for act, group in groups.items()}
            parties = _parties(connection, [side for judgement in best.values() for side in _sides(judgement)])
        acts = [_act(judgement, len(groups[act]), parties) for act, judgement in best.items()]
        return sorted(acts, key=lambda act: (act.when, act.id), reverse=True)


def _act(best: Judgement, pairs: int, parties: dict[str, Party]) -> Act:
    return Act(
        best.act_id, best.decision, parties[best.left], parties[best.right], pairs, best.who, best.when, best.why, best.score,
        best.parts, best.reason, best.undone, best.undone_by, best.undone_why, best.replaced_by,
    )  # fmt: skip


def _sides(judgement: Judgement) -> list[Side]:
    """The sides as they were judged, under the mentions that they are now."""
    mentions = (judgement.left, judgement.right)
    return [Side(mention, side.names if side else ()) for mention, side in zip(mentions, judgement.sides, strict=True)]


def _mentions(connection: Connection, entity_id: str) -> tuple[str, ...]:
    table = schema.mentions
    rows = connection.execute(select(table.c.document, table.c.subject).where(table.c.entity == entity_id).order_by(table.c.position))
    return tuple(mention_id(row.document, row.subject) for row in rows)


def _touching(connection: Connection, mentions: Iterable[str]) -> list[SqlRow[Any]]:
    """The matches that have one of the mentions on either side."""
    table, wanted = schema.matches, list(mentions)

    def of(column: ColumnElement[str]) -> Iterable[SqlRow[Any]]:
        return loading.chunked(connection, wanted, lambda part: select(table).where(column.in_(part)))

    rows = [*of(table.c.left_mention), *of(table.c.right_mention)]
    return list({(row.kind, row.left_mention, row.right_mention): row for row in rows}.values())


def _page(connection: Connection, decision: str | None, limit: int) -> tuple[int, Sequence[SqlRow[Any]]]:
    table = schema.matches
    chosen = [] if decision is None else [table.c.decision == decision]
    rank = case({name: number for number, name in enumerate(DECISIONS)}, value=table.c.decision)
    total = connection.execute(select(func.count()).select_from(table).where(*chosen)).scalar_one()
    order = (rank, table.c.score.desc(), table.c.left_mention, table.c.right_mention, table.c.kind)
    query = select(table).where(*chosen).order_by(*order).limit(limit)
    return total, connection.execute(query).all()


def _rank(row: SqlRow[Any]) -> tuple[Any, ...]:
    return DECISIONS.index(row.decision), -row.score, row.left_mention, row.right_mention, row.kind


def _match(row: SqlRow[Any]) -> Match:
    parts = tuple((name, value) for name, value in json.loads(row.parts))
    return Match(row.left_mention, row.right_mention, row.score, parts, row.reason, row.decision)


def _documents(connection: Connection, mentions: Iterable[str]) -> dict[str, ReadDocument]:
    ids = sorted({mention.partition("#")[0] for mention in mentions})
    return {document.meta.id: document for document in loading.read_documents(connection, ids)[0]}


def _parties(connection: Connection, wanted: Sequence[Side]) -> dict[str, Party]:
    """Each side by its mention; its names are those of the newest reading, or those given where this does not name it."""
    documents = _documents(connection, (side.mention for side in wanted))
    links: dict[str, EntityRef] = {}
    ids = sorted(documents)
    for start in range(0, len(ids), loading.CHUNK):
        links |= lookup.links(connection, ids[start : start + loading.CHUNK])
    return {side.mention: _party(side, documents.get(side.mention.partition("#")[0]), links) for side in wanted}


def _party(given: Side, document: ReadDocument | None, links: dict[str, EntityRef]) -> Party:
    found = sides.side(given.mention, document.claims) if document else None
    meta = document.meta if document else None
    return Party(
        given.mention, found.names if found else given.names, found is not None, links.get(given.mention), given.mention.partition("#")[0],
        meta.title if meta else None, meta.publisher if meta else None, meta.published if meta else None, meta.url if meta else None,
    )  # fmt: skip
