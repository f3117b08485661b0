"""Dates as people write them ("on or around 20 January 2021", "late March", "last month", "Monday"), to partial dates.

`WHEN` finds them; `resolve` turns one match into the span of partial dates that it means, held against the day on which it
was written. The precision that the words give is kept: "late March" is a month, "last year" is a year. What cannot be told
without a day to hold it against stays unknown.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from breachbook.text.partial_dates import earliest, latest

_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASONS = {"winter": (12, 2), "spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11)}
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
           "ten": 10, "eleven": 11, "twelve": 12, "couple of": 2, "a couple of": 2, "a few": 3, "few": 3, "several": 3}  # fmt: skip
COARSE = ("month", "year")
"""Periods that can be counted back from a month."""

FUTURE_DAYS = 2
"""A day without a year that lies at most this far ahead is still of this year: reports are dated by time zone and habit."""

_MONTH = (
    r"(?-i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)\b\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b"
_YEAR = r"(?:19|20)\d\d\b(?!,\d)"
_WEEKDAY = r"(?-i:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.?(?=,? [A-Z0-9(]))"
_PART = (
    r"(?:(?:the )?(?:very )?(?:early|late|mid|end|beginning|start|middle|first half|second half|(?:first|second|third|"
    r"last) week)(?: part)?(?:-| |\b)(?:in |of |to |- ?(?:early|late) )?)"
)
_PERIOD = r"(?:week|weekend|month|year|spring|summer|fall|autumn|winter)"
_AGO = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:a )?couple of|(?:a )?few|several|\d{1,2})"

WHEN = (
    r"\b(?:"
    rf"(?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b)"
    r"|(?P<slash>(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|[12]\d|3[01])/(?:(?:19|20)\d\d|\d\d)\b)"
    rf"|(?P<dm>(?P<dm_day>{_DAY})(?: of)?[ -](?P<dm_month>{_MONTH})(?:[ -]?,? ?(?P<dm_year>{_YEAR}|(?:of )?(?:this|last) year))?)"
    rf"|(?P<md>(?P<md_month>{_MONTH}) (?:the )?(?P<md_day>{_DAY})(?!,\d|\d| ?(?:million|billion|percent|%|"
    rf":\d))(?:,? ?(?P<md_year>{_YEAR}|(?:of )?(?:this|last) year))?)"
    rf"|(?P<mo>(?P<mo_part>{_PART})?(?P<mo_last>(?:this past |last |this ))?(?P<mo_month>{_MONTH})"
    rf"(?:,? (?:of )?(?P<mo_year>{_YEAR}|(?:this|last|that|the same) year))?)"
    rf"|(?P<wd>(?P<wd_last>(?:early |late )?(?:last |this |this past )?)(?P<wd_day>{_WEEKDAY})(?:,? (?P<wd_week>(?:of )?last week))?)"
    r"|(?P<day>(?:earlier |late |later )?(?:today|tonight|yesterday|this (?:morning|afternoon|evening)|last night)\b)"
    rf"|(?P<rel>(?P<rel_part>(?:earlier|later|late|early|(?:at )?the (?:end|start|beginning) of|sometime) )?(?:in |during |over )?"
    rf"(?P<rel_which>this|last|this past|the past|the last|the previous|the preceding|past|previous|"
    rf"over the) (?P<rel_period>{_PERIOD})\b(?!'s? (?:old|time)))"
    rf"|(?P<ago>(?P<ago_count>{_AGO}) (?P<ago_unit>day|week|month|year)s? (?:ago|earlier|prior)\b)"
    rf"|(?P<yr>(?P<yr_part>{_PART})?(?P<yr_year>{_YEAR})(?![-/.]\d))"
    r")"
)
"""Finds a date in words; for the scanner, or for `re` with IGNORECASE and ASCII. May needs a look around it (`is_month`)."""

_PATTERN = re.compile(WHEN, re.IGNORECASE | re.ASCII)
_MAY_BEFORE = re.compile(
    r"\b(?:in|since|of|by|until|till|during|from|between|and|to|through|late|early|mid|last|this|on|for)[ -]$|[(,] ?$", re.I
)


@dataclass(frozen=True, slots=True)
class When:
    """The span that words mean: both ends partial dates, the same one for a single date; `explicit` says that the words
    give the year themselves."""

    first: str
    last: str
    explicit: bool = False

    @property
    def value(self) -> str:
        """The one partial date that both ends share; of a week that two months share, the month in which it begins."""
        if self.first == self.last:
            return self.first
        if self.first[:7] == self.last[:7]:
            return self.first[:7]
        short = latest(self.last) - earliest(self.first) <= timedelta(days=7)
        return self.first[:7] if short else self.first[:4]


def find(text: str) -> list[re.Match[str]]:
    """The dates in a (folded) text; the reader's scanner finds the same."""
    return [m for m in _PATTERN.finditer(text) if is_date(m)]


