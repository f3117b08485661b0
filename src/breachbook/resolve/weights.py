"""The weight table (`vocab/data/resolve_weights.toml`), and scores made of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from breachbook.model.entity import Match
from breachbook.vocab.data_files import toml_file

SAME, PROPOSAL, DIFFERENT = "same", "proposal", "different"
"""What a match decides."""

WEIGHTS = "resolve_weights.toml"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One part of a score: its name in the weight table, what it was seen in, and for a graded part the share of its weight."""

    part: str
    words: str
    share: float = 1.0


@cache
def weight(kind: str, part: str) -> float:
    """The weight of a part (`base` or `part`) of a kind of entity."""
    table = toml_file(WEIGHTS)[kind]
    return float(table["base"][part] if part in table["base"] else table["part"][part])


@cache
def threshold(kind: str, decision: str) -> float:
    """The score from which a decision holds."""
    table: dict[str, Any] = toml_file(WEIGHTS)["threshold"]
    return float(table.get(kind, {}).get(decision, table[decision]))


@cache
def days(window: str) -> int:
    """A window, in days."""
    return int(toml_file(WEIGHTS)["window"][window])


@cache
def block(name: str) -> int:
    """A limit on blocks of candidates."""
    return int(toml_file(WEIGHTS)["block"][name])


@cache
def least_alike() -> float:
    """The likeness of names below which it is no evidence."""
    return float(toml_file(WEIGHTS)["organisation"]["least_alike"])


def match(kind: str, left: str, right: str, evidence: Sequence[Evidence]) -> Match:
    """The match of two mentions from its evidence, with the smaller id on the left."""
    first, second = sorted((left, right))
    parts = tuple((e.part, round(weight(kind, e.part) * e.share, 3)) for e in evidence)
    score = round(min(1.0, max(0.0, sum(value for _, value in parts))), 3)
    decision = SAME if score >= threshold(kind, SAME) else PROPOSAL if score >= threshold(kind, PROPOSAL) else DIFFERENT
    return Match(first, second, score, parts, "; ".join(e.words for e in evidence), decision)
