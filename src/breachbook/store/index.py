"""The search index (Tantivy): derived from the rows and documents, and rebuilt whenever it does not fit them.

`HOME/index/current` names the folder in use. A rebuilt index is made in a folder of its own and put in use by
replacing `current`; a smaller change is one Tantivy commit. Either way a crash leaves the old index or none.
"""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

from breachbook.errors import StoreError
from breachbook.model.listing import Filters
from breachbook.store import queries
from breachbook.store.listings import FACET_VALUES
from breachbook.store.rows import FACETS, StoredRow

FORMAT = 1
"""Raised when the fields or analysers change; an index of another format is rebuilt."""

WRITER_MEMORY = 50_000_000
"""Bytes the writer gathers before it writes a segment; Tantivy asks for 15 MB at least."""

ABANDONED_AFTER = 3600.0
"""Seconds after which a folder not in use counts as left behind by a crash; no rebuild takes that long."""

STATE_KEY = "state"
"""The key of the one entry that holds what the index was made from."""

TEXT_LIMIT = 200_000
"""Characters of a document that are indexed; reports are a few thousand long."""


class IndexBusyError(StoreError):
    """Another process is writing the index."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The (list, id) keys found, best first, how many there are in all, and counts by facet."""

    keys: tuple[tuple[str, str], ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed: a row, and for a document its text."""

    row: StoredRow
    text: str


class SearchIndex:
    """The search index of one home folder."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "index"
        self._open: tuple[str, tantivy.Index] | None = None

    def state(self) -> str | None:
        """What the index in use was made from; None when there is none that can be read."""
        index = self._current()
        if index is None:
            return None
        index.reload()
        searcher = index.searcher()
        found = searcher.search(tantivy.Query.term_query(index.schema, "key", STATE_KEY), 1).hits
        return str(searcher.doc(found[0][1]).get_first("state")) if found else None

    def rebuild(self, state: str, found: Iterable[Entry]) -> None:
        """Makes the index anew and puts it in use.

        Raises:
            StoreError: the folder cannot be written.
        """
        name = f"{FORMAT}-{uuid.uuid4().hex}"
        try:
            self._sweep()
            (self.folder / name).mkdir(parents=True)
            with _tantivy_errors(self.folder):
                index = queries.register(tantivy.Index(queries.SCHEMA, path=str(self.folder / name)))
                _write(index, state, found, ())
            pointer = self.folder / f"{name}.pointer"
            pointer.write_text(name, "ascii")
            os.replace(pointer, self.folder / "current")
            self._sweep()
        except OSError as error:
            raise StoreError(f"the search index cannot be written: {error.strerror}", subject=str(self.folder)) from error

    def update(self, before: str, state: str, found: Iterable[Entry], gone: Iterable[tuple[str, str]]) -> bool:
        """Exchanges entries in the index in use, in one commit; False, and nothing is done, when it was not made from `before`.

        Raises:
            IndexBusyError: another process is writing it.
        """
        if self.state() != before or (index := self._current()) is None:
            return False
        with _tantivy_errors(self.folder):
            _write(index, state, found, gone)
        return True

    def search(self, filters: Filters, kinds: Sequence[str], limit: int, offset: int) -> Hits:
        """The rows that fit a query and filters, best first.

        Raises:
            StoreError: there is no index.
        """
        index = self._current()
        if index is None:
            raise StoreError("there is no search index; `breachbook reindex` makes it", subject=str(self.folder))
        with _tantivy_errors(self.folder):
            index.reload()
            searcher = index.searcher()
            query = queries.query(filters, kinds)
            found: Any = searcher.search(query, max(limit, 1), offset=offset)
            keys = tuple(_key(searcher.doc(address)) for _, address in found.hits)
            return Hits(keys[:limit], found.count, _facets(searcher, query))

    def near(self, name: str, kinds: Sequence[str], limit: int = 20) -> tuple[tuple[str, str], ...]:
        """The (list, id) keys of rows whose name or alias is like this one, best first.

        Raises:
            StoreError: there is no index.
        """
        index = self._current()
        if index is None:
            raise StoreError("there is no search index; `breachbook reindex` makes it", subject=str(self.folder))
        with _tantivy_errors(self.folder):
            index.reload()
            searcher = index.searcher()
            return tuple(_key(searcher.doc(address)) for _, address in searcher.search(queries.near(name, kinds), limit).hits)

    def _current(self) -> tantivy.Index | None:
        """The index in use; opened again when another process has replaced it."""
        try:
            name = (self.folder / "current").read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        if self._open is None or self._open[0] != name:
            self._open = None
            if not name.startswith(f"{FORMAT}-") or "/" in name or not (self.folder / name).is_dir():
                return None
            try:
                index = queries.register(tantivy.Index.open(str(self.folder / name)))
            except ValueError:
                return None  # damaged: the caller rebuilds it, as it does when there is none
            self._open = (name, index)
        return self._open[1]

    def _sweep(self) -> None:
        """Removes folders of indexes that are no longer in use."""
        try:
            current = (self.folder / "current").read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            current = ""
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.name not in ("current", current) and time.time() - path.stat().st_mtime > ABANDONED_AFTER:
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def entries(rows: Iterable[StoredRow], texts: Callable[[], Iterator[tuple[str, str]]]) -> Iterator[Entry]:
    """What to index of rows: documents with their own text, in one pass over them, the others with their record's."""
    documents: dict[str, StoredRow] = {}
    for row in rows:
        if row.row.kind == "document":
            documents[row.row.id] = row
        else:
            yield Entry(row, row.text)
    for id_, text in texts() if documents else ():
        if id_ in documents:
            yield Entry(documents[id_], text)


def _write(index: tantivy.Index, state: str, found: Iterable[Entry], gone: Iterable[tuple[str, str]]) -> None:
    writer = index.writer(WRITER_MEMORY, 1)
    try:
        for kind, id_ in gone:
            writer.delete_documents_by_term("key", f"{kind}:{id_}")
        for entry in found:
            writer.delete_documents_by_term("key", f"{entry.row.row.kind}:{entry.row.row.id}")
            writer.add_document(queries.entry(entry.row, entry.text[:TEXT_LIMIT]))
        writer.delete_documents_by_term("key", STATE_KEY)
        writer.add_document(tantivy.Document(key=STATE_KEY, state=state))
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()


def _key(document: tantivy.Document) -> tuple[str, str]:
    kind, _, id_ = str(document.get_first("key")).partition(":")
    return kind, id_


def _facets(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[str, dict[str, int]]:
    wanted = {facet: {"terms": {"field": facet, "size": FACET_VALUES}} for facet in FACETS}
    counted: dict[str, Any] = searcher.aggregate(query, wanted)
    return {facet: {bucket["key"]: bucket["doc_count"] for bucket in counted[facet]["buckets"]} for facet in FACETS}


@contextmanager
def _tantivy_errors(folder: Path) -> Iterator[None]:
    """Tantivy raises ValueError for all that goes wrong in it."""
    try:
        yield
    except ValueError as error:
        if "LockBusy" in str(error):
            raise IndexBusyError("another process is writing the search index; try again", subject=str(folder)) from error
        raise StoreError(f"the search index failed: {error}; `breachbook reindex` makes it anew", subject=str(folder)) from error
