"""The book: reads the store, runs a stage, writes the store. The only place that joins stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from breachbook import __version__
from breachbook.errors import NotFoundError, RequestError, StoreError
from breachbook.model.document import Document, Refusal
from breachbook.model.dossier import DocumentPage, Dossier, EntityRef, ReadDocument
from breachbook.model.entity import Resolution
from breachbook.model.feed import KnownRow
from breachbook.model.ids import content_id
from breachbook.model.judgement import Judgement
from breachbook.model.link import Update
from breachbook.model.listing import LISTS, AddSummary, Filters, Listing, RefusedRow
from breachbook.model.reading import Reading
from breachbook.model.record import Field, Record
from breachbook.model.reference import BOOK, Asked, ReferenceSet, RowProblem
from breachbook.settings import Settings
from breachbook.store import finding
from breachbook.store.adding import Adding
from breachbook.store.blobs import Blobs
from breachbook.store.deciding import Decisions
from breachbook.store.derive import Deriver, OldRows, state_of
from breachbook.store.engine import Database, open_database
from breachbook.store.feeds import known_rows
from breachbook.store.guard import attempt
from breachbook.store.index import IndexBusyError, SearchIndex, entries
from breachbook.store.known_names import KnownNames, counted
from breachbook.store.listings import check
from breachbook.store.matched import MatchReader
from breachbook.store.migrations import migrate
from breachbook.store.reader import BookReader, State
from breachbook.store.rows import StoredRow
from breachbook.store.writer import Writer
from breachbook.vocab import properties
from breachbook.vocab.reasons import is_note

if TYPE_CHECKING:
    from breachbook.extract.readers import Reader
    from breachbook.ingest.fetch import Fetcher, Validators
    from breachbook.ingest.intake import Ingested, NotModified
    from breachbook.resolve.linking import Linked

LONGEST_LABEL = 80
"""Characters of the name of a reference list."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One thing done while adding: how many so far, of how many (None: not known), where it was, and what became of it:
    `added`, `read_again`, `already_there`, `not_modified`, `unread:REASON` or `refused:REASON`; or `note:SENTENCE`, what its
    reader says of the reading."""

    done: int
    total: int | None
    origin: str
    outcome: str


OnProgress = Callable[[Progress], None]


class Stages:
    """The stages that the book joins, each loaded when it is first used: showing a record need not load what reads pages.

    What is set on an instance replaces the real one.
    """

    @cached_property
    def intake(self) -> Callable[..., Iterator[Ingested | Refusal | NotModified]]:
        """Gives the documents of an origin."""
        from breachbook.ingest.intake import intake

        return intake

    @cached_property
    def readers(self) -> Callable[[str, Settings], Reader]:
        """Gives the reader of a short name."""
        from breachbook.extract.readers import reader_named

        return reader_named

    @cached_property
    def report_record(self) -> Callable[[Document, Reading], dict[str, Any]]:
        """What one document says, as a report record."""
        from breachbook.extract.report_record import report_record

        return report_record

    @cached_property
    def resolve(self) -> Callable[[Sequence[ReadDocument], Sequence[Judgement]], Resolution]:
        """Joins what documents name to entities."""
        from breachbook.resolve.resolver import resolve

        return resolve

    @cached_property
    def relink(self) -> Callable[[Any, set[str]], Update | None]:
        """Links documents into what is linked; used where `resolve` gave what that rests on."""
        from breachbook.resolve.resolver import relink_some

        return relink_some

    @cached_property
    def record(self) -> Callable[..., Record | None]:
        """Publishes a dossier."""
        from breachbook.publish.records import record

        return record

    @cached_property
    def to_json(self) -> Callable[[Record], dict[str, Any]]:
        """A record as JSON."""
        from breachbook.publish.records import to_json

        return to_json


@dataclass(frozen=True, slots=True)
class Changes:
    """Incidents that deriving made and changed, by id."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


