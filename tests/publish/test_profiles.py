"""Profiles of organisations, suppliers, actors and campaigns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from breachbook.errors import ModelError
from breachbook.model.record import Record
from breachbook.publish.checking import check
from breachbook.publish.records import record


def opened(dossier: Any, day: date | None = None, view: str | None = None) -> Record:
    made = record(dossier, day, view=view)
    assert made is not None
    return check(made)


@pytest.fixture
def accellion(new_case: Any) -> Any:
    """Two incidents through one product."""
    case = new_case("A case")
    supplier, product = case.ref("organisation", "Accellion"), "File Transfer Appliance"
    for number, victim, certainty, began in ((1, "Durham Region", "stated", "2021-01-20"), (2, "Reserve Bank", "possible", "2020-12")):
        paper = case.document(f"paper{number}", "press", f"2021-0{number}-10")
        paper.says("victim", victim, to=case.ref("organisation", victim), incident=number)
        paper.says("third_party", "Accellion", certainty, to=supplier, incident=number)
        paper.says("product", product, to=supplier, incident=number)
        paper.says("cve", "CVE-2021-27101", incident=number)
        paper.says("occurred_from", began, incident=number)
        paper.says("actor", "CLOP", to=case.ref("actor", "CLOP"), role="threat_actor", name="CLOP", incident=number)
    paper.says("actor", "CLOP", "likely", to=case.ref("actor", "CLOP"), role="researcher", incident=2)
    paper.says("campaign", "Accellion FTA breach", incident=2)
    return case


def test_an_organisation_says_what_it_is_in_words_of_its_sources(durham: Any) -> None:
    region = durham.ref("organisation", "Durham Region")
    about = durham.document("about", "victim", "2020", "Region of Durham")
    about.says("description", "The Regional Municipality of Durham is a regional government in Ontario, Canada.", about=region)
    about.says("sector", "92", about=region)
    about.says("region", "Ontario", about=region)
    about.says("alias", "Region of Durham", about=region)
    made = opened(durham.profile(region, aliases=("Region of Durham",)))
    assert made.extra["primary_url"] == "durham[.]ca"
    assert made.aliases == ("Region of Durham",)
    assert [s.text for s in made.summary] == [
        "“The Regional Municipality of Durham is a regional government in Ontario, Canada” (Region of Durham).",
        "Durham Region is in Ontario, Canada; its sector is public administration.",
        "Durham Region is named as a victim in 1 incident: Durham Region, 20 January 2021 (confirmed).",
    ]
    assert [(p.role, p.certainty, p.status, p.date) for p in made.participations] == [("victim", "stated", "confirmed", "2021-01-20")]
    assert "Lakeshore Radio News" in {s.publisher for s in made.sources}


def test_what_is_not_known_stays_empty(new_case: Any) -> None:
    case = new_case()
    acme = case.ref("organisation", "Acme")
    case.document("paper", "press", "2021-05-01").says("victim", "Acme", to=acme)
    made = opened(case.profile(acme))
    assert made.fields == ()
    assert made.extra == {}
    assert made.aliases == ()


def test_a_profile_opens_as_of_a_day(durham: Any) -> None:
    region = durham.ref("organisation", "Durham Region")
    early = opened(durham.profile(region), date(2021, 4, 8))
    assert early.name == "The Regional Municipality of Durham"
    assert [(p.status, p.date) for p in early.participations] == [("alleged", "2021-03")]
    assert record(durham.profile(region), date(2021, 1, 1)) is None


def test_a_supplier_shows_whom_it_hit_and_how_surely(accellion: Any) -> None:
    supplier = accellion.profile(accellion.ref("organisation", "Accellion"), incidents=(1, 2))
    made = opened(supplier, view="supplier")
    assert made.kind == "supplier"
    assert [(p.role, p.certainty) for p in made.participations] == [("third_party", "stated"), ("third_party", "possible")]
    assert [(v["name"], v["certainty"]) for v in made.extra["victims"]] == [("Durham Region", "stated"), ("Reserve Bank", "possible")]
    assert [v.display for v in made.field("product").values] == ["File Transfer Appliance"]  # type: ignore[union-attr]
    assert "named as the third party in 2 incidents (1 stated, 1 possible)" in made.summary[0].text


def test_an_organisation_that_supplies_nobody_has_no_supplier_view(durham: Any) -> None:
    assert record(durham.profile(durham.ref("organisation", "Durham Region")), view="supplier") is None


def test_only_organisations_have_a_supplier_view(durham: Any) -> None:
    with pytest.raises(ModelError):
        record(durham.incident(), view="supplier")


def test_an_actor_is_told_by_whose_word(accellion: Any) -> None:
    made = opened(accellion.profile(accellion.ref("actor", "CLOP"), incidents=(1, 2)))
    assert {(p.certainty, p.role) for p in made.participations} == {("possible", "actor"), ("likely", "actor")}
    victims = made.field("victim")
    assert victims is not None
    assert {v.display: v.certainty for v in victims.values} == {"Durham Region": "possible", "Reserve Bank": "likely"}
    text = " ".join(s.text for s in made.summary)
    assert "by its own word alone" in text


def test_a_campaign_has_members_product_vulnerabilities_window_and_actors(accellion: Any) -> None:
    made = opened(accellion.campaign("Accellion FTA breach", (1, 2)))
    assert {(p.role, p.certainty) for p in made.participations} == {("member", "stated"), ("member", "likely")}
    assert made.extra["window"]["from"] == "2020-12"
    assert made.extra["window"]["display"] == "December 2020 to 20 January 2021"
    assert [v.display for v in made.field("cve").values] == ["CVE-2021-27101"]  # type: ignore[union-attr]
    assert [v.certainty for v in made.field("actor").values] == ["likely"]  # type: ignore[union-attr]


def test_a_campaign_is_not_known_before_its_second_incident(accellion: Any) -> None:
    assert record(accellion.campaign("Accellion FTA breach", (1, 2)), date(2021, 1, 31)) is None