def is_date(match: re.Match[str]) -> bool:
    """Whether a match of `WHEN` is a date and not the verb "may" or a number that looks like a year."""
    if match["mo"] is not None and _month(match["mo_month"]) in (3, 5) and match["mo"] == match["mo_month"]:
        return _MAY_BEFORE.search(match.string, max(0, match.start() - 12), match.start()) is not None
    return True


def _month(word: str) -> int:
    word = word.lower().rstrip(".")
    return next(i for i, name in enumerate(_NAMES, 1) if name.startswith(word[:3]))


def _iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """A partial date, or None when the calendar has no such day."""
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04}-{month:02}-{day:02}"


def _year_of(word: str | None, month: int, day: int | None, reference: date | None) -> int | None:
    """The year: as written, or the latest in which the day is not in the future."""
    if word and word[-4:].isdigit():
        return int(word[-4:])
    if reference is None:
        return None
    if word and "last year" in word.lower():
        return reference.year - 1
    if word and "this year" in word.lower():
        return reference.year
    limit = reference + timedelta(days=FUTURE_DAYS)
    return reference.year if (month, day or 1) <= (limit.month, limit.day) or limit.year > reference.year else reference.year - 1


def _single(value: str | None, explicit: bool = False) -> When | None:
    return When(value, value, explicit) if value else None


def _day_of_month(month: str, day: str, year: str | None, reference: date | None) -> When | None:
    number, of = int(re.sub(r"\D", "", day)), _month(month)
    found = _year_of(year, of, number, reference)
    return _single(_iso(found, of, number), bool(year and year[-4:].isdigit())) if found else None


def _slash(words: str) -> When | None:
    """US order, as US notices write it, unless the first number cannot be a month."""
    first, second, year = (int(part) for part in words.split("/"))
    year += 2000 if year < 100 else 0
    month, day = (second, first) if first > 12 else (first, second)
    return _single(_iso(year, month, day), True)


def _of_month(match: re.Match[str], reference: date | None) -> When | None:
    month, word = _month(match["mo_month"]), match["mo_year"]
    explicit = bool(word and word[-4:].isdigit())
    year = _year_of(word, month, None, reference)
    if year is None:
        return None
    if (
        (match["mo_last"] or "").lower().startswith("last")
        and reference
        and not word
        and (year, month) == (reference.year, reference.month)
    ):
        year -= 1
    return _single(_iso(year, month), explicit)


def _weekday(match: re.Match[str], reference: date | None) -> When | None:
    if reference is None:
        return None
    word = match["wd_day"].lower()
    number = next(i for i, name in enumerate(_DAYS) if name.startswith(word[:3]))
    back = (reference.weekday() - number) % 7
    if match["wd_week"]:
        back = reference.weekday() + 7 - number
    elif back == 0 and "last" in match["wd_last"].lower():
        back = 7
    return _single((reference - timedelta(days=back)).isoformat())


def _near_day(match: re.Match[str], reference: date | None) -> When | None:
    if reference is None:
        return None
    words = match["day"].lower()
    return _single((reference - timedelta(days=1 if "yesterday" in words or "last night" in words else 0)).isoformat())


