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


def moved_files(victim: str, day: str, **facts: Any) -> dict[str, Any]:
    """A customer of Corvane, whose Halden Transfer was exploited."""
    return {"victims": victim, "third_parties": "Corvane", "product": "Halden Transfer", "occurred_from": day, **facts}


def test_a_listing_by_its_actor_puts_no_victim_into_a_campaign(book: Any) -> None:
    for victim in ("Zelvaro", "Brantwick Foods", "Tavistone"):
        book.report(moved_files(victim, "2023-05-28", actor="Nightjar"), published="2023-06-10")
    book.report({"victims": "Orvel", "actor": "Nightjar", "listed": "2023-06-12"}, published="2023-06-12", role="threat_actor")
    assert [len(e.mentions) for e in book.entities("campaign")] == [3]


def test_reports_that_share_only_a_vulnerability_make_a_campaign(book: Any) -> None:
    for victim in ("Zelvaro", "Orvel"):
        book.report({"victims": victim, "cve": "CVE-2023-99101", "occurred_from": "2023-05-28"}, published="2023-06-10")
    assert book.names("campaign") == ["CVE-2023-99101, May 2023"]


def test_a_vulnerability_leads_to_the_campaign_of_the_product_in_which_others_name_it(book: Any) -> None:
    book.report(moved_files("Zelvaro", "2023-05-28", cve="CVE-2023-99101"), published="2023-06-10")
    book.report(moved_files("Orvel", "2023-05-29"), published="2023-06-11")
    book.report({"victims": "Tavistone", "cve": "CVE-2023-99101", "occurred_from": "2023-05-30"}, published="2023-06-12")
    assert [(e.name, len(e.mentions)) for e in book.entities("campaign")] == [("Corvane Halden Transfer, May 2023", 3)]


def test_a_vulnerability_of_two_products_leads_to_neither(book: Any) -> None:
    book.report(moved_files("Zelvaro", "2023-05-28", cve="CVE-2023-99101"), published="2023-06-10")
    book.report({"product": "Borealis Mail", "victims": "Brantwick Foods", "cve": "CVE-2023-99101"}, published="2023-06-11")
    book.report({"victims": "Tavistone", "cve": "CVE-2023-99101"}, published="2023-06-12")
    assert book.entities("campaign") == []


def test_a_product_alone_ties_its_users_who_do_not_name_the_maker(book: Any) -> None:
    book.report(moved_files("Zelvaro", "2023-05-28"), published="2023-06-10")
    book.report({"product": "Halden Transfer", "victims": "Orvel", "occurred_from": "2023-05-29"}, published="2023-06-11")
    assert [len(e.mentions) for e in book.entities("campaign")] == [2]


def test_a_vague_date_bridges_no_two_windows(book: Any) -> None:
    for victim, day in (("Zelvaro", "2021-01-20"), ("Orvel", "2021-02-20"), ("Brantwick Foods", "2022-01-27"), ("Tavistone", "2022-01-28")):
        book.report(moved_files(victim, day), published=day)
    book.report(moved_files("Harvald", "2021"), published="2022-03-01")
    assert sorted(len(e.mentions) for e in book.entities("campaign")) == [2, 3]


def test_a_suppliers_name_alone_ties_only_what_is_close_in_time(book: Any) -> None:
    for victim, day in (("Zelvaro", "2023-01-20"), ("Orvel", "2023-04-20")):
        book.report({"victims": victim, "third_parties": "Corvane", "occurred_from": day}, published=day)
    assert book.entities("campaign") == []


def test_the_january_attack_is_the_name_of_no_campaign(book: Any) -> None:
    book.report({"victims": "Zelvaro", "campaign": "January attack"}, published="2023-03-01")
    book.report({"victims": "Orvel", "campaign": "the attacks of 2023"}, published="2023-03-01")
    assert book.entities("campaign") == []
