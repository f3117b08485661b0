"""Finds the sections of a report that were added later: `Update: …`, `UPDATE (April 12): …`, `[Update: …]`, `Updated 3 May 2021 —`.

What an update says was said later than the text above it, whether or not it gives a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

LONGEST_HEADING = 60
"""Characters between the word `Update` and its colon or dash: room for a number, a date, a time and a time zone."""
LONGEST_BRACKET = 1500
"""Characters within which a bracket that holds an update is closed; one that is not is a heading in brackets left open."""
MOST_UPDATES = 50
"""Updates of one text; the longest live reports have about thirty, hostile texts have more."""

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
_WHEN = rf"{_WEEKDAY}(?=[^\n]{{0,24}}\d)(?:{_MONTH}|\d)[\w,.:/+\- ]{{0,{LONGEST_HEADING}}}?"
_NUMBER = rf"(?:[ ]?[#№]?[ ]?(?P<number>\d{{1,2}})(?!\d|:\d|(?:st|nd|rd|th)?[ ](?:of[ ])?{_MONTH}))?"
_ROUND = rf"\((?P<in_round>[^()\n]{{1,{LONGEST_HEADING}}})\)"
_SQUARE = rf"\[(?P<in_square>[^\[\]\n]{{1,{LONGEST_HEADING}}})\]"
_DETAIL = rf"{_NUMBER}(?:,?[ ]{{0,2}}[-–—]?[ ]?(?:{_ROUND}|{_SQUARE}|(?:on |at |as of )?(?P<bare>{_WHEN})))?"
_WORD = r"(?:update|updated|addendum|correction|editor[’']s note)"
_END = r"(?:(?:[ ]?\]|\*\*|__)?(?:[ ]?:(?!\d)|[ ]?[–—]|[ ]-(?=[ ])|(?=\n|\Z))(?:\*\*|__|\])?|\](?!\w))"

_AT_LINE = re.compile(rf"^[ \t>*_#•\-–—]{{0,6}}(?P<bracket>\[)?{_WORD}{_DETAIL}{_END}", re.IGNORECASE | re.MULTILINE)
_IN_LINE = re.compile(
    rf"(?<=[.!?\])”\"’,\w])[ \u00a0]{{1,3}}(?P<bracket>\[)?(?-i:Update|UPDATE|Updated|UPDATED){_DETAIL}(?:[ ]?\])?:(?!\d)\]?", re.IGNORECASE
)
_SENTENCE_ENDS = '.!?)”"’]'
_AFTERWORD = re.compile(
    r"^(?:about the author|comments are closed|leave a (?:comment|reply)|share this|related (?:posts|articles|stories|reading)"
    r"|original (?:story|article|post|report))\b"
    r"|^[-*_=]{3,}[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""What ends an update: the page's own furniture after the article, a rule, or a heading that goes back to the first text."""


@dataclass(frozen=True, slots=True)
class Update:
    """A section added later, `text[start:end]`, its heading included. `revision` counts from 1 in the order of time, as far
    as the headings tell it; `said` is the date as its heading writes it, or None."""

    start: int
    end: int
    revision: int
    said: str | None


@dataclass(frozen=True, slots=True)
class _Heading:
    start: int
    end: int
    number: int | None
    said: str | None
    bracketed: bool


def updates(text: str, body_start: int = 0) -> tuple[Update, ...]:
    """The updates of a text, in its order and without overlap.

    `body_start` is where the body begins: a headline that starts with `Update:` announces no section. An update above
    the first paragraph of the body is that paragraph alone; one below goes on to the next update, or to the end of the report.
    A text that is nothing but an update has none: there is nothing that it is later than.
    """
    headings = _headings(text, body_start)
    sections: list[tuple[_Heading, int]] = []
    above = body_start
    for index, heading in enumerate(headings):
        following = headings[index + 1].start if index + 1 < len(headings) else len(text)
        first = not text[above : heading.start].strip()
        sections.append((heading, _end(text, heading, following, first)))
        above = sections[-1][1] if first else body_start
    if not sections or _rest_is_empty(text, body_start, sections):
        return ()
    return tuple(
        Update(heading.start, end, revision, heading.said)
        for (heading, end), revision in zip(sections, _revisions([h for h, _ in sections]), strict=True)
    )


def _headings(text: str, body_start: int) -> list[_Heading]:
    """All headings from `body_start` on, at the starts of lines and after sentences within them."""
    if "pdate" not in text and "PDATE" not in text and not re.search(r"(?i)addendum|correction|editor.s note", text):
        return []
    in_line = (m for m in _IN_LINE.finditer(text, body_start) if _starts_anew(text, m))
    found = [_heading(m) for many in (_AT_LINE.finditer(text, body_start), in_line) for m in islice(many, MOST_UPDATES)]
    kept: list[_Heading] = []
    for heading in sorted(_dated(found, text), key=lambda h: h.start):
        if not kept or heading.start >= kept[-1].end:
            kept.append(heading)
    return kept[:MOST_UPDATES]


def _starts_anew(text: str, match: re.Match[str]) -> bool:
    """Whether a heading within a line is one: in brackets, in capitals, or behind the end of a sentence."""
    return match["bracket"] is not None or "UPDATE" in match.group() or text[match.start() - 1] in _SENTENCE_ENDS


def _heading(match: re.Match[str]) -> _Heading:
    said = match["in_round"] or match["in_square"] or match["bare"]
    number = int(match["number"]) if match["number"] else None
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    return _Heading(start, match.end(), number, said.strip() if said else None, match["bracket"] is not None)


def _dated(headings: Iterable[_Heading], text: str) -> Iterable[_Heading]:
    """Without lines such as `Updated: 3 May 2021, 10:30`: a line of its own with a date is the page's stamp, not a section,
    and so is one with a colon and a date behind it."""
    for heading in headings:
        stamp = text.startswith(("Updated", "UPDATED", "updated"), heading.start)
        rest = text[heading.end : heading.end + 3 * LONGEST_HEADING].split("\n", 1)[0].strip() if stamp else ""
        only_date = not rest or re.fullmatch(rf"(?:{_WHEN}|[\d.,:/ -]{{1,30}}|[ap]\.?m\.?)", rest, re.IGNORECASE)
        if not (stamp and only_date):
            yield heading


def _end(text: str, heading: _Heading, following: int, first: bool) -> int:
    """Where the section of a heading ends; `first` when nothing but other such updates stands above it."""
    if heading.bracketed and "]" not in text[heading.start : heading.end]:
        closed = text.find("]", heading.end, min(following, heading.end + LONGEST_BRACKET))
        if closed >= 0:
            return closed + 1
    if first:
        content = heading.end + len(text[heading.end : following]) - len(text[heading.end : following].lstrip())
        paragraph = text.find("\n", content, following)
        return len(text[:paragraph].rstrip()) if paragraph >= 0 else following
    after = _AFTERWORD.search(text, heading.end, following)
    return len(text[: after.start() if after else following].rstrip())


def _rest_is_empty(text: str, body_start: int, sections: list[tuple[_Heading, int]]) -> bool:
    position, rest = body_start, ""
    for heading, end in sections:
        rest += text[position : heading.start].strip()
        position = end
    return not (rest + text[position:].strip())


def _revisions(headings: list[_Heading]) -> list[int]:
    """1, 2, … by the numbers in the headings where all have one and none twice, else by where they stand."""
    numbers = [h.number for h in headings]
    if None not in numbers and len(set(numbers)) == len(numbers):
        order = sorted(n for n in numbers if n is not None)
        return [order.index(n) + 1 for n in numbers if n is not None]
    return list(range(1, len(headings) + 1))
