"""The dates of a report as they stand: resolved against the report's own date, joined to ranges, with what surrounds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from breachbook.extract.context import Context, SentenceSpan
from breachbook.extract.surroundings import Surroundings, surroundings
from breachbook.text import date_words
from breachbook.text.date_words import When
from breachbook.text.partial_dates import earliest, latest

DATE_CUES = ("discover", "occur", "finish", "disclose", "notify", "legal", "published", "background", "say", "event")
"""Cues that tell what a date is the date of."""

REACH = 70
"""Characters around a date from which its words are taken: a clause."""

OPENING = 40
"""Characters that a date which opens its sentence takes, with its preposition."""

_DAY = r"(?P<{0}>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_TO = r"(?: ?(?:-|to|and|through|until) ?(?:the )?)"
SPAN_BEFORE_MONTH = (
    rf"\b{_DAY.format('day')}{_TO}(?=(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?: of)? (?-i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|"
    rf"Sep|Oct|Nov|Dec))"
)
"""`from 12 to 15 January`: a day whose month stands with the next one."""
SPAN_AFTER_DAY = (
    rf"(?<=\d){_TO}{_DAY.format('day')}(?!\d|:\d| ?(?:%|percent|million|people|users|customers|patients|records|days|hours)|[,.]\d)"
)
"""`January 12 to 15`: a day whose month stands with the one before."""

_JOINT = re.compile(
    r"\s?,?\s?(?:and|to|through|until|till|thru|-|and ended on|and ending on)\s?(?:the |at least |on |as late as )?", re.IGNORECASE
)
_RANGE = re.compile(
    r"\b(?:between|from|since)(?: (?:on|about|around|approximately|or|at least|the|as early as|early|mid|late)){0,3}[ -]?$", re.IGNORECASE
)
_SAME_DAY = re.compile(r" ?[,(]? ?(?:(?:on|in|the) ){0,2}", re.IGNORECASE)
"""What stands between a loose date and the exact one beside it that means the same ("Friday, March 23", "today (22 March)")."""

LOOSE = ("wd", "day", "rel")
EXACT = ("iso", "slash", "dm", "md")
_CLAUSE = re.compile(r"[,;:()\"]| (?:and|but|that|which|who|when|after|before|while|where|because|as|until|since|if) ", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_LOOSE = re.compile(r"\b(?:around|about|circa|approximately|or around|on or about|as early as|at least)\s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date: its value, where its words stand, its part in a range (`single`, `first`, `last`), its form and features."""

    value: str
    start: int
    end: int
    part: str
    sentence: SentenceSpan
    features: tuple[str, ...]


def date_mentions(context: Context) -> list[DateMention]:
    """The dates of a document in text order, each with its features."""
    around = surroundings(context)
    matches = _without_doubles(around.folded, [m for m in context.hits.get("dates.when", ()) if date_words.is_date(m)])
    reference = context.document.published
    found = [(m, _resolve(matches, index, reference, context)) for index, m in enumerate(matches)]
    made: list[DateMention] = []
    for index, (match, when) in enumerate(found):
        sentence = context.sentence_at(match.start())
        if when is None or sentence is None or match.end() > sentence.end:
            continue
        following = found[index + 1] if index + 1 < len(found) else None
        part = _part(around.folded, found[index - 1][0] if index else None, match, following[0] if following else None)
        if part == "first" and following and following[1]:
            when = _before(when, following[1])
        made.append(_mention(context, around, match, when, part, sentence))
    made += _spans(context, made)
    return sorted(made, key=lambda m: (m.start, m.end))


def _without_doubles(folded: str, matches: list[re.Match[str]]) -> list[re.Match[str]]:
    """The dates without the looser one of two that stand side by side and mean the same day ("Friday, March 23")."""
    doubles = set()
    for left, right in pairwise(matches):
        if _SAME_DAY.fullmatch(folded, left.end(), right.start()):
            forms = date_words.kind(left), date_words.kind(right)
            if forms[0] in LOOSE and forms[1] in EXACT:
                doubles.add(left)
            elif forms[0] in EXACT and forms[1] in LOOSE:
                doubles.add(right)
    return [m for m in matches if m not in doubles]


def _resolve(matches: list[re.Match[str]], index: int, reference: str | None, context: Context) -> When | None:
    """A date held against its update's date, the report's, or (for lack of both) the nearest year that the text gives."""
    match = matches[index]
    sentence = context.sentence_at(match.start())
    day = (sentence.said if sentence else None) or reference
    if day is None and date_words.kind(match) in ("dm", "md", "mo"):
        years = [
            m["dm_year"] or m["md_year"] or m["mo_year"]
            for m in (*reversed(matches[max(0, index - 20) : index]), *matches[index : index + 20])
        ]
        year = next((y for y in years if y and y[-4:].isdigit()), None)
        day = f"{year[-4:]}-12-31" if year else None
    return date_words.resolve(match, day)


