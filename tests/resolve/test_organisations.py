"""Organisations: what is one comes together, namesakes stay apart, contradictions and judgements hold for whole clusters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

DURHAM = [
    "The Regional Municipality of Durham",
    "Regional Municipality of Durham",
    "Durham Region",
    "Region of Durham",
    "durham region",
    "durham.ca",
]

SAME: list[tuple[Any, Any]] = [
    ("Zelvaro Inc.", "Zelvaro"),
    ("Zelvaro Group", "Zelvaro"),
    ({"name": "Zelvaro", "country": "DE"}, {"name": "Zelvaro GmbH", "country": "DE"}),
    ({"name": "Zelvaro", "domain": "zelvaro.com"}, "www.zelvaro.com"),
    ("Brantwick Community Trust", "brantwickcommunitytrust.org"),
    ({"name": "Zelvaro Foods", "domain": "zelvaro.com"}, {"name": "Zelvaro Retail", "domain": "zelvaro.com"}),
    ({"name": "City of Springfield", "country": "US", "region": "Ohio"}, {"name": "Springfield City", "country": "US", "region": "OH"}),
    ({"name": "Wayne County", "country": "US", "region": "Michigan"}, {"name": "County of Wayne", "country": "US", "region": "Michigan"}),
    ({"name": "Mercy Hospital", "domain": "mercy-x.org"}, {"name": "Mercy Hospital", "domain": "mercy-x.org"}),
    ({"name": "Zelvaro", "sector": "51", "country": "US"}, {"name": "Zelvaro", "sector": "54", "country": "US"}),
    ("Université de Brantwick", "Universite de Brantwick"),
    ("Office of the Brantwick Auditor", "The Office of the Brantwick Auditor"),
]

NAMESAKES: list[tuple[Any, Any]] = [
    (
        {"name": "Memorial Health System", "region": "Ohio", "country": "US"},
        {"name": "Memorial Health", "region": "Illinois", "country": "US"},
    ),
    ({"name": "Memorial Health System", "region": "Ohio"}, {"name": "Memorial Health System", "region": "Illinois"}),
    ("Memorial Health System", {"name": "Memorial Health", "domain": "memorial.health"}),
    ("Memorial Hospital", "Memorial Hospital"),
    ("St. Mary's Hospital", "Saint Marys Hospital"),
    ({"name": "St. Mary's", "region": "Maine"}, {"name": "St. Mary's", "region": "Colorado"}),
    ("St. Joseph Medical Center", "St. Joseph's Hospital"),
    ("Mercy Health", "Mercy Hospital"),
    ("Good Samaritan Hospital", "Good Samaritan Hospital"),
    ("Community Health Center", "Community Health Centers"),
    ("First National Bank", "First National Bank"),
    ({"name": "First National Bank", "region": "Texas"}, {"name": "First National Bank", "region": "Texas"}),
    ("Citizens Bank", "Citizens National Bank"),
    ("Farmers State Bank", "Farmers State Bank"),
    ("Wayne County", "Wayne County"),
    ({"name": "Wayne County", "region": "Michigan", "country": "US"}, {"name": "Wayne County", "region": "Ohio", "country": "US"}),
    ({"name": "Orange County", "region": "California"}, {"name": "County of Orange", "region": "New York"}),
    ("City of Durham", "Durham County"),
    ("Durham Region", "Durham County"),
    ("Durham Region", "City of Durham"),
    ({"name": "Durham County Council", "country": "GB"}, {"name": "Durham County", "country": "US"}),
    ("Durham Region", "Durham University"),
    ("City of Los Angeles", "Los Angeles County"),
    ("Los Angeles County", "Los Angeles Unified School District"),
    ("City of Springfield", "City of Springfield"),
    ("Springfield Township", "City of Springfield"),
    ("Lincoln School District", "Lincoln County School District"),
    ("University of Washington", "Washington University"),
    ("University of Washington", "Washington State University"),
    ("Georgetown University", "Georgetown College"),
    ("Columbia University", "Columbia College"),
    ("Orvel Group", "Orvel Insurance"),
    ("Orvel Bank", "Orvel Insurance"),
    ("Orvel", "Orvel North America"),
    ("Orvel Securities", "Orvel Personal Finance"),
    ({"name": "Orvel", "country": "US"}, {"name": "Orvel", "country": "FR"}),
    ({"name": "Orvel", "domain": "orvel.com"}, {"name": "Orvel", "domain": "brightwood.org"}),
    ("Delta Airlines", "Delta Dental"),
    ("Bank of Ruritania", "Central Bank of Ruritania"),
    ("an engineering firm in East Dorset", "an engineering firm in East Dorset"),
    ("a hospital", "a hospital"),
    ("customers", "customers"),
    ("several banks", "several banks"),
    ("R*****", "R*****"),
    ("Unknown", "Unknown"),
]


def organisations(new_book: Callable[[], Any], *victims: Any, **facts: Any) -> int:
    book = new_book()
    for victim in victims:
        book.report({"victims": victim, **facts}, published=None, salt="x")
    return len(book.entities("organisation"))


@pytest.mark.parametrize("left", DURHAM)
def test_durham_under_all_its_names(new_book: Callable[[], Any], left: str) -> None:
    assert organisations(new_book, {"name": "Durham Region", "domain": "durham.ca"}, left) == 1


def test_all_forms_of_durham_at_once(new_book: Callable[[], Any]) -> None:
    assert organisations(new_book, {"name": DURHAM[0], "domain": "durham.ca"}, *DURHAM[1:]) == 1


@pytest.mark.parametrize(("left", "right"), SAME)
def test_one_organisation(new_book: Callable[[], Any], left: Any, right: Any) -> None:
    assert organisations(new_book, left, right) == 1


@pytest.mark.parametrize(("left", "right"), NAMESAKES)
def test_namesakes_stay_apart(new_book: Callable[[], Any], left: Any, right: Any) -> None:
    assert organisations(new_book, left, right) == 2


def test_a_common_name_joins_on_the_facts_of_one_incident(book: Any) -> None:
    facts = {"attack_type": "ransomware", "actor": "Hive"}
    book.report({"victims": "Memorial Health System", **facts}, published="2021-08-16")
    book.report({"victims": "Memorial Health System", **facts}, published="2021-08-20")
    assert len(book.entities("organisation")) == 1
    assert len(book.entities("incident")) == 1


def test_the_hospitals_of_marietta_and_springfield(book: Any) -> None:
    book.report(
        {
            "victims": {"name": "Memorial Health System", "region": "Ohio", "country": "US"},
            "actor": "Hive",
            "attack_type": "ransomware",
            "occurred_from": "2021-08-15",
        },
        published="2021-08-16",
    )
    book.report(
        {"victims": {"name": "Memorial Health System", "region": "Ohio"}, "attack_type": "ransomware", "occurred_from": "2021-07-10"},
        published="2022-01-14",
    )
    book.report(
        {"victims": {"name": "Memorial Health System", "alias": "Memorial Health", "region": "Illinois", "domain": "memorial.health"}},
        published="2021-10-01",
    )
    found = book.entities("organisation")
    assert [len(e.mentions) for e in found] == [2, 1]
    assert found[1].id in str(found[0].note)


def test_a_cluster_contradicts_as_a_whole(book: Any) -> None:
    book.report({"victims": {"name": "Orvel", "country": "US"}})
    book.report({"victims": "Orvel"})
    book.report({"victims": {"name": "Orvel", "country": "FR"}})
    resolution = book.resolve()
    groups = [e for e in resolution.entities if e.kind == "organisation"]
    assert sorted(len(e.mentions) for e in groups) == [1, 2]
    assert any(m.decision == "different" and "contradict" in m.reason for m in resolution.matches) or any(
        m.decision == "different" and "one in" in m.reason for m in resolution.matches
    )


def test_what_is_only_alike_is_put_forward_with_its_parts(book: Any) -> None:
    book.report({"victims": "Zelvaro Broadband"})
    book.report({"victims": "Zelvaro Braodband"})
    matches = [m for m in book.resolve().matches if m.decision == "proposal"]
    assert [m.parts for m in matches] == [(("near_name", 0.55),)]
    assert "Zelvaro Broadband" in matches[0].reason


def test_a_described_victim_is_named_for_people(book: Any) -> None:
    book.report({"victims": "an engineering firm in East Dorset"}, published="2019-05-02")
    assert book.names("organisation") == ["An engineering firm in East Dorset"]
    assert book.names("incident") == ["An engineering firm in East Dorset, 2019"]


def test_the_name_is_what_most_documents_use_and_no_domain(book: Any) -> None:
    book.report({"victims": {"name": "durham.ca"}}, role="threat_actor")
    book.report({"victims": {"name": "The Regional Municipality of Durham", "domain": "durham.ca"}}, role="regulator")
    book.report({"victims": "Durham Region"})
    book.report({"victims": "DURHAM REGION"})
    entity = book.entities("organisation")[0]
    assert entity.name == "Durham Region"
    assert set(entity.aliases) == {"durham.ca", "The Regional Municipality of Durham"}
