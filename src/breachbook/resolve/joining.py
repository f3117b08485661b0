"""Joins mentions by their matches, the surest first, and says what became of each match."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from breachbook.model.entity import Match
from breachbook.resolve.clusters import Clusters, S, surest_first
from breachbook.resolve.weights import DIFFERENT, PROPOSAL, SAME, block, threshold

CONTRADICTS = -1.0
"""The weight of a part that no other can make up for."""


def join_all(clusters: Clusters[S], matches: Iterable[Match]) -> list[Match]:
    """The matches that joined (one fewer than the mentions of a cluster), those put forward to a person, and refused ones with the reason.

    A mention is put forward a few times only (`block.proposals` of the weight table).
    """
    kept: list[Match] = []
    shown: Counter[str] = Counter()
    waiting: list[Match] = []
    for match in surest_first(matches):
        if match.decision != SAME:
            waiting.append(match)
            continue
        if clusters.together(match.left, match.right):
            continue
        refusal = clusters.refusal(match.left, match.right)
        if refusal is None:
            clusters.join(match.left, match.right)
            kept.append(match)
        else:
            waiting.append(replace(match, decision=DIFFERENT, reason=f"{match.reason}; {refusal}"))
    for match in surest_first(waiting):
        if clusters.together(match.left, match.right) or _idle(match):
            continue
        refusal = None if match.decision == DIFFERENT else clusters.refusal(match.left, match.right)
        shown.update((match.left, match.right))
        if max(shown[match.left], shown[match.right]) <= block("proposals"):
            kept.append(match if refusal is None else replace(match, decision=DIFFERENT, reason=f"{match.reason}; {refusal}"))
    return kept


def _idle(match: Match) -> bool:
    """Whether a match says nothing that anybody need know: neither a proposal nor a namesake that contradicts."""
    namesake = match.parts[0][0].startswith("same_name") and any(value <= CONTRADICTS for _, value in match.parts)
    return match.decision == DIFFERENT and not namesake and match.score < threshold("incident", PROPOSAL)
