"""How sure a sentence is of what a piece of it says, by the words of negation and hedging and what they reach.

The cues, with their reach, are a data file (`vocab/data/hedges.toml`). A hedged denial ("unlikely", "may not have been")
is no denial: it leaves the thing possible.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from breachbook.text.folding import fold
from breachbook.text.scanner import Scanner, default_cache
from breachbook.vocab.data_files import toml_file

CERTAINTIES = ("stated", "likely", "possible", "denied")
"""From the surest to the least; a denial stands apart."""

LONGEST_SENTENCE = 2000
"""Characters of a sentence that are looked at: none that people write is longer."""

_CLAUSE = re.compile(
    r";|:(?= )|[,\s-]\s*(?:but(?! not)|however(?!,)|although|though|whereas|while|yet(?= [a-z]+ed\b)|after|because|"
    r"since|until|before|when)\s"
    r"|,\s*(?:and|which|who|so)\s(?=(?:[a-z']+ ){0,4}(?:is|are|was|were|has|have|had|did|does|will|would|may|might|could|can|said|says)\b)"
    r"|\s(?:whose|where)\s"
    r"|\s(?:in|during|after|following|from|because of|as a result of|by) (?:the|this|that|an? earlier)(?= (?:[\w-]+ ){0,2}"
    r"(?:attack|breach|incident|hack|intrusion|cyber-?attack|event|leak|theft)\b)"
    r"|\s--?\s|[()]|\s{2,}(?-i:(?=[A-Z]))",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:even )?(?:while|although|though|whereas|unlike|despite) [^,;]{1,200},", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue of certainty in a sentence, and the stretch of the sentence that it reaches."""

    start: int
    end: int
    name: str
    certainty: str
    reach_start: int
    reach_end: int


@cache
def _rules() -> tuple[Mapping[str, tuple[str, str, str]], Scanner]:
    """Name, certainty and reach of each rule, in their order, by the name of its pattern; and what finds all patterns at once."""
    rows = {f"{number:02}": row for number, row in enumerate(toml_file("hedges.toml")["cue"])}
    patterns = {number: rf"(?<![\w-])(?:{'|'.join(row['words'])})(?![\w'-])" for number, row in rows.items()}
    rules = {number: (row["name"], row["certainty"], row["reach"]) for number, row in rows.items()}
    return rules, Scanner(patterns, cache=default_cache())


@lru_cache(maxsize=2048)
def cues(sentence: str) -> tuple[Cue, ...]:
    """The cues of a sentence; one that stands inside an earlier rule's cue does not count."""
    sentence = sentence[:LONGEST_SENTENCE]
    rules, scanner = _rules()
    matches = scanner.find(sentence)
    if not matches:
        return ()
    folded = fold(sentence)
    breaks = [m.span() for m in _CLAUSE.finditer(folded)]
    if opening := _OPENING.match(folded):
        breaks.append((opening.end() - 1, opening.end()))
    taken: list[tuple[int, int]] = []
    found: list[Cue] = []
    for number, matched in matches.items():
        name, certainty, reach = rules[number]
        for match in matched:
            start, end = match.span()
            if any(start < b and a < end for a, b in taken):
                continue
            taken.append((start, end))
            if certainty != "plain":
                found.append(Cue(start, end, name, certainty, *_reach(folded, breaks, start, end, reach)))
    return tuple(sorted(found, key=lambda cue: cue.start))


def _reach(folded: str, breaks: list[tuple[int, int]], start: int, end: int, reach: str) -> tuple[int, int]:
    before = max((b for a, b in breaks if b <= start), default=0)
    after = min((a for a, b in breaks if a >= end), default=len(folded))
    if reach == "after":
        return end, after
    if reach == "before":
        return before, start
    if reach == "sentence":
        return before, len(folded)
    return before, after


def certainty(sentence: str, start: int, end: int) -> str:
    """How sure the sentence is of `sentence[start:end]`: `stated`, `likely`, `possible` or `denied`.

    The least sure of the cues that reach it decides; a denial that is itself hedged is `possible`.
    """
    reached = {cue.certainty for cue in cues(sentence) if _reaches(cue, start, end)}
    if "denied" in reached:
        return "possible" if reached - {"denied", "likely"} else "denied"
    return max(reached, key=CERTAINTIES.index, default="stated")


def _reaches(cue: Cue, start: int, end: int) -> bool:
    inside = cue.start <= start and end <= cue.end
    return inside or (cue.reach_start < end and start < cue.reach_end)
