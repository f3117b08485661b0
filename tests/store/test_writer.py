"""Documents go in wholly or not at all, once only, also when two processes add at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from breachbook.errors import JudgementError, ModelError, StoreError
from breachbook.model.document import Document, Refusal
from breachbook.model.ids import digest
from breachbook.model.judgement import Judgement
from breachbook.model.reading import Reading
from breachbook.store import schema, writer
from breachbook.store.blobs import Blobs
from breachbook.store.engine import Database, open_database
from breachbook.store.migrations import migrate
from breachbook.store.reader import BookReader
from breachbook.store.writer import ADDED, ALREADY_THERE, Addition, Writer

KEPT = ("documents", "readings", "claims", "reading_claims", "judgements", "refusals", "fetches")


@pytest.fixture
def database(engine_url: str) -> Iterator[Database]:
    opened = open_database(engine_url)
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def book(database: Database, home: Path) -> Writer:
    return Writer(database, Blobs(home))


@pytest.fixture
def reader(database: Database) -> BookReader:
    return BookReader(database)


@pytest.fixture
def addition(toys: Any) -> Any:
    def make(text: str, **given: Any) -> Addition:
        raw = given.pop("raw", text.encode("utf-8", "surrogatepass"))
        document = toys.document(text, raw_digest=digest(raw), **given)
        return Addition(document, raw, "somewhere", toys.Reader().read(document))

    return make


def counts(database: Database) -> dict[str, int]:
    with database.read() as connection:
        return {n: connection.execute(select(func.count()).select_from(schema.metadata.tables[n])).scalar_one() for n in KEPT}


def test_a_document_comes_back_exactly(book: Writer, reader: BookReader, addition: Any) -> None:
    given = addition("victim: Null\x00 and \ud800; actor: \ufdd0x", title="T\x00", url="https://a.example/x", author="\udfff", kind="page")
    assert book.add([given]) == [ADDED]
    assert reader.document(given.document.id) == given.document
    page = reader.document_page(given.document.id)
    assert (page.text, page.claims, page.meta.sequence) == (given.document.text, given.reading.claims, 1)


def test_values_keep_their_kind(book: Writer, reader: BookReader, addition: Any) -> None:
    given = addition("true 1 one 99999999999999999999")
    claim = addition("victim: x").reading.claims[0]
    claims = tuple(
        replace(claim, document=given.document.id, property=p, value=v, original=given.document.text[a:b], start=a, end=b, object=None)
        for p, v, a, b in (("confirmed", True, 0, 4), ("people_affected", 1, 5, 6), ("data_volume_bytes", 10**19, 11, 31))
    )
    book.add([replace(given, reading=Reading(given.document.id, "toy/1", claims))])
    assert [type(c.value) for c in reader.document_page(given.document.id).claims] == [bool, int, int]
    assert reader.document_page(given.document.id).claims == claims


def test_the_same_again_changes_nothing(book: Writer, database: Database, addition: Any) -> None:
    first = addition("victim: Acme", kind="page", publisher="P", published="2021-01-02")
    assert book.add([first, first]) == [ADDED, ALREADY_THERE]
    before = counts(database)
    again = addition("victim: Acme, said otherwise", kind="page", raw=first.raw)
    same_story = addition("victim: Acme", kind="text", publisher="P", published="2021-01-02", url="https://other.example/")
    assert book.add([first]) == book.add([again]) == book.add([same_story]) == [ALREADY_THERE]
    assert counts(database) == before


def test_many_documents_may_come_from_the_same_bytes(book: Writer, addition: Any) -> None:
    raw = b"two lines"
    assert book.add([addition("victim: A", raw=raw), addition("victim: B", raw=raw)]) == [ADDED, ADDED]


def test_another_publisher_or_date_is_another_document(book: Writer, addition: Any) -> None:
    several = [addition("victim: A"), addition("victim: A", publisher="P"), addition("victim: A", publisher="P", published="2021")]
    assert book.add(several) == [ADDED] * 3


def test_sequence_counts_documents_in_order(book: Writer, reader: BookReader, addition: Any) -> None:
    book.add([addition("victim: A"), addition("victim: B")])
    book.add([addition("victim: A"), addition("victim: C")])
    documents = reader.snapshot().documents
    assert [d.meta.sequence for d in documents] == [1, 2, 3]
    assert [d.claims[0].value for d in documents] == ["A", "B", "C"]


@pytest.mark.parametrize("fails_at", range(5))
def test_a_failure_inside_the_transaction_leaves_nothing(
    book: Writer, database: Database, addition: Any, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    several = [addition("victim: A"), addition("victim: B")]
    insert_all = writer._insert_all

    def fail(connection: Any, rows: Any) -> None:
        insert_all(connection, dict(list(rows.items())[:fails_at]))
        raise RuntimeError("killed")

    monkeypatch.setattr(writer, "_insert_all", fail)
    with pytest.raises((RuntimeError, StoreError)):
        book.add(several)
    assert counts(database) == dict.fromkeys(KEPT, 0)
    monkeypatch.undo()
    assert book.add(several) == [ADDED, ADDED]
    assert counts(database)["documents"] == 2


def test_raw_bytes_are_kept_before_the_row(book: Writer, home: Path, addition: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    given = addition("victim: A")
    monkeypatch.setattr(writer, "_add", lambda *_: pytest.fail("killed"))
    with pytest.raises(BaseException, match="killed"):
        book.add([given])
    assert Blobs(home).get(given.document.raw_digest) == given.raw


@pytest.mark.parametrize("broken", ["original", "document", "value", "raw"])
def test_a_claim_that_breaks_the_rules_is_not_written(book: Writer, database: Database, addition: Any, broken: str) -> None:
    given = addition("victim: Acme; occurred_from: 2021")
    claims = given.reading.claims
    if broken == "original":
        given = replace(given, reading=replace(given.reading, claims=(replace(claims[0], original="Other"),)))
    elif broken == "document":
        given = replace(given, reading=replace(given.reading, document="doc-other"))
    elif broken == "value":
        given = replace(given, reading=replace(given.reading, claims=(replace(claims[1], value="soon"),)))
    else:
        given = replace(given, raw=b"other")
    with pytest.raises(ModelError):
        book.add([given])
    assert counts(database) == dict.fromkeys(KEPT, 0)


def test_a_newer_reading_replaces_what_is_read_and_keeps_what_was(
    book: Writer, database: Database, reader: BookReader, addition: Any
) -> None:
    given = addition("victim: Acme; actor: CLOP; country: CA")
    book.add([given])
    newer = Reading(given.document.id, "toy/2", given.reading.claims[:2])
    assert book.add_reading(given.document, newer) is True
    assert book.add_reading(given.document, newer) is False
    assert reader.document_page(given.document.id).claims == given.reading.claims[:2]
    assert counts(database)["claims"] == 3
    assert reader.read_by_others("toy/1") == [given.document.id]
    assert book.add_reading(given.document, given.reading) is True
    assert reader.document_page(given.document.id).claims == given.reading.claims
    other = addition("victim: Other")
    with pytest.raises(StoreError, match="no such document"):
        book.add_reading(other.document, other.reading)


def test_refusals_are_kept_once(book: Writer, reader: BookReader) -> None:
    refusal = Refusal("a\x00file", "empty", "nothing in it")
    book.refuse([refusal, refusal])
    book.refuse([refusal, replace(refusal, code="binary")])
    assert sorted((row.origin, row.code) for row in reader.refused(10)) == [("a\x00file", "binary"), ("a\x00file", "empty")]


def test_validators_of_a_url_are_replaced(book: Writer, reader: BookReader) -> None:
    url = "https://a.example/" + "x" * 5000
    assert reader.validators(url) is None
    book.fetched(url, '"1"', None)
    book.fetched(url, '"2"', "Mon")
    assert reader.validators(url) == ('"2"', "Mon")


def test_a_judgement_is_kept_once_and_can_be_undone(book: Writer, reader: BookReader) -> None:
    judgement = Judgement("doc-a#organisation:1", "doc-b#organisation:1", "different", "me", "2021-01-01T00:00:00+00:00", "namesakes", 0.9)
    assert [book.judge(judgement), book.judge(judgement)] == [True, False]
    generation = reader.state().generation
    book.undo(judgement.id, "2021-01-02T00:00:00+00:00")
    assert reader.judgements() == (replace(judgement, undone="2021-01-02T00:00:00+00:00"),)
    assert reader.state().generation > generation
    for wrong in (replace(judgement, decision="perhaps"), replace(judgement, right=judgement.left)):
        with pytest.raises(JudgementError):
            book.judge(wrong)
    with pytest.raises(JudgementError, match="no such judgement in force"):
        book.undo(judgement.id, "2021-01-03T00:00:00+00:00")


def test_only_a_document_not_seen_raises_the_generation(book: Writer, reader: BookReader, addition: Any) -> None:
    given: Document = addition("victim: A")
    start = reader.state().generation
    book.add([given])
    book.add([given])
    book.refuse([Refusal("x", "empty", "")])
    assert reader.state().generation == start + 1
