"""Files of structured sources: leak-site listings, breach registers, regulators' tables; each row is a document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from breachbook.errors import IngestError
from breachbook.ingest.feed_health import GONE, Health, examine, remember, seen_before
from breachbook.ingest.source import Found, Given
from breachbook.ingest.source_documents import RowDocument, document_of, glance, lowered
from breachbook.ingest.source_rows import Row, Unreadable, first_row, looks_like_rows, rows
from breachbook.model.document import Refusal
from breachbook.model.feed import KnownRow
from breachbook.model.ids import digest
from breachbook.text.cells import CellFault
from breachbook.vocab.source_maps import SourceMap, fitting, known_sources, nearly_fitting

MARK = 16
"""Hexadecimal digits by which a row is known again within its file: 64 bits, so a million rows collide once in 30 million files."""


class Structured:
    """Accepts CSV with a header, JSON and JSON Lines whose columns are those of a map in `vocab/data/sources`. A row without the columns it
    needs is refused (`missing_column`), as are one that names nobody (`bad_name`), one that is no row (`bad_row`) and one that stands
    there already (`duplicate_row`). What in a row cannot be used (a date in the future, an unknown country) is noted, and the
    row is kept with its words. A file that has most columns of a source and lacks one it needs has changed its shape and
    is refused as a whole (`changed_shape`).
    """

    name = "structured"

    def accepts(self, given: Given) -> bool:
        """By the columns of its first row."""
        shape = looks_like_rows(given)
        columns = first_row(given, shape) if shape else []
        return bool(columns) and (fitting(columns) is not None or (nearly_fitting(columns) is not None and "text" not in columns))

    def read(self, given: Given) -> Iterator[Found | Refusal | Given]:
        """One document a row."""
        shape = str(looks_like_rows(given))
        columns = first_row(given, shape)
        source = fitting(columns)
        if source is None:
            raise _changed(columns)
        reading = _Rows(given, source)
        yield from reading.health(shape)
        for number, row in rows(given, shape):
            yield from reading.row(number, row)
        yield from reading.taken_down()
        if given.cut is not None:
            yield Refusal(given.origin, "cut_short", "it did not arrive in full; the rows that came were taken")


class _Rows:
    """The rows of one file: what stands in it already, what the book has, what is held back."""

    def __init__(self, given: Given, source: SourceMap) -> None:
        self.given, self.source = given, source
        self.listings = source.kind == "listing"
        self.known = list(given.known(source.name)) if given.known else []
        self.there = {one.key for one in self.known}
        self.keys: dict[str, str] = {}
        self.seen = seen_before(self.known) if self.listings else {}
        self.state = Health()

    def health(self, shape: str) -> Iterator[Refusal]:
        """What the file as a whole is; it is read once more for that, where the book has rows of its source."""
        if not self.known:
            return
        glances = [
            glance(lowered(row), self.source, self.given.today) for _, row in rows(self.given, shape) if not isinstance(row, Unreadable)
        ]
        self.state = examine(glances, self.known, listings=self.listings, today=self.given.today)
        for code, detail in self.state.notes:
            yield Refusal(self.given.origin, code, detail)
        if held := len(self.state.held):
            yield Refusal(
                self.given.origin, "held_back",
                f"{self.state.why_held}; {held:,} rows were not added. If they are right, add the file with BREACHBOOK_FEED_CHECK=off",
            )  # fmt: skip

    def row(self, number: int, row: Row | Unreadable) -> Iterator[Found | Refusal]:
        """The document of a row, and what is odd in it."""
        place = f"{self.given.origin}:{number}"
        if isinstance(row, Unreadable):
            yield Refusal(place, row.code, f"row {number}: {row.detail}")
            return
        raw = json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
        try:
            made = document_of(lowered(row), self.source, self.given.today)
        except IngestError as error:
            yield Refusal(place, error.code, f"row {number}: {error.reason}", digest(raw))
            return
        if made.seen.key in self.state.held:
            return
        content, mark = _mark(made.content), _mark(made.seen.key)
        if self.keys.get(mark) == content:
            yield Refusal(place, "duplicate_row", f"row {number}: it stands in the file already ({made.seen.key[:200]})", digest(raw))
            return
        notes = list(made.faults)
        if mark in self.keys:
            notes.append(CellFault("key_twice", f"an earlier row has the same key and other words; both are kept ({made.seen.key[:200]})"))
        elif self.listings and made.seen.key not in self.there:
            notes += self._listed_again(made)
        self.keys.setdefault(mark, content)
        for note in notes:
            yield Refusal(place, note.code, f"row {number}: {note.detail}", digest(raw))
        yield Found(made.draft, raw, f"line {number}")

    def _listed_again(self, made: RowDocument) -> Iterator[CellFault]:
        before = remember(self.seen, made.seen.victim, made.seen.group, made.seen.published)
        if before:
            yield CellFault("listed_again", f"{made.seen.victim[:120]} ({made.seen.group}) was listed before by {before[0]} on {before[1]}")

    def taken_down(self) -> Iterator[Found | Refusal]:
        """A document for each listing that the file lacks: what was listed stays, with the day it was missed."""
        for one in self.state.gone:
            row = _gone(one, self.source, self.given.today)
            raw = json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")
            draft = document_of(lowered(row), self.source, self.given.today).draft
            detail = f"{one.title} ({one.publisher}), listed on {one.published}, is not in the file any more"
            yield Refusal(self.given.origin, "taken_down", detail, digest(raw))
            yield Found(replace(draft, published=self.given.today, external_id=one.key + GONE), raw, "taken down")


def _gone(one: KnownRow, source: SourceMap, today: str) -> dict[str, str | None]:
    """A row that says that a listing is gone, in the columns of its source."""
    names = {column.part or next(iter(column.states), ""): column.names[0] for column in reversed(source.columns)}
    return {names["title"]: one.title, names["group"]: one.publisher, names["listed"]: one.published, names["gone"]: today}


def _mark(text: str) -> str:
    return digest(text.encode("utf-8", "surrogatepass"))[:MARK]


def _changed(columns: list[str]) -> IngestError:
    source = nearly_fitting(columns)
    if source is None:  # pragma: no cover - `accepts` has looked
        return IngestError("table", f"its columns are of no known source; known are: {known_sources()}")
    missing = ", ".join(source.missing(columns))
    return IngestError(
        "changed_shape",
        f"it has most columns of {source.about!r} and lacks {missing}; if the source renamed a column, add its new name to "
        f"vocab/data/sources/{source.name}.toml; else get the file again",
    )