def _part(folded: str, previous: re.Match[str] | None, match: re.Match[str], following: re.Match[str] | None) -> str:
    if following is not None and _JOINT.fullmatch(folded, match.end(), following.start()):
        return "first"
    if previous is not None and _JOINT.fullmatch(folded, previous.end(), match.start()):
        return "last"
    if _RANGE.search(folded, max(0, match.start() - 40), match.start()):
        return "since"
    return "single"


def _before(first: When, last: When) -> When:
    """The first end of a range, brought to the last end's year where its own words give none."""
    if first.explicit or len(first.first) < 7:
        return first
    year = int(last.first[:4])
    value = f"{year}{first.first[4:]}"
    if value[:7] > last.first[:7]:
        value = f"{year - 1:04}{first.first[4:]}"
    return When(value, value)


def _spans(context: Context, made: list[DateMention]) -> Iterator[DateMention]:
    """Days without a month of their own, beside a day that has one."""
    by_start, by_end = {m.start: m for m in made}, {m.end: m for m in made}
    for match in context.hits.get("dates.span_before", ()):
        twin = by_start.get(match.end())
        if twin and len(twin.value) == 10 and int(match["day"]) < int(twin.value[8:]):
            yield _twin(twin, match.start("day"), match.end("day"), int(match["day"]), "first")
    for match in context.hits.get("dates.span_after", ()):
        twin = by_end.get(match.start())
        if twin and len(twin.value) == 10 and int(match["day"]) > int(twin.value[8:]):
            value = _twin(twin, match.start("day"), match.end("day"), int(match["day"]), "last")
            if date_words.is_calendar(value.value):
                yield value


def _twin(twin: DateMention, start: int, end: int, day: int, part: str) -> DateMention:
    features = (f"part:{part}", *(f for f in twin.features if not f.startswith("part:")))
    return DateMention(f"{twin.value[:8]}{day:02}", start, end, part, twin.sentence, features)


def _mention(context: Context, around: Surroundings, match: re.Match[str], when: When, part: str, sentence: SentenceSpan) -> DateMention:
    start, end = match.span()
    form = date_words.kind(match)
    value = when.first if part == "first" else when.last if part == "last" and len(when.last) < 10 else when.value
    features = [f"part:{part}", f"form:{form}", f"length:{len(value)}", f"age:{_age(value, context.document.published)}"]
    features += around.features(sentence, start, end)
    before, after = around.folded[max(sentence.start, start - REACH) : start], around.folded[end : min(sentence.end, end + REACH)]
    features += (f"before:{w.lower()}" for w in _WORD.findall(before)[-7:])
    features += (f"after:{w.lower()}" for w in _WORD.findall(after)[:7])
    features += _nearest(around, sentence, start, end)
    features += _in_clause(around, sentence, start, end)
    if match.start() == sentence.start or before.strip().lower() in ("on", "in", "late", "early"):
        features.append("begins")
    return DateMention(value, start, end, part, sentence, tuple(dict.fromkeys(features)))


def _age(value: str, reference: str | None) -> str:
    """How long before the report, in steps that news tells apart."""
    if reference is None:
        return "unknown"
    days = (latest(reference) - earliest(value)).days
    return next(
        (
            name
            for limit, name in ((-1, "future"), (0, "same"), (1, "1"), (3, "3"), (8, "8"), (31, "31"), (120, "120"), (400, "400"))
            if days <= limit
        ),
        "old",
    )


def _in_clause(around: Surroundings, sentence: SentenceSpan, start: int, end: int) -> Iterator[str]:
    """The cues in the clause of a date, and in the clause behind one that opens its sentence ("On 3 May, the firm learned")."""
    breaks = [m.span() for m in _CLAUSE.finditer(around.folded, sentence.start, sentence.end)]
    first = max((b for a, b in breaks if b <= start), default=sentence.start)
    last = min((a for a, b in breaks if a >= end), default=sentence.end)
    yield from (f"clause:{name}" for a, b, name in around.spans(sentence.index) if a >= first and b <= last and name in DATE_CUES)
    yield from (f"clause-word:{w.lower()}" for w in _WORD.findall(around.folded, first, last))
    if first == sentence.start and not _WORD.findall(around.folded, last, last + 1) and end - first <= OPENING:
        following = min((a for a, b in breaks if a > last), default=sentence.end)
        yield from (f"opens:{name}" for a, b, name in around.spans(sentence.index) if a >= last and b <= following and name in DATE_CUES)


def _nearest(around: Surroundings, sentence: SentenceSpan, start: int, end: int) -> Iterator[str]:
    """Which of the cues that tell what a date is of stands nearest before and after it."""
    before = [(start - b, name) for a, b, name in around.spans(sentence.index) if b <= start and name in DATE_CUES]
    after = [(a - end, name) for a, b, name in around.spans(sentence.index) if a >= end and name in DATE_CUES]
    for side, found in (("before", before), ("after", after)):
        ranked = sorted(found)
        yield from (f"nearest-{side}:{name}" for gap, name in ranked if gap == ranked[0][0])
        yield from (f"next-{side}:{name}" for gap, name in ranked if gap != ranked[0][0])
    both = sorted(before + after)
    yield from (f"nearest:{name}" for gap, name in both if gap == both[0][0])