class Book:
    """A book of incidents: adds documents, and answers from what they say. Safe to read from several threads."""

    def __init__(self, settings: Settings, database: Database, stages: Stages) -> None:
        self.settings = settings
        self._database = database
        self._stages = stages
        self._reader = BookReader(database)
        self._writer = Writer(database, Blobs(settings.home))
        self._index = SearchIndex(settings.home)
        self._names = KnownNames(database, settings.home)
        self._readers: dict[str, Reader] = {}

    @classmethod
    def open(cls, settings: Settings, given: Stages | None = None) -> Self:
        """The book of these settings: made when there is none, brought up to date when it is older, and derived again when
        an adding was cut short; `given` replaces the stages.

        Raises:
            StoreError: it cannot be opened, or a newer Breachbook wrote it.
        """
        database = open_database(settings.database)
        try:
            settings.home.mkdir(parents=True, exist_ok=True)
            migrate(database)
            book = cls(settings, database, given or Stages())
            book._derive()
            if book._index.state() != _index_state(book._reader.state()):
                book.reindex()
        except OSError as error:
            database.close()
            raise StoreError(f"the folder cannot be made: {error.strerror}", subject=str(settings.home), property="home") from error
        except BaseException:
            database.close()
            raise
        return book

    def close(self) -> None:
        """Closes the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # Adding and deriving.

    def _read_by(self, name: str | None) -> Reader:
        """The reader of a short name, the setting's for None; made once, when it is first used."""
        name = name or self.settings.reader
        if name not in self._readers:
            self._readers[name] = self._stages.readers(name, self.settings)
        return self._readers[name]

    def add(self, origins: Sequence[str], on_progress: OnProgress | None = None, reader: str | None = None) -> AddSummary:
        """Reads documents and adds them with their claims, each wholly or not at all; then derives anew what they change.

        A document that fails is refused with a reason, and the others go on. One that the book has is left as it is; but
        where a `reader` is named and another one read it last, it is read again by this one, whose reading then counts. The
        earlier reading stays in the book. A reading for which the named reader had to fall back on another replaces none.

        Raises:
            RequestError: there is no such reader.
            SettingsError: a setting that the reader needs is missing.
            StoreError: the database or the home folder fails. What was added before stays.
        """

        def tell(done: int, origin: str, outcome: str) -> None:
            if on_progress:
                on_progress(Progress(done, None, origin, outcome))

        by = self._read_by(reader)
        adding = Adding(self._reader, self._writer, by.read, tell, again=by.name if reader else None)
        try:
            with _fetcher(origins, self.settings) as fetcher:
                for origin in origins:
                    self._add(origin, adding, fetcher)
        finally:
            adding.flush()
        changes = self._derive()
        return adding.summary(changes.new, changes.changed)

    def _add(self, origin: str, adding: Adding, fetcher: Fetcher | None) -> None:
        """Adds what one origin gives. The validators of a URL are kept only when all that it gave is in the book: else a
        later fetch would be told that nothing changed, and what is missing would stay so."""
        before, fetched = adding.refused, None
        for item in _items(self._stages, origin, self.settings, fetcher, self._validators, self._known_rows):
            if isinstance(item, Refusal) and is_note(item.code):
                self._writer.refuse([item])
                adding.tell(adding.outcomes.total(), item.origin, f"note:{item.code}: {item.detail}")
            elif isinstance(item, Refusal):
                adding.refuse(item)
            elif not hasattr(item, "document"):
                adding.note(item.origin, "not_modified")
            else:
                if item.etag or item.last_modified:
                    fetched = (item.etag, item.last_modified)
                adding.take(item.document, item.raw, item.origin)
        if fetched:
            adding.flush()
            if adding.refused == before:
                self._writer.fetched(origin, *fetched)

    def _validators(self, url: str) -> Validators | None:
        from breachbook.ingest.fetch import Validators

        found = self._reader.validators(url)
        return Validators(*found) if found else None

    def _known_rows(self, source: str) -> Iterator[KnownRow]:
        return known_rows(self._database, source)

    def add_example(self, on_progress: OnProgress | None = None) -> AddSummary:
        """Adds the example case file that the package ships.

        Raises:
            StoreError: the database or the home folder fails.
        """
        from breachbook.example import case_files

        return self.add([str(path) for path in case_files()], on_progress)

    def read(self, origins: Sequence[str], reader: str | None = None) -> Iterator[tuple[Document, Reading, dict[str, Any]] | Refusal]:
        """Reads documents and stores nothing: see `read_documents`."""
        return read_documents(self.settings, origins, self._stages, reader)

    def reread(self, reader: str | None = None) -> int:
        """Reads again every document that another reader, or none, read last; derives; gives how many read differently.

        Raises:
            RequestError: there is no such reader.
            SettingsError: a setting that the reader needs is missing.
            StoreError: the database fails.
        """
        changed, by = 0, self._read_by(reader)
        for document_id in self._reader.read_by_others(by.name):
            document = self._reader.document(document_id)
            reading = attempt(document_id, by.read, document)
            if isinstance(reading, Refusal):
                self._writer.refuse([reading])
            elif reading.reader == by.name:  # one that fell back on another reader replaces none
                changed += self._writer.add_reading(document, reading)
        self._derive()
        return changed

    def judge(self, judgement: Judgement) -> None:
        """Keeps a person's judgement and derives what it changes.

        Raises:
            JudgementError: it cannot be applied, or (ContradictionError) contradicts earlier ones.
            StoreError: the database fails.
        """
        self._writer.judge(judgement)
        self._derive()

    @cached_property
    def decisions(self) -> Decisions:
        """Matches to be judged, and people's decisions: merging, splitting, listing, undoing."""
        return Decisions(MatchReader(self._database), self._writer, self.find, self._derive)

    def rebuild(self) -> None:
        """Resolves again, derives every record and row, and makes the search index anew.

        Raises:
            StoreError: the database or the home folder fails.
        """
        self._derive(everything=True)

    # Reference lists and linking.

    def add_reference(
        self, path: Path, name: str | None, told: Callable[[RowProblem], None], on_progress: OnProgress | None = None
    ) -> ReferenceSet:
        """Loads a list of organisations to link against, in place of one of its name (None: that of its shape, or of the file).

        What is wrong with a row goes to `told`; the other rows are taken.

        Raises:
            IngestError: the file cannot be read, or is no list of organisations.
            RequestError: a list cannot have this name.
            StoreError: the database or the home folder fails. The list is as it was.
        """
        from breachbook.ingest.reference_rows import organisations

        label, found = organisations(path, name, told)
        if label == BOOK or not label.strip() or len(label) > LONGEST_LABEL:
            raise RequestError(f"a list cannot be called so; give it a --name of at most {LONGEST_LABEL} letters", subject=label[:80])
        done = _told(on_progress, str(path), None)
        added = datetime.now(UTC).isoformat()
        number = self._names.references.add(label, str(path), added, counted(found, done))
        self._names.current(self._reader.state(), _told(on_progress, "index of names", self._names.references.count()))
        return ReferenceSet(label, str(path), added, number)

    def references(self) -> list[ReferenceSet]:
        """The reference lists, by name."""
        return self._names.references.sets()

    def remove_reference(self, name: str) -> None:
        """Removes a reference list.

        Raises:
            NotFoundError: there is none of that name.
            StoreError: the database or the home folder fails.
        """
        self._names.references.remove(name)

    def link(
        self, rows: Iterable[tuple[str | int, Asked]], limit: int = 10, on_progress: OnProgress | None = None
    ) -> Iterator[tuple[str | int, list[Linked]]]:
        """For each row its id, and the organisations of the book and the reference lists that it may mean, best first. Stores
        nothing but the index of names.

        Raises:
            StoreError: the database or the home folder fails.
        """
        from breachbook.resolve.linking import link

        index = self._names.current(self._reader.state(), _told(on_progress, "index of names", self._names.references.count()))
        for number, (id_, asked) in enumerate(rows, 1):
            yield id_, link(asked, index, limit)
            if on_progress:
                on_progress(Progress(number, None, asked.name, "linked"))

    def reindex_names(self) -> None:
        """Makes the index of names anew.

        Raises:
            StoreError: the database or the home folder fails.
        """
        self._names.remake(self._reader.state())

    def reindex(self) -> None:
        """Makes the search index anew from the rows and documents.

        Raises:
            StoreError: the database or the home folder fails.
        """
        state = self._reader.state()
        texts = self._reader.document_texts
        self._index.rebuild(_index_state(state), entries(self._reader.stored_rows(), texts))

    def _derive(self, everything: bool = False) -> Changes:
        before = self._reader.state()
        if everything:
            return self._derive_all(before, everything)
        if before.derived == state_of(before.generation, __version__):
            return Changes()
        failed: list[Refusal] = []
        relinked = self._writer.relink(self._stages.relink, lambda dossier, view: self._publish(dossier, view, failed), __version__)
        if relinked is None:
            return self._derive_all(before)
        self._writer.refuse(failed)
        made = relinked.derivation
        states = replace(before, derived=relinked.before), replace(before, derived=made.state)
        if not self._update_index(*states, [made.rows[key] for key in sorted(made.made)], made.gone):
            self.reindex()
        return _changes(relinked.old, made.rows)

    def _derive_all(self, before: State, everything: bool = False) -> Changes:
        """Resolves the whole book and derives what differs; with `everything`, also what does not."""
        snapshot = self._reader.snapshot()
        old = {row.key: row for row in self._reader.stored_rows()}
        failed: list[Refusal] = []
        kept, base = ({}, None) if everything else (old, before.derived)
        deriver = Deriver(lambda dossier, view: self._publish(dossier, view, failed), __version__, kept, base)
        made = deriver.derive(snapshot, self._stages.resolve(snapshot.documents, snapshot.judgements), kept)
        self._writer.refuse(failed)
        if not self._writer.derive(made):
            return Changes()  # another process has derived from more than this one saw
        after = self._reader.state()
        if everything or not self._update_index(before, after, [made.rows[key] for key in sorted(made.made)], made.gone):
            self.reindex()
        return _changes(old, made.rows)

    def _publish(self, dossier: Dossier, view: str | None, failed: list[Refusal]) -> tuple[Record, str] | None:
        record = attempt(dossier.entity.id, self._stages.record, dossier, view=view)
        if isinstance(record, Refusal):
            failed.append(record)
            return None
        return None if record is None else (record, content_id("rec", self._stages.to_json(record)))

    def _update_index(self, before: State, after: State, rows: Sequence[StoredRow], gone: Iterable[tuple[str, str]]) -> bool:
        ids = [row.row.id for row in rows if row.row.kind == "document"]
        try:
            found = entries(rows, lambda: self._reader.document_texts(ids))
            return self._index.update(_index_state(before), _index_state(after), found, gone)
        except IndexBusyError:
            return False

    # Answering.

    def listing(self, kind: str, filters: Filters, limit: int = 50, offset: int = 0) -> Listing:
        """A page of one of `LISTS`: by date, or for profiles by number of incidents; with a query, best first.

        Raises:
            RequestError: there is no such list, or a filter's value cannot be used.
            StoreError: the database or the search index fails.
        """
        return self.search(filters, (kind,), limit, offset)

    def search(self, filters: Filters, kinds: Sequence[str] = LISTS, limit: int = 20, offset: int = 0) -> Listing:
        """A page of rows of several lists.

        Raises:
            RequestError: there is no such list, or a filter's value cannot be used.
            StoreError: the database or the search index fails.
        """
        if unknown := [kind for kind in kinds if kind not in LISTS]:
            raise RequestError(f"not one of {', '.join(LISTS)}", subject=repr(unknown[0][:80]), property="kind")
        limit, offset = max(limit, 0), max(offset, 0)
        check(filters)
        if not (filters.query or "").strip():
            return self._reader.listing(kinds, filters, limit, offset)
        hits = self._searchable().search(filters, kinds, limit, offset)
        return Listing(self._reader.rows(hits.keys), hits.total, hits.facets)

    def _searchable(self) -> SearchIndex:
        """The index, made when there is none of this book. One that another process is about to update is used as it is."""
        book = self._reader.state().book
        if (self._index.state() or "").partition("/")[0] != book:
            self.reindex()
        return self._index

    def find(self, query: str, kind: str | None = None) -> EntityRef:
        """The record that an id (also one published before a merge), a name or a domain means: see `store.finding`.

        Raises:
            NotFoundError: nothing fits.
            AmbiguousError: several fit equally well.
        """
        return finding.find(self._reader, self._searchable(), query, kind)

    def record(self, entity_id: str, as_of: date | None = None, view: str | None = None) -> Record:
        """A record, as of a day (None: today); `view="supplier"` gives an organisation's supplier profile.

        Raises:
            NotFoundError: there is none of this id, or nothing was known of it by that day.
        """
        ref = self._reader.entity(entity_id)
        record = self._stages.record(self._reader.dossier(ref.id), as_of, view=view) if ref else None
        if record is None:
            raise NotFoundError("nothing was known of it by then" if ref else "the book holds no such record", subject=entity_id[:200])
        return record

    def why(self, entity_id: str, property: str, as_of: date | None = None) -> Field:
        """A field of a record: every value with its claims, which one won, and why.

        Raises:
            VocabularyError: there is no such property.
            NotFoundError: there is no such record, or nothing is known of the property.
        """
        field = self.record(entity_id, as_of).field(properties.get(property).name)
        if field is None:
            raise NotFoundError("nothing is known of it", subject=entity_id, property=property)
        return field

    def document(self, document_id: str) -> DocumentPage:
        """A document with its text, its claims and what they are linked to.

        Raises:
            NotFoundError: there is no such document.
        """
        return self._reader.document_page(document_id)

    def refused(self, limit: int = 200) -> list[RefusedRow]:
        """What was turned away or left unread, newest first."""
        return self._reader.refused(max(limit, 0))

    def counts(self) -> dict[str, int]:
        """How many there are of each list (`incident`, `organisation`, ...), and `document`, `unread`, `claim`,
        `judgement`, `refusal`."""
        return self._reader.counts()

    def export(self, format: str) -> Iterator[str]:
        """All records in a format of `publish.exporters`, in pieces.

        Raises:
            RequestError: there is no such format.
        """
        from breachbook.publish.exporters import EXPORTERS

        exporter = next((e for e in EXPORTERS if e.name == format), None)
        if exporter is None:
            raise RequestError(f"not one of {', '.join(e.name for e in EXPORTERS)}", subject=repr(format[:80]), property="format")
        return exporter.write(self._records())

    def _records(self) -> Iterator[Record]:
        for dossier in self._reader.world():
            if (record := self._stages.record(dossier)) is not None:
                yield record


