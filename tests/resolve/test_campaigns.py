"""Campaigns: one product or supplier in one window, or a name that a source gives."""

from __future__ import annotations

from typing import Any


def customer(name: str, day: str, **facts: Any) -> dict[str, Any]:
    return {"victims": name, "third_parties": "Accellion", "occurred_from": day, **facts}


def test_two_victims_through_one_product_make_a_campaign(book: Any) -> None:
    book.report(customer("Zelvaro", "2020-12-20", product="Accellion FTA"), published="2021-01-11")
    book.report(customer("Brantwick Foods", "2021-01-20", product="File Transfer Appliance (FTA)"), published="2021-02-11")
    book.report(customer("Orvel", "2021-01-20"), published="2021-02-11")
    found = book.entities("campaign")
    assert [e.name for e in found] == ["Accellion FTA, December 2020 – January 2021"]
    assert len(found[0].mentions) == 3


def test_one_victim_makes_none(book: Any) -> None:
    book.report(customer("Zelvaro", "2020-12-20"), published="2021-01-11")
    book.report(customer("Zelvaro", "2020-12-20"), published="2021-01-12")
    assert book.entities("campaign") == []


def test_a_source_that_names_one_makes_one(book: Any) -> None:
    book.report({"victims": "Zelvaro", "campaign": "Accellion FTA breach"}, published="2021-01-11")
    book.report(customer("Brantwick Foods", "2021-01-20", product="Accellion FTA"), published="2021-02-11")
    found = book.entities("campaign")
    assert len(found) == 1
    assert len(found[0].mentions) == 2
    assert found[0].aliases == ("Accellion FTA breach",)


def test_the_breach_of_a_victim_is_no_campaign(book: Any) -> None:
    book.report({"victims": "Zelvaro", "campaign": "Zelvaro breach"}, published="2021-01-11")
    assert book.entities("campaign") == []


def test_a_listing_alone_puts_no_victim_into_a_campaign(book: Any) -> None:
    book.report(customer("Zelvaro", "2020-12-20", actor="CLOP"), published="2021-01-11")
    book.report(customer("Brantwick Foods", "2021-01-20", actor="CLOP"), published="2021-02-11")
    listing = book.report({"victims": "Orvel", "actor": "CLOP", "listed": "2021-02-12"}, published="2021-02-12", role="threat_actor")
    assert all(listing not in m for e in book.entities("campaign") for m in e.mentions)


def test_what_is_only_possible_is_put_forward(book: Any) -> None:
    book.report(customer("Zelvaro", "2020-12-20"), published="2021-01-11")
    book.report(customer("Brantwick Foods", "2021-01-20"), published="2021-02-11")
    book.report({"victims": "Orvel", "third_parties": {"name": "Accellion", "certainty": "possible"}}, published="2021-02-12")
    assert len(book.entities("campaign")[0].mentions) == 2
    assert [m.parts for m in book.resolve().matches if m.decision == "proposal"] == [(("campaign_possible", 0.5),)]


def test_two_products_of_one_maker_are_two_campaigns(book: Any) -> None:
    for number, product in enumerate(["Borealis Mail", "Borealis Mail", "Borealis Share", "Borealis Share"]):
        victim = ["Zelvaro", "Orvel", "Brantwick Foods", "Tavistone"][number]
        book.report({"victims": victim, "third_parties": "Borealis", "product": product}, published="2021-03-05")
    assert book.names("campaign") == ["Borealis Mail, March 2021", "Borealis Share, March 2021"]


def test_years_apart_are_two_campaigns(book: Any) -> None:
    for victim, day in (("Zelvaro", "2021-01-20"), ("Orvel", "2021-02-20"), ("Brantwick Foods", "2023-05-27"), ("Tavistone", "2023-05-28")):
        book.report(customer(victim, day), published=day)
    assert [len(e.mentions) for e in book.entities("campaign")] == [2, 2]


def test_open_storage_at_one_provider_is_no_campaign(book: Any) -> None:
    for victim in ("Zelvaro", "Orvel"):
        book.report({"victims": victim, "third_parties": "Amazon Web Services", "attack_type": "misconfiguration"}, published="2021-03-05")
    assert book.entities("campaign") == []
