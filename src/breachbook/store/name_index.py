"""The index of names (Tantivy): organisations to link to, by keys and by words. Derived, and made again at will.

`HOME/names/current` names the folder in use; a rebuilt index is made in a folder of its own and put in use by replacing
`current`. A smaller change is one Tantivy commit.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from breachbook.errors import StoreError
from breachbook.model.reference import KnownOrganisation
from breachbook.text.name_keys import domain_keys, initials_key, stored_keys, words
from breachbook.text.names import forms

FORMAT = 1
"""Raised when the fields or keys change; an index of another format is made again."""

WRITER_MEMORY = 400_000_000
"""Bytes gathered before a segment is written; the fewer segments, the quicker a search."""

SMALL_WRITER_MEMORY = 15_000_000
"""The same for a change of some organisations: the least that Tantivy takes."""

STATE_KEY = "state"
"""The key of the one entry that holds what the index was made from."""

MOST_RARITIES = 200_000
"""Words whose rarity is remembered: some 30 MB."""

LONGEST_WORD = 60
"""Characters of a word that are indexed."""

TWO_SLIPS_FROM = 9
"""From how many characters on a word may be misspelt in two letters."""

NEAR_WEIGHT, NEAR_KNOWN_WEIGHT = 12.0, 5.0
"""What a word counts for that is near one that no name has (about the IDF of a word that ten names of a million have: most words
are as rare), and near one that some name has, which need not be misspelt."""

ABANDONED_AFTER = 3600.0
"""Seconds after which a folder not in use counts as left behind by a crash."""


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_fields = attrgetter(*KnownOrganisation.__dataclass_fields__)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("source", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("exact", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("word", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


SCHEMA = _schema()


class NameIndex:
    """The index of names of one home folder."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "names"
        self._open: tuple[str, tantivy.Index] | None = None
        self._searcher: tantivy.Searcher | None = None
        self._rarities: dict[str, float] = {}

    def state(self) -> str | None:
        """What the index in use was made from; None when there is none that can be read."""
        if self._refresh() is None:
            return None
        found = self._found(_term("id", STATE_KEY), 1)
        return found[0] if found and isinstance(found[0], str) else None

    def rebuild(self, state: str, organisations: Iterable[KnownOrganisation]) -> None:
        """Makes the index anew and puts it in use.

        Raises:
            StoreError: the folder cannot be written.
        """
        name = f"{FORMAT}-{uuid.uuid4().hex}"
        try:
            self._sweep()
            (self.folder / name).mkdir(parents=True)
            with _tantivy_errors(self.folder):
                index = tantivy.Index(SCHEMA, path=str(self.folder / name))
                _write(index, WRITER_MEMORY, state, organisations, ())
            pointer = self.folder / f"{name}.pointer"
            pointer.write_text(name, "ascii")
            os.replace(pointer, self.folder / "current")
            self._sweep()
        except OSError as error:
            raise StoreError(f"the index of names cannot be written: {error.strerror}", subject=str(self.folder)) from error

    def update(self, before: str, state: str, added: Iterable[KnownOrganisation], gone: Iterable[tuple[str, str]]) -> bool:
        """Adds organisations, and takes out those of which a field (`id` or `source`) has a value, in one commit; False, and
        nothing is done, when the index in use was not made from `before`.

        Raises:
            StoreError: the index cannot be written.
        """
        if self.state() != before or self._open is None:
            return False
        with _tantivy_errors(self.folder):
            _write(self._open[1], SMALL_WRITER_MEMORY, state, added, gone)
        self._refresh()
        return True

    def forget(self) -> None:
        """Puts the index out of use, so that it is made anew.

        Raises:
            StoreError: the folder cannot be written.
        """
        try:
            (self.folder / "current").unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"the index of names cannot be removed: {error.strerror}", subject=str(self.folder)) from error

    def refresh(self) -> None:
        """Sees what was written since.

        Raises:
            StoreError: there is no index.
        """
        if self._refresh() is None:
            raise StoreError("there is no index of names; `breachbook reindex` makes it", subject=str(self.folder))

    # What linking asks for: see `resolve.linking.Candidates`.

    def with_keys(self, keys: Sequence[str], limit: int) -> list[KnownOrganisation]:
        """Organisations with one of these keys, those with a rarer key first."""
        return self._organisations(Query.boolean_query([(Occur.Should, _term("exact", key[:LONGEST_WORD])) for key in keys]), limit)

    def near_keys(self, key: str, limit: int) -> list[KnownOrganisation]:
        """Organisations with a key that is this one with one slip of the hand in it; two would cost ten times as much."""
        return self._organisations(Query.fuzzy_term_query(SCHEMA, "exact", key[:LONGEST_WORD], 1), limit)

    def with_words(self, known: Sequence[str], misspelt: Sequence[str], short: Sequence[str], limit: int) -> list[KnownOrganisation]:
        """Organisations with these words, those with more and rarer ones first; of the `misspelt` ones, words that are near, of
        the `short` ones, words that begin so."""
        parts = [(Occur.Should, _term("word", word)) for word in known]
        for word in misspelt:
            slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
            near = Query.fuzzy_term_query(SCHEMA, "word", word[:LONGEST_WORD], slips)
            parts.append((Occur.Should, Query.boost_query(near, NEAR_KNOWN_WEIGHT if self.is_known(word) else NEAR_WEIGHT)))
        for word in short:
            begins = Query.fuzzy_term_query(SCHEMA, "word", word[:LONGEST_WORD], 0, prefix=True)
            parts.append((Occur.Should, Query.boost_query(begins, NEAR_KNOWN_WEIGHT)))
        return self._organisations(Query.boolean_query(parts), limit)

    def rarity(self, word: str) -> float:
        """How much a word tells: the logarithm of how many organisations there are for one that has it (its IDF)."""
        found = self._rarities.get(word)
        if found is None:
            searcher = self._current()
            found = math.log((searcher.num_docs + 1) / (searcher.doc_freq("word", word[:LONGEST_WORD]) + 1))
            if len(self._rarities) >= MOST_RARITIES:
                self._rarities.clear()
            self._rarities[word] = found
        return found

    def is_known(self, word: str) -> bool:
        """Whether any organisation's name has this word."""
        return bool(self._current().doc_freq("word", word[:LONGEST_WORD]))

    def _organisations(self, query: Query, limit: int) -> list[KnownOrganisation]:
        return [organisation for organisation in self._found(query, limit) if isinstance(organisation, KnownOrganisation)]

    def _found(self, query: Query, limit: int) -> list[KnownOrganisation | str]:
        searcher = self._current()
        with _tantivy_errors(self.folder):
            hits = searcher.search(query, limit, count=False).hits
            return [_unpack(bytes(searcher.doc(address).get_first("stored") or b"null")) for _, address in hits]

    def _current(self) -> tantivy.Searcher:
        if self._searcher is None:
            self.refresh()
        assert self._searcher is not None
        return self._searcher

    def _refresh(self) -> tantivy.Index | None:
        """The index in use, with what was committed last; opened again when another process has replaced it."""
        try:
            name = (self.folder / "current").read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            self._open = self._searcher = None
            return None
        if self._open is None or self._open[0] != name:
            self._open = self._searcher = None
            if not name.startswith(f"{FORMAT}-") or "/" in name or not (self.folder / name).is_dir():
                return None
            try:
                self._open = (name, tantivy.Index.open(str(self.folder / name)))
            except ValueError:
                return None  # damaged: the caller makes it again, as it does when there is none
        self._open[1].reload()
        self._rarities = {}
        self._searcher = self._open[1].searcher()
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


