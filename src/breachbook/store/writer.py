"""The only writer of the book's database. What was said is only ever added; what is derived is replaced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import stamina
from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from breachbook.errors import ModelError, StoreError
from breachbook.model.claim import Claim, check
from breachbook.model.document import Document, Refusal
from breachbook.model.judgement import Judgement
from breachbook.model.reading import Reading
from breachbook.store import codec, derived, judgements, loading, relinking, schema
from breachbook.store.blobs import Blobs
from breachbook.store.derive import Derivation, Publish
from breachbook.store.engine import Database
from breachbook.store.reader import known
from breachbook.store.relinking import Link, Relinked

ADDED, ALREADY_THERE = "added", "already_there"
"""What adding a document came to."""

ATTEMPTS = 5
"""How often a transaction is tried that another process got in the way of."""

ROLLED_BACK = "40"
"""The class of PostgreSQL's errors after which a transaction is to be tried again (Appendix A: 40001, 40P01, ...)."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Addition:
    """A document to add: its bytes, where it was, and its reading."""

    document: Document
    raw: bytes
    origin: str
    reading: Reading


def now() -> str:
    """This moment in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Writer:
    """Writes one book."""

    def __init__(self, database: Database, blobs: Blobs) -> None:
        self._database = database
        self._blobs = blobs

    def add(self, additions: Sequence[Addition]) -> list[str]:
        """Adds documents, each with its reading and claims, all in one transaction; says of each whether it was `added`
        or `already_there`. Raw bytes are on disk before the rows that name them.

        Raises:
            ModelError: a claim does not keep the rules, or a reading is of another document; nothing was added.
            StoreError: the database or the folder of documents fails; nothing was added.
        """
        for addition in additions:
            _check(addition)
            if self._blobs.put(addition.raw) != addition.document.raw_digest:
                raise ModelError("not the digest of its bytes", subject=addition.document.id, property="raw_digest")
        return self._transaction(lambda connection: _add(connection, additions)) if additions else []

    def add_reading(self, document: Document, reading: Reading) -> bool:
        """Adds a newer reading of a document that the book has; False when it says what the last one said.

        Raises:
            ModelError: a claim does not keep the rules, or the reading is of another document.
            StoreError: the book has no such document, or the database fails.
        """
        _check(Addition(document, b"", "", reading))
        return self._transaction(lambda connection: _add_reading(connection, reading))

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Keeps a row for each thing that was turned away; the same again changes nothing.

        Raises:
            StoreError: the database fails.
        """
        if refusals:
            self._transaction(lambda connection: _refuse(connection, refusals))

    def fetched(self, url: str, etag: str | None, last_modified: str | None) -> None:
        """Keeps the validators of a URL, once all that it gave is in the book.

        Raises:
            StoreError: the database fails.
        """
        row = {"url_digest": codec.url_key(url), "url": url, "etag": etag, "last_modified": last_modified, "fetched": now()}

        def replace(connection: Connection) -> None:
            connection.execute(delete(schema.fetches).where(schema.fetches.c.url_digest == row["url_digest"]))
            connection.execute(insert(schema.fetches), [row])

        self._transaction(replace)

    def judge(self, judgement: Judgement) -> bool:
        """Keeps a judgement; False when it is there already, or another stands that says the same.

        Raises:
            JudgementError: its decision is not one of `DECISIONS`, or it is about one mention twice.
            ContradictionError: it contradicts earlier ones.
            StoreError: the database fails.
        """
        return bool(self.judge_all([judgement]).kept)

    def judge_all(self, act: Sequence[Judgement], united: Sequence[Sequence[str]] = (), replacing: bool = False) -> judgements.Kept:
        """Keeps the judgements of one act, all or none: see `judgements.keep`.

        Raises:
            JudgementError: one cannot be kept.
            ContradictionError: they contradict earlier ones, which are not to be replaced.
            StoreError: the database fails.
        """
        judgements.check(act)

        def keep(connection: Connection) -> judgements.Kept:
            _lock(connection)
            kept = judgements.keep(connection, act, united, replacing)
            if kept.kept:
                _raise_counter(connection, "generation")
            return kept

        return self._transaction(keep)

    def undo(self, judgement_id: str, when: str, who: str | None = None, why: str | None = None) -> judgements.Undone:
        """Takes back what was decided at once with a judgement; it stays in the book, with when and by whom it was undone.

        Raises:
            JudgementError: there is no such judgement, or it was undone before.
            StoreError: the database fails.
        """

        def mark(connection: Connection) -> judgements.Undone:
            _lock(connection)
            undone = judgements.undo(connection, judgement_id, when, who, why)
            _raise_counter(connection, "generation")
            return undone

        return self._transaction(mark)

    def derive(self, derivation: Derivation) -> bool:
        """Replaces the derived tables in one transaction, changing only what differs. False, and nothing is changed,
        when another process has derived from a later generation of the book meanwhile.

        Raises:
            StoreError: the database fails.
        """
        return self._transaction(lambda connection: derived.replace(connection, derivation))

    def relink(self, link: Link, publish: Publish, salt: str) -> Relinked | None:
        """Links what the derived tables lack into them and derives what it touches, all in one transaction; see `store.relinking`.
        None, and nothing is changed, when everything has to be derived.

        Raises:
            StoreError: the database fails.
        """
        try:
            return self._transaction(lambda connection: relinking.relink(connection, link, publish, salt))
        except relinking.NotPossibleError:
            return None

    def _transaction(self, work: Callable[[Connection], Result]) -> Result:
        """The work's result; it is done again when another process got in its way, and is undone when it fails."""
        for attempt in stamina.retry_context(on=_collided, attempts=ATTEMPTS, wait_initial=0.05, wait_max=2.0, timeout=None):
            with attempt, self._database.write() as connection:
                return work(connection)
        raise StoreError("the database was busy too long")  # pragma: no cover - the last attempt raises


