"""Cells of structured sources: dates, numbers, countries, domains and words of a closed list, and what is none of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.text.cells import CellFault, Stated, cell, cell_date, country_code
from breachbook.text.partial_dates import is_partial_date
from breachbook.vocab.source_maps import Column


def column(*states: str, **more) -> Column:
    return Column(("c",), "Label", states=states, **more)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2023-05-13 02:32:10.000000", "2023-05-13"),
        ("2015-10-26T23:35:45Z", "2015-10-26"),
        ("02/04/2021 12:00:00 AM", "2021-02-04"),
        ("November 04, 2019", "2019-11-04"),
        ("2019-11", "2019-11"),
        ("2019", "2019"),
        ("2023-02-30", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates(words, value):
    assert cell_date(words) == value


def test_dates_with_the_day_first():
    assert cell_date("04/09/2021", day_first=True) == "2021-09-04"
    assert cell_date("31/09/2021", day_first=True) is None


@pytest.mark.parametrize(
    ("words", "value"),
    [("FR", "FR"), ("fr", "FR"), ("DEU", "DE"), ("France", "FR"), ("UK", "GB"), ("United States", "US"), ("XX", None), ("", None)],
)
def test_countries(words, value):
    assert country_code(words) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [("1,547", 1547), ("695", 695), ("1 234 567", 1234567), ("12.0", 12), ("many", None), ("-3", None), ("9" * 15, None)],
)
def test_counts(words, value):
    (found,) = cell(column("people_affected"), words)
    assert found == Stated("people_affected", value, 0, len(words)) if value is not None else isinstance(found, CellFault)


def test_words_of_a_list_state_what_the_map_says_each_at_its_place():
    listed = column(values={"theft": (("attack_type", "physical"),), "other": ()}, separator=",", always=(("effect", "data_exposed"),))
    words = "Theft, Other, Sorcery"
    found = list(cell(listed, words))
    assert [(f.property, words[f.start : f.end]) for f in found if isinstance(f, Stated)] == [("attack_type", "Theft"), ("effect", words)]
    assert [f.code for f in found if isinstance(f, CellFault)] == ["unknown_value"]
    assert "Sorcery" in next(f.detail for f in found if isinstance(f, CellFault))


def test_unknown_words_of_an_open_list_are_nothing_to_speak_of():
    assert list(cell(column(values={"theft": ()}, open=True), "Sorcery")) == []


def test_domains():
    assert next(cell(column("domain"), "https://www.lake-clinic.org/en")).value == "lake-clinic.org"
    assert next(cell(column("domain"), "https://www.a?????k.com")).code == "odd_domain"


@given(st.text(max_size=60), st.sampled_from(["listed", "people_affected", "country", "domain", "region", "victim"]), st.booleans())
def test_any_words_state_something_of_the_form_or_are_a_fault(words, name, day_first):
    for found in cell(column(name), words, day_first=day_first):
        if isinstance(found, Stated):
            assert 0 <= found.start <= found.end <= len(words)
            assert name != "listed" or is_partial_date(str(found.value))
            assert name != "people_affected" or (isinstance(found.value, int) and found.value >= 0)
        else:
            assert found.code.startswith("odd_")
