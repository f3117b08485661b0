"""Joins nodes by the edges between them, the surest first, and says which were refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from breachbook.model.entity import Match
from breachbook.model.link import Edge
from breachbook.resolve.clusters import Clusters, S
from breachbook.resolve.weights import DIFFERENT, PROPOSAL, threshold

CONTRADICTS = -1.0
"""The weight of a part that no other can make up for."""


def join(clusters: Clusters[S], edges: Iterable[Edge]) -> tuple[list[Edge], list[Edge]]:
    """The edges that joined (one fewer than the nodes of a cluster); of those between two clusters that cannot be one, the surest."""
    joined: list[Edge] = []
    refused: list[Edge] = []
    for edge in sorted(edges, key=surest):
        if clusters.together(edge.left, edge.right):
            continue
        refusal = clusters.refusal(edge.left, edge.right)
        if refusal is None:
            clusters.join(edge.left, edge.right)
            joined.append(edge)
        else:
            refused.append(refused_edge(edge, refusal))
    between: dict[frozenset[str], Edge] = {}
    for edge in refused:
        if not clusters.together(edge.left, edge.right):
            between.setdefault(frozenset((clusters.root(edge.left), clusters.root(edge.right))), edge)
    return joined, list(between.values())


def surest(edge: Edge) -> tuple[float, str, str]:
    """What edges are sorted by: score, then ids, so that the order of input does not count."""
    return -edge.match.score, edge.left, edge.right


def refused_edge(edge: Edge, refusal: str | None) -> Edge:
    """The edge as one of two that are different, for this reason; as it is without one."""
    if refusal is None:
        return edge
    return replace(edge, match=replace(edge.match, decision=DIFFERENT, reason=f"{edge.match.reason}; {refusal}"))


def idle(match: Match) -> bool:
    """Whether a match says nothing that anybody need know: neither a proposal nor a namesake that contradicts."""
    namesake = match.parts[0][0].startswith("same_name") and any(value <= CONTRADICTS for _, value in match.parts)
    return match.decision == DIFFERENT and not namesake and match.score < threshold("incident", PROPOSAL)
