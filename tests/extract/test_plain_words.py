"""What plain words settle, whatever the judges think: names with numbers, seats, tools, denials, dates, data not affected, authors."""

from __future__ import annotations

from functools import cache

from breachbook.extract.reader import OfflineReader
from breachbook.model.claim import Claim
from breachbook.model.document import Document
from breachbook.text.speakers import speeches


@cache
def reader() -> OfflineReader:
    return OfflineReader()


def claims(text: str, title: str, property: str) -> list[Claim]:
    made = Document(kind="text", text=f"{title}\n\n{text}", raw_digest="x", title=title, published="2023-05-09", publisher_role="press")
    return [c for c in reader().read(made).claims if c.property == property]


def test_a_name_may_begin_with_two_numbers() -> None:
    text = "24/7 Harbour Clinic, a hospital in Ohio, was hacked. 24/7 Harbour Clinic has notified 41,200 patients of the data breach."
    title = "24/7 Harbour Clinic hit by data breach"
    assert [c.value for c in claims(text, title, "victim")] == ["24/7 Harbour Clinic"]
    assert [c.value for c in claims(text, title, "people_affected")] == [41_200]


def test_the_seat_behind_a_name_is_no_part_of_it() -> None:
    text = "Wexcombe Health System of Torley, Ohio, was hit by a ransomware attack. Wexcombe Health System has informed the police."
    assert [c.value for c in claims(text, "Wexcombe Health System hit by ransomware attack", "victim")] == ["Wexcombe Health System"]


def test_a_denial_in_plain_words_is_no_confirmation() -> None:
    text = "A group claimed that it hacked Ostrey Bank and stole customer data. Ostrey Bank denied that it was breached, the company said."
    found = claims(text, "Ostrey Bank denies breach after hackers claim data theft", "confirmed")
    assert {c.certainty for c in found} == {"denied"}


def test_data_said_not_to_be_affected_is_denied() -> None:
    text = (
        "Hackers breached Ostrey Hospital and stole names and home addresses of patients, the hospital said. Passwords were not affected."
    )
    denied = {c.value for c in claims(text, "Ostrey Hospital hit by data breach", "data_class") if c.certainty == "denied"}
    assert "passwords" in denied


def test_the_day_it_was_learned_is_not_the_day_it_happened() -> None:
    text = "Hackers breached Ostrey Hospital and stole data of patients. The hospital discovered the breach on March 3, 2023."
    title = "Ostrey Hospital hit by data breach"
    assert [c.value for c in claims(text, title, "discovered")] == ["2023-03-03"]
    assert not claims(text, title, "occurred_from")


def test_a_letter_speaks_for_its_author() -> None:
    first = speeches("In an e-mail to a reporter, the hackers said that they broke into the bank.")[0]
    assert (first.start, first.role) == (0, "threat_actor")


def test_claims_of_something_are_no_speech() -> None:
    assert not speeches("Unemployment claims of 1.6 million people were exposed.")
