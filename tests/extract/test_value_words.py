"""What the words around a kind of attack, a claim, a ransom or a kind of data make of it."""

from __future__ import annotations

import pytest

from breachbook.extract.context import Context, Finding
from breachbook.extract.reader import context_of
from breachbook.extract.surroundings import hits
from breachbook.extract.term_judges import report_features
from breachbook.extract.value_extractors import patterns, value_extractors
from breachbook.model.document import Document
from breachbook.model.ids import digest
from breachbook.text.scanner import Scanner, default_cache

SCANNER = Scanner(patterns(), cache=default_cache())


def context(text: str) -> Context:
    """A text as the extractors see it."""
    return context_of(Document("text", text, digest(text.encode()), language="en"), SCANNER)


def found(text: str, property: str) -> list[Finding]:
    """The findings of one property in a text."""
    read = context(text)
    return [f for extractor in value_extractors() for f in extractor.find(read) if f.property == property]


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("The outage at Ashford Borough Council was the result of a phishing e-mail.", "did"),
        ("Customers of Ashford Bank were told to be on the lookout for phishing e-mails.", "fear"),
        ("The council ruled out phishing.", "never"),
        ("It resembles other phishing attacks.", "others"),
        ("Phishing hit the council.", "bare"),
    ],
)
def test_the_words_before_a_kind_of_attack_tell_what_is_said_of_it(text: str, frame: str) -> None:
    read = context(text)
    assert f"{frame}:phishing.word" in report_features(read, hits(read, "attack_type"))


def test_frames_are_no_kind_of_attack() -> None:
    text = "Ashford Council hit by ransomware\n\nAshford Council was hit by a ransomware attack on Monday. Hackers demanded a ransom."
    terms = {f.value for f in found(text, "attack_type")}
    assert "ransomware" in terms
    assert "frame" not in terms


def test_a_refusal_to_say_whether_a_ransom_was_paid_is_no_refusal_to_pay() -> None:
    unsaid = "Ashford Council hit by ransomware\n\nThe mayor of Ashford declined to say whether the council had paid the ransom."
    refused = "Ashford Council hit by ransomware\n\nAshford Council said that it refused to pay the ransom and restored from back-ups."
    assert [f.value for f in found(unsaid, "ransom_paid")] == []
    assert [f.value for f in found(refused, "ransom_paid")] == [False]


def test_a_claim_of_the_company_is_not_the_attackers() -> None:
    company = "Harlow Toys was hacked\n\nThe company claims that no customer data was taken."
    hackers = "Harlow Toys was hacked\n\nA hacking group claimed responsibility for the attack. The hackers claim to have stolen data."
    assert found(company, "claimed") == []
    assert found(hackers, "claimed")


def test_gift_cards_that_are_demanded_are_no_payment_cards_that_were_taken() -> None:
    text = "Hackers threaten Harlow\n\nThe hackers stole names and email addresses and want $100,000 in iTunes gift cards."
    assert "payment_card" not in {f.value for f in found(text, "data_class")}
    assert "names" in {f.value for f in found(text, "data_class")}
