"""Contradictions among judgements, found before they are kept: on one pair, and along chains (A is B, B is C, A is not C)."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence

from breachbook.model.judgement import DIFFERENT, SAME, Judgement

Pair = tuple[str, str]


def contradicted(standing: Sequence[Judgement], new: Sequence[Judgement], united: Iterable[Sequence[str]] = ()) -> list[Judgement]:
    """The standing judgements (one a pair) that the new ones contradict, the latest first; without them there is no contradiction.

    Args:
        standing: see `judgement.latest`.
        new: the judgements of one act, all of one decision.
        united: for `same`, the mentions of each record that comes together by them: none judged different may be among these.
    """
    decisions = {judgement.pair: judgement.decision for judgement in new}
    against = {j.id: j for j in standing if decisions.get(j.pair, j.decision) != j.decision}
    left = [j for j in standing if j.id not in against]
    decision = next((j.decision for j in new), None)
    if decision == SAME:
        found = _parted(left, [*((j.left, j.right) for j in new), *((group[0], m) for group in united if group for m in group[1:])])
    elif decision == DIFFERENT:
        found = _chained(left, [(j.left, j.right) for j in new])
    else:
        found = []
    return sorted([*against.values(), *found], key=lambda j: (j.when, j.id), reverse=True)


def _parted(standing: Sequence[Judgement], joined: Iterable[Pair]) -> list[Judgement]:
    """Those that keep apart what comes together by pairs and by standing judgements."""
    parent: dict[str, str] = {}

    def root(item: str) -> str:
        while (above := parent.get(item, item)) != item:
            parent[item] = parent.get(above, above)
            item = above
        return item

    for left, right in [*joined, *((j.left, j.right) for j in standing if j.decision == SAME)]:
        parent[root(left)] = root(right)
    return [j for j in standing if j.decision == DIFFERENT and root(j.left) == root(j.right)]


def _chained(standing: Sequence[Judgement], apart: Iterable[Pair]) -> list[Judgement]:
    """The latest of every chain of standing judgements that makes one of what is to be kept apart."""
    edges: dict[str, dict[str, Judgement]] = defaultdict(dict)
    for judgement in standing:
        if judgement.decision == SAME:
            edges[judgement.left][judgement.right] = edges[judgement.right][judgement.left] = judgement
    found = []
    for left, right in apart:
        while chain := _chain(edges, left, right):
            last = max(chain, key=lambda j: (j.when, j.id))
            del edges[last.left][last.right], edges[last.right][last.left]
            found.append(last)
    return found


def _chain(edges: dict[str, dict[str, Judgement]], start: str, end: str) -> list[Judgement]:
    """The shortest chain of judgements from one mention to another; empty when there is none."""
    if start not in edges or end not in edges:
        return []
    came: dict[str, tuple[str, Judgement] | None] = {start: None}
    queue = deque([start])
    while queue and end not in came:
        here = queue.popleft()
        for there, judgement in edges[here].items():
            if there not in came:
                came[there] = (here, judgement)
                queue.append(there)
    chain, step = [], came.get(end)
    while step is not None:
        chain.append(step[1])
        step = came[step[0]]
    return chain
