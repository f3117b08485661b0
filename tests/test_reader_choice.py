"""A book over toy readers: what happens when another reader reads what the book has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from breachbook.errors import RequestError, SettingsError
from breachbook.model.document import Document
from breachbook.model.listing import Filters
from breachbook.model.reading import Reading
from breachbook.pipeline import Book, Stages, read_documents
from breachbook.settings import Settings
from breachbook.store import schema

DURHAM = "victim: Durham Region; alias: Region of Durham; country: CA; actor: CLOP"
SINGTEL = "victim: Singtel; country: SG; actor: CLOP"


class Other:
    """A reader that finds what the toy reader finds, but for actors; it may fall back on it, or fail for a setting."""

    name = "other/1"

    def __init__(self, toy: Any) -> None:
        self.toy = toy
        self.asked: list[str] = []
        self.falls_back = False
        self.wrong_setting_after: int | None = None

    def read(self, document: Document) -> Reading:
        self.asked.append(document.id)
        if self.wrong_setting_after is not None and len(self.asked) > self.wrong_setting_after:
            raise SettingsError("no such key", subject="KEY")
        reading: Reading = self.toy.read(document)
        if self.falls_back:
            return replace(reading, notes=("read by another",))
        return replace(reading, reader=self.name, claims=tuple(c for c in reading.claims if c.property != "actor"))


@pytest.fixture
def other(toys: Any) -> Other:
    return Other(toys.Reader())


@pytest.fixture
def stages(toys: Any, other: Other) -> Callable[..., Stages]:
    def made(**origins: list[Any]) -> Stages:
        stages: Stages = toys.stages(origins)
        toy = toys.Reader()

        def named(name: str, settings: Settings) -> Any:
            if name not in ("offline", "other"):
                raise RequestError("not one of offline, other", subject=name, property="reader")
            return other if name == "other" else toy

        stages.readers = named
        return stages

    return made


@pytest.fixture
def book(engine_settings: Settings, stages: Callable[..., Stages]) -> Iterator[Book]:
    made = Book.open(engine_settings, stages(a=[DURHAM, SINGTEL], b=[SINGTEL]))
    yield made
    made.close()


def readers(book: Book) -> list[str]:
    """Who read each reading that the book keeps."""
    with book._database.read() as connection:
        return sorted(connection.execute(select(schema.readings.c.reader)).scalars())


def claims(book: Book) -> int:
    with book._database.read() as connection:
        return connection.execute(select(func.count()).select_from(schema.claims)).scalar_one()


def shown(book: Book) -> list[set[str]]:
    """The properties of the claims that count, by document."""
    snapshot = book._reader.snapshot()
    return [{c.property for c in document.claims} for document in snapshot.documents]


def test_without_a_named_reader_adding_again_changes_nothing(book: Book, other: Other) -> None:
    book.add(["a"], reader="other")
    asked = len(other.asked)
    summary = book.add(["a"])
    assert (summary.added, summary.read_again, summary.already_there) == (0, 0, 2)
    assert (readers(book), len(other.asked)) == (["other/1", "other/1"], asked)


def test_a_named_reader_reads_again_what_another_read_last(book: Book) -> None:
    book.add(["a"])
    before, had = shown(book), claims(book)
    assert all("actor" in row for row in before)
    summary = book.add(["a"], reader="other")
    assert (summary.added, summary.read_again, summary.already_there) == (0, 2, 0)
    assert [row - {"actor"} for row in before] == shown(book)
    assert readers(book) == ["other/1", "other/1", "toy/1", "toy/1"]
    assert claims(book) == had  # nothing is lost, and what both say is one claim
    again = book.add(["a"], reader="other")
    assert (again.read_again, again.already_there) == (0, 2)
    back = book.add(["a"], reader="offline")
    assert (back.read_again, shown(book), claims(book)) == (2, before, had)
    assert readers(book) == ["other/1", "other/1", "toy/1", "toy/1"]


def test_the_order_of_reading_again_does_not_change_the_book(
    book: Book, engine_settings: Settings, stages: Callable[..., Stages], tmp_path: Any
) -> None:
    book.add(["a"])
    book.add(["b"], reader="other")
    straight = replace(engine_settings, home=tmp_path / "second", database=f"sqlite:///{tmp_path / 'second.sqlite'}")
    with Book.open(straight, stages(a=[DURHAM], b=[SINGTEL])) as second:
        second.add(["a"])
        second.add(["b"], reader="other")
        assert shown(second) == shown(book)
        assert second.search(Filters()).rows == book.search(Filters()).rows


def test_a_reading_that_fell_back_replaces_none_but_is_kept_of_what_is_new(book: Book, other: Other) -> None:
    told: list[str] = []
    other.falls_back = True
    book.add(["b"], reader="other")
    assert readers(book) == ["toy/1"]
    before = shown(book)
    summary = book.add(["b"], lambda done: told.append(done.outcome), reader="other")
    assert (summary.read_again, summary.already_there, shown(book), readers(book)) == (0, 1, before, ["toy/1"])
    assert told == ["note:read by another", "already_there"]
    assert book.reread("other") == 0
    other.falls_back = False
    assert book.reread("other") == 1


def test_a_setting_that_cannot_be_used_stops_everything_and_keeps_what_was_read(
    book: Book, other: Other, engine_settings: Settings, stages: Callable[..., Stages]
) -> None:
    other.wrong_setting_after = 1
    with pytest.raises(SettingsError):
        book.add(["a"], reader="other")
    assert readers(book) == ["other/1"]
    with pytest.raises(SettingsError):
        list(read_documents(engine_settings, ["a"], stages(a=[DURHAM]), "other"))


def test_an_unknown_reader_is_refused_before_anything_is_done(book: Book, engine_settings: Settings, stages: Callable[..., Stages]) -> None:
    for work in (
        lambda: book.add(["a"], reader="none"),
        lambda: book.reread("none"),
        lambda: list(read_documents(engine_settings, ["a"], stages(a=[DURHAM]), "none")),
    ):
        with pytest.raises(RequestError, match="offline"):
            work()
    assert readers(book) == []


def test_the_setting_names_the_reader_where_the_call_does_not(
    engine_settings: Settings, stages: Callable[..., Stages], other: Other
) -> None:
    settings = replace(engine_settings, reader="other")
    (found,) = read_documents(settings, ["a"], stages(a=[DURHAM]))
    assert isinstance(found, tuple)
    assert found[1].reader == "other/1"
