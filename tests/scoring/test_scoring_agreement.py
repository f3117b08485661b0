"""Our figures are those of the scorer that the labels came with, on labels that were disturbed in many ways."""

from __future__ import annotations

import copy
import json
import random
import runpy
from pathlib import Path
from typing import Any

import pytest

from breachbook.scoring.table import score

pytestmark = pytest.mark.shared


def disturbed_name(name: str, by: random.Random) -> str:
    return by.choice(
        [name, name.upper(), f"{name}, Inc.", f"The {name}", " ".join(name.split()[:1]), f"{name} of Ohio", "Somebody Else", ""]
    )


def disturbed(row: dict[str, Any], rows: list[dict[str, Any]], by: random.Random) -> dict[str, Any] | None:
    """A label as a reader might have got it: dropped, doubled, mixed with another's, or wrong in single values."""
    made = copy.deepcopy(row)
    if by.random() < 0.1:
        return None
    if by.random() < 0.1:
        made["relevant"] = not made["relevant"]
    if by.random() < 0.2:
        made["incidents"] += copy.deepcopy(by.choice(rows)["incidents"])
    if by.random() < 0.1:
        made["incidents"] *= 2
    by.shuffle(made["incidents"])
    for incident in made["incidents"]:
        _disturb(incident, by)
    return made


def _disturb(incident: dict[str, Any], by: random.Random) -> None:
    for victim in incident["victims"]:
        victim["name"] = disturbed_name(victim["name"], by)
        victim["country"] = by.choice([victim["country"], None, "US", "us"])
    by.shuffle(incident["victims"])
    incident["third_parties"] = [{**third, "name": disturbed_name(third["name"], by)} for third in incident["third_parties"] * 2]
    incident["actors"] = [disturbed_name(actor, by) for actor in incident["actors"]]
    for field in ("attack_types", "effects", "data_classes", "malware"):
        incident[field] = [by.choice([value, value.replace("_", " "), "ddos"]) for value in incident[field] if by.random() < 0.8]
    for kind, date in incident["dates"].items():
        incident["dates"][kind] = by.choice([date, date, None, "2017", "2017-04-01", date and date[:4]])
    if by.random() < 0.3:
        incident["people_affected"] = by.choice([None, {"value": 1500, "qualifier": "exact"}])
        incident["ransom"] = by.choice([None, {"demanded": {"amount": 100.4, "currency": "BTC"}, "paid": "yes", "paid_amount": None}])
        incident["confirmed_by_victim"] = by.choice(["yes", "no", "denied", "unknown"])
        incident["claimed_by_actor"] = not incident["claimed_by_actor"]
    for field in list(incident["evidence"]):
        if by.random() < 0.1:
            incident["evidence"][field] = by.choice(["not in the text", "", [], [{"quote": incident["evidence"][field]}]])


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_is_the_same(shared: Path, seed: int) -> None:
    labels, corpus = shared / "gold" / "dev.jsonl", shared / "corpora" / "casie"
    rows = [json.loads(line) for line in labels.read_text("utf-8").splitlines() if line.strip()]
    by = random.Random(seed)
    gold = {row["id"]: row for row in rows}
    ours = {id: made for id, row in gold.items() if (made := disturbed(row, rows, by)) is not None}
    tally, mistakes = runpy.run_path(str(shared / "tools" / "score_reading.py"))["score"](ours, gold, corpus)
    texts = {}
    for id in gold:
        raw = json.loads((corpus / f"{id.rpartition(':')[2]}.json").read_text("utf-8"))
        texts[id] = f"{raw['info'].get('title')}\n{raw['content']}"
    found = score(gold, ours, texts)
    figures = {**found.fields, "grounded": found.grounded}
    for field, theirs in tally.items():
        mine = figures[field]
        assert (mine.precision, mine.recall, mine.f1) == pytest.approx(theirs.figures(), abs=1e-9), field
        assert (mine.right, mine.ours, mine.gold) == (theirs.tp, theirs.predicted, theirs.gold), field
    counted = [t.figures()[2] for field, t in tally.items() if field != "grounded" and t.gold]
    assert found.macro == pytest.approx(sum(counted) / len(counted), abs=1e-9)
    assert {c.id: c.mistakes for c in found.comparisons if c.mistakes} == {id: n for id, n in mistakes.items() if n}
