"""Dates of publication: what is written to a partial date, and whether it can be one."""

from __future__ import annotations

import re
from datetime import date, timedelta

from breachbook.errors import IngestError
from breachbook.text.partial_dates import earliest, is_partial_date

EARLIEST_YEAR = 1971
"""Before it, a date is a program's word for "none": 1970-01-01 is the Unix epoch, 1900 and 0001 are other epochs."""
DATELINE_LINES = 12
"""Lines of a letter or article among which its own date stands."""

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TAIL = r"(?:[ ,T]{1,3}(?:at )?\d{1,2}[:.h]?\d{0,2}[\w:.+\- /()]{0,40})?"
_FLAGS = re.IGNORECASE | re.ASCII

_FORMS = tuple(
    re.compile(form + _TAIL, _FLAGS)
    for form in (
        r"(?P<year>\d{4})(?P<mark>[-/._])(?P<month>\d{1,2})(?:(?P=mark)(?P<day>\d{1,2}))?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        r"(?P<year>\d{4})",
        rf"(?:[a-z]{{2,9}}\.?,? )?{_MONTH} {_DAY},? (?P<year>\d{{4}})",
        rf"(?:[a-z]{{2,9}}\.?,? )?{_DAY} (?:of )?{_MONTH},? (?P<year>\d{{4}})",
        rf"{_MONTH},? (?P<year>\d{{4}})",
    )
)
_DAY_OR_MONTH = re.compile(r"(?P<one>\d{1,2})([/.-])(?P<two>\d{1,2})\2(?P<year>\d{4})" + _TAIL, _FLAGS)
_IN_PHRASE = re.compile(
    rf"\b(?:{_MONTH} {_DAY}|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH.replace('month', 'month2')})(?:,? (?P<year>\d{{4}}))?\b",
    _FLAGS,
)
_ISO_IN_PHRASE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", _FLAGS)
_LABEL = re.compile(r"(?:dated?|published|posted|issued|released)(?: on)?:? ", re.IGNORECASE)


def written_date(text: str) -> str | None:
    """A whole date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, not yet held against the calendar; None when it is not understood.

    Understood are ISO 8601 with or without a time, with `-`, `/`, `.` or `_`, and English dates (`9 April 2021`,
    `Apr. 9, 2021`, `Fri, 09 Apr 2021 10:00:00 +0000`). `03/17/2021` is, because no month has the number 17; `04/09/2021` is
    not: it means two days.
    """
    text = " ".join(text[:200].split())
    swapped = _DAY_OR_MONTH.fullmatch(text)
    if swapped is not None:
        low, high = sorted((int(swapped["one"]), int(swapped["two"])))
        return _partial(int(swapped["year"]), low, high) if low <= 12 < high or low == high else None
    for form in _FORMS:
        found = form.fullmatch(text)
        if found is not None:
            parts = found.groupdict()
            return _partial(int(parts["year"]), _month(parts.get("month")), int(parts["day"]) if parts.get("day") else None)
    return None


def fault(value: str, today: str) -> str | None:
    """Why a partial date cannot be one of publication: the calendar lacks it, it lies in the future or before computers."""
    if not is_partial_date(value):
        return f"the calendar has no {value}"
    if earliest(value).year < EARLIEST_YEAR:
        return f"{value} is before {EARLIEST_YEAR}, which programs write for an unknown date"
    # One day on: where the sun rises first it is tomorrow already.
    if earliest(value) > date.fromisoformat(today) + timedelta(days=1):
        return f"{value} lies in the future"
    return None


def required(text: str | None, today: str) -> str | None:
    """A date of publication that someone wrote down for us; None when there is none.

    Raises:
        IngestError: it is not understood, impossible or in the future.
    """
    if text is None or not text.strip():
        return None
    value = written_date(text)
    if value is None:
        raise IngestError("bad_date", f"{text.strip()[:60]!r} is not understood; write YYYY-MM-DD, YYYY-MM or YYYY")
    wrong = fault(value, today)
    if wrong:
        raise IngestError("bad_date", f"{wrong}; correct it, or leave the date out")
    return value


def tolerated(text: str | None, today: str) -> str | None:
    """A date of publication that a page, feed or mail gives of itself; None when there is none that can be one."""
    value = written_date(text) if text else None
    return None if value is None or fault(value, today) else value


def dateline(text: str, today: str) -> str | None:
    """The date that stands on a line of its own near the top of a letter or article."""
    for line in text[:4000].split("\n")[: 2 * DATELINE_LINES]:
        bare = _LABEL.sub("", " ".join(line.split()), count=1)
        if 8 <= len(bare) <= 60:
            value = tolerated(bare, today)
            if value is not None and len(value) == len("2021-04-09"):
                return value
    return None


def date_in(phrase: str, near: str | None) -> str | None:
    """The date in a phrase such as `April 12, 5 pm`; a missing year is the one that brings it closest to `near`.

    None when there is no date, when its day and month could be swapped, or when neither phrase nor `near` has a year.
    """
    iso = _ISO_IN_PHRASE.search(phrase)
    if iso:
        return iso.group() if is_partial_date(iso.group()) else None
    found = _IN_PHRASE.search(" ".join(phrase.split()))
    if found is None:
        return None
    parts = found.groupdict()
    month, day = _month(parts["month"] or parts["month2"]), int(parts["day"] or parts["day2"])
    if parts["year"]:
        years = [int(parts["year"])]
    elif near is not None:
        years = [earliest(near).year + step for step in (0, 1, -1)]
    else:
        return None
    dated = [value for value in (_partial(year, month, day) for year in years) if is_partial_date(value)]
    return min(dated, key=lambda value: abs((earliest(value) - earliest(near or value)).days), default=None)


def _month(text: str | None) -> int | None:
    if not text:
        return None
    if text.isdigit():
        return int(text)
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(text[:3].lower()))


def _partial(year: int, month: int | None, day: int | None) -> str:
    return f"{year:04}" + (f"-{month:02}" if month is not None else "") + (f"-{day:02}" if day is not None else "")
