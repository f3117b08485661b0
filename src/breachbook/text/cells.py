"""Cells of structured sources: what the words of one column state, by its map, and why words of it state nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pycountry

from breachbook.text.date_words import read
from breachbook.text.domains import host
from breachbook.text.named_places import named_countries
from breachbook.text.names import fold
from breachbook.text.partial_dates import is_partial_date
from breachbook.vocab import properties
from breachbook.vocab.source_maps import Column

UNUSABLE = " (not usable)"
"""What ends the label of a line whose words state nothing: they are kept and read by nobody."""

MOST_PEOPLE = 10**12
"""A count above it is a mistake: no list of people or accounts has a hundred entries for each person alive."""

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}[\d:.]{0,16}(?:Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)
_TWO_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b", re.ASCII)
_COUNT = re.compile(r"\d{1,3}(?:[,. '\u00a0\u202f]\d{3})+|\d{1,15}(?:\.0+)?", re.ASCII)
_NOT_DIGITS = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Stated:
    """What words of a cell state: a property and its value, by `cell[start:end]`."""

    property: str
    value: str | int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CellFault:
    """Why words of a cell state nothing: a reason code (`refusals.toml`, `row_note`) and the detail."""

    code: str
    detail: str


def cell(column: Column, words: str, *, day_first: bool = False) -> Iterator[Stated | CellFault]:
    """All that a cell states. What its column's properties cannot be read from is a fault; a cell may have both."""
    for name in column.states:
        value = _value(properties.get(name).value, name, words, day_first)
        yield Stated(name, value, 0, len(words)) if not isinstance(value, CellFault) else value
    for start, end in _parts(words, column.separator):
        said = column.values.get(words[start:end].casefold())
        if said is None and column.values and not column.open:
            yield CellFault("unknown_value", f"{column.label} is {words[start:end][:60]!r}, which is not among its known values")
        for name, term in said or ():
            yield Stated(name, term, start, end)
    for name, term in column.always:
        yield Stated(name, term, 0, len(words))


def cell_date(words: str, *, day_first: bool = False) -> str | None:
    """The day, month or year that a cell gives, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; None when the calendar has no such one.

    A time of day counts for nothing. `04/09/2021` is the ninth of April, and the fourth of September where `day_first`.
    """
    bare = words.strip()[:60]
    if iso := _ISO.fullmatch(bare):
        value = "-".join(iso.groups())
        return value if is_partial_date(value) else None
    if is_partial_date(bare):
        return bare
    if day_first and (two := _TWO_NUMBERS.match(bare)):
        value = f"{two[3]}-{int(two[2]):02}-{int(two[1]):02}"
        return value if is_partial_date(value) else None
    found = read(bare)
    return found.value if found else None


@lru_cache(maxsize=4096)
def country_code(words: str) -> str | None:
    """The ISO 3166-1 alpha-2 code that a code or name of a country stands for; None when none does."""
    bare = words.strip()
    if len(bare) in (2, 3) and bare.isascii() and bare.isalpha():
        found = pycountry.countries.get(alpha_2=bare.upper()) if len(bare) == 2 else pycountry.countries.get(alpha_3=bare.upper())
        if found is not None:
            return str(found.alpha_2)
    key = fold(bare)
    named = named_countries("us" if key == "united states" else key)
    return next(iter(named)) if len(named) == 1 else None


def _value(form: str, name: str, words: str, day_first: bool) -> str | int | CellFault:
    """The value of a property of a form as the words have it, or why they have none."""
    if form == "date":
        return cell_date(words, day_first=day_first) or CellFault("odd_date", f"{words[:60]!r} is no date that the calendar has")
    if form == "count":
        number = int(_NOT_DIGITS.sub("", words.split(".0")[0])) if _COUNT.fullmatch(words) else None
        return number if number is not None and number <= MOST_PEOPLE else CellFault("odd_number", f"{words[:60]!r} is no count")
    if form == "country":
        return country_code(words) or CellFault("odd_country", f"{words[:60]!r} is no country or code of ISO 3166-1")
    if name == "domain":
        return host(words) or CellFault("odd_domain", f"{words[:80]!r} is no domain or web address")
    return words


def _parts(words: str, separator: str | None) -> Iterator[tuple[int, int]]:
    """The values in a cell: from where to where each stands."""
    at = 0
    for piece in words.split(separator) if separator else [words]:
        bare = piece.strip()
        if bare:
            start = at + piece.index(bare)
            yield start, start + len(bare)
        at += len(piece) + len(separator or "")
