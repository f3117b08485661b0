"""What relinking needs to know of a kind of entity: how its mentions are put together, filed, compared and kept apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from breachbook.model.entity import Match
from breachbook.model.ids import digest
from breachbook.resolve.clusters import Summary
from breachbook.resolve.packing import pack

F = TypeVar("F")

LONGEST_KEY = 200
"""Characters of a key that are kept; databases index a few hundred bytes well, and no name that is compared is longer."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[F]):
    """One kind of entity. `facts` is the class of what is known of a mention.

    `same_words` gives what mentions must have in common to be one node, None for one that stands alone. `merged` makes the facts of a
    node from those of its mentions, in any order and also from some merged before. `ready` makes of packed facts, by node, what `keys`,
    `compare` and `summary` work on. `strong` are the prefixes (up to the first colon) of keys whose bearers may well be one thing.
    `alike` says in a match why two mentions of one node are one.
    """

    name: str
    facts: type[F]
    same_words: Callable[[F], object | None]
    merged: Callable[[Sequence[F], str], F]
    ready: Callable[[Mapping[str, str]], Mapping[str, Any]]
    keys: Callable[[Any], Iterable[str]]
    strong: frozenset[str]
    compare: Callable[[Any, Any], Match | None]
    summary: Callable[[Any], Summary]
    alike: Callable[[F, str, str], Match]

    def is_strong(self, key: str) -> bool:
        """Whether a key is a strong one."""
        return key.partition(":")[0] in self.strong

    def filed(self, ready: Any) -> list[str]:
        """The keys of a node, in order, in a form that a database can keep and index."""
        return sorted({kept(key) for key in self.keys(ready)})

    def node(self, mention: str, facts: F, alone: bool) -> str:
        """The id of the node of a mention: its own where it stands alone."""
        words = None if alone else self.same_words(facts)
        return mention if words is None else f"{self.name}:{digest(pack(words).encode())[:20]}"


@dataclass(frozen=True, slots=True)
class Told(Generic[F]):
    """What one mention tells: its place in the order in which mentions were added, and facts."""

    rank: int
    facts: F


def kept(key: str) -> str:
    """A key that a database can keep: one that is too long, or has characters that databases refuse, by its prefix and digest."""
    if len(key) <= LONGEST_KEY and "\x00" not in key and not any("\ud800" <= c <= "\udfff" for c in key):
        return key
    return f"{key.partition(':')[0]}:~{digest(key.encode('utf-8', 'surrogatepass'))[:20]}"
