"""Names of organisations: keys, reorderings, what is only described, what many bear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.text.names import fold, forms, is_acronym_of, is_described, parse

SAME_KEY = [
    ("The Regional Municipality of Durham", "Durham Region"),
    ("Region of Durham", "Durham Region"),
    ("Durham Region’s", "DURHAM REGION"),
    ("County of Wayne", "Wayne County"),
    ("City of New York", "New York City"),
    ("State of Washington", "Washington State"),
    ("Orvel Aktiengesellschaft", "Orvel AG"),
    ("Zelvaro, Inc.", "zelvaro"),
    ("OOO Severnik", "Severnik"),
    ("Banque Générale S.A.", "Banque Generale SA"),
    ("Saint Anne's Hospital", "St. Annes Hospital"),
    ("Brandt & Sohn", "Brandt and Sohn"),
    ("Q.R.S. Logistics", "QRS Logistics"),
    ("World Rail Organisation", "World Rail Organization"),
    ("Lakeside County Schools", "Lakeside County School District"),
    ("U.S. Department of State", "United States Department of State"),
    ("Ville de Rimont", "City of Rimont"),
]

DIFFERENT_KEY = [
    ("University of Washington", "Washington University"),
    ("Durham County", "Durham Region"),
    ("City of Durham", "Durham County"),
    ("Memorial Health", "Memorial Health System"),
    ("Bank of Ruritania", "Ruritania Bank"),
    ("Borve Systems II", "Borve Systems"),
]


@pytest.mark.parametrize(("left", "right"), SAME_KEY)
def test_forms_of_one_name_have_one_key(left: str, right: str) -> None:
    assert parse(left).key == parse(right).key


@pytest.mark.parametrize(("left", "right"), DIFFERENT_KEY)
def test_other_names_have_other_keys(left: str, right: str) -> None:
    assert parse(left).key != parse(right).key


@pytest.mark.parametrize(
    "name",
    ["an engineering firm in East Dorset", "A hospital", "several banks", "customers", "the company", "two hospitals in Ohio", "Unknown",
     "N/A", "B***** Industries", "dozens of schools", "A major US bank", "fitness app users", "x", ""],
)  # fmt: skip
def test_described_victims_are_told_from_named_ones(name: str) -> None:
    assert is_described(name)


@pytest.mark.parametrize(
    "name",
    ["Durham Region", "A2 Hosting", "An Post", "Three Rivers College", "Our Lady of the Lake", "Citizens Bank", "Some Like It Hot LLC",
     "AT&T", "XXXLutz", "Local Government Association", "equifax", "株式会社トモク", "Two Rivers Bank"],
)  # fmt: skip
def test_names_that_begin_like_descriptions_are_names(name: str) -> None:
    assert not is_described(name)


@pytest.mark.parametrize(
    "name",
    [
        "Memorial Health System",
        "St. Mary's Hospital",
        "First National Bank",
        "Wayne County",
        "City of Springfield",
        "Lincoln School District",
    ],
)
def test_names_borne_by_many_are_generic(name: str) -> None:
    assert parse(name).generic


@pytest.mark.parametrize(
    "name",
    [
        "Durham Region",
        "Equifax",
        "Accellion",
        "State of Washington",
        "Kettering Health",
        "University of Oregon",
        "Reserve Bank of New Zealand",
    ],
)
def test_names_of_ones_own_are_not(name: str) -> None:
    assert not parse(name).generic


def test_several_names_in_one_are_taken_apart() -> None:
    assert [n.key for n in forms("Ardenmoor North West School Trust (ANWST)")] == ["ardenmoor north west school trust", "anwst"]
    assert [n.key for n in forms("Zelvaro Ltd d/b/a Quickmeal")] == ["zelvaro", "quickmeal"]
    assert [n.key for n in forms("Zelvaro.com (Zelvaro and Partners)")] == ["zelvaro.com", "zelvaro partners"]
    assert [n.key for n in forms("Zelvaro - zelvaro.com")] == ["zelvaro", "zelvaro.com"]


def test_a_subsidiary_in_brackets_keeps_them() -> None:
    assert parse("Orvel (North America) Inc.").key != parse("Orvel").key


def test_legal_forms_that_are_words_stay() -> None:
    assert parse("AT&T").key == "at t"
    assert parse("AS Monaro").key == "as monaro"


def test_an_acronym_is_weak_but_seen() -> None:
    assert is_acronym_of("RBNZ", parse("Reserve Bank of New Zealand"))
    assert not is_acronym_of("RB", parse("Reserve Bank"))


def test_scripts_without_letters_of_ours_are_kept() -> None:
    assert parse("株式会社トモク").key == "株式会社トモク"
    assert fold("Müller Straße") == "muller strasse"


@given(st.text(max_size=400))
def test_any_text_can_be_parsed(text: str) -> None:
    name = parse(text)
    assert parse(text) == name
    assert all(form.key for form in forms(text)) or not name.key
