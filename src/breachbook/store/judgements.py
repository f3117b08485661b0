"""Judgements in the database: kept with what they were made on, followed when a document is read anew, undone.

All functions work inside a transaction of the writer or the reader.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update
from sqlalchemy import Row as SqlRow

from breachbook.errors import ContradictionError, JudgementError
from breachbook.model import contradictions, sides
from breachbook.model.claim import Claim
from breachbook.model.judgement import DECISIONS, Judgement, Side, latest
from breachbook.store import codec, loading, schema


@dataclass(frozen=True, slots=True)
class Kept:
    """What judging came to: the judgements that were kept (none when all stood already), those that were undone in their
    favour, and those that stood already."""

    kept: tuple[Judgement, ...]
    replaced: tuple[Judgement, ...] = ()
    stood: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing came to: the judgements undone, those that stand again which they had replaced, and those that they had
    replaced but that contradict what was judged since, and so stay undone."""

    undone: tuple[Judgement, ...]
    again: tuple[Judgement, ...] = ()
    not_again: tuple[Judgement, ...] = ()


def check(judgements: Sequence[Judgement]) -> None:
    """Raises:
    JudgementError: a decision is not one of `DECISIONS`, a pair is one mention twice, or there is no reason.
    """
    for judgement in judgements:
        if judgement.decision not in DECISIONS:
            raise JudgementError(f"not one of {', '.join(DECISIONS)}", subject=repr(judgement.decision), property="decision")
        if judgement.left == judgement.right:
            raise JudgementError("a pair needs two mentions", subject=judgement.left, property="right")
        for name in ("who", "why"):
            if not getattr(judgement, name).strip():
                raise JudgementError("must not be empty", subject="a judgement", property=name)


def every(connection: Connection) -> tuple[Judgement, ...]:
    """All judgements, oldest first; also those that were undone."""
    table = schema.judgements
    return tuple(_judgement(row) for row in connection.execute(select(table).order_by(table.c.made, table.c.id)))


def keep(connection: Connection, judgements: Sequence[Judgement], united: Iterable[Sequence[str]], replacing: bool) -> Kept:
    """Keeps the judgements of one act; those that say what stands already are not kept again.

    Args:
        connection: in a transaction that holds the counters.
        judgements: checked by `check`, of one decision.
        united: see `contradictions.contradicted`.
        replacing: whether earlier judgements that these contradict are undone for them.

    Raises:
        ContradictionError: they contradict earlier ones, and these are not to be replaced.
    """
    everything = every(connection)
    there, standing = {j.id for j in everything}, latest(everything)
    decided = {j.pair: j for j in standing}
    stood = [decided[j.pair] for j in judgements if j.pair in decided and decided[j.pair].decision == j.decision]
    fresh = [j for j in judgements if j.id not in there and j.pair not in {s.pair for s in stood}]
    if not fresh:
        return Kept((), (), tuple(stood))
    against = contradictions.contradicted(standing, fresh, united)
    if against and not replacing:
        what = f"the judgement {fresh[0].decision!r}"
        raise ContradictionError("contradicts what was judged earlier", subject=what, earlier=tuple(against))
    acts = {j.act_id for j in against}
    gone = tuple(j for j in everything if j.undone is None and j.act_id in acts)
    first = fresh[0]
    for judgement in gone:
        _mark(connection, judgement.id, first.when, first.who, f"replaced by {first.act_id}: {first.why}", first.act_id)
    known, scored = _claims(connection, fresh), {j.pair: j for j in everything if j.score is not None}
    made = tuple(
        _scored(replace(j, sides=(j.sides[0] or _side(j.left, known), j.sides[1] or _side(j.right, known))), scored) for j in fresh
    )
    connection.execute(insert(schema.judgements), [_row(j) for j in made])
    return Kept(made, gone, tuple(stood))