def _write(index: tantivy.Index, memory: int, state: str, added: Iterable[KnownOrganisation], gone: Iterable[tuple[str, str]]) -> None:
    writer = index.writer(memory, 1)
    try:
        for field, value in (*gone, ("id", STATE_KEY)):
            writer.delete_documents_by_term(field, value)
        for organisation in added:
            writer.add_document(_document(organisation))
        entry = tantivy.Document()
        entry.add_text("id", STATE_KEY)
        entry.add_bytes("stored", json.dumps(state).encode())
        writer.add_document(entry)
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()


def _document(organisation: KnownOrganisation) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("id", organisation.id)
    document.add_text("source", organisation.source)
    keys, terms = set(domain_keys(organisation.domains)), {}
    for name in (form for text in (organisation.name, *organisation.aliases) for form in forms(text)):
        keys |= stored_keys(name)
        keys |= {key for key in (initials_key(name),) if key}
        terms.update(dict.fromkeys(words(name)))
    for key in sorted(keys):
        document.add_text("exact", key[:LONGEST_WORD])
    for word in terms:
        document.add_text("word", word[:LONGEST_WORD])
    document.add_bytes("stored", _pack(organisation))
    return document


def _pack(organisation: KnownOrganisation) -> bytes:
    """All fields as a JSON list without the empty ones at its end."""
    values = list(_fields(organisation))
    while values and not values[-1]:
        values.pop()
    return _encode(values).encode("utf-8", "surrogatepass")


def _unpack(stored: bytes) -> KnownOrganisation | str:
    values = json.loads(stored.decode("utf-8", "surrogatepass"))
    if isinstance(values, str):
        return values
    id_, source, name, *rest = values
    aliases, domains, countries, regions, sectors, identifiers = [tuple(value) for value in rest] + [()] * (6 - len(rest))
    return KnownOrganisation(id_, source, name, aliases, domains, countries, regions, sectors, tuple(map(tuple, identifiers)))


def _term(field: str, value: str) -> Query:
    return Query.term_query(SCHEMA, field, value)


@contextmanager
def _tantivy_errors(folder: Path) -> Iterator[None]:
    """Tantivy raises ValueError for all that goes wrong in it."""
    try:
        yield
    except ValueError as error:
        if "LockBusy" in str(error):
            raise StoreError("another process is writing the index of names; try again", subject=str(folder)) from error
        raise StoreError(f"the index of names failed: {error}; `breachbook reindex` makes it anew", subject=str(folder)) from error