def read_documents(
    settings: Settings, origins: Sequence[str], given: Stages | None = None, reader: str | None = None
) -> Iterator[tuple[Document, Reading, dict[str, Any]] | Refusal]:
    """Reads documents and stores nothing: each with its reading and its report record, or why it was refused. `reader` is the
    short name of one of `extract.readers.READERS`; None takes the setting's.

    Raises:
        RequestError: there is no such reader.
        SettingsError: a setting that the reader needs is missing.
    """
    use = given or Stages()
    by = use.readers(reader or settings.reader, settings)
    with _fetcher(origins, settings) as fetcher:
        for origin in origins:
            for item in _items(use, origin, settings, fetcher):
                if isinstance(item, Refusal):
                    yield item
                elif document := getattr(item, "document", None):
                    yield attempt(origin, _read, use, by, document)


@contextmanager
def _fetcher(origins: Sequence[str], settings: Settings) -> Iterator[Fetcher | None]:
    """One fetcher for all URLs, so that a site's robots.txt is asked for once; None when there are none."""
    if not any("://" in origin for origin in origins):
        yield None
        return
    from breachbook.ingest.fetch import Fetcher

    with Fetcher(settings) as fetcher:
        yield fetcher


def _read(use: Stages, by: Reader, document: Document) -> tuple[Document, Reading, dict[str, Any]]:
    reading = by.read(document)
    return document, reading, use.report_record(document, reading)


