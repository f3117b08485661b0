"""What linking keeps between one adding and the next, so that the next compares only what it touches. Derived; rebuilt at will."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from breachbook.model.entity import Entity, Match
from breachbook.model.judgement import Judgement


@dataclass(frozen=True, slots=True)
class Node:
    """Mentions that say the same of a thing, compared as one; most are of one mention.

    `rank` is the place of its earliest mention, `first`, in the order in which mentions were added; `facts` is packed JSON.
    """

    id: str
    rank: int
    first: str
    facts: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Two nodes that were compared and found alike enough to tell of; `match` names their first mentions."""

    left: str
    right: str
    match: Match


@dataclass(frozen=True, slots=True)
class Shown:
    """A match as the book shows it, with the nodes it is about; `position` groups the matches of a kind in a list."""

    kind: str
    left: str
    right: str
    position: int
    match: Match


@dataclass(frozen=True, slots=True)
class Links:
    """All of it, by (kind, id): nodes, the entity of each, the keys that each is filed under; (node, rank) of mentions; edges;
    the matches that are shown; of incidents the (key, role) by which they may be tied to others in a campaign; and the judgements
    that it went by."""

    nodes: Mapping[tuple[str, str], Node]
    entities: Mapping[tuple[str, str], str]
    keys: Mapping[tuple[str, str], set[str]]
    members: Mapping[tuple[str, str], tuple[str, int]]
    edges: Mapping[tuple[str, str, str], Edge]
    shown: Sequence[Shown]
    themes: Mapping[str, frozenset[tuple[str, str]]]
    judgements: Sequence[Judgement]


@dataclass
class Update:
    """What linking changed: entities that are new or may be other than before, by id, and the ids of those that are no more."""

    entities: dict[str, Entity] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
