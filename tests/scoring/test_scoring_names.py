"""When two names are the same for a score."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.scoring.names import entity, plain, same_entity, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lake Clinic", "lake clinic"),
        ("Lake Clinic, Inc.", "Lake Clinic"),
        ("The Lake Clinic's", "Lake Clinic"),
        ("Universität Köln", "Universitat Koln"),
        ("Lake Clinic", "Lake Clinic of Northern Ohio"),
        ("Group plc", "group PLC"),
    ],
)
def test_the_same(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Lake", "Lake Clinic"), ("Lake Clinic", "Hill Clinic"), ("", ""), ("—", "…"), ("", "Lake"), ("", "the")]
)
def test_not_the_same(one: str, other: str) -> None:
    assert not same_name(one, other)
    assert not same_name(other, one)


@given(st.text(max_size=40), st.text(max_size=40))
def test_it_does_not_matter_which_comes_first(one: str, other: str) -> None:
    assert same_name(one, other) == same_name(other, one)


@given(st.text(max_size=40))
def test_plain_is_plain_already(name: str) -> None:
    assert plain(plain(name)) == plain(name)


def test_things_are_the_same_under_any_of_their_names() -> None:
    one = {"name": "Regional Municipality of Lakes", "aliases": ["Lakes Region"]}
    assert same_entity(one, {"name": "Lakes Region", "aliases": []})
    assert not same_entity(one, {"name": None, "aliases": None})
    assert entity("Clop") == {"name": "Clop"}
