"""Clusters of mentions: joined pair by pair, the surest first, and never against a judgement or a contradiction.

What a person joins is tied: a cluster of parts, each made by the machine as if there were no tie. Contradictions are looked for in
parts, so that two records that a person calls one come together whole, whatever speaks against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, Protocol, Self, TypeVar

JUDGED = "a person judged them different"
"""Why clusters are not joined that a judgement keeps apart."""


class Summary(Protocol):
    """What is known of a cluster as a whole."""

    def contradiction(self, other: Self) -> str | None:
        """Why two clusters cannot be one, or None."""
        ...

    def absorb(self, other: Self) -> None:
        """Takes in what is known of another cluster."""
        ...


S = TypeVar("S", bound=Summary)


class Clusters(Generic[S]):
    """Union-find over mentions with pairs that must stay apart, and a summary for each part that the machine made."""

    def __init__(self, items: Iterable[str], summary: Callable[[str], S]) -> None:
        self._parent = {item: item for item in items}
        self._members = {item: [item] for item in self._parent}
        self._part = dict(self._parent)
        self._sizes = dict.fromkeys(self._parent, 1)
        self._summary = {item: summary(item) for item in self._parent}
        self._apart: dict[str, set[str]] = defaultdict(set)

    def __contains__(self, item: str) -> bool:
        return item in self._parent

    def root(self, item: str) -> str:
        """The item that stands for the cluster at the moment."""
        return _root(self._parent, item)

    def members(self, item: str) -> list[str]:
        """All items of the cluster."""
        return self._members[self.root(item)]

    def together(self, left: str, right: str) -> bool:
        """Whether two items are in one cluster."""
        return self.root(left) == self.root(right)

    def keep_apart(self, left: str, right: str) -> bool:
        """Forbids that two items come together; False when they already are."""
        a, b = self.root(left), self.root(right)
        if a == b:
            return False
        self._apart[a].add(b)
        self._apart[b].add(a)
        return True

    def barred(self, left: str, right: str) -> bool:
        """Whether a judgement keeps the clusters of two items apart."""
        return self.root(right) in self._apart[self.root(left)]

    def refusal(self, left: str, right: str) -> str | None:
        """Why the clusters of two items cannot be joined, or None."""
        if self.barred(left, right):
            return JUDGED
        return self._summary[_root(self._part, left)].contradiction(self._summary[_root(self._part, right)])

    def join(self, left: str, right: str) -> None:
        """Joins two items as the machine does: what speaks against one of their parts speaks against both from now on."""
        a, b = _root(self._part, left), _root(self._part, right)
        if a != b:
            if (-self._sizes[a], a) > (-self._sizes[b], b):
                a, b = b, a
            self._part[b] = a
            self._sizes[a] += self._sizes.pop(b)
            self._summary[a].absorb(self._summary.pop(b))
        self.tie(left, right)

    def tie(self, left: str, right: str) -> None:
        """Makes one cluster of those of two items, as a person judged; the larger takes in the smaller."""
        a, b = self.root(left), self.root(right)
        if a == b:
            return
        if (-len(self._members[a]), a) > (-len(self._members[b]), b):
            a, b = b, a
        self._parent[b] = a
        self._members[a] += self._members.pop(b)
        for other in self._apart.pop(b, set()):
            self._apart[other].discard(b)
            self._apart[other].add(a)
            self._apart[a].add(other)

    def groups(self) -> Mapping[str, list[str]]:
        """The clusters, each by its smallest item, items in order."""
        return {min(members): sorted(members) for members in self._members.values()}


def _root(parents: dict[str, str], item: str) -> str:
    while parents[item] != item:
        parents[item] = parents[parents[item]]
        item = parents[item]
    return item
