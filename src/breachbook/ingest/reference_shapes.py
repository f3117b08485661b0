"""The shapes of lists of organisations: which column holds what. One data file a shape, in `vocab/data/references`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from breachbook.errors import IngestError

FIELDS = ("name", "aliases", "domain", "country", "region", "sector")
"""What a column may hold beside identifiers."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape: it fits a list that has all columns of `needs`.

    `columns` names for each of `FIELDS` the columns to look in (`a.b` is `b` within `a`; case does not count), `identifiers` the
    column of each scheme, `fixed` what holds for every row. One that is `last` is tried last.
    """

    name: str
    about: str
    needs: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    identifiers: Mapping[str, str]
    fixed: Mapping[str, str]
    last: bool = False


@cache
def shapes() -> tuple[Shape, ...]:
    """All shapes, those with more needs first.

    Raises:
        IngestError: `bad_shape`: a data file has a field that there is not.
    """
    folder = files("breachbook.vocab").joinpath("data", "references")
    read = [(entry.name, tomllib.loads(entry.read_text("utf-8"))) for entry in folder.iterdir() if entry.name.endswith(".toml")]
    found = [_shape(name.removesuffix(".toml"), table) for name, table in sorted(read)]
    return tuple(sorted(found, key=lambda shape: (shape.last, -len(shape.needs), shape.name)))


def _shape(name: str, table: Mapping[str, Any]) -> Shape:
    columns = {field: tuple(column.casefold() for column in several) for field, several in table["columns"].items()}
    identifiers = {scheme: column.casefold() for scheme, column in table.get("identifiers", {}).items()}
    fixed = dict(table.get("fixed", {}))
    if unknown := sorted({*columns, *fixed} - set(FIELDS)):
        raise IngestError("bad_shape", f"{unknown[0]!r} is not one of {', '.join(FIELDS)}", subject=f"references/{name}.toml")
    return Shape(name, table["about"], tuple(table["needs"]), columns, identifiers, fixed, bool(table.get("last", False)))


def shape_of(columns: Iterable[str]) -> Shape:
    """The shape of a list with these columns; case and blanks at the ends do not count.

    Raises:
        IngestError: `bad_list`: none fits, since there is no column `name`.
    """
    there = {column.strip().casefold() for column in columns}
    for shape in shapes():
        if all(column.casefold() in there for column in shape.needs):
            return shape
    shown = ", ".join(sorted(there)[:20])
    raise IngestError("bad_list", f"there is no column `name` (there are: {shown}), and it has none of the known shapes")
