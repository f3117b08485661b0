"""Incidents: reports of one come together, others of the same victim stay apart."""

from __future__ import annotations

from typing import Any

VICTIM = {"name": "Zelvaro", "country": "DE"}


def count(book: Any) -> int:
    return len(book.entities("incident"))


def test_the_durham_reports_are_one_incident(book: Any) -> None:
    region = {"name": "Durham Region", "country": "CA"}
    book.report(
        {"victims": {"name": "durham.ca"}, "actor": "CLOP", "data_volume_bytes": 6500000000, "listed": "2021-03"},
        published="2021-03",
        role="threat_actor",
    )
    book.report(
        {"victims": {"name": "Region of Durham", "domain": "durham.ca"}, "discovered": "2021-03-25"}, published="2021-04-09", role="victim"
    )
    book.report({"victims": "Durham Region"}, published="2021-04")
    book.report(
        {"victims": region, "third_parties": "Accellion", "actor": "CLOP", "occurred_from": "2021-01-21"},
        published="2021-04",
        role="researcher",
    )
    book.report({"victims": region, "occurred_from": "2021-03", "notified": "2021-04-26"}, published="2021-04-29")
    book.report(
        {
            "victims": {"name": "Regional Municipality of Durham"},
            "third_parties": "Accellion",
            "product": "Accellion File Transfer Appliance",
            "occurred_from": "2021-01-20",
            "discovered": "2021-03-25",
        },
        published="2022-04",
        role="regulator",
    )
    assert book.names("incident") == ["Durham Region, January 2021"]


def test_reports_of_the_same_weeks_are_one(book: Any) -> None:
    book.report({"victims": VICTIM}, published="2023-05-02")
    book.report({"victims": "Zelvaro GmbH"}, published="2023-05-20")
    assert count(book) == 1


def test_years_apart_are_two(book: Any) -> None:
    book.report({"victims": VICTIM, "attack_type": "ransomware"}, published="2019-05-02")
    book.report({"victims": VICTIM, "attack_type": "ransomware"}, published="2023-05-20")
    assert count(book) == 2


def test_another_kind_of_attack_is_another_incident(book: Any) -> None:
    book.report({"victims": VICTIM, "attack_type": "ransomware", "occurred_from": "2023-04-01"}, published="2023-05-02")
    book.report({"victims": VICTIM, "attack_type": "misconfiguration", "occurred_from": "2022-06-01"}, published="2023-05-20")
    assert count(book) == 2


def test_what_was_known_before_is_not_what_happened_after(book: Any) -> None:
    book.report({"victims": VICTIM, "attack_type": "ransomware"}, published="2023-03-01")
    book.report({"victims": VICTIM, "attack_type": "ransomware", "occurred_from": "2023-04-01"}, published="2023-04-05")
    assert count(book) == 2


def test_a_regulators_report_comes_a_year_later(book: Any) -> None:
    book.report({"victims": VICTIM, "discovered": "2021-03-25"}, published="2021-04-09")
    book.report({"victims": VICTIM, "discovered": "2021-03-25", "attack_type": "third_party"}, published="2022-06-30", role="regulator")
    assert count(book) == 1


def test_late_coverage_of_an_old_incident_is_not_a_new_one(book: Any) -> None:
    book.report({"victims": VICTIM, "occurred_from": "2017-05"}, published="2017-09-07")
    book.report({"victims": VICTIM, "occurred_from": "2017"}, published="2020-02-10")
    book.report({"victims": VICTIM, "occurred_from": "2020-01-15"}, published="2020-02-12")
    groups = {m: e.id for e in book.entities("incident") for m in e.mentions}
    assert groups[f"{book.documents[0].meta.id}#incident:1"] != groups[f"{book.documents[2].meta.id}#incident:1"]
    assert groups[f"{book.documents[1].meta.id}#incident:1"] != groups[f"{book.documents[2].meta.id}#incident:1"]


def test_a_listing_joins_the_report_of_the_same_months(book: Any) -> None:
    book.report({"victims": VICTIM, "attack_type": "ransomware"}, published="2023-05-02")
    book.report({"victims": "Zelvaro", "actor": "Akira", "listed": "2023-07-20"}, published="2023-07-20", role="threat_actor")
    assert count(book) == 1


def test_a_listing_again_by_another_group_is_the_same_incident_and_says_so(book: Any) -> None:
    book.report({"victims": "Zelvaro", "actor": "Akira", "listed": "2023-05-02"}, published="2023-05-02", role="threat_actor")
    book.report({"victims": "Zelvaro", "actor": "Medusa", "listed": "2023-06-10"}, published="2023-06-10", role="threat_actor")
    assert count(book) == 1
    assert any("listed again by another group" in m.reason for m in book.resolve().matches)


def test_a_listing_years_later_is_another(book: Any) -> None:
    book.report({"victims": "Zelvaro", "actor": "Akira", "listed": "2021-05-02"}, published="2021-05-02", role="threat_actor")
    book.report({"victims": "Zelvaro", "actor": "Medusa", "listed": "2023-06-10"}, published="2023-06-10", role="threat_actor")
    assert count(book) == 2


def test_one_document_that_tells_two_apart_keeps_them_apart(book: Any) -> None:
    book.report({"victims": VICTIM, "attack_type": "phishing"}, {"victims": VICTIM, "attack_type": "phishing"}, published="2023-05-02")
    book.report({"victims": VICTIM, "attack_type": "phishing"}, published="2023-05-03")
    assert count(book) == 2


def test_a_roundup_does_not_chain_its_victims_incidents(book: Any) -> None:
    others = ["Brantwick Clinic", "Orvel Foods"]
    for name in ["Zelvaro", *others]:
        book.report({"victims": name}, published="2023-05-02")
    book.report({"victims": ["Zelvaro", *others]}, published="2023-05-04")
    found = [e for e in book.entities("incident") if len(e.mentions) == 2]
    assert len(found) == 1
    assert count(book) == 3


def test_without_a_named_victim_each_report_stands_alone(book: Any) -> None:
    for _ in range(2):
        book.report({"attack_type": "ransomware", "actor": "Hive"}, published="2023-05-02")
        book.report({"victims": "a hospital", "actor": "Hive"}, published="2023-05-02")
    assert count(book) == 4
    assert "Unnamed victim, May 2023" in book.names("incident")


def test_a_suppliers_breach_and_its_customers_are_separate(book: Any) -> None:
    book.report({"victims": "Accellion", "product": "Accellion FTA", "occurred_from": "2020-12"}, published="2021-01-12", role="supplier")
    book.report({"victims": VICTIM, "third_parties": "Accellion", "product": "Accellion FTA"}, published="2021-01-20")
    assert count(book) == 2
    assert len(book.entities("campaign")) == 1
