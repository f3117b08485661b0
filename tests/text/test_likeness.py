"""How alike names are: rare words tell, slips and shortenings count in part, other words count against."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.text.likeness import likeness, near, plain_rarity
from breachbook.text.named_places import named_countries
from breachbook.text.names import latin, parse


def alike(left: str, right: str) -> float:
    return likeness(parse(left), parse(right), plain_rarity)


@pytest.mark.parametrize(
    ("asked", "nearer", "farther"),
    [
        ("Zelvaro Foods", "Zelvaro Foods Group", "Brantwick Foods"),
        ("Zelvaro Foods", "Zevlaro Foods", "Zelvaro Freight"),
        ("Zelvaro Manuf.", "Zelvaro Manufacturing", "Zelvaro Quarries"),
        ("Foods Zelvaro", "Zelvaro Foods", "Zelvaro Freight"),
        ("Zelvaro", "Zelvaro International", "Zelvaro Brantwick"),
        ("Brantwick Trust", "Brantwick", "Brantwick Bank"),
        ("Zelvaro Railway", "Zelvaro Railways", "Zelvaro Railroad"),
        ("Zel Varo", "Zelvaro", "Zel Brantwick"),
        ("zelvarofoods.com", "Zelvaro Foods Ltd", "Zelvaro Freight Ltd"),
        ("zelvaro.com", "Zelvaro Foods", "Zelia Varom"),
        ("zelvaro.com", "zelvaros.com", "brantwick.com"),
        ("bfa.org", "Brantwick Fen Authority", "Brantwick Peat Museum"),
    ],
)
def test_what_is_nearer(asked: str, nearer: str, farther: str) -> None:
    assert alike(asked, nearer) > alike(asked, farther)


def test_the_same_words_in_any_order_are_wholly_alike() -> None:
    assert alike("Museum of Zelvaro", "Zelvaro Museum") == 1.0


@pytest.mark.parametrize(("left", "right"), [("abc", "abd"), ("fund1", "fund2"), ("2004", "2005"), ("xyz", "brantwick")])
def test_short_words_and_numbers_are_not_misspelt(left: str, right: str) -> None:
    assert near(left, right) < 0.5


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_a_share_and_the_same_both_ways_for_equals(left: str, right: str) -> None:
    assert 0.0 <= alike(left, right) <= 1.0
    assert 0.0 <= alike(right, left) <= 1.0


def test_countries_that_a_name_names() -> None:
    assert named_countries(parse("Zelvaro Bank of China (Singapore)").key) == {"CN", "SG"}
    assert named_countries(parse("Zelvaro Norwegian Lines").key) == {"NO"}
    assert named_countries(parse("Zelvaro Foods").key) == frozenset()


@pytest.mark.parametrize(
    ("text", "written"), [("Газпром", "Gazprom"), ("Société Générale", None), ("Zelvaro 3 & Co.", None), ("Ελλάς", "Ellas")]
)
def test_names_in_other_scripts_have_a_latin_form(text: str, written: str | None) -> None:
    assert latin(text) == written
