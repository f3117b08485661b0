"""Matches and judgements as a person sees them: with the names, records and sources of both sides."""

from __future__ import annotations

from dataclasses import dataclass

from breachbook.model.dossier import EntityRef
from breachbook.model.judgement import Judgement


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a match or judgement: a mention, what its document calls it, the record that it belongs to, and its source.

    `names` of an incident are those of its victims. `record` is None, and `named` False, when the newest reading of the
    document does not name it (a judgement on it waits then).
    """

    mention: str
    names: tuple[str, ...]
    named: bool
    record: EntityRef | None
    document: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Matched:
    """Why two mentions are one (`same`), might be (`proposal`) or are not (`different`): the score (0 to 1), the parts that
    made it with their weights, and the reason in words."""

    left: Party
    right: Party
    decision: str
    score: float
    parts: tuple[tuple[str, float], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Matches:
    """A page of matches, and how many there are in all."""

    rows: tuple[Matched, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Act:
    """What a person decided at once. `score`, `parts` and `reason` are those that the machine showed then (None: it had not
    compared the two); of several pairs those of the best. `pairs` counts them; `left` and `right` are of the best one."""

    id: str
    decision: str
    left: Party
    right: Party
    pairs: int
    who: str
    when: str
    why: str
    score: float | None
    parts: tuple[tuple[str, float], ...]
    reason: str | None
    undone: str | None
    undone_by: str | None
    undone_why: str | None
    replaced_by: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks to be judged: the judgements of one act, and for `same` the mentions of each record that comes together."""

    act: tuple[Judgement, ...]
    united: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of it: the id of the act, whether it stood already, the records of both sides afterwards, and the ids of the
    acts that were undone for it."""

    id: str
    stood: bool
    left: EntityRef | None
    right: EntityRef | None
    replaced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came of undoing an act: its id, the records of both sides afterwards, the ids of acts that stand again which it had
    replaced, and of those that do not, because they contradict what was judged since."""

    id: str
    left: EntityRef | None
    right: EntityRef | None
    again: tuple[str, ...]
    not_again: tuple[str, ...]
