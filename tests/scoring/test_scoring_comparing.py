"""One record against its label: the marks."""

from __future__ import annotations

from typing import Any

import pytest

from breachbook.scoring.comparing import Mark, compare


def record(**incident: Any) -> dict[str, Any]:
    return {"id": "r", "relevant": True, "incidents": [{"victims": [{"name": "Lake Clinic"}], **incident}]}


def marks(ours: dict[str, Any] | None, gold: dict[str, Any], field: str) -> list[tuple[str, str | None, str | None]]:
    return [(m.sign, m.ours, m.gold) for m in compare("r", ours, gold).marks if m.field == field]


def test_a_record_against_itself_has_no_mistakes() -> None:
    full = record(
        actors=["Clop"], attack_types=["ransomware"], dates={"discovered": "2021-04-09"}, people_affected={"value": 9},
        data_volume_bytes=5, ransom={"demanded": {"amount": 2.5}, "paid": "no"}, confirmed_by_victim="yes", claimed_by_actor=True,
        third_parties=[{"name": "Acme", "product": None}],
    )  # fmt: skip
    found = compare("r", full, full)
    assert found.mistakes == 0
    assert {m.sign for m in found.marks} == {"="}


def test_what_was_not_read_misses_everything() -> None:
    found = compare("r", None, record(actors=["Clop"]))
    assert [(m.field, m.sign) for m in found.marks] == [("relevant", "-"), ("victims", "-"), ("actors", "-")]


def test_incidents_of_a_report_that_is_called_not_relevant_do_not_count() -> None:
    ours = {**record(actors=["Clop"]), "relevant": False}
    assert compare("r", ours, {"id": "r", "relevant": False, "incidents": []}).marks == ()


def test_missed_extra_and_different() -> None:
    ours = record(attack_types=["ransomware", "ddos"], people_affected={"value": 10})
    gold = record(attack_types=["ransomware", "phishing"], people_affected={"value": 12})
    assert marks(ours, gold, "attack_types") == [("=", "ransomware", "ransomware"), ("-", None, "phishing"), ("+", "ddos", None)]
    assert marks(ours, gold, "counts") == [("~", "10", "12")]
    assert compare("r", ours, gold).mistakes == 4


@pytest.mark.parametrize(
    ("ours", "gold", "sign"),
    [("2021-04-09", "2021-04", "="), ("2021-04", "2021-04-09", "~"), ("2021", "2021", "="), (None, "2021", "-"), ("2021", None, "+")],
)
def test_a_more_precise_date_is_right_and_a_coarser_one_is_not(ours: str | None, gold: str | None, sign: str) -> None:
    assert [m[0] for m in marks(record(dates={"notified": ours}), record(dates={"notified": gold}), "dates")] == [sign]


def test_what_a_victim_is_like_counts_where_the_victim_was_found() -> None:
    gold = {"relevant": True, "incidents": [{"victims": [{"name": "Lake Clinic", "country": "US"}, {"name": "Hill", "country": "CA"}]}]}
    ours = {"relevant": True, "incidents": [{"victims": [{"name": "Lake Clinic Inc", "country": "us"}, {"name": "X", "country": "FR"}]}]}
    assert marks(ours, gold, "country") == [("=", "us", "us"), ("-", None, "ca")]


def test_unknown_is_no_value() -> None:
    ours = record(confirmed_by_victim="unknown", ransom={"paid": "unknown"}, claimed_by_actor=False)
    assert [m.field for m in compare("r", ours, record(confirmed_by_victim="no")).marks] == ["relevant", "victims"]
    assert marks(record(confirmed_by_victim="denied"), record(confirmed_by_victim="yes"), "confirmed") == [("~", "denied", "yes")]


def test_the_sum_demanded_counts_in_whole_units_without_its_currency() -> None:
    ours, gold = ({"demanded": {"amount": a, "currency": c}} for a, c in ((75000.2, "USD"), (75000, "EUR")))
    assert marks(record(ransom=ours), record(ransom=gold), "ransom") == [("=", "75,000", "75,000")]


def test_a_mark_counts_its_mistakes() -> None:
    assert [Mark("f", a, b, r).mistakes for a, b, r in (("x", "x", True), ("x", "y", False), ("x", None, False))] == [0, 2, 1]
