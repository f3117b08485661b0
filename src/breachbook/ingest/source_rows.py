"""Rows of structured files, one at a time: CSV with a header, JSON lists, JSON Lines, and objects that hold lists of rows."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from breachbook.errors import IngestError
from breachbook.ingest.json_lines import LINE_SUFFIXES, numbered
from breachbook.ingest.source import Given

PIECE = 1 << 16
"""Characters read at a time."""
LONGEST_ROW = 4_000_000
"""Characters of one row; the longest post or notice has some thousands."""
MOST_COLUMNS = 500
"""Columns of one row; the widest register has some dozens."""
GROUP_KEY = "group_name"
"""What a row is given whose group is the key of the list that holds it."""

Row = Mapping[str, Any]

_BLANK = " \t\r\n"
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that cannot be read, and why (a code of `refusals.toml`)."""

    code: str
    detail: str


def looks_like_rows(given: Given) -> str | None:
    """`csv`, `list`, `lines` or `object`, by the first bytes and the name; None when it is none of these."""
    head = given.head.decode("utf-8", "replace").lstrip(_BOM + _BLANK)
    if head.startswith("["):
        return "list" if head[1:].lstrip(_BLANK).startswith("{") else None
    if head.startswith("{"):
        return "lines" if given.suffix in LINE_SUFFIXES or _is_row(head.split("\n", 1)[0].rstrip(_BLANK)) else "object"
    if head.startswith(("<", "%PDF")) or "\x00" in head[:512]:
        return None
    return "csv" if _delimiter(head.split("\n", 1)[0]) else None


def first_row(given: Given, shape: str) -> list[str]:
    """The columns of the first row, from the head alone; none when it does not show them."""
    head = given.head.decode("utf-8", "replace").lstrip(_BOM + _BLANK)
    if shape == "csv":
        line = head.split("\n", 1)[0].rstrip("\r")
        return [column.strip() for column in next(csv.reader([line], delimiter=_delimiter(line) or ","), [])][:MOST_COLUMNS]
    start = head.find("{") if shape in ("list", "lines") else head.find("{", head.find("[") + 1) if "[" in head else -1
    found = _decoded(head, start) if start >= 0 else None
    columns = list(found[0]) if found else []
    return [*columns, GROUP_KEY] if shape == "object" and columns and GROUP_KEY not in columns else columns


def rows(given: Given, shape: str) -> Iterator[tuple[int, Row | Unreadable]]:
    """The rows with their numbers (lines for CSV and JSON Lines, else from 1). Only `object` is read as a whole, up to the limit.

    Raises:
        IngestError: it is not UTF-8, or not what it seemed, or too large to be read as a whole.
    """
    try:
        if shape == "lines":
            yield from _lines(given)
        elif shape == "object":
            yield from _of_object(given)
        else:
            with given.opened() as stream:
                yield from _csv(stream) if shape == "csv" else _list(stream)
    except UnicodeDecodeError:
        raise IngestError("bad_encoding", "it is not UTF-8; save it as UTF-8 and add it again") from None


def _csv(stream: BinaryIO) -> Iterator[tuple[int, Row | Unreadable]]:
    with io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        first = text.readline(LONGEST_ROW)
        csv.field_size_limit(LONGEST_ROW)
        delimiter = _delimiter(first) or ","
        columns = [name.strip() for name in next(csv.reader([first], delimiter=delimiter))][:MOST_COLUMNS]
        reader = csv.reader(text, delimiter=delimiter)
        try:
            for cells in reader:
                if len(cells) > len(columns):
                    yield reader.line_num + 1, Unreadable("bad_row", f"it has {len(cells)} cells for {len(columns)} columns")
                elif any(one.strip() for one in cells):
                    yield reader.line_num + 1, dict(zip(columns, cells, strict=False))
        except csv.Error as error:
            yield reader.line_num + 1, Unreadable("cut_short", f"the rows from here on cannot be read: {error}")


def _list(stream: BinaryIO) -> Iterator[tuple[int, Row | Unreadable]]:
    """The objects of a JSON list, without holding more than one of them; a piece that is none ends it."""
    decode = codecs.getincrementaldecoder("utf-8-sig")()
    held, number, wanted, ended = "", 0, PIECE, False
    while True:
        while len(held) < wanted and not ended:
            piece = stream.read(PIECE)
            ended = not piece
            held += decode.decode(piece, final=ended)
        held = held.lstrip(_BLANK + (",[" if number == 0 else ","))
        if not held or held.startswith("]"):
            if not held:
                yield number + 1, Unreadable("truncated", "the list ends before its bracket is closed; what came before was taken")
            return
        found = _decoded(held, 0)
        if found:
            number += 1
            yield number, found[0] if isinstance(found[0], dict) else Unreadable("bad_row", "it is no object")
            held, wanted = held[found[1] :], PIECE
        elif ended or len(held) > LONGEST_ROW:
            yield number + 1, Unreadable("bad_json", "the rows from here on cannot be read: it is not JSON, or one row is far too long")
            return
        else:
            wanted = max(2 * len(held), PIECE)


def _lines(given: Given) -> Iterator[tuple[int, Row | Unreadable]]:
    with given.opened() as stream:
        for number, line, cut in numbered(stream, LONGEST_ROW):
            value = None if cut else _value(line.decode("utf-8"))
            yield number, value if isinstance(value, dict) else Unreadable("bad_row", "it is no JSON object, or far too long")


def _of_object(given: Given) -> Iterator[tuple[int, Row | Unreadable]]:
    """The rows of an object that holds lists of them: one list (`{"victims": [...]}`), or one for each group."""
    value = _value(given.data().decode("utf-8-sig"))
    if not isinstance(value, dict):
        raise IngestError("bad_json", "it is not JSON; save it again as the source gives it")
    lists = {key: several for key, several in value.items() if isinstance(several, list)}
    if not lists:
        yield 1, value
    number = 0
    for key, several in lists.items():
        for row in several:
            number += 1
            if isinstance(row, dict):
                yield number, row if len(lists) == 1 or GROUP_KEY in row else {GROUP_KEY: key, **row}
            else:
                yield number, Unreadable("bad_row", "it is no object")


def _is_row(line: str) -> bool:
    """Whether a line is a row by itself, and no object that holds lists of rows."""
    value = _value(line) if line.endswith("}") else None
    return isinstance(value, dict) and not any(isinstance(v, list) and v and isinstance(v[0], dict) for v in value.values())


def _delimiter(line: str) -> str | None:
    best = max(",;\t|", key=line.count)
    return best if line.count(best) >= 2 else None


def _decoded(text: str, start: int) -> tuple[Any, int] | None:
    """The JSON value at a place and where it ends; None when there is no whole one."""
    try:
        return json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
