"""What a user asks with: each value is understood, or refused with the valid ones."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.errors import RequestError
from breachbook.model.listing import Filters
from breachbook.serve import parameters


def test_filters_are_normalised() -> None:
    given = {
        "query": " clop ",
        "country": "canada",
        "status": "ALLEGED",
        "attack_type": "stolen-credentials",
        "since": "2021",
        "until": "2021-02",
    }
    assert parameters.filters(given) == Filters(
        query="clop", country="CA", status="alleged", attack_type="stolen_credentials", since="2021-01-01", until="2021-02-28"
    )
    assert parameters.filters({"country": " ", "q": "ignored", "since": ""}) == Filters()


@pytest.mark.parametrize(
    ("given", "valid"),
    [
        ({"country": "XX"}, "CA"),
        ({"sector": "13"}, "31-33"),
        ({"status": "true"}, "disputed"),
        ({"attack_type": "magic"}, "ransomware"),
        ({"data_class": "secrets"}, "secrets_keys"),
        ({"since": "2021-13"}, "YYYY-MM-DD"),
        ({"until": "now"}, "YYYY"),
    ],
)
def test_wrong_values_list_the_valid_ones(given: dict[str, str | None], valid: str) -> None:
    with pytest.raises(RequestError, match=valid):
        parameters.filters(given)


def test_days() -> None:
    assert parameters.as_of("2021-04-08") == date(2021, 4, 8)
    assert parameters.as_of("") is None
    for wrong in ("2021", "2021-4-8", "20210408", "2021-02-29", "0000-01-01", "٢٠٢١-٠٤-٠٨"):
        with pytest.raises(RequestError):
            parameters.as_of(wrong)


def test_fields_by_name_and_label() -> None:
    for words in ("third_party", "third-party", "Third party", "THIRD_PARTY"):
        assert parameters.property_name(words) == "third_party"
    assert parameters.property_name("country") == "country"
    with pytest.raises(RequestError, match="occurred_from"):
        parameters.property_name("when")


@given(st.text(max_size=20))
def test_nothing_typed_is_a_defect(typed: str) -> None:
    for ask in (parameters.as_of, parameters.page, parameters.property_name, parameters.country, lambda t: parameters.bound("since", t)):
        try:
            ask(typed)
        except RequestError as error:
            assert error.reason  # noqa: PT017 - either it is understood, or it is refused with a reason
