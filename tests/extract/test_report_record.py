"""The report record: claims of one document in the fields that people label."""

from __future__ import annotations

from breachbook.extract.report_record import report_record
from breachbook.model.claim import Claim, Speaker
from breachbook.model.document import Document
from breachbook.model.reading import Reading

TEXT = "Quorley lost names but no passwords, 1,200 people, through Tallis; Grey Heron asked 5000 USD, refused."
DOCUMENT = Document("text", TEXT, "x", external_id="case:1")


def claim(
    subject: str, property: str, value: str | int | bool, words: str, certainty: str = "stated", object: str | None = None, **more: str
) -> Claim:
    start = TEXT.index(words)
    return Claim(
        DOCUMENT.id, subject, property, value, words, start, start + len(words), Speaker("press"), certainty, object=object, **more
    )  # type: ignore[arg-type]


def record(*claims: Claim) -> dict[str, object]:
    return report_record(DOCUMENT, Reading(DOCUMENT.id, "offline/1", claims))


def test_fields_values_and_evidence() -> None:
    made = record(
        claim("document", "relevant", True, "Quorley"),
        claim("incident:1", "victim", "Quorley", "Quorley", object="organisation:1"),
        claim("organisation:1", "country", "CA", "Quorley"),
        claim("incident:1", "data_class", "names", "names"),
        claim("incident:1", "data_class", "passwords", "passwords", "denied"),
        claim("incident:1", "people_affected", 1200, "1,200 people", qualifier="about"),
        claim("incident:1", "third_party", "Tallis", "Tallis", object="organisation:2"),
        claim("incident:1", "product", "Tallis Sync", "Tallis", object="organisation:2"),
        claim("incident:1", "actor", "Grey Heron", "Grey Heron", object="actor:1"),
        claim("incident:1", "ransom_demanded", 5000, "5000 USD", unit="USD"),
        claim("incident:1", "ransom_paid", True, "refused", "denied"),
    )
    (incident,) = made["incidents"]  # type: ignore[misc]
    assert made["id"] == "case:1"
    assert made["relevant"] is True
    assert incident["victims"] == [{"name": "Quorley", "aliases": [], "domain": None, "country": "CA", "sector": None}]
    assert incident["data_classes"] == ["names"]
    assert incident["data_classes_denied"] == ["passwords"]
    assert incident["people_affected"] == {"value": 1200, "qualifier": "about"}
    assert incident["third_parties"] == [{"name": "Tallis", "product": "Tallis Sync"}]
    assert incident["actors"] == ["Grey Heron"]
    assert incident["ransom"] == {"demanded": {"amount": 5000, "currency": "USD"}, "paid": "no", "paid_amount": None}
    assert all(words in TEXT for words in incident["evidence"].values())


def test_what_is_not_known_stays_empty() -> None:
    made = record(
        claim("document", "relevant", True, "Quorley"), claim("incident:1", "victim", "Quorley", "Quorley", object="organisation:1")
    )
    (incident,) = made["incidents"]  # type: ignore[misc]
    assert incident["people_affected"] is None
    assert incident["ransom"] is None
    assert incident["actor_kind"] == "unknown"
    assert incident["attack_types"] == []
    assert incident["confirmed_by_victim"] == "unknown"


def test_at_most_five_incidents_and_no_incident_of_what_is_not_relevant() -> None:
    many = [claim(f"incident:{n}", "victim", "Quorley", "Quorley", object="organisation:1") for n in range(1, 9)]
    assert len(record(claim("document", "relevant", True, "Quorley"), *many)["incidents"]) == 5  # type: ignore[arg-type]
    assert record(claim("document", "relevant", False, "Quorley")) == {
        "id": "case:1",
        "relevant": False,
        "incidents": [],
        "background_victims": [],
    }


def test_of_two_readings_of_one_value_the_surer_stands() -> None:
    made = record(
        claim("document", "relevant", True, "Quorley"),
        claim("incident:1", "people_affected", 5000, "5000", confidence=40),  # type: ignore[arg-type]
        claim("incident:1", "people_affected", 1200, "1,200", "possible", confidence=80),  # type: ignore[arg-type]
    )
    [incident] = made["incidents"]  # type: ignore[misc]
    assert incident["people_affected"] == {"value": 1200, "qualifier": "exact"}