def undo(connection: Connection, id_: str, when: str, who: str | None, why: str | None) -> Undone:
    """Takes an act back, by its id or that of one of its judgements; acts that it replaced stand again, where they do not
    contradict what was judged since.

    Raises:
        JudgementError: there is no such judgement, or it was undone before.
    """
    everything = every(connection)
    act = next((j.act_id for j in everything if id_ in (j.id, j.act_id)), None)
    mine = [j for j in everything if j.act_id == act]
    undone = tuple(j for j in mine if j.undone is None)
    if not mine:
        raise JudgementError("there is no such judgement in force; `breachbook judgements` lists them all", subject=id_[:200])
    if not undone:
        last = max(mine, key=lambda j: j.undone or "")
        by = f" by {last.undone_by}" if last.undone_by else ""
        raise JudgementError(f"was undone before, on {last.undone}{by}; there is no such judgement in force", subject=id_)
    for judgement in undone:
        _mark(connection, judgement.id, when, who, why, None)
    again: list[Judgement] = []
    not_again: list[Judgement] = []
    standing = latest(j for j in everything if j.act_id != act)
    for group in _acts(j for j in everything if act is not None and j.replaced_by == act):
        if contradictions.contradicted(standing, group):
            not_again += group
            continue
        again += group
        standing = latest([*standing, *(replace(j, undone=None) for j in group)])
        for judgement in group:
            _mark(connection, judgement.id, None, None, None, None)
    return Undone(undone, tuple(again), tuple(not_again))


def follow(connection: Connection, document: str, before: Sequence[Claim], now: Sequence[Claim]) -> None:
    """Finds the sides of judgements again in a document that was read anew, `before` and `now` being its claims."""
    table = schema.judgements
    of_document = [(c >= f"{document}#") & (c < f"{document}$") for c in (table.c.left_mention, table.c.right_mention)]  # "$" follows "#"
    for row in connection.execute(select(table).where(or_(*of_document))).all():
        judgement, changed = _judgement(row), {}
        mentions = (judgement.left, judgement.right)
        for name, mention, judged in zip(("left", "right"), mentions, judgement.sides, strict=True):
            if mention.partition("#")[0] != document or (then := judged or sides.side(mention, before)) is None:
                continue
            changed[f"{name}_side"] = _side_json(then)
            changed[f"{name}_mention"] = sides.present(then, now)
        if changed:
            connection.execute(update(table).where(table.c.id == row.id).values(**changed))


def _scored(judgement: Judgement, earlier: dict[frozenset[str], Judgement]) -> Judgement:
    """The judgement; where the machine shows no score as the pair was judged before, with the one it showed then."""
    then = earlier.get(judgement.pair)
    if judgement.score is not None or then is None:
        return judgement
    return replace(judgement, score=then.score, parts=then.parts, reason=then.reason)


def _acts(judgements: Iterable[Judgement]) -> list[list[Judgement]]:
    found: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        found.setdefault(judgement.act_id, []).append(judgement)
    return list(found.values())


def _mark(connection: Connection, id_: str, when: str | None, who: str | None, why: str | None, replaced_by: str | None) -> None:
    table = schema.judgements
    values = {"undone": when, "undone_by": who, "undone_why": why, "replaced_by": replaced_by}
    connection.execute(update(table).where(table.c.id == id_).values(**values))


def _claims(connection: Connection, judgements: Sequence[Judgement]) -> dict[str, tuple[Claim, ...]]:
    """The claims of every document that the judgements are about."""
    ids = {mention.partition("#")[0] for j in judgements for mention in (j.left, j.right)}
    return {document.meta.id: document.claims for document in loading.read_documents(connection, sorted(ids))[0]}


def _side(mention: str, known: dict[str, tuple[Claim, ...]]) -> Side | None:
    return sides.side(mention, known.get(mention.partition("#")[0], ()))


def _side_json(side: Side | None) -> str | None:
    return codec.to_json(asdict(side)) if side else None


def _side_of(text: str | None) -> Side | None:
    if text is None:
        return None
    told = json.loads(text)
    return Side(told["mention"], tuple(told["names"]), tuple(told["details"]), told["alone"])


def _row(judgement: Judgement) -> dict[str, Any]:
    """A row of `judgements`."""
    return {
        "id": judgement.id, "left_mention": judgement.left, "right_mention": judgement.right, "decision": judgement.decision,
        "who": judgement.who, "made": judgement.when, "why": judgement.why, "score": judgement.score, "undone": judgement.undone,
        "parts": codec.to_json([list(part) for part in judgement.parts]), "reason": judgement.reason, "act": judgement.act,
        "left_side": _side_json(judgement.sides[0]), "right_side": _side_json(judgement.sides[1]),
        "undone_by": judgement.undone_by, "undone_why": judgement.undone_why, "replaced_by": judgement.replaced_by,
    }  # fmt: skip


def _judgement(row: SqlRow[Any]) -> Judgement:
    return Judgement(
        row.left_mention, row.right_mention, row.decision, row.who, row.made, row.why, row.score, row.undone,
        tuple((name, value) for name, value in json.loads(row.parts or "[]")), row.reason, row.act,
        (_side_of(row.left_side), _side_of(row.right_side)), row.undone_by, row.undone_why, row.replaced_by,
    )  # fmt: skip
