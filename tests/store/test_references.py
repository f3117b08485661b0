"""Reference lists are written whole or not at all, on both engines, and the index of names follows them and the book."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from breachbook.errors import NotFoundError
from breachbook.model.reference import KnownOrganisation
from breachbook.store.engine import Database, open_database
from breachbook.store.known_names import KnownNames
from breachbook.store.migrations import migrate
from breachbook.store.name_index import NameIndex
from breachbook.store.reader import State
from breachbook.store.references import References

ZELVARO = KnownOrganisation(
    "ref-1", "suppliers", "Zelvaro \x00 Inc.", ("ZVR",), ("zelvaro.com",), ("US",), ("Ohio",), ("51",), (("lei", "X1"),)
)
BRANTWICK = KnownOrganisation("ref-2", "suppliers", "Brantwick Foods")
OLBRENT = KnownOrganisation("ref-3", "others", "Olbrent Quarry")


@pytest.fixture
def database(engine_url: str) -> Iterator[Database]:
    opened = open_database(engine_url)
    migrate(opened)
    yield opened
    opened.close()


def test_a_list_comes_back_as_it_was_in_its_order(database: Database) -> None:
    references = References(database)
    assert references.add("suppliers", "list.csv", "2024-01-01", [ZELVARO, BRANTWICK]) == 2
    assert list(references.organisations("suppliers")) == [ZELVARO, BRANTWICK]
    assert [(s.name, s.origin, s.organisations) for s in references.sets()] == [("suppliers", "list.csv", 2)]


def test_a_list_replaces_the_one_of_its_name(database: Database) -> None:
    references = References(database)
    references.add("suppliers", "a", "2024-01-01", [ZELVARO, BRANTWICK])
    references.add("others", "b", "2024-01-01", [OLBRENT])
    references.add("suppliers", "c", "2024-01-02", [BRANTWICK])
    assert list(references.organisations("suppliers")) == [BRANTWICK]
    assert references.count() == 2


def test_a_list_that_fails_half_way_leaves_the_one_before(database: Database) -> None:
    references = References(database)
    references.add("suppliers", "a", "2024-01-01", [ZELVARO])

    def broken() -> Iterator[KnownOrganisation]:
        yield BRANTWICK
        raise RuntimeError("half-way")

    with pytest.raises(RuntimeError):
        references.add("suppliers", "b", "2024-01-02", broken())
    assert list(references.organisations("suppliers")) == [ZELVARO]
    assert references.sets()[0].origin == "a"


def test_removing(database: Database) -> None:
    references = References(database)
    references.add("suppliers", "a", "2024-01-01", [ZELVARO])
    references.remove("suppliers")
    assert references.sets() == []
    assert references.count() == 0
    with pytest.raises(NotFoundError):
        references.remove("suppliers")


def names(index: NameIndex) -> set[str]:
    return {o.name for o in index.with_words(["zelvaro", "brantwick", "olbrent"], (), (), 10)}


def test_the_index_follows_the_lists(database: Database, tmp_path: Path) -> None:
    known, state = KnownNames(database, tmp_path), State("book-1", 1, "derived-1")
    assert names(known.current(state)) == set()
    known.references.add("suppliers", "a", "2024-01-01", [ZELVARO, BRANTWICK])
    assert names(known.current(state)) == {ZELVARO.name, BRANTWICK.name}
    known.references.add("others", "a", "2024-01-01", [OLBRENT])
    assert names(known.current(state)) == {ZELVARO.name, BRANTWICK.name, OLBRENT.name}
    known.references.add("others", "a", "2024-01-02", [KnownOrganisation("ref-4", "others", "Olbrent Mills")])
    assert names(known.current(state)) == {ZELVARO.name, BRANTWICK.name, "Olbrent Mills"}
    known.references.remove("suppliers")
    assert names(known.current(state)) == {"Olbrent Mills"}


def test_what_did_not_change_is_not_written_again(database: Database, tmp_path: Path) -> None:
    known, state = KnownNames(database, tmp_path), State("book-1", 1, "derived-1")
    known.references.add("suppliers", "a", "2024-01-01", [ZELVARO, BRANTWICK])
    known.current(state)
    before = (tmp_path / "names" / "current").read_text()
    known.references.add("others", "a", "2024-01-01", [OLBRENT])
    known.current(state)
    known.current(State("book-1", 2, "derived-2"))
    assert (tmp_path / "names" / "current").read_text() == before


def test_an_index_of_another_book_or_a_damaged_one_is_made_again(database: Database, tmp_path: Path) -> None:
    known = KnownNames(database, tmp_path)
    known.references.add("suppliers", "a", "2024-01-01", [ZELVARO])
    known.current(State("book-1", 1, "d"))
    before = (tmp_path / "names" / "current").read_text()
    assert names(known.current(State("book-2", 1, "d"))) == {ZELVARO.name}
    after = (tmp_path / "names" / "current").read_text()
    assert after != before
    (tmp_path / "names" / after / "meta.json").write_text("damaged")
    assert names(KnownNames(database, tmp_path).current(State("book-2", 1, "d"))) == {ZELVARO.name}


def test_the_state_is_readable(database: Database, tmp_path: Path) -> None:
    known = KnownNames(database, tmp_path)
    state = known.current(State("book-1", 1, "d")).state()
    assert json.loads(str(state)) == ["book-1", {"book": "d"}]
