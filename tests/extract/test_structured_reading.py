"""Rows of structured sources: columns as they are, prose as any report, whatever the language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from breachbook.extract.reader import OfflineReader
from breachbook.extract.structured import sheet_of
from breachbook.ingest.intake import Ingested, intake
from breachbook.model.claim import check
from breachbook.model.document import Document
from breachbook.settings import load

POST = {
    "post_title": "Lake Clinic | lake-clinic.org",
    "group_name": "redmoth",
    "discovered": "2023-04-02 10:00:00",
    "published": "2023-04-01",
}
BREACH = {
    "Name": "Lakeside", "Title": "Alleged Rumours Forum", "Domain": "lakeside.example.org", "BreachDate": "2020-03-22",
    "AddedDate": "2020-11-15T00:59:50Z", "PwnCount": 8661, "Description": "In March 2020, the forum was hacked. Passports were taken.",
    "DataClasses": ["Email addresses", "Credit cards"], "IsVerified": True, "IsFabricated": False, "IsSpamList": False,
}  # fmt: skip
REPORT = {"date": "2025-07-10", "victim": "Moulin du Lac", "domain": "moulin-du-lac.example.fr", "country": "FR",
          "title": "Le moulin à l'arrêt",
          "summary": "Le moulin a subi une cyberattaque dans la nuit et la production est arrêtée depuis, selon la direction du site.",
          "url": "https://journal.example.fr/1", "ransomware": {"group": "redmoth"}}  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> OfflineReader:
    return OfflineReader()


@pytest.fixture
def read(tmp_path: Path, reader: OfflineReader):
    """The claims of one row as (property, value) pairs, and the claims; each is checked against its document."""

    def claims(row):
        path = tmp_path / "rows.json"
        path.write_text(json.dumps([row]), encoding="utf-8")
        (document,) = [one.document for one in intake(str(path), load({})) if isinstance(one, Ingested)]
        reading = reader.read(document)
        assert reading.unread is None
        found = [check(claim, document) for claim in reading.claims]
        return [(claim.property, claim.value) for claim in found], found

    return claims


def test_a_listing_is_the_groups_claim_and_its_date_the_day_it_was_listed(read):
    pairs, claims = read(
        {**POST, "description": "The clinic was founded in 1911 and was hacked by us on May 3, 2022. We took 40 GB of data."}
    )
    assert {
        ("victim", "Lake Clinic"),
        ("domain", "lake-clinic.org"),
        ("actor", "redmoth"),
        ("listed", "2023-04-01"),
        ("claimed", True),
    } <= set(pairs)
    assert ("data_volume_bytes", 40 * 10**9) in pairs
    assert not {name for name, _ in pairs} & {"occurred_from", "occurred_to", "discovered", "confirmed"}
    assert {claim.speaker.role for claim in claims} == {"threat_actor"}
    assert {claim.speaker.name for claim in claims} == {"redmoth"}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("JMA Mills LEAK", "JMA Mills"),
        ("The Lake Group. Part 1.", "The Lake Group"),
        ("ASL Lake *UPD 05-13*", "ASL Lake"),
        ("https://lakes.org....", "lakes.org"),
    ],
)
def test_what_headings_add_to_a_name_is_left_out(read, title, name):
    assert ("victim", name) in read({**POST, "post_title": title})[0]


def test_a_name_in_another_script_has_its_transliteration_beside_it(read):
    _, claims = read({**POST, "post_title": "Озеро"})
    assert next(c.value for c in claims if c.property == "victim") == "Озеро"
    assert next((c.value, c.original) for c in claims if c.property == "alias") == ("Ozero", "Озеро")


def test_the_columns_of_a_breach_record_are_taken_as_they_are_beside_its_words(read):
    pairs, claims = read(BREACH)
    expected = {("victim", "Alleged Rumours Forum"), ("records_affected", 8661), ("data_class", "payment_card"), ("data_class", "passport")}
    assert expected <= set(pairs)
    assert next(c.certainty for c in claims if c.property == "victim") == "stated"
    assert next(c.certainty for c in claims if c.property == "occurred_from" and c.original == "2020-03-22") == "likely"


def test_a_record_that_is_not_verified_is_no_more_than_likely(read):
    _, claims = read({**BREACH, "IsVerified": False})
    assert {c.certainty for c in claims if c.property in ("victim", "records_affected")} == {"likely"}


def test_a_record_of_no_breach_tells_of_no_incident(read):
    pairs, _ = read({**BREACH, "IsFabricated": True})
    assert pairs == [("relevant", False)]


def test_columns_are_read_in_any_language(read):
    pairs, claims = read(REPORT)
    assert {("victim", "Moulin du Lac"), ("country", "FR"), ("actor", "redmoth")} <= set(pairs)
    assert {claim.speaker.name for claim in claims} == {"journal.example.fr"}


def test_prose_names_third_parties_as_any_report_does_and_listings_prose_none(read):
    prose = (
        "The covered entity, Lake Clinic, reported that its business associate, Northgate Billing Services, discovered that an "
        "unauthorized individual had access to its servers, which held the records of 4,067 patients of the clinic."
    )
    pairs, claims = read({**BREACH, "Title": "Lake Clinic", "Description": prose})
    assert ("third_party", "Northgate Billing Services") in pairs
    assert all(c.start > 100 for c in claims if c.property == "third_party")
    assert "third_party" not in {name for name, _ in read({**POST, "description": prose})[0]}


def test_what_cannot_be_used_is_not_claimed(read):
    pairs, _ = read({**POST, "country": "XX", "published": "2199-01-01"})
    assert "country" not in {name for name, _ in pairs}
    assert ("listed", "2023-04-02") in pairs


def test_other_documents_are_no_rows():
    assert sheet_of(Document("page", "Lake\n\nGroup: x", "0" * 64, title="Lake", external_id="leak_posts:x")) is None
    assert sheet_of(Document("row", "Lake\n\nGroup: x", "0" * 64, title="Lake", external_id="nobody:x")) is None
    assert sheet_of(Document("row", "Lake\n\nGroup: x", "0" * 64, title=None, external_id="leak_posts:x")) is None
    assert sheet_of(Document("listing", "Lake", "0" * 64, title="Lake", external_id="leak_posts:x")) is not None