def _items(
    use: Stages,
    origin: str,
    settings: Settings,
    fetcher: Fetcher | None,
    validators: Callable[[str], Validators | None] | None = None,
    known: Callable[[str], Iterable[KnownRow]] | None = None,
) -> Iterator[Any]:
    """What an origin gives; when it fails half-way, what it gave and a refusal."""
    items = attempt(origin, use.intake, origin, settings, validators=validators, fetcher=fetcher, known=known)
    while not isinstance(items, Refusal):
        item = attempt(origin, next, items, None)
        if item is None:  # a generator that failed gives nothing more
            return
        yield item
    yield items


def _told(on_progress: OnProgress | None, origin: str, total: int | None) -> Callable[[int], None] | None:
    return None if on_progress is None else lambda done: on_progress(Progress(done, total, origin, "added"))


def _index_state(state: State) -> str:
    return f"{state.book}/{state.derived}"


def _changes(old: OldRows, new: dict[tuple[str, str], StoredRow]) -> Changes:
    incidents = {key: old.get(key) for key in sorted(new) if key[0] == "incident"}
    return Changes(
        new=tuple(id_ for (_, id_), row in incidents.items() if row is None),
        changed=tuple(id_ for (kind, id_), row in incidents.items() if row is not None and row.digest != new[kind, id_].digest),
    )
