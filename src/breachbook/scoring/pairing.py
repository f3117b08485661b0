"""Which of the reader's values belongs to which of the label's: one to one, first come first served."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from breachbook.scoring.names import same_entity

Pair = tuple[Any, Any]
"""(the reader's, the label's); None where one side has nothing."""


def pair(ours: Sequence[Any], gold: Sequence[Any], same: Callable[[Any, Any], bool]) -> list[Pair]:
    """Pairs of values that are the same, then what only the reader has, then what only the label has.

    Each value of the reader takes the first value of the label that is left and the same.
    """
    left = list(enumerate(gold))
    found: list[Pair] = []
    extra: list[Pair] = []
    for mine in ours:
        place = next((n for n, (_, theirs) in enumerate(left) if same(mine, theirs)), None)
        if place is None:
            extra.append((mine, None))
        else:
            found.append((mine, left.pop(place)[1]))
    return found + extra + [(None, theirs) for _, theirs in left]


def share_a_victim(ours: Mapping[str, Any], gold: Mapping[str, Any]) -> bool:
    """Whether two incidents have a victim in common."""
    return any(same_entity(a, b) for a in ours.get("victims") or () for b in gold.get("victims") or ())


def pair_incidents(
    ours: Sequence[Mapping[str, Any]], gold: Sequence[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Incidents that share a victim, the rest in order, and at the end those that face nothing (an empty mapping).

    What is left is paired in order so that the attack and the dates still count where the victim's name was missed.
    """
    pairs = pair(ours, gold, share_a_victim)
    together = [(a, b) for a, b in pairs if a is not None and b is not None]
    extra = [a for a, b in pairs if b is None]
    missed = [b for a, b in pairs if a is None]
    common = min(len(extra), len(missed))
    together += zip(extra[:common], missed[:common], strict=True)
    return together + [(a, {}) for a in extra[common:]] + [({}, b) for b in missed[common:]]
