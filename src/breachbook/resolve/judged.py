"""What people's judgements mean to linking: which mentions stand alone, and which nodes belong into one calculation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from breachbook.model.entity import Match
from breachbook.model.judgement import Judgement
from breachbook.resolve import judging
from breachbook.resolve.clusters import Clusters, S


@dataclass(frozen=True, slots=True)
class Judged:
    """Judgements in force, the latest first; `names` leads from the ids of entities that they name to mentions."""

    standing: Sequence[Judgement]
    names: Mapping[str, str]

    def mention(self, side: str) -> str:
        """The mention that a side of a judgement means."""
        return self.names.get(side, side)

    def mentions(self) -> set[str]:
        """All mentions that were judged."""
        return {self.mention(side) for judgement in self.standing for side in (judgement.left, judgement.right)}

    def leaving(self) -> set[str]:
        """The mentions that stand alone."""
        return judging.leaving(self.standing, self.names)

    def on(self, nodes: Mapping[str, str]) -> JudgedNodes:
        """The same of nodes; `nodes` leads from judged mentions, those that there are, to their nodes."""
        made = JudgedNodes(self, nodes)
        for judgement in self.standing:
            left, right = (nodes.get(self.mention(side)) for side in (judgement.left, judgement.right))
            if left is None or right is None or left == right or judgement.decision == "unsure":
                continue
            made.partners[left].add(right)
            made.partners[right].add(left)
            made.decided.add(frozenset((left, right)))
            if judgement.decision == "different":
                made.apart.add(frozenset((left, right)))
        return made


@dataclass(slots=True)
class JudgedNodes:
    """Judgements on nodes: with which others each was judged, the pairs decided, and those to be kept apart."""

    judged: Judged
    nodes: Mapping[str, str]
    partners: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    decided: set[frozenset[str]] = field(default_factory=set)
    apart: set[frozenset[str]] = field(default_factory=set)

    def of(self, nodes: Iterable[str]) -> set[str]:
        """All that were judged together with these."""
        return {other for node in nodes for other in self.partners.get(node, ())}

    def apply(self, clusters: Clusters[S], inside: Collection[str]) -> list[tuple[str, str, Match]]:
        """Joins and keeps apart what people judged of the nodes `inside`; the nodes, and the judgements as matches of mentions."""
        names = {side: node for side, node in self._sides() if node in inside}
        found = []
        for judgement in self.judged.standing:
            for match in judging.apply(clusters, [judgement], names):
                mentions = {names[side]: self.judged.mention(side) for side in (judgement.left, judgement.right)}
                first, second = sorted(mentions.values())
                found.append((match.left, match.right, Match(first, second, match.score, match.parts, match.reason, match.decision)))
        return found

    def _sides(self) -> Iterable[tuple[str, str]]:
        for judgement in self.judged.standing:
            for side in (judgement.left, judgement.right):
                if (node := self.nodes.get(self.judged.mention(side))) is not None:
                    yield side, node


def judged(judgements: Sequence[Judgement], names: Mapping[str, str]) -> Judged:
    """What judgements mean; `names` leads from ids of entities to mentions."""
    return Judged(judging.standing(judgements), names)
