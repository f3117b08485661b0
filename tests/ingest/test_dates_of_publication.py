"""Dates of publication: what is understood, and what cannot be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.errors import IngestError
from breachbook.ingest.dates import date_in, dateline, required, tolerated, written_date

TODAY = "2024-06-01"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2021", "2021"),
        ("2021-04", "2021-04"),
        ("2021-04-09", "2021-04-09"),
        ("2018_11_9", "2018-11-09"),
        ("2021/04/09", "2021-04-09"),
        ("20210409", "2021-04-09"),
        ("2021-04-09T23:30:00-05:00", "2021-04-09"),
        ("2021-09-09 23:46:53.997398", "2021-09-09"),
        ("April 9, 2021", "2021-04-09"),
        ("Apr. 9th 2021", "2021-04-09"),
        ("Friday, 9 April 2021", "2021-04-09"),
        ("9th of Sept. 2021 at 10:30 am", "2021-09-09"),
        ("Fri, 09 Apr 2021 10:00:00 +0000", "2021-04-09"),
        ("May 2021", "2021-05"),
        ("03/17/2021", "2021-03-17"),
        ("17.3.2021", "2021-03-17"),
        ("04/04/2021", "2021-04-04"),
        ("03/04/2021", None),
        ("Marchember 3, 2021", None),
        ("3 weeks ago", None),
        ("", None),
    ],
)
def test_what_is_understood(written, value):
    assert written_date(written) == value


@pytest.mark.parametrize(
    "written", ["0000", "0000-01-01", "9999-12-31", "2021-02-30", "2021-13", "1970-01-01", "1900", "2024-06-03", "2025", "soon"]
)
def test_what_cannot_be_one(written):
    assert tolerated(written, TODAY) is None
    with pytest.raises(IngestError) as caught:
        required(written, TODAY)
    assert caught.value.code == "bad_date"


def test_none_is_none():
    assert required(None, TODAY) is None
    assert required("  ", TODAY) is None
    assert tolerated(None, TODAY) is None


@pytest.mark.parametrize(
    ("phrase", "near", "value"),
    [
        ("April 12", "2021-04-08", "2021-04-12"),
        ("January 3, 9 am ET", "2021-12-30", "2022-01-03"),
        ("December 30", "2022-01-03", "2021-12-30"),
        ("3 May 2021", None, "2021-05-03"),
        ("April 12", None, None),
        ("April 12", "2021", "2021-04-12"),
        ("2021-04-12 10:00", None, "2021-04-12"),
        ("4:40 pm EDT", "2021-04-08", None),
        ("4/5/21", "2021-04-08", None),
        ("February 30", "2021-04-08", None),
    ],
)
def test_dates_of_updates(phrase, near, value):
    assert date_in(phrase, near) == value


def test_a_dateline_stands_alone_and_near_the_top():
    assert dateline("Notice\n\nPublished: 9 April 2021\n\nText", TODAY) == "2021-04-09"
    assert dateline("Notice\n\nOn 9 April 2021 we learned of it.", TODAY) is None
    assert dateline("Notice\n\n9 April 2031\n\nText", TODAY) is None
    assert dateline("line\n" * 40 + "9 April 2021", TODAY) is None


@given(st.text(max_size=100))
def test_any_text_is_understood_or_not(text):
    value = tolerated(text, TODAY)
    assert value is None or value[:2] in ("19", "20")
    date_in(text, "2021")
