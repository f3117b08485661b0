"""What the extractors of values find in short reports of the project's own, and what they leave."""

from __future__ import annotations

from functools import cache

import pytest

from breachbook.extract.attribution import attribute
from breachbook.extract.context import Context, Finding
from breachbook.extract.reader import context_of
from breachbook.extract.value_extractors import patterns, value_extractors
from breachbook.model.document import Document, Passage
from breachbook.text.scanner import Scanner, default_cache


@cache
def scanner() -> Scanner:
    return Scanner(patterns(), cache=default_cache())


def read(title: str, body: str, published: str | None = "2021-04-29") -> tuple[Context, list[Finding]]:
    text = f"{title}\n\n{body}"
    context = context_of(Document("text", text, "0", title=title, published=published), scanner())
    return context, [finding for extractor in value_extractors() for finding in extractor.find(context)]


def values(title: str, body: str, property: str) -> set[object]:
    return {f.value for f in read(title, body)[1] if f.property == property and f.certainty != "denied"}


def denied(title: str, body: str) -> set[object]:
    return {f.value for f in read(title, body)[1] if f.property == "data_class" and f.certainty == "denied"}


RANSOM = (
    "Ransomware attack shuts down Ashby County computers",
    "Ashby County was hit by a ransomware attack on Monday that locked staff out of their computers, officials said. "
    "The attackers encrypted files on forty servers and demanded a ransom of $75,000 in bitcoin. "
    "The county refused to pay the ransom and is restoring its systems from backups. "
    "The ransomware, known as Graymoor, was delivered by a phishing email that an employee opened.",
)
BREACH = (
    "Norvale Bank says hackers stole data of 61,300 customers",
    "Norvale Bank said hackers stole the names, email addresses and passport numbers of about 61,300 customers. "
    "The bank discovered the breach on 3 March 2021 after unusual activity on a web server. "
    "The intruders exploited a known vulnerability, CVE-2021-31415, in its file transfer software. "
    "Passwords and credit card numbers were not affected, the bank said. "
    "A group called Iron Lynx claimed responsibility for the hack and said it had 12 GB of stolen data.",
)
EXPOSED = (
    "Unsecured database exposed 2.4 million dating site accounts",
    "A database of the dating site Lumen Hearts was left exposed online without a password, a security researcher found. "
    "The unprotected MongoDB server held 2.4 million user accounts with usernames, email addresses and hashed passwords.",
)


def test_a_ransomware_report() -> None:
    assert {"ransomware"} <= values(*RANSOM, "attack_type")
    assert values(*RANSOM, "effect") == {"extortion", "service_disruption"}
    assert values(*RANSOM, "ransom_demanded") == {75_000}
    assert values(*RANSOM, "ransom_paid") == {False}
    assert values(*RANSOM, "malware") <= {"Graymoor"}


def test_the_currency_stands_beside_the_amount() -> None:
    assert {f.unit for f in read(*RANSOM)[1] if f.property == "ransom_demanded"} == {"USD"}


def test_a_breach_report() -> None:
    assert {"names", "email_addresses", "passport"} <= values(*BREACH, "data_class")
    assert values(*BREACH, "people_affected") == {61_300}
    assert values(*BREACH, "discovered") == {"2021-03-03"}
    assert values(*BREACH, "cve") == {"CVE-2021-31415"}
    assert values(*BREACH, "data_volume_bytes") == {12_000_000_000}
    assert values(*BREACH, "effect") == {"data_exposed"}
    assert values(*BREACH, "confirmed") == {True}
    assert values(*BREACH, "claimed") == {True}


def test_what_was_not_affected_is_denied_and_not_found() -> None:
    assert {"payment_card", "passwords"} <= denied(*BREACH)
    assert not {"payment_card", "passwords"} & values(*BREACH, "data_class")


def test_a_qualifier_stands_beside_the_count() -> None:
    counted = [f for f in read(*BREACH)[1] if f.property == "people_affected"]
    assert "about" in {f.qualifier for f in counted}


def test_an_exposed_database() -> None:
    assert values(*EXPOSED, "attack_type") == {"misconfiguration"}
    assert {"usernames", "email_addresses", "passwords"} <= values(*EXPOSED, "data_class")
    assert values(*EXPOSED, "records_affected") | values(*EXPOSED, "people_affected") == {2_400_000}


def test_advice_is_not_what_was_taken() -> None:
    body = (
        "Hackers stole the names and phone numbers of customers of Norvale Bank, the bank said. "
        "You should never share your driver's license or your tax returns with a stranger. "
        "If you get such a call, do not give your social security number."
    )
    found = values("Hackers steal customer names from Norvale Bank", body, "data_class")
    assert {"names", "contact"} <= found
    assert not {"drivers_license", "tax", "national_id"} & found


def test_a_number_that_counts_nothing_affected_is_left() -> None:
    body = (
        "The hospital, which employs 3,400 people, was hit by ransomware. It treats 90,000 patients a year. The attack disrupted 2 clinics."
    )
    assert values("Ransomware hits hospital", body, "people_affected") == set()


def test_a_vulnerability_without_an_attack_is_no_exploited_one() -> None:
    assert values("Patch Tuesday", "The release notes list CVE-2021-31415 and CVE-2021-31416 with a score of 7.8.", "cve") == set()


@pytest.mark.parametrize(
    ("body", "part"),
    [
        (
            "The county disclosed on 3 May 2020 that intruders had access to the network between 12 and 15 January 2020.",
            ("2020-01-12", "2020-01-15"),
        ),
        ("The breach lasted from January 12 to 15, 2020, the county said.", ("2020-01-12", "2020-01-15")),
        ("Intruders had access to the network from December 29 to January 3, 2020.", ("2019-12-29", "2020-01-03")),
    ],
)
def test_both_ends_of_a_span_are_read(body: str, part: tuple[str, str]) -> None:
    from breachbook.extract.date_mentions import date_mentions

    context, _ = read("County tells of a breach", body, "2020-05-04")
    assert set(part) <= {m.value for m in date_mentions(context)}


def test_an_update_is_read_apart() -> None:
    title, first, update = (
        "Region hit",
        "The region may have lost email addresses in the hack.",
        "Update: the hackers dumped 6.5 GB of files and email addresses.",
    )
    text = f"{title}\n\n{first}\n\n{update}"
    at = text.index("Update:")
    passages = (Passage("title", 0, len(title)), Passage("body", len(title), at), Passage("update", at, len(text), 1))
    context = context_of(Document("text", text, "0", title=title, published="2021-04-08", passages=passages), scanner())
    found = [f for extractor in value_extractors() for f in extractor.find(context)]
    volumes = [f for f in found if f.property == "data_volume_bytes"]
    assert [context.sentence_at(f.start).revision for f in volumes if context.sentence_at(f.start)] == [1]  # type: ignore[union-attr]


def test_a_volume_that_the_attackers_claim_is_theirs() -> None:
    context, found = read("Gang lists council", "The gang has dumped 6.5 GB of files that they claim come from the council.")
    (volume,) = [f for f in found if f.property == "data_volume_bytes"]
    speaker, certainty = attribute(context, volume)
    assert (speaker.role, certainty) == ("threat_actor", "stated")
