"""Values in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.text import display


@pytest.mark.parametrize(
    ("value", "qualifier", "words"),
    [
        ("2021-01-20", None, "20 January 2021"),
        ("2021-01", None, "January 2021"),
        ("2021", None, "2021"),
        ("2021-04-09", "up_to", "by 9 April 2021"),
        ("2021-01-20", "about", "about 20 January 2021"),
        ("2021-01", "at_least", "January 2021 or later"),
        ("2021-01-20", "exact", "20 January 2021"),
    ],
)
def test_dates(value: str, qualifier: str | None, words: str) -> None:
    assert display.date(value, qualifier) == words


@pytest.mark.parametrize(
    ("value", "qualifier", "words"),
    [
        (1545, None, "1,545"),
        (1_600_000, "about", "about 1.6 million"),
        (147_900_000, None, "147.9 million"),
        (2_450_000, None, "2.45 million"),
        (3_253_822, None, "3,253,822"),
        (310_000, "at_least", "at least 310,000"),
        (1_000_000_000, "up_to", "up to 1 billion"),
        (0, None, "0"),
    ],
)
def test_counts(value: int, qualifier: str | None, words: str) -> None:
    assert display.count(value, qualifier) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(6_500_000_000, "6.5 GB"), (1_000, "1 kB"), (999, "999 bytes"), (2_000_000_000_000, "2 TB"), (1_234_567, "1.23 MB")],
)
def test_sizes(value: int, words: str) -> None:
    assert display.size(value) == words


def test_money() -> None:
    assert display.money(8_100_000, "USD") == "8.1 million US dollars"
    assert display.money(50_000, "PLN", "about") == "about 50,000 PLN"
    assert display.money(70, None) == "70"


@pytest.mark.parametrize(
    ("code", "name"), [("CA", "Canada"), ("GB", "United Kingdom"), ("KR", "South Korea"), ("RU", "Russia"), ("ZZ", "ZZ")]
)
def test_countries(code: str, name: str) -> None:
    assert display.country(code) == name


def test_countries_within_a_sentence() -> None:
    assert [display.in_country(code) for code in ("CA", "US", "GB", "NL")] == [
        "Canada",
        "the United States",
        "the United Kingdom",
        "the Netherlands",
    ]


def test_domains_are_no_links() -> None:
    assert display.defanged("durham.ca") == "durham[.]ca"
    assert display.defanged("durham[.]ca") == "durham[.]ca"
    assert display.defanged("https://www.durham.ca/") == "hxxps://www[.]durham[.]ca/"


def test_lists() -> None:
    assert [display.listed(p) for p in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == ["", "a", "a and b", "a, b and c"]


@given(st.integers(0, 10**15))
def test_a_count_in_words_loses_nothing(value: int) -> None:
    words = display.count(value)
    number, _, unit = words.replace(",", "").partition(" ")
    factor = {"": 1, "million": 10**6, "billion": 10**9}[unit]
    whole, _, part = number.partition(".")
    assert int(whole) * factor + (int(part) * factor // 10 ** len(part) if part else 0) == value
