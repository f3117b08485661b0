"""Enumerations: names that stand in one list ("A, B and C", or a line each) play one part, and are judged with an eye on each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from breachbook.extract.candidates import Candidate
from breachbook.extract.context import Context
from breachbook.extract.mentions import Chunk, Token

LEAST_MEMBERS = 3
"""Names that make a list; two with "and" between them are as often owner and partner, or speaker and employer."""
LONGEST_GAP = 80
"""Characters between two members, with a remark in brackets."""
INTRODUCTION = 12
"""Words before a list that say what it is a list of."""

_BETWEEN = re.compile(
    r"[\s,;•*–-]{0,12}(?:(?:and|or|as well as)\b|&)?[\s,;•*–-]{0,6}(?:[Tt]he\s)?(?:\([^()]{0,60}\)[\s,;]{0,3}(?:and\s)?)?(?:[Tt]he\s)?"
)
_LINE_END = re.compile(r"\s*\n[\s•*–\d.)-]{0,8}")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """One list: its members, in text order, and the words before it, in lower case."""

    members: tuple[Candidate, ...]
    introduction: tuple[str, ...]


def enumerations(things: Sequence[Candidate], context: Context) -> dict[int, Enumeration]:
    """The longest list that each candidate stands in, by the candidate's `id`; those in none are not there."""
    places = sorted(((m, thing) for thing in things for m in thing.mentions), key=lambda pair: pair[0].start)
    found: dict[int, Enumeration] = {}
    run: list[tuple[Chunk, Candidate]] = []
    for place in [*places, None]:
        if place is not None and run and _goes_on(context.text, run[-1][0], place[0]):
            run.append(place)
            continue
        members = {id(thing): thing for _, thing in run}
        if len(members) >= LEAST_MEMBERS:
            made = Enumeration(tuple(members.values()), _introduction(run[0][0]))
            for key in members:
                if key not in found or len(found[key].members) < len(members):
                    found[key] = made
        run = [place] if place is not None else []
    return found


def lists_of(things: Sequence[Candidate], context: Context) -> dict[int, Enumeration]:
    """The lists of a document's candidates (all of them, in any order), worked out once; see `enumerations`."""
    kept: tuple[frozenset[int], dict[int, Enumeration]] | None = context.notes.get("enumerations")
    of = frozenset(map(id, things))
    if kept is None or kept[0] != of:
        kept = context.notes["enumerations"] = (of, enumerations(things, context))
    return kept[1]


def _goes_on(text: str, last: Chunk, following: Chunk) -> bool:
    """Whether nothing but a comma, "and", a bracket or the end of a line stands between two names."""
    if not last.end < following.start <= last.end + LONGEST_GAP:
        return False
    between = text[last.end : following.start]
    return bool(between.strip() or "\n" in between) and bool(_BETWEEN.fullmatch(between) or _LINE_END.fullmatch(between))


def _introduction(first: Chunk) -> tuple[str, ...]:
    before: Sequence[Token] = first.tokens[max(0, first.first - INTRODUCTION) : first.first]
    return tuple(token.lower for token in before if token.word.isalpha())
