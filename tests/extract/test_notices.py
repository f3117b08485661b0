"""Notices: victims' own letters and authorities' short accounts, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.extract.candidates import candidates
from breachbook.extract.context import Context
from breachbook.extract.mentions import MentionFinder
from breachbook.extract.notices import is_notice, may_be_notice, sender_features
from breachbook.extract.reader import OfflineReader, context_of
from breachbook.extract.report_record import report_record
from breachbook.model.document import Document
from breachbook.model.ids import digest
from breachbook.text.scanner import Scanner


def _document(body: str, title: str | None = None) -> Document:
    text = f"{title}\n\n{body}" if title else body
    return Document("text", text, digest(text.encode()), title=title, language="en")


def _context(body: str, title: str | None = None) -> Context:
    return context_of(_document(body, title), Scanner({}))


LETTER = (
    "On 3 May 2021, Halvorsen Orchard Supply learned that a file with your name and Social Security number was inadvertently sent "
    "to another customer. We asked that customer to delete the file. Halvorsen Orchard Supply regrets this."
)
ACCOUNT = "On 3 May 2021, Halvorsen Orchard Supply became aware that an employee's email account was used without authorization."
NEWS = (
    "Halvorsen Orchard Supply was hacked in May, the company said on Monday. According to the police, the thieves took card numbers. "
    "A spokesman told the paper that customers would be informed."
)


@pytest.mark.parametrize(("body", "expected"), [(LETTER, True), (ACCOUNT, True), (NEWS, False)])
def test_a_short_text_that_gives_no_sources_is_an_own_account(body: str, expected: bool) -> None:
    assert is_notice(_context(body)) is expected


def test_news_with_a_headline_is_no_notice_although_it_gives_no_source() -> None:
    assert not is_notice(_context(ACCOUNT, "Mail account of Halvorsen broken into"))


def test_a_letter_that_names_no_attack_is_read() -> None:
    assert may_be_notice(_context(LETTER))
    record = OfflineReader().read(_document(LETTER))
    assert record.relevant
    assert any(c.property == "victim" and "Halvorsen" in str(c.value) for c in record.claims)


def test_who_has_customers_looks_like_the_sender_and_who_told_of_it_does_not() -> None:
    context = _context("We were notified by Brennick Hosting of a break-in. Quillfeather customers were affected.")
    things = {c.name: sender_features(c) for c in candidates(MentionFinder(context).chunks(), context.text)}
    assert "notice-owns=1" in things["Quillfeather"]
    assert "notice-told=1" in things["Brennick Hosting"]


@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    assert is_notice(_context(text or " ")) in (True, False)


def test_a_notice_that_names_nobody_tells_of_an_incident_without_a_victim() -> None:
    text = (
        "A staff member lost a notebook with the protected health information (PHI) of 525 patients of the covered entity (CE). "
        "The PHI included names and dates of birth. The CE notified the individuals and retrained its staff."
    )
    document = _document(text)
    record = report_record(document, OfflineReader().read(document))
    [incident] = record["incidents"]
    assert record["relevant"] is True
    assert incident["victims"] == []
    assert incident["people_affected"] == {"value": 525, "qualifier": "exact"}
