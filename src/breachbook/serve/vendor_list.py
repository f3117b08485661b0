"""A list of vendors from a file: CSV with a heading that names the column, or one name a line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from breachbook.errors import RequestError

HEADINGS = ("name", "vendor", "supplier", "company", "organisation", "organization", "product")
"""Headings of the column that has the names; of several the first in this order counts."""

LARGEST_FILE = 20_000_000
"""Bytes: some 500,000 names, more than anybody buys from."""

LONGEST_NAME = 300
"""Characters of a name that are used."""


def vendors(path: Path) -> list[str]:
    """The names of a file, each once, in its order. Without a heading that names a column, the first cell of every line.

    Raises:
        RequestError: the file cannot be read, is too large, is not UTF-8 text or has no names.
    """
    try:
        size = path.stat().st_size
        text = path.read_bytes().decode("utf-8-sig") if size <= LARGEST_FILE else None
    except OSError as error:
        raise RequestError(f"the file cannot be read: {error.strerror}", subject=str(path), property="file") from error
    except UnicodeDecodeError as error:
        raise RequestError("the file is not UTF-8 text; save it as CSV in UTF-8", subject=str(path), property="file") from error
    if text is None:
        raise RequestError(f"the file is larger than {LARGEST_FILE // 1_000_000} MB", subject=str(path), property="file")
    try:
        rows = [row for row in csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=_delimiter(text)) if any(row)]
    except csv.Error as error:
        raise RequestError(f"the file is no CSV: {error}", subject=str(path), property="file") from error
    column, rows = _column(rows)
    names = dict.fromkeys(row[column].strip()[:LONGEST_NAME] for row in rows if len(row) > column)
    names.pop("", None)
    if not names:
        raise RequestError("the file has no names", subject=str(path), property="file")
    return list(names)


def _delimiter(text: str) -> str:
    """What parts the cells of the first line: a tab or semicolon where it has one and no comma, else a comma."""
    first = text.partition("\n")[0]
    return next((mark for mark in ("\t", ";") if mark in first and "," not in first), ",")


def _column(rows: list[list[str]]) -> tuple[int, list[list[str]]]:
    """The column of names, and the rows below its heading."""
    heading = [cell.strip().casefold() for cell in rows[0]] if rows else []
    named = next((heading.index(name) for name in HEADINGS if name in heading), None)
    return (0, rows) if named is None else (named, rows[1:])
