"""Domains: harmless and back, the registered part, what they say of a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.text.domains import defang, host, label, refang, registered


@pytest.mark.parametrize(
    "written", ["durham.ca", "durham[.]ca", "www.durham.ca", "hxxps://www.durham[.]ca/en/page?x=1", "DURHAM.CA", "durham(dot)ca"]
)
def test_all_ways_of_writing_a_domain_are_one(written: str) -> None:
    assert registered(written) == "durham.ca"


@pytest.mark.parametrize("written", ["Amazon.com, Inc.", "St. Mary", "J.P. Morgan", "report.txt", "1.5", "", "a.b", "x" * 5000 + ".com"])
def test_what_is_no_domain_is_none(written: str) -> None:
    assert host(written) is None
    assert registered(written) is None


def test_a_page_on_a_shared_host_is_nobodys_domain() -> None:
    assert registered("https://www.facebook.com/durham") is None


def test_governments_under_one_suffix_are_several() -> None:
    assert registered("muswellbrook.nsw.gov.au") != registered("transport.nsw.gov.au")


def test_label_is_what_the_domain_says_of_a_name() -> None:
    assert label("mclaughlin-stern.co.uk") == "mclaughlinstern"


def test_defang_makes_no_link() -> None:
    assert defang("durham.ca") == "durham[.]ca"
    assert defang("https://durham.ca/en") == "hxxps://durham[.]ca/en"


@given(st.from_regex(r"[a-z]{2,10}\.(ca|com|co\.uk)", fullmatch=True))
def test_refang_undoes_defang(domain: str) -> None:
    assert refang(defang(domain)) == domain


@given(st.text(max_size=300))
def test_any_text_can_be_asked(text: str) -> None:
    assert host(text) is None or registered(text) is None or "." in str(registered(text))
