"""robots.txt by RFC 9309: which paths a program of our name may fetch."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

PRODUCT = "breachbook"
"""The name by which a robots.txt may speak to us."""
MOST_BYTES = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, 2.5, asks for at least 500 KiB)."""
MOST_RULES = 2000
"""Rules that are kept; the largest sites have a few hundred."""

_KEPT = "/?&=%:;@+$,!*'()~#[]"


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules that hold for us: (allowed, pattern), in the order of the file."""

    rules: tuple[tuple[bool, str], ...] = ()

    def allows(self, path: str) -> bool:
        """Whether a path (with its query) may be fetched: the longest matching rule decides, and `allow` between equals."""
        path = quote(path, safe=_KEPT)
        matching = [(len(pattern), allowed) for allowed, pattern in self.rules if matches(pattern, path)]
        return max(matching, default=(0, True))[1]


def parse(text: str) -> Robots:
    """The rules of a robots.txt: of the groups that name us, else of those for everyone."""
    groups: dict[str, list[tuple[bool, str]]] = {}
    agents: list[str] = []
    naming = False
    for line in text.splitlines()[: 10 * MOST_RULES]:
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            agents = [*agents, value.lower()] if naming else [value.lower()]
            groups.setdefault(value.lower(), [])
        elif key in ("allow", "disallow") and value:
            for agent in agents[:50]:
                groups[agent].append((key == "allow", quote(value, safe=_KEPT)))
        naming = key == "user-agent"
    ours = next((rules for agent, rules in groups.items() if agent.partition("/")[0] == PRODUCT), groups.get("*", []))
    return Robots(tuple(ours[:MOST_RULES]))


def matches(pattern: str, path: str) -> bool:
    """Whether a rule's pattern fits the start of a path; `*` stands for anything, `$` at its end for the end. Takes linear time."""
    anchored = pattern.endswith("$")
    first, *others = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(first):
        return False
    position = len(first)
    for index, piece in enumerate(others):
        if anchored and index == len(others) - 1:
            return len(path) - len(piece) >= position and path.endswith(piece)
        found = path.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    return not anchored or position == len(path)
