"""The offline reader: what it claims of reports of several kinds, and that it holds against any text."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from breachbook.extract.reader import CHARACTERS_READ, LONGEST_DOCUMENT, OfflineReader
from breachbook.model.claim import Claim, check
from breachbook.model.document import Document, Passage
from breachbook.model.reading import Reading

REPORT = (
    "Hackers broke into the servers of Ostrey Valley Hospital last week and stole the records of 12,400 "
    "patients, the hospital said on Tuesday. "
    "Ostrey Valley Hospital, a 300-bed hospital in Ohio, said in a statement that names and Social Security "
    "numbers were taken in the data breach. "
    "“We are sorry for this breach,” said Ostrey Valley spokeswoman Lisa Fenwick. A group calling itself Grey "
    "Heron claimed responsibility for the attack. "
    "Ostrey Valley has notified the patients."
)


@cache
def reader() -> OfflineReader:
    return OfflineReader()


def document(text: str, title: str | None = None, **facts: object) -> Document:
    whole = f"{title}\n\n{text}" if title else text
    return Document(**{"kind": "text", "text": whole, "raw_digest": "x", "title": title, "published": "2023-05-09", **facts})  # type: ignore[arg-type]


def read(text: str, title: str | None = None, **facts: object) -> Reading:
    return reader().read(document(text, title, **facts))


def values(reading: Reading, property: str) -> list[object]:
    return [c.value for c in reading.claims if c.property == property]


def only(reading: Reading, property: str) -> Claim:
    (claim,) = [c for c in reading.claims if c.property == property]
    return claim


def test_a_report_names_its_victim_attacker_country_and_sector() -> None:
    reading = read(REPORT, "Ostrey Valley Hospital hit by data breach, 12,400 patients affected")
    assert reading.relevant
    assert values(reading, "victim") == ["Ostrey Valley Hospital"]
    assert values(reading, "country") == ["US"]
    assert values(reading, "sector") == ["62"]
    assert "Grey Heron" in values(reading, "actor")
    assert "Ostrey Valley" in values(reading, "alias")


def test_every_claim_stands_at_its_offsets() -> None:
    made = document(REPORT, "Ostrey Valley Hospital hit by data breach")
    claims = reader().read(made).claims
    assert claims
    for claim in claims:
        check(claim, made)
    assert [c.start for c in claims] == sorted(c.start for c in claims)


def test_ordinary_news_is_not_relevant_and_says_so() -> None:
    reading = read("The council of Elmstead opened a new library on Monday. The mayor cut the ribbon.", "New library opens in Elmstead")
    assert only(reading, "relevant").value is False
    assert not [c for c in reading.claims if c.subject.startswith("incident")]


def test_a_listing_is_what_the_attacker_says() -> None:
    reading = read(
        "quorley.example.com 14 GB, 6 parts. Contracts, drawings, staff files.",
        "Quorley Castings Ltd",
        publisher="Grey Heron",
        publisher_role="threat_actor",
    )
    assert values(reading, "victim") == ["Quorley Castings Ltd"]
    assert values(reading, "actor") == ["Grey Heron"]
    assert "quorley.example.com" in values(reading, "domain")
    assert {c.speaker.role for c in reading.claims if c.subject.startswith("incident")} == {"threat_actor"}
    assert only(reading, "claimed").value is True


def test_a_supplier_named_again_in_an_update_is_a_claim_of_that_revision() -> None:
    text = (
        "Ostrey Valley Hospital was hit by a cyberattack and patient data were stolen, the hospital said. Ostrey "
        "Valley Hospital did not name its vendor. "
        "It is possible that the provider is Tallis Transfer, but this is not clear; Ostrey may be part of the Tallis Transfer breach.\n\n"
        "Update: The files show that the attackers exploited a vulnerability in Tallis Transfer’s file transfer software."
    )
    claims = [c for c in read(text, "Ostrey Valley Hospital hit by cyberattack").claims if c.property == "third_party"]
    assert {(c.revision, c.certainty) for c in claims} == {(0, "possible"), (1, "stated")}
    assert {c.value for c in claims} == {"Tallis Transfer"}


def test_a_definition_is_quoted() -> None:
    text = (
        "Quorley Castings is a maker of iron parts in Ohio. "
        "Quorley Castings was hacked and customer data were stolen in the breach, Quorley said."
    )
    found = values(read(text, "Quorley Castings hacked, customer data stolen"), "description")
    assert found == ["Quorley Castings is a maker of iron parts in Ohio."]


def test_a_page_that_presents_an_organisation_defines_it_without_an_incident() -> None:
    text = "Quorley Castings is a maker of iron parts. Quorley Castings operates two foundries. It was founded in 1911."
    reading = read(text, "About Quorley Castings", kind="page", publisher="Quorley Castings", publisher_role="victim")
    assert not reading.relevant
    assert "Quorley Castings is a maker of iron parts." in values(reading, "description")


def test_a_round_up_becomes_several_incidents() -> None:
    text = (
        "Three hospitals reported data breaches this week. "
        "Ostrey Valley Hospital said that hackers stole the records of 12,400 patients in April. Ostrey Valley "
        "Hospital has notified patients of the breach. "
        "Fenwick Medical Center was hit by ransomware on May 2. Fenwick Medical Center said 3,100 patients were affected by the attack."
    )
    reading = read(text, "Ostrey Valley Hospital, Fenwick Medical Center report data breaches")
    incidents = {c.subject for c in reading.claims if c.property == "victim"}
    if len(values(reading, "victim")) == 2:
        assert incidents == {"incident:1", "incident:2"}
    people = {(c.subject, c.value) for c in reading.claims if c.property == "people_affected"}
    assert len({subject for subject, _ in people}) == len(people)


def test_other_languages_are_left_unread() -> None:
    german = (
        "Das Krankenhaus wurde am Montag von Hackern angegriffen. Die Angreifer haben Daten von Patienten gestohlen und fordern Geld. " * 4
    )
    assert read(german).unread == "other_language"
    assert read("anything", language="fr").unread == "other_language"


def test_what_no_report_is_long_enough_to_be_is_left_unread_and_the_rest_read_from_its_beginning() -> None:
    assert read("a" * (LONGEST_DOCUMENT + 1)).unread == "too_long_to_read"
    made = document(REPORT + " The end." * (CHARACTERS_READ // 5), "Ostrey Valley Hospital hit by data breach")
    reading = reader().read(made)
    assert reading.relevant
    for claim in reading.claims:
        check(claim, made)


def test_an_empty_document_gives_no_claims() -> None:
    assert read("  \n ").claims == ()


def test_passages_that_came_with_the_document_are_kept() -> None:
    whole = f"{REPORT}\n\nLater: Grey Heron leaked the data."
    at = whole.index("Later")
    made = document(whole, passages=(Passage("body", 0, at), Passage("update", at, len(whole), 3, "2023-06")))
    said = {(c.revision, c.said) for c in reader().read(made).claims}
    assert (0, "2023-05-09") in said


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.sampled_from([*REPORT.split(), "ransomware", "\n\n", "Update:", "Ä", "“", "\u202e", "\x00", "1,000", "said.", "Acme"]),
        max_size=80,
    )
)
def test_any_text_is_read(words: list[str]) -> None:
    made = document(" ".join(words))
    assert reader().read(made) == reader().read(made)


def test_a_single_organisation_that_is_only_described_is_the_victim() -> None:
    text = (
        "Hackers attacked an engineering firm in Elmstead last week and locked its files with ransomware, police said. "
        "The firm paid a ransom of 5,000 dollars after the attack to get its data back. Its director did not want it to be named."
    )
    assert values(read(text, "Engineering firm hit by ransomware attack"), "victim") in (["engineering firm in Elmstead"], [])