def _back(months: int, reference: date) -> date:
    number = reference.year * 12 + reference.month - 1 - months
    return date(number // 12, number % 12 + 1, 1) if number >= 12 else reference


def _relative(match: re.Match[str], reference: date | None) -> When | None:
    if reference is None:
        return None
    period, which = match["rel_period"].lower(), match["rel_which"].lower()
    before = which not in ("this", "over the", "this past", "the past", "past")
    if period == "year":
        return _single(_iso(reference.year - (which != "this"))) if which not in ("the past", "over the", "past") else None
    if period == "month":
        return (
            _single(_back(1 if which != "this" else 0, reference).isoformat()[:7])
            if which not in ("the past", "over the", "past")
            else None
        )
    if period == "week":
        monday = reference - timedelta(days=reference.weekday() + (7 if before else 0))
        return When(monday.isoformat(), min(monday + timedelta(days=6), reference).isoformat())
    if period == "weekend":
        saturday = reference - timedelta(days=(reference.weekday() - 5) % 7 or (7 if before and reference.weekday() == 5 else 0))
        return When(saturday.isoformat(), (saturday + timedelta(days=1)).isoformat())
    return _season(period, before, reference)


def _season(season: str, before: bool, reference: date) -> When | None:
    """The last season of that name that had begun; a winter spans two years. "This" season may only just be going on."""
    start, end = _SEASONS[season]
    year = reference.year if (reference.month, 1) >= (start, 1) else reference.year - 1
    if before and year == reference.year and start <= reference.month <= end:
        year -= 1
    first, last = _iso(year, start), _iso(year + (end < start), end)
    return When(first, last) if first and last else None


def _ago(match: re.Match[str], reference: date | None) -> When | None:
    words = match["ago_count"].lower()
    count = int(words) if words.isdigit() else _COUNTS[words]
    if reference is None:
        return None
    vague = words in ("few", "a few", "several", "couple of", "a couple of")
    unit = match["ago_unit"].lower()
    if unit == "year":
        return _single(_iso(max(1, reference.year - count)))
    if unit == "month":
        return _single(_back(count, reference).isoformat()[:7])
    day = (reference - timedelta(days=count * (7 if unit == "week" else 1))).isoformat()
    return _single(day[:7] if vague or (unit == "week" and count > 1) else day)


_READERS: tuple[tuple[str, Callable[[re.Match[str], date | None], When | None]], ...] = (
    ("iso", lambda m, _: _single(m["iso"], True) if is_calendar(m["iso"]) else None),
    ("slash", lambda m, _: _slash(m["slash"])),
    ("dm", lambda m, r: _day_of_month(m["dm_month"], m["dm_day"], m["dm_year"], r)),
    ("md", lambda m, r: _day_of_month(m["md_month"], m["md_day"], m["md_year"], r)),
    ("mo", _of_month),
    ("wd", _weekday),
    ("day", _near_day),
    ("rel", _relative),
    ("ago", _ago),
    ("yr", lambda m, _: _single(m["yr_year"], True)),
)


def is_calendar(value: str) -> bool:
    """Whether the calendar has this day."""
    year, month, day = (int(part) for part in value.split("-"))
    return _iso(year, month, day) is not None


def kind(match: re.Match[str]) -> str:
    """The form of a date: `iso`, `slash`, `dm`, `md`, `mo`, `wd`, `day`, `rel`, `ago` or `yr`."""
    return next(name for name, _ in _READERS if match[name] is not None)


def resolve(match: re.Match[str], reference: str | None) -> When | None:
    """What a match of `WHEN` means for someone writing at `reference` (a partial date or None).

    None when the calendar has no such day, or when the words need a reference that is not given precisely enough.
    """
    day = latest(reference) if reference else None
    name = kind(match)
    if (
        reference
        and len(reference) < 10
        and (name in ("wd", "day", "ago") or (name == "rel" and match["rel_period"].lower() not in COARSE))
    ):
        return None
    reader = next(read for form, read in _READERS if form == name)
    return reader(match, day)


def read(words: str, reference: str | None = None) -> When | None:
    """What a piece of text means whose first date counts; None when it holds none.

    >>> read("on or around 20 January 2021").value
    '2021-01-20'
    """
    found = find(words)
    return resolve(found[0], reference) if found else None


def is_before(left: str, right: str) -> bool:
    """Whether one partial date begins before another."""
    return earliest(left) < earliest(right)
