"""A row of a structured source to the draft of a document: its words line by line, each column's with its label, then its prose."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from breachbook.errors import IngestError
from breachbook.ingest.clean import clean_text, one_line
from breachbook.ingest.dates import fault
from breachbook.ingest.feed_health import Glance
from breachbook.ingest.guard import PARSER_FAILURES
from breachbook.ingest.markup import fragment_text
from breachbook.ingest.source import Draft
from breachbook.text.cells import UNUSABLE, CellFault, cell, cell_date
from breachbook.text.domains import host
from breachbook.text.partial_dates import earliest
from breachbook.vocab import properties
from breachbook.vocab.source_maps import NARRATIVE, Column, SourceMap

LONGEST_CELL = 4_000
"""Characters of a column's words that are kept on its line; what is longer is prose, which has no limit but the document's."""
SHOWN = 300
"""Characters of a row that a refusal quotes, so that what was turned away can be found again."""
UNWRAPPED = 3
"""How often markup is taken out: feeds escape it twice at most."""
LONGEST_KEY_PART = 150
"""Characters of a part of a key: with four parts and the source's name, the whole stays below the length of one line."""
UNSURE_LETTERS = 1
"""Letters and digits of a name that tells nobody apart: sites' scrapers leave them where they fail."""

MASKS = "*?#_"
"""What groups put for the letters of a name that they threaten to tell."""


@dataclass(frozen=True, slots=True)
class RowDocument:
    """A row as a document: its draft, the row at first sight, what was odd in it, and what it says without its dates."""

    draft: Draft
    seen: Glance
    faults: tuple[CellFault, ...]
    content: str


@dataclass(slots=True)
class _Lines:
    lines: list[str] = field(default_factory=list)
    prose: str = ""
    faults: list[CellFault] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)


def lowered(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its columns' names in lower case, as they are looked for; of two that differ in case only, the first."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        found.setdefault(name.strip().casefold(), value)
    return found


def glance(row: Mapping[str, Any], source: SourceMap, today: str) -> Glance:
    """A row (`lowered`) at first sight; its key is that of its document."""
    published = next((day for name in source.published if (day := _day(_cell(row, (name,), source), source, today))), None)
    group = next((_cell(row, c.names, source) for c in source.columns if c.part == "group"), "")
    keys = [" ".join(_cell(row, names, source).split())[:LONGEST_KEY_PART] for names in source.key]
    if group:
        keys.append(published or "undated")
    return Glance(f"{source.name}:{'|'.join(keys)}", _cell(row, source.victim.names, source), group, published)


def document_of(row: Mapping[str, Any], source: SourceMap, today: str) -> RowDocument:
    """The document of a row, `lowered`.

    Raises:
        IngestError: a column that is needed is missing or empty, or its name names nobody.
    """
    cells = {column.label: _cell(row, column.names, source, prose=column.part == NARRATIVE) for column in source.columns}
    columns = {column.label: column for column in source.columns}
    for column in source.columns:
        if column.required and not cells[column.label]:
            raise IngestError("missing_column", f"{' or '.join(column.names)} is missing or empty: {_shown(row)}")
    victim = cells[source.victim.label]
    domain = next((cells[c.label] for c in source.columns if "domain" in c.states), "")
    letters, masks = sum(c.isalnum() for c in victim), sum(c in MASKS for c in victim)
    if (letters <= UNSURE_LETTERS or masks > letters) and not domain:
        raise IngestError("bad_name", f"{victim[:60]!r} names nobody, and there is no domain: {_shown(row)}")
    made = _Lines()
    title = next((cells[c.label] for c in source.columns if c.part == "title" and cells[c.label]), victim)
    for label, words in cells.items():
        _take(made, columns[label], words, source, today, in_title=words == title and columns[label].part == "title")
    if any("<" in str(_at(row, name)) for name in source.victim.names):
        made.faults.append(CellFault("markup_in_name", f"markup was taken out of the name; what is left is {victim[:80]!r}"))
    url = next((cells[c.label] for c in source.columns if c.part == "url"), None)
    seen = glance(row, source, today)
    draft = Draft(
        kind=source.kind, body="\n".join(made.lines) + (f"\n\n{made.prose}" if made.prose else ""), title=title, published=seen.published,
        url=url or None, publisher=seen.group or source.publisher or host(url or ""), role=source.role, external_id=seen.key, stated=True,
    )  # fmt: skip
    return RowDocument(draft, seen, tuple(made.faults), "\n".join(made.undated))


def _take(made: _Lines, column: Column, words: str, source: SourceMap, today: str, *, in_title: bool) -> None:
    """Puts a column's words where they belong, and notes what in them states nothing."""
    if not words:
        return
    if column.part == NARRATIVE:
        made.prose = words
        made.undated.append(words)
        return
    if not any(properties.get(name).value == "date" for name in column.states):
        made.undated.append(words)
    faults = list(_faults(column, words, source, today))
    made.faults += faults
    if not in_title:
        bad = UNUSABLE if any(one.code != "unknown_value" for one in faults) else ""
        made.lines.append(f"{column.label}{bad}: {words}")


def _faults(column: Column, words: str, source: SourceMap, today: str) -> Iterator[CellFault]:
    for found in cell(column, words, day_first=source.day_first):
        if isinstance(found, CellFault):
            yield CellFault(found.code, f"{column.label}: {found.detail}")
        elif properties.get(found.property).value == "date" and earliest(str(found.value)) > date.fromisoformat(today) + timedelta(days=1):
            yield CellFault("future_date", f"{column.label}: {found.value} lies in the future")


def _day(words: str, source: SourceMap, today: str) -> str | None:
    """The date of a row, where it can be one."""
    value = cell_date(words, day_first=source.day_first) if words else None
    return None if value is None or fault(value, today) else value


def _at(row: Mapping[str, Any], name: str) -> Any:
    """What stands at `name`, or at `b` within `a` for `a.b`, in a row as `lowered` gives it."""
    outer, dot, inner = name.casefold().partition(".")
    value = row.get(outer)
    return (lowered(value).get(inner) if isinstance(value, Mapping) else None) if dot else value


def _cell(row: Mapping[str, Any], names: tuple[str, ...], source: SourceMap, *, prose: bool = False) -> str:
    """A column's words by the first spelling that has any; nothing for what stands for nothing there."""
    for name in names:
        words = _plain(_written(_at(row, name)), prose=prose)
        if words and words.casefold() not in source.blank:
            return words
    return ""


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_written(one) for one in value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _plain(words: str, *, prose: bool) -> str:
    """Words without markup: prose with its paragraphs, all else on one line."""
    for _ in range(UNWRAPPED):
        if "<" not in words and "&" not in words:
            break
        try:
            plain = fragment_text(words)
        except (*PARSER_FAILURES, IngestError):
            break  # it is kept as it stands: markup that cannot be parsed is words too
        if plain == words:
            break
        words = plain
    return clean_text(words) if prose else one_line(words, LONGEST_CELL) or ""


def _shown(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, default=str)[:SHOWN]
