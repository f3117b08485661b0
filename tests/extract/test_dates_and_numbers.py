"""Which of several dates or numbers stands: the exact one for the loose one, the told again for the told once."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.extract.context import Context
from breachbook.extract.counts import Counts, count_mentions, rounds
from breachbook.extract.date_mentions import date_mentions
from breachbook.extract.dates import Dates
from breachbook.extract.reader import context_of
from breachbook.extract.value_extractors import patterns
from breachbook.model.document import Document
from breachbook.text.scanner import Scanner, default_cache


@cache
def scanner() -> Scanner:
    return Scanner(patterns(), cache=default_cache())


def context(text: str, published: str = "2021-06-18") -> Context:
    return context_of(Document("text", text, "0", published=published), scanner())


def best(text: str, property: str) -> object:
    found = [f for extractor in (Dates(), Counts()) for f in extractor.find(context(text)) if f.property == property]
    return max(found, key=lambda f: f.weight).value if found else None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("It was hit on Friday, May 14, by hackers.", ["2021-05-14"]),
        ("It was hit on Wednesday (June 9).", ["2021-06-09"]),
        ("In a message sent yesterday (16 June) it warned its users.", ["2021-06-16"]),
        ("It was hit on Monday. On 3 May it had bought new servers.", ["2021-06-14", "2021-05-03"]),
        ("The attack began on Monday and ended on June 16.", ["2021-06-14", "2021-06-16"]),
    ],
)
def test_a_weekday_beside_its_date_is_one_date(text: str, days: list[str]) -> None:
    assert [m.value for m in date_mentions(context(text))] == days


def test_the_exact_date_stands_for_the_loose_one() -> None:
    text = "The breach was discovered earlier this year by the bank. The bank discovered the breach on 9 January 2021, it says."
    assert best(text, "discovered") == "2021-01-09"


def test_what_was_over_within_hours_ended_on_the_day_it_began() -> None:
    text = "The attack on the mail provider began on 3 May 2021. Its engineers stopped the attack within an hour."
    assert best(text, "occurred_from") == best(text, "occurred_to") == "2021-05-03"


def test_a_span_of_days_keeps_its_own_end() -> None:
    text = "Intruders had access between 3 May 2021 and 9 May 2021. Engineers stopped another attack within an hour."
    assert best(text, "occurred_to") == "2021-05-09"


def test_a_date_surer_to_be_that_of_the_letters_is_none_of_the_attack() -> None:
    text = "The clinic began notifying patients of the breach on 24 May 2021."
    found = {f.property for f in Dates().find(context(text))}
    assert "notified" in found
    assert "occurred_from" not in found


def test_the_exact_number_stands_for_the_rounded_one() -> None:
    text = "Phishing exposes data of 2,800 patients\n\nThe attack exposed the personal data of 2,789 patients, the hospital said."
    assert best(text, "people_affected") == 2_789


@pytest.mark.parametrize(
    ("rough", "exact", "same"),
    [
        (1_000_000, 1_023_466, True),
        (2_800, 2_789, True),
        (200_000, 218_000, True),
        (2_800, 2_899, True),
        (300_000, 1_000_000, False),
        (2_789, 2_800, False),
        (500, 500, False),
        (1_000_000, 2_023_466, False),
    ],
)
def test_rounding(rough: int, exact: int, same: bool) -> None:
    assert rounds(rough, exact) is same


@given(st.integers(1, 10**13), st.integers(1, 10**13))
def test_rounding_goes_one_way(left: int, right: int) -> None:
    assert not (rounds(left, right) and rounds(right, left))


def test_digits_of_a_name_are_no_count() -> None:
    assert [m.count.value for m in count_mentions(context("Shop 01617 lost the files of 976 customers."))] == [976]


def test_of_a_row_of_nouns_the_last_is_counted() -> None:
    text = "Hackers stole 32 million user accounts of the forum, it said."
    assert best(text, "records_affected") == 32_000_000
    assert best(text, "people_affected") is None


def test_a_notice_that_tells_the_number_affected() -> None:
    text = (
        "The covered entity (CE) reported that a log was missing. The approximate number of individuals affected by the breach was 1,138. "
        "The CE notified the affected individuals and the media."
    )
    assert best(text, "people_affected") == 1_138
