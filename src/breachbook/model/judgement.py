"""A judgement: what a person decided about two mentions or entities. Never edited; it can be undone."""

from __future__ import annotations

from dataclasses import dataclass

from breachbook.model.ids import content_id

DECISIONS = ("same", "different", "unsure")
"""What a person can decide about a pair."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision on a pair of mentions (`doc-…#organisation:1`): who, when (UTC, ISO 8601), why, and the score that
    the machine showed then. `undone` is when it was taken back, or None."""

    left: str
    right: str
    decision: str
    who: str
    when: str
    why: str
    score: float | None = None
    undone: str | None = None

    @property
    def id(self) -> str:
        """`jdg-…`, from the pair, the decision, who and when."""
        return content_id("jdg", *sorted((self.left, self.right)), self.decision, self.who, self.when)
