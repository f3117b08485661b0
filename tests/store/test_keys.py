"""Keys under which names and domains are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.store.keys import LONGEST_KEY, bounded, compared_key, date_span, domain_key, name_key, value_key


@pytest.mark.parametrize("name", ["The Café, Inc.", "cafe inc", "CAFÉ  INC", "Cafe' Inc"])
def test_case_accents_and_punctuation_do_not_matter(name: str) -> None:
    assert name_key(name) == "cafe inc"


def test_a_name_that_is_an_article_stays() -> None:
    assert name_key("The The") == "the"
    assert name_key("The") == "the"


@pytest.mark.parametrize(
    "text", ["durham.ca", "DURHAM[.]ca", "https://www.durham.ca/en/news?x=1", "hxxps://durham[.]ca:443/", "durham(.)ca."]
)
def test_domains_are_seen_through_defanging(text: str) -> None:
    assert domain_key(text) == "durham.ca"


@pytest.mark.parametrize("text", ["Durham Region", "", "durham", "a..b", "-x.com", "x" * 70 + ".com", "." * 1000])
def test_what_is_no_domain_is_none(text: str) -> None:
    assert domain_key(text) is None


def test_a_region_has_one_key_however_it_is_named() -> None:
    assert compared_key("The Regional Municipality of Durham") == compared_key("Region of Durham") == compared_key("Durham Region")


@given(st.text(st.characters(codec=None), max_size=3000))
def test_keys_are_bounded_and_can_be_stored(text: str) -> None:
    for key in (name_key(text), value_key(text), compared_key(text), domain_key(text) or ""):
        assert len(key) <= LONGEST_KEY + 21
        assert "\x00" not in key
        key.encode("utf-8")


def test_long_keys_with_one_beginning_stay_apart() -> None:
    assert bounded("x" * 1000 + "a") != bounded("x" * 1000 + "b")


def test_a_partial_date_spans_its_days() -> None:
    assert date_span("2021-02") == ("2021-02-01", "2021-02-28")
    assert date_span(None) == date_span("soon") == ("", "")
