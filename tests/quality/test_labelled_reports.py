"""The labelled reports of the quality gate are of the documented shape, and say nothing that does not stand in their texts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pycountry
import pytest

from breachbook.text.partial_dates import is_partial_date
from breachbook.vocab import terms

HERE = Path(__file__).parent
LEAST_REPORTS = 60
"""Fewer reports would make one mistake weigh more than the margin of a floor."""
WORDS = range(100, 451)
"""Words of a report: short to middling."""
DATES = ("occurred_from", "occurred_to", "discovered", "disclosed", "notified")
TERMS = {"attack_types": "attack_type", "effects": "effect", "data_classes": "data_class", "data_classes_denied": "data_class"}
INCIDENT = {
    "victims", "third_parties", "actors", "actor_kind", "attack_types", "effects", "dates", "people_affected", "records_affected",
    "data_volume_bytes", "data_classes", "data_classes_denied", "ransom", "cves", "malware", "confirmed_by_victim",
    "claimed_by_actor", "evidence",
}  # fmt: skip


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


REPORTS = {row["id"]: row for row in rows("reports.jsonl")}
LABELS = {row["id"]: row for row in rows("labels.jsonl")}
INCIDENTS = [(id, incident) for id, label in LABELS.items() for incident in label["incidents"]]


def whole(id: str) -> str:
    return f"{REPORTS[id]['title']}\n{REPORTS[id]['text']}"


def test_there_are_enough_and_every_report_has_one_label() -> None:
    assert len(rows("reports.jsonl")) == len(REPORTS) >= LEAST_REPORTS
    assert len(rows("labels.jsonl")) == len(LABELS)
    assert list(REPORTS) == list(LABELS)
    share = sum(not label["relevant"] for label in LABELS.values()) / len(LABELS)
    assert 0.15 < share < 0.35, "about a quarter is about no incident"


@pytest.mark.parametrize("id", REPORTS)
def test_a_report_is_short_to_middling_and_dated(id: str) -> None:
    report = REPORTS[id]
    assert len(report["text"].split()) in WORDS
    assert is_partial_date(report["date"])
    assert report["url"].startswith("https://")
    assert ".example/" in report["url"], "no report pretends to stand at a real address"


@pytest.mark.parametrize("id", LABELS)
def test_a_label_has_the_documented_keys(id: str) -> None:
    label = LABELS[id]
    assert set(label) == {"id", "relevant", "incidents", "background_victims"}
    assert label["relevant"] is bool(label["incidents"])
    assert len(label["incidents"]) <= 5
    for name in label["background_victims"]:
        assert name in whole(id)


@pytest.mark.parametrize(("id", "incident"), INCIDENTS)
def test_an_incident_uses_the_vocabularies(id: str, incident: dict[str, Any]) -> None:
    assert set(incident) == INCIDENT
    for field, vocabulary in TERMS.items():
        assert set(incident[field]) <= set(terms.terms(vocabulary))
        assert len(set(incident[field])) == len(incident[field])
    assert incident["actor_kind"] in terms.terms("actor_kind")
    assert incident["confirmed_by_victim"] in ("yes", "no", "denied", "unknown")
    assert isinstance(incident["claimed_by_actor"], bool)
    for victim in incident["victims"]:
        assert victim["sector"] is None or victim["sector"] in terms.terms("sector")
        assert victim["country"] is None or pycountry.countries.get(alpha_2=victim["country"])
    assert set(incident["dates"]) == set(DATES)
    assert all(date is None or is_partial_date(date) for date in incident["dates"].values())
    for count in (incident["people_affected"], incident["records_affected"]):
        assert count is None or (type(count["value"]) is int and count["qualifier"] in terms.terms("qualifier"))
    ransom = incident["ransom"]
    assert ransom is None or (set(ransom) == {"demanded", "paid", "paid_amount"} and ransom["paid"] in ("yes", "no", "unknown"))


@pytest.mark.parametrize(("id", "incident"), INCIDENTS)
def test_names_and_quotes_stand_in_the_text(id: str, incident: dict[str, Any]) -> None:
    text = re.sub(r"\s+", " ", whole(id))
    named = [form for victim in incident["victims"] for form in (victim["name"], *victim["aliases"], victim["domain"]) if form]
    named += [part for third in incident["third_parties"] for part in (third["name"], third["product"]) if part]
    named += incident["actors"] + incident["cves"] + incident["malware"] + list(incident["evidence"].values())
    assert [name for name in named if name not in text] == []


@pytest.mark.parametrize(("id", "incident"), INCIDENTS)
def test_what_is_filled_has_its_evidence(id: str, incident: dict[str, Any]) -> None:
    filled = [
        field
        for field, value in incident.items()
        if value and field not in ("dates", "evidence", "actor_kind", "confirmed_by_victim") and value is not False
    ]
    filled += [date for date in DATES if incident["dates"][date]]
    filled += ["confirmed_by_victim"] if incident["confirmed_by_victim"] != "unknown" else []
    filled += ["actor_kind"] if incident["actor_kind"] != "unknown" else []
    assert [field for field in filled if field not in incident["evidence"]] == []
    assert all(re.fullmatch(r"CVE-\d{4}-\d{4,7}", cve) for cve in incident["cves"])
