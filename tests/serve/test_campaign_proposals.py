"""What a campaign's actor lists is put forward with the reason; actors show what each source calls them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from breachbook.model.record import Record
from breachbook.pipeline import Book
from breachbook.publish.records import to_json
from breachbook.serve.campaign_view import with_proposals
from breachbook.serve.terminal import console, print_record
from breachbook.settings import load


def told(id_: str, day: str, title: str, text: str, role: str = "press", publisher: str = "Coast Chronicle") -> dict[str, str]:
    return {"id": id_, "date": day, "title": title, "text": text, "role": role, "publisher": publisher}


def through_moveit(victim: str, day: str) -> dict[str, str]:
    words = (
        f"{victim} said that personal data was stolen through a vulnerability in MOVEit Transfer, a product of Progress Software. "
        "The ransomware group CLOP is behind the attack. The theft took place on May 28, 2023."
    )
    return told(victim, day, f"{victim} hit in MOVEit attack", words)


def listed(victim: str, day: str, group: str = "CLOP") -> dict[str, str]:
    return told(f"{victim} {group}", day, victim, f"{victim}\n\nAll files will be published.", "threat_actor", f"{group} leak site")


REPORTS = [
    through_moveit("Pellar Insurance", "2023-06-09"),
    through_moveit("Tavistone Bank", "2023-06-12"),
    listed("Galvoria Mills", "2023-06-23"),
    listed("Orvel Foods", "2021-02-03"),
    listed("Brantwick Clinic", "2023-06-20", "LockBit"),
]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    home: Path = tmp_path_factory.mktemp("campaigns")
    reports = home / "reports.jsonl"
    reports.write_text("".join(json.dumps(report) + "\n" for report in REPORTS), "utf-8")
    with Book.open(load({}, home=str(home / "book"))) as opened:
        opened.add([str(reports)])
        yield opened


@pytest.fixture
def campaign(book: Book) -> Record:
    from breachbook.model.listing import Filters

    rows = book.listing("campaign", Filters()).rows
    assert len(rows) == 1
    return book.record(rows[0].id)


def test_the_campaign_has_what_came_through_the_product_and_no_listing(campaign: Record) -> None:
    assert {p.incident.name.partition(",")[0] for p in campaign.participations} == {"Pellar Insurance", "Tavistone Bank"}


def test_what_its_actor_listed_in_its_window_is_put_forward_with_the_reason(book: Book, campaign: Record) -> None:
    found = with_proposals(book, campaign, None).extra["may_belong"]
    assert [entry["incident"]["name"].partition(",")[0] for entry in found] == ["Galvoria Mills"]
    assert "listed by" in found[0]["reason"]
    assert "how it was hit is not said" in found[0]["reason"]
    assert found[0]["claims"]


def test_people_and_programs_see_it(book: Book, campaign: Record) -> None:
    shown = with_proposals(book, campaign, None)
    out = io.StringIO()
    print_record(console(out), shown)
    assert "May belong to it" in out.getvalue()
    assert to_json(shown)["extra"]["may_belong"]


def test_other_records_stay_as_they_are(book: Book) -> None:
    record = book.record(book.find("CLOP", "actor").id)
    assert with_proposals(book, record, None) == record


def test_an_actor_shows_what_each_source_calls_it_and_what_the_galaxies_do(book: Book) -> None:
    record = book.record(book.find("CLOP", "actor").id)
    called = record.extra["called"]
    assert {source["publisher"] for entry in called for source in entry["sources"]} == {"Coast Chronicle", "CLOP leak site"}
    assert record.extra["reference_names"]["source"] == "MISP galaxies"
    known = {claim.claim for field in record.fields for value in field.values for claim in value.claims} | {
        e.claim for e in record.evidence
    }
    assert all(source["claim"] in known for entry in called for source in entry["sources"])
    assert "brand" in str(record.note)


def test_pages_show_both(book: Book, campaign: Record) -> None:
    from fastapi.testclient import TestClient

    from breachbook.serve.app import create_app

    pages = TestClient(create_app(book), base_url="http://localhost")
    assert "May belong to it" in pages.get(f"/campaign/{campaign.id}").text
    assert pages.get(f"/campaign/{campaign.id}.json").json()["extra"]["may_belong"]
    actor = book.find("CLOP", "actor").id
    assert "What sources call it" in pages.get(f"/actor/{actor}").text
    assert pages.get(f"/actor/{actor}.json").json()["extra"]["called"]