def _collided(error: Exception) -> bool:
    """Whether a failed transaction may succeed when tried again: a key that another process took first, or a lock."""
    if not isinstance(error, StoreError) or not isinstance(cause := error.__cause__, DBAPIError):
        return False
    return isinstance(cause, IntegrityError) or str(getattr(cause.orig, "sqlstate", "")).startswith(ROLLED_BACK)


def _check(addition: Addition) -> None:
    document_id = addition.document.id
    if addition.reading.document != document_id:
        raise ModelError("is a reading of another document", subject=document_id, property="reading")
    for claim in addition.reading.claims:
        check(claim, addition.document, document_id=document_id)


def _lock(connection: Connection) -> dict[str, int]:
    """Holds the counters until the transaction ends, so that writers follow one another; gives their values.

    In SQLite the transaction holds the whole database already.
    """
    table = schema.counters
    rows = connection.execute(select(table.c.name, table.c.value).order_by(table.c.name).with_for_update())
    return {row.name: row.value for row in rows}


def _raise_counter(connection: Connection, name: str, by: int = 1) -> None:
    table = schema.counters
    connection.execute(update(table).where(table.c.name == name).values(value=table.c.value + by))


def _lacking(connection: Connection, documents: Sequence[str]) -> None:
    """Notes the documents that the derived tables lack from the next generation of the book on, which the caller makes."""
    generation = _lock(connection)["generation"] + 1
    connection.execute(insert(schema.pending), [{"document": id_, "generation": generation} for id_ in documents])


def _add(connection: Connection, additions: Sequence[Addition]) -> list[str]:
    sequence = _lock(connection)["sequence"]
    there = known(connection, [addition.document for addition in additions])
    ids, stories, files = set(there.ids), set(there.stories), set(there.files)
    outcomes, fresh = [], []
    for addition in additions:
        document = addition.document
        story, file = codec.story_key(document), codec.file_key(document)
        if document.id in ids or story in stories or file in files:
            outcomes.append(ALREADY_THERE)
            continue
        ids.add(document.id)
        stories.add(story)
        files.update((file,) if file else ())
        outcomes.append(ADDED)
        fresh.append(addition)
    if fresh:
        _insert(connection, fresh, sequence)
        _raise_counter(connection, "sequence", len(fresh))
        _lacking(connection, [addition.document.id for addition in fresh])
        _raise_counter(connection, "generation")
    return outcomes


