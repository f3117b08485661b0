"""The index of names: by keys, words, words near them, and keys near one; what is taken out is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from breachbook.errors import StoreError
from breachbook.model.reference import KnownOrganisation
from breachbook.store.name_index import NameIndex

KNOWN = [
    KnownOrganisation("1", "a", "Zelvaro Foods Inc.", ("ZF Retail",), ("zelvaro.com",), ("US",)),
    KnownOrganisation("2", "a", "Brantwick County School District"),
    KnownOrganisation("3", "b", "Olbrent Quarry Works"),
    KnownOrganisation("4", "b", "olbrentworks.org"),
]


@pytest.fixture
def index(tmp_path: Path) -> NameIndex:
    made = NameIndex(tmp_path)
    made.rebuild("one", KNOWN)
    return made


def ids(found: list[KnownOrganisation]) -> list[str]:
    return [organisation.id for organisation in found]


def test_an_organisation_comes_back_whole(index: NameIndex) -> None:
    assert index.with_keys(["zelvarofoods"], 5) == [KNOWN[0]]


@pytest.mark.parametrize(
    ("key", "id_"), [("zelvarofoods", "1"), ("zfretail", "1"), ("@zelvaro.com", "1"), ("~bcsd", "2"), ("olbrentworks", "4")]
)
def test_by_keys(index: NameIndex, key: str, id_: str) -> None:
    assert ids(index.with_keys([key], 5)) == [id_]


def test_by_words_near_and_shortened_ones(index: NameIndex) -> None:
    assert ids(index.with_words(["olbrent", "quarry"], (), (), 5)) == ["3"]
    assert ids(index.with_words((), ["brantwikc"], (), 5)) == ["2"]
    assert ids(index.with_words((), (), ["quar"], 5)) == ["3"]
    assert ids(index.near_keys("zelvarofods", 5)) == ["1"]


def test_rare_words_tell_more(index: NameIndex) -> None:
    assert index.rarity("nowhere") > index.rarity("foods") > 0
    assert index.is_known("foods")
    assert not index.is_known("nowhere")


def test_a_change_is_one_step_and_only_from_what_it_was(index: NameIndex) -> None:
    assert not index.update("other", "two", [], [("source", "a")])
    assert index.state() == "one"
    assert index.update("one", "two", [KnownOrganisation("5", "c", "Zelvaro Mills")], [("source", "a")])
    assert index.state() == "two"
    assert ids(index.with_words(["zelvaro"], (), (), 5)) == ["5"]
    assert ids(index.with_keys(["olbrentworks"], 5)) == ["4"]


def test_a_failure_leaves_the_index_as_it_was(index: NameIndex) -> None:
    def broken():  # type: ignore[no-untyped-def]
        yield KnownOrganisation("5", "c", "Zelvaro Mills")
        raise RuntimeError("half-way")

    with pytest.raises(RuntimeError):
        index.update("one", "two", broken(), [("source", "a")])
    assert index.state() == "one"
    assert ids(index.with_words(["zelvaro"], (), (), 5)) == ["1"]


def test_another_process_sees_what_was_written(index: NameIndex, tmp_path: Path) -> None:
    other = NameIndex(tmp_path)
    assert other.state() == "one"
    index.update("one", "two", [], [("source", "b")])
    other.refresh()
    assert other.state() == "two"


def test_without_an_index_the_way_out_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="reindex"):
        NameIndex(tmp_path).with_keys(["x"], 5)


def test_odd_names_do_no_harm(tmp_path: Path) -> None:
    made = NameIndex(tmp_path)
    odd = ["", " ", "\x00", "\ud800", "()", "x" * 5000, "藤森工業株式会社", "a b " * 200, "((((((", "....", "*"]
    made.rebuild("odd", [KnownOrganisation(str(place), "a", name) for place, name in enumerate(odd)])
    assert made.state() == "odd"
    assert ids(made.with_keys(["藤森工業株式会社"], 5)) == ["6"]
