"""Rows of a list to organisations: values cleaned and checked, what is wrong with a row said, duplicates told."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pycountry

from breachbook.ingest.reference_files import Row, read_rows
from breachbook.ingest.reference_shapes import Shape, shape_of
from breachbook.model.reference import KnownOrganisation, RowProblem, reference_id
from breachbook.text.domains import registered
from breachbook.text.names import LONGEST_NAME
from breachbook.vocab import terms

LONGEST_VALUE = 300
"""Characters of a region or identifier."""

LOOKED_AT = 50
"""Rows whose columns tell the shape of a list: objects need not all have the same."""

MOST_VALUES = 100
"""Aliases or domains of one organisation that are taken."""

Told = Callable[[RowProblem], None]

_TAG = re.compile(r"<(?:/?[A-Za-z]|!--)[^<>]{0,500}>")
_SEVERAL = re.compile(r"[;|]")


def organisations(path: Path, source: str | None, told: Told) -> tuple[str, Iterator[KnownOrganisation]]:
    """The name of a list (that of its shape, or of the file, where none is given) and its organisations, one at a time.

    What is wrong with a row goes to `told`, whether the row is left out or taken without what was wrong.

    Raises:
        IngestError: the file cannot be read, or has no column `name` (see `read_rows`, `shape_of`); also while it is read.
    """
    rows = read_rows(path)
    first = list(islice(rows, LOOKED_AT))
    columns = {str(column) for _, row in first if not isinstance(row, RowProblem) for column in row}
    shape = shape_of(columns)
    name = source or (path.stem if shape.last else shape.name)
    return name, _organisations(chain(first, rows), shape, name, told)


def _organisations(rows: Iterable[tuple[int, Row | RowProblem]], shape: Shape, source: str, told: Told) -> Iterator[KnownOrganisation]:
    seen: set[int] = set()
    for number, row in rows:
        if isinstance(row, RowProblem):
            told(row)
            continue
        found = organisation(number, row, shape, source, told)
        if found is None:
            continue
        key = int(found.id.rpartition("-")[2], 16)
        if key in seen:
            told(RowProblem(number, "duplicate", f"{found.name} is in the list already, with the same facts"))
            continue
        seen.add(key)
        yield found


def organisation(number: int, row: Row, shape: Shape, source: str, told: Told) -> KnownOrganisation | None:
    """The organisation of one row; None when the row is left out."""
    cells = {_folded(str(column)): value for column, value in row.items()}
    name = _name(number, next(iter(_texts(cells, shape, "name")), ""), told)
    if name is None:
        return None
    aliases = [alias for text in _lists(cells, shape, "aliases") if (alias := _clean(text)) and alias != name and len(alias) > 1]
    domains = _checked(number, _lists(cells, shape, "domain"), registered, "bad_domain", told)
    countries = _checked(number, _texts(cells, shape, "country")[:1], country_code, "bad_country", told)
    regions = [text[:LONGEST_VALUE] for text in map(_clean, _texts(cells, shape, "region")) if text][:1]
    sectors = _checked(number, _lists(cells, shape, "sector"), _sector, "bad_sector", told)
    identifiers = sorted((scheme, value) for scheme, column in shape.identifiers.items() if (value := _identifier(_cell(cells, column))))
    own = ";".join(f"{scheme}:{value}" for scheme, value in identifiers) or None
    id_ = reference_id(source, name, ";".join(domains) or None, ";".join(countries) or None, ";".join(regions) or None, own)
    return KnownOrganisation(
        id_, source, name, tuple(dict.fromkeys(aliases))[:MOST_VALUES], domains, countries, tuple(regions), sectors, tuple(identifiers)
    )


def _name(number: int, written: str, told: Told) -> str | None:
    name = _clean(written)
    if not name:
        told(RowProblem(number, "no_name", "has no name"))
    elif len(name) < 2:
        told(RowProblem(number, "short_name", f"its name is one character, {name!r}"))
    elif len(name) > LONGEST_NAME:
        told(RowProblem(number, "long_name", f"its name has {len(name)} characters, more than {LONGEST_NAME}"))
    else:
        if _TAG.search(html.unescape(written)) or html.unescape(written) != written:
            told(RowProblem(number, "html_in_name", f"its name had HTML in it; {name!r} was taken", kept=True))
        return name
    return None


@lru_cache(maxsize=4096)
def _folded(column: str) -> str:
    return column.strip().casefold()


def _clean(text: str) -> str:
    """A text without HTML, control characters and doubled blanks, in Unicode's composed form."""
    plain = _TAG.sub(" ", html.unescape(text)) if "<" in text or "&" in text else text
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain)
    if not plain.isprintable():
        plain = "".join(c if c.isprintable() else " " for c in plain)
    return " ".join(plain.split())


def _cell(cells: Mapping[str, Any], column: str) -> Any:
    """The value of a column; `a.b` is the value `b` within the object `a`, where no column has that name."""
    if column in cells or "." not in column:
        return cells.get(column)
    outer, _, inner = column.partition(".")
    value = cells.get(outer)
    return {str(key).casefold(): v for key, v in value.items()}.get(inner) if isinstance(value, dict) else None


def _texts(cells: Mapping[str, Any], shape: Shape, field: str) -> list[str]:
    """The values of a field as texts, from its columns in their order; what holds for every row after them."""
    found: list[str] = []
    for column in shape.columns.get(field, ()):
        value = _cell(cells, column)
        if value is None or value == "":
            continue
        several = value if isinstance(value, list) else [value]
        found += [text for v in several if isinstance(v, str | int | float) and not isinstance(v, bool) and (text := str(v).strip())]
    return found or ([shape.fixed[field]] if field in shape.fixed else [])


def _lists(cells: Mapping[str, Any], shape: Shape, field: str) -> list[str]:
    """The same, each text cut at `;` and `|`."""
    return [part.strip() for text in _texts(cells, shape, field) for part in _SEVERAL.split(text) if part.strip()][:MOST_VALUES]


def _checked(number: int, texts: Sequence[str], check: Callable[[str], str | None], code: str, told: Told) -> tuple[str, ...]:
    found = []
    for text in texts:
        value = check(text)
        if value is None:
            told(RowProblem(number, code, f"{text[:80]!r} cannot be used and was left out", kept=True))
        else:
            found.append(value)
    return tuple(dict.fromkeys(found))


def _sector(text: str) -> str | None:
    return text if text in terms.terms("sector") else None


def _identifier(value: Any) -> str:
    if value is None or value == "" or isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return _clean(str(value))[:LONGEST_VALUE]


def country_code(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country given by its code of two or three letters or its name; None when it is none."""
    return _countries().get(text.strip().casefold())


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for country in pycountry.countries:
        names = [
            country.alpha_2,
            country.alpha_3,
            country.name,
            getattr(country, "common_name", None),
            getattr(country, "official_name", None),
        ]
        found.update((name.casefold(), country.alpha_2) for name in names if name)
    return found