def _insert(connection: Connection, additions: Sequence[Addition], sequence: int) -> None:
    moment = now()
    rows: dict[Table, list[dict[str, Any]]] = {
        table: [] for table in (schema.documents, schema.readings, schema.claims, schema.reading_claims)
    }
    for number, addition in enumerate(additions, sequence + 1):
        reading, unread = _reading_rows(addition.reading, moment, rows), addition.reading.unread
        rows[schema.documents].append(
            codec.document_row(addition.document, sequence=number, added=moment, origin=addition.origin, reading=reading, unread=unread)
        )
    _insert_all(connection, rows)


def _reading_rows(reading: Reading, moment: str, rows: dict[Table, list[dict[str, Any]]]) -> str:
    by_id: dict[str, Claim] = {claim.id: claim for claim in reading.claims}
    reading_id = codec.reading_id(reading, by_id)
    rows[schema.readings].append(
        {"id": reading_id, "document": reading.document, "reader": reading.reader, "read": moment, "unread": reading.unread}
    )
    rows[schema.claims] += [codec.claim_row(claim, claim_id) for claim_id, claim in by_id.items()]
    rows[schema.reading_claims] += [
        {"reading": reading_id, "position": position, "claim": claim_id, "confidence": claim.confidence}
        for position, (claim_id, claim) in enumerate(by_id.items())
    ]
    return reading_id


def _insert_all(connection: Connection, rows: dict[Table, list[dict[str, Any]]]) -> None:
    for table, several in rows.items():
        if several:
            connection.execute(insert(table), several)


def _add_reading(connection: Connection, reading: Reading) -> bool:
    _lock(connection)
    documents = schema.documents
    newest = connection.execute(select(documents.c.reading).where(documents.c.id == reading.document)).scalar_one_or_none()
    if newest is None:
        raise StoreError("the book holds no such document", subject=reading.document)
    rows: dict[Table, list[dict[str, Any]]] = {schema.readings: [], schema.claims: [], schema.reading_claims: []}
    reading_id = _reading_rows(reading, now(), rows)
    if newest == reading_id:
        return False
    _lacking(connection, [reading.document])
    if not connection.execute(select(schema.readings.c.id).where(schema.readings.c.id == reading_id)).first():
        claims = schema.claims
        there = set(connection.execute(select(claims.c.id).where(claims.c.document == reading.document)).scalars())
        rows[claims] = [row for row in rows[claims] if row["id"] not in there]
        _insert_all(connection, rows)
    before = loading.read_documents(connection, [reading.document])[0][0].claims
    connection.execute(update(documents).where(documents.c.id == reading.document).values(reading=reading_id, unread=reading.unread))
    judgements.follow(connection, reading.document, before, reading.claims)
    _raise_counter(connection, "generation")
    return True


def _refuse(connection: Connection, refusals: Sequence[Refusal]) -> None:
    _lock(connection)
    table, moment = schema.refusals, now()
    rows = {}
    for refusal in refusals:
        id_ = codec.refusal_id(refusal.origin, refusal.code, refusal.detail, refusal.raw_digest)
        rows[id_] = {"id": id_, "refused": moment, "origin": refusal.origin, "code": refusal.code, "detail": refusal.detail,
                     "raw_digest": refusal.raw_digest}  # fmt: skip
    there = set(connection.execute(select(table.c.id).where(table.c.id.in_(list(rows)))).scalars())
    if fresh := [row for id_, row in rows.items() if id_ not in there]:
        connection.execute(insert(table), fresh)
