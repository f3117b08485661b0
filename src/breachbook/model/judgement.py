"""A judgement: what a person decided about two mentions. Never edited; it can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from breachbook.model.ids import content_id

SAME, DIFFERENT, UNSURE = "same", "different", "unsure"

DECISIONS = (SAME, DIFFERENT, UNSURE)
"""What a person can decide about a pair."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one side of a judgement was when it was judged; by it the side is found again when its document is read anew and
    what it names has other numbers (`model.sides`).

    `names` are its names as written (an incident's: those of its victims), `details` what else tells an incident from the
    document's others, `alone` whether the document named just one of its kind.
    """

    mention: str
    names: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision on a pair of mentions (`doc-…#organisation:1`): who, when (UTC, ISO 8601), why, and the score with its
    parts and its reason that the machine showed then (None: it had not compared the two).

    `left` and `right` are the mentions as the documents are read now; `sides` what they were when judged. Of a pair judged
    different, `left` is the one that leaves where both were one record. `act` joins the pairs that were decided at once
    (None: this one alone). `undone` is when it was taken back, or None; `replaced_by` the act in whose favour.
    """

    left: str
    right: str
    decision: str
    who: str
    when: str
    why: str
    score: float | None = None
    undone: str | None = None
    parts: tuple[tuple[str, float], ...] = ()
    reason: str | None = None
    act: str | None = None
    sides: tuple[Side | None, Side | None] = (None, None)
    undone_by: str | None = None
    undone_why: str | None = None
    replaced_by: str | None = None

    @property
    def id(self) -> str:
        """`jdg-…`, from the pair as it was judged, the decision, who and when."""
        judged = [side.mention if side else mention for side, mention in zip(self.sides, (self.left, self.right), strict=True)]
        return content_id("jdg", *sorted(judged), self.decision, self.who, self.when)

    @property
    def act_id(self) -> str:
        """The id of what was decided at once: what a person sees and undoes."""
        return self.act or self.id

    @property
    def pair(self) -> frozenset[str]:
        """The two mentions as they are read now."""
        return frozenset((self.left, self.right))


def one_act(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """The judgements as one act, which is undone as a whole; a single one is an act of its own."""
    if len(judgements) < 2:
        return tuple(judgements)
    act = content_id("jdg", sorted(judgement.id for judgement in judgements))
    return tuple(replace(judgement, act=act) for judgement in judgements)


def latest(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Judgements that were not taken back, one a pair, the latest first."""
    found: dict[frozenset[str], Judgement] = {}
    for judgement in sorted((j for j in judgements if j.undone is None), key=lambda j: (j.when, j.id)):
        found[judgement.pair] = judgement
    return sorted(found.values(), key=lambda j: (j.when, j.id), reverse=True)
