"""Rows of a file of organisations: CSV, JSON (an array, or an object of objects), JSON Lines and Parquet, one at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from breachbook.errors import IngestError
from breachbook.model.reference import RowProblem

LONGEST_CELL = 1_000_000
"""Characters of one cell or line; a longer one is no row of a list of organisations."""

LARGEST_JSON = 1_000_000_000
"""Bytes of one JSON array, which is read whole; JSON Lines may be of any size."""

MOST_COLUMNS = 2_000
"""Columns of a row; GLEIF's files have 338."""

Row = Mapping[str, Any]


def read_rows(path: Path) -> Iterator[tuple[int, Row | RowProblem]]:
    """The rows of a file with their numbers, from 1; a row that cannot be read as why.

    The kind is told by the first bytes, and for text by the first character; nothing is taken from the file's name.

    Raises:
        IngestError: `not_found`, `unreadable`, `empty`, `too_large`, or `bad_list`: it is none of these kinds, or damaged.
    """
    try:
        with path.open("rb") as file:
            head = file.read(4096)
        if not head.strip():
            raise IngestError("empty", "there is nothing in it", subject=str(path))
        if head.startswith(b"PAR1"):
            yield from _parquet(path)
        else:
            yield from _text(path, head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1])
    except FileNotFoundError:
        raise IngestError("not_found", "there is no such file", subject=str(path)) from None
    except OSError as error:
        raise IngestError("unreadable", f"it cannot be read: {error.strerror or error}", subject=str(path)) from error
    except UnicodeDecodeError as error:
        raise IngestError("bad_encoding", f"it is not UTF-8 (byte {error.start}); save it as UTF-8", subject=str(path)) from error


def _text(path: Path, first: bytes) -> Iterator[tuple[int, Row | RowProblem]]:
    if first == b"[":
        yield from _json(path)
    elif first == b"{":
        yield from _lines(path) if _is_json_lines(path) else _json(path)
    else:
        yield from _csv(path)


def _is_json_lines(path: Path) -> bool:
    """Whether the first line is an object of its own, with more lines or nothing after it; an object of objects is one document."""
    with path.open(encoding="utf-8-sig") as file:
        line = file.readline(LONGEST_CELL)
        more = bool(file.readline(2).strip())
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and (more or not all(isinstance(value, dict) for value in found.values()))


def _csv(path: Path) -> Iterator[tuple[int, Row | RowProblem]]:
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline(LONGEST_CELL)
        file.seek(0)
        delimiter = max(",;\t|", key=first.count)
        reader = csv.reader(file, delimiter=delimiter)
        try:
            columns = [column.strip() for column in next(reader)][:MOST_COLUMNS]
            for column in sorted({c for c in columns if c and columns.count(c) > 1}):
                yield 0, RowProblem(0, "duplicate_column", f"several columns are called {column[:80]!r}; the last one counts", kept=True)
            for number, cells in enumerate(reader, 1):
                if not cells:
                    continue
                if len(cells) > len(columns):
                    yield number, RowProblem(number, "bad_row", f"has {len(cells)} cells for {len(columns)} columns")
                else:
                    yield number, dict(zip(columns, cells, strict=False))
        except csv.Error as error:
            raise IngestError("bad_list", f"it cannot be read as CSV: {error}", subject=str(path)) from error


def _json(path: Path) -> Iterator[tuple[int, Row | RowProblem]]:
    if path.stat().st_size > LARGEST_JSON:
        raise IngestError("too_large", f"a JSON array may have {LARGEST_JSON:,} bytes; write it as JSON Lines", subject=str(path))
    try:
        with path.open(encoding="utf-8-sig") as file:
            whole = json.load(file)
    except (ValueError, RecursionError) as error:
        raise IngestError("bad_list", f"it cannot be read as JSON: {error}", subject=str(path)) from error
    if isinstance(whole, dict):
        whole = next((value for value in whole.values() if isinstance(value, list)), list(whole.values()))
    for number, row in enumerate(whole, 1):
        yield number, row if isinstance(row, dict) else RowProblem(number, "bad_row", "is not a JSON object")


def _lines(path: Path) -> Iterator[tuple[int, Row | RowProblem]]:
    with path.open(encoding="utf-8-sig") as file:
        number = 0
        while line := file.readline(LONGEST_CELL):
            number += 1
            if line.strip():
                yield number, _line(number, line)


def _line(number: int, line: str) -> Row | RowProblem:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return RowProblem(number, "bad_row", f"is not JSON: {str(error)[:200]}")
    return row if isinstance(row, dict) else RowProblem(number, "bad_row", "is not a JSON object")


def _parquet(path: Path) -> Iterator[tuple[int, Row | RowProblem]]:
    import pyarrow
    from pyarrow import parquet

    try:
        number = 0
        for batch in parquet.ParquetFile(path).iter_batches(batch_size=10_000):
            for row in batch.to_pylist():
                number += 1
                yield number, row
    except pyarrow.ArrowException as error:
        raise IngestError("bad_list", f"it cannot be read as Parquet: {str(error)[:300]}", subject=str(path)) from error
