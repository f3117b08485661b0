"""Dates as people write them: what they mean on the day they were written, no more precisely than they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.text.date_words import find, read, resolve
from breachbook.text.folding import fold
from breachbook.text.partial_dates import is_partial_date

THURSDAY = "2021-04-29"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("on or around 20 January 2021", "2021-01-20"),
        ("January 20th, 2021", "2021-01-20"),
        ("Jan. 20", "2021-01-20"),
        ("the 3rd of December", "2020-12-03"),
        ("2021-01-20", "2021-01-20"),
        ("10/31/2012", "2012-10-31"),
        ("31/12/2012", "2012-12-31"),
        ("late March", "2021-03"),
        ("mid-May 2017", "2017-05"),
        ("last December", "2020-12"),
        ("the end of last month", "2021-03"),
        ("earlier this month", "2021-04"),
        ("this year", "2021"),
        ("last year", "2020"),
        ("in 2019", "2019"),
        ("last spring", "2020"),
        ("Monday", "2021-04-26"),
        ("Thursday", "2021-04-29"),
        ("last Thursday", "2021-04-22"),
        ("Friday of last week", "2021-04-23"),
        ("today", "2021-04-29"),
        ("yesterday", "2021-04-28"),
        ("over the weekend", "2021-04"),
        ("last week", "2021-04"),
        ("two weeks ago", "2021-04"),
        ("a year ago", "2020"),
        ("May", None),
        ("hackers may have", None),
        ("31 February 2017", None),
    ],
)
def test_words_mean_a_partial_date(words: str, meant: str | None) -> None:
    found = read(words, THURSDAY)
    assert (found.value if found else None) == meant


def test_a_month_without_a_year_is_the_last_one_that_began() -> None:
    assert read("in November", "2021-04-29") is not None
    assert getattr(read("in November", "2021-04-29"), "value", None) == "2020-11"
    assert getattr(read("in March", "2021-04-29"), "value", None) == "2021-03"


def test_nothing_is_guessed_without_a_day_to_hold_it_against() -> None:
    assert read("last month") is None
    assert read("on 20 January") is None
    assert read("yesterday", "2021-04") is None
    assert getattr(read("last month", "2021-04"), "value", None) == "2021-03"


def test_counts_are_not_dates() -> None:
    assert [m[0] for m in find("In March 2,300 people and 5 million users")] == ["March"]


@given(st.text(max_size=120), st.dates().map(lambda d: d.isoformat()) | st.none())
def test_whatever_is_read_is_a_date_of_the_calendar(text: str, reference: str | None) -> None:
    for match in find(fold(text)):
        when = resolve(match, reference)
        assert when is None or (is_partial_date(when.first) and is_partial_date(when.last) and is_partial_date(when.value))


@given(
    st.sampled_from(["Monday", "last week", "last winter", "two months ago", "last month", "over the weekend", "ten years ago"]), st.dates()
)
def test_relative_words_hold_at_the_calendars_edges(words: str, day: object) -> None:
    read(words, str(day))
