"""When two names are the same for a score: tolerant of legal forms, articles and cut or added words, as the labels' makers were.

This is looser than what joins organisations in the book (`resolve`), on purpose: a score asks whether the reader meant the
same organisation that the label means, within one report.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

LOOSE_WORDS = frozenset(
    "a an and at for in of the ag co company corp corporation gmbh group inc limited llc ltd plc sa".split()
)  # fmt: skip
"""Words that do not tell two organisations of one report apart: articles, prepositions and legal forms."""

FEWEST_WORDS = 2
"""A name within another is the same only when it has at least so many words: `Bank` is not `Bank of Lakes`."""

_POSSESSIVE = re.compile(r"['’‘`]s\b")
_WORD = re.compile(r"[a-z0-9]+")


def plain(name: str) -> str:
    """A name in lower-case ASCII words with single blanks, without possessive endings; empty when nothing is left."""
    bare = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", name.lower()))
    return " ".join(_WORD.findall(bare.encode("ascii", "ignore").decode()))


def _telling(name: str) -> frozenset[str]:
    words = frozenset(plain(name).split())
    return words - LOOSE_WORDS or words


def same_name(one: str, other: str) -> bool:
    """Whether two names are equal, equal but for loose words, or one holds all of the other's two or more telling words."""
    if plain(one) == plain(other):
        return bool(plain(one))
    mine, theirs = _telling(one), _telling(other)
    if mine == theirs:
        return bool(mine)
    return min(len(mine), len(theirs)) >= FEWEST_WORDS and (mine <= theirs or theirs <= mine)


def entity(value: Any) -> Mapping[str, Any]:
    """A named thing of a report record as a mapping; a bare text is its name."""
    return {"name": value} if isinstance(value, str) else value


def _forms(thing: Mapping[str, Any]) -> list[str]:
    return [form for form in (thing.get("name"), *(thing.get("aliases") or ())) if form]


def same_entity(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether any form of one thing's name is the same as any form of the other's."""
    return any(same_name(mine, theirs) for mine in _forms(one) for theirs in _forms(other))
