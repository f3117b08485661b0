"""Counts, sizes and money as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.text.folding import fold
from breachbook.text.values import LARGEST_COUNT, counts, monies, sizes


@pytest.mark.parametrize(
    ("words", "value", "qualifier"),
    [
        ("1.6 million people", 1_600_000, "exact"),
        ("nearly 143m consumers", 143_000_000, "about"),
        ("over 310,000 records", 310_000, "at_least"),
        ("1,545 people", 1_545, "exact"),
        ("as many as 60 million users", 60_000_000, "up_to"),
        ("fewer than 55 employees", 55, "up_to"),
        ("18,000+ employees", 18_000, "at_least"),
        ("43 000 members", 43_000, "exact"),
        ("two dozen schools", 24, "exact"),
        ("half a million voters", 500_000, "exact"),
        ("approximately 28 lakh", 2_800_000, "about"),
    ],
)
def test_counts_with_their_qualifier(words: str, value: int, qualifier: str) -> None:
    ((_, found),) = counts(fold(words))
    assert (found.value, found.qualifier) == (value, qualifier)


@pytest.mark.parametrize(
    "words", ["several thousand people", "45 percent", "12%", "a dozen firms", "10:30", "version 3.14.2", "1.5 people"]
)
def test_what_is_no_count_is_left(words: str) -> None:
    assert counts(fold(words)) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [("6.5 GB of files", 6_500_000_000), ("6.5GiB", 6_979_321_856), ("52 gigabytes", 52 * 10**9), ("2TB", 2 * 10**12), ("700 KB", 700_000)],
)
def test_sizes_are_bytes(words: str, value: int) -> None:
    assert [found for _, found in sizes(fold(words))] == [value]


@pytest.mark.parametrize("words", ["100 Mbps", "300 Gb", "8 GB/s", "GB"])
def test_rates_and_bits_are_no_sizes(words: str) -> None:
    assert sizes(fold(words)) == []


@pytest.mark.parametrize(
    ("words", "amount", "currency"),
    [
        ("$5m", 5_000_000, "USD"),
        ("US$8.1 million", 8_100_000, "USD"),
        ("€200,000", 200_000, "EUR"),
        ("£1,000", 1_000, "GBP"),
        ("100 bitcoin", 100, "BTC"),
        ("two bitcoins", 2, "BTC"),
        ("C$40,000", 40_000, "CAD"),
        ("5,000 Canadian dollars", 5_000, "CAD"),
        ("USD 2,000", 2_000, "USD"),
    ],
)
def test_money_with_its_currency(words: str, amount: int, currency: str) -> None:
    ((_, found),) = monies(fold(words))
    assert (found.amount, found.currency) == (amount, currency)


def test_a_fraction_of_a_coin_is_no_whole_amount() -> None:
    assert monies("0.8 bitcoin") == []


@given(st.text(alphabet="0123456789.,$€£ mbnk+GBTKi illion", max_size=80))
def test_any_digits_are_read_or_left(text: str) -> None:
    folded = fold(text)
    assert all(0 <= found.value <= LARGEST_COUNT for _, found in counts(folded))
    assert all(found >= 0 for _, found in sizes(folded))
    assert all(0 < found.amount <= LARGEST_COUNT for _, found in monies(folded))
