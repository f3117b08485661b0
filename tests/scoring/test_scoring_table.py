"""Figures over all reports, the worst of them, and evidence that stands in the text."""

from __future__ import annotations

from typing import Any

import pytest

from breachbook.scoring.fields import FIELDS
from breachbook.scoring.grounding import grounded
from breachbook.scoring.table import Figures, commonest, mistakes_by_field, score


def record(id: str, victim: str = "Lake Clinic", **incident: Any) -> dict[str, Any]:
    return {"id": id, "relevant": True, "incidents": [{"victims": [{"name": victim}], **incident}]}


GOLD = {"a": record("a", effects=["extortion"]), "b": record("b", effects=["extortion", "integrity"]), "c": {"id": "c", "relevant": False}}


def test_precision_recall_and_f1() -> None:
    figures = Figures(right=3, ours=4, gold=6)
    assert (figures.precision, figures.recall, figures.f1) == (0.75, 0.5, pytest.approx(0.6))
    assert Figures().f1 == 0.0


def test_labels_against_themselves_are_perfect() -> None:
    found = score(GOLD, GOLD, {})
    assert found.macro == 1.0
    assert set(found.fields) == set(FIELDS)
    assert found.worst(5) == []


def test_nothing_read_scores_nothing() -> None:
    found = score(GOLD, {}, {})
    assert found.macro == 0.0
    assert found.fields["effects"] == Figures(0, 0, 3)


def test_the_mean_is_over_fields_that_the_labels_fill() -> None:
    ours = {"a": GOLD["a"], "b": record("b", victim="Hill Bank", effects=["extortion"], actors=["Clop"])}
    found = score(GOLD, ours, {})
    assert found.fields["actors"].ours == 1
    assert found.macro == pytest.approx((1.0 + 0.5 + 0.8) / 3), "relevant, victims, effects; not actors"


def test_the_worst_come_first_with_what_is_wrong() -> None:
    ours = {"a": record("a", victim="X", effects=["extortion"]), "b": record("b", effects=["ddos", "extortion", "integrity"])}
    worst = score(GOLD, ours, {}).worst(9)
    assert [(c.id, mistakes_by_field(c)) for c in worst] == [("a", {"victims": "-1 +1"}), ("b", {"effects": "+1"})]


def test_what_is_missed_most_often() -> None:
    assert commonest(score(GOLD, {}, {}), 3) == [
        (("relevant", "-", "yes"), 2), (("victims", "-", "Lake Clinic"), 2), (("effects", "-", "extortion"), 2),
    ]  # fmt: skip


def test_the_json_has_every_field() -> None:
    made = score(GOLD, {}, {"a": "text"}).to_json(worst=1)
    assert set(made["fields"]) == {*FIELDS, "grounded"}
    assert made["documents"] == 3
    assert made["worst"] == [{"id": "b", "mistakes": 4, "fields": {"relevant": "-1", "victims": "-1", "effects": "-2"}}]
    assert len(made["commonest"]) == 1


@pytest.mark.parametrize(
    ("proof", "sound"),
    [
        ("hit by  Clop", 1),
        (["hit by Clop", "Lake\nClinic"], 1),
        ([{"quote": "Clop"}], 1),
        (["Clop", "not there"], 0),
        ("", 0),
        (None, 0),
        ([], 0),
        ([{"other": "Clop"}], 0),
        (7, 0),
    ],
)
def test_evidence_stands_in_the_text_or_not(proof: Any, sound: int) -> None:
    ours = {"relevant": True, "incidents": [{"actors": ["Clop"], "evidence": {"actors": proof}}]}
    assert grounded(ours, "Lake Clinic\nwas hit by Clop") == (sound, 1)


def test_only_filled_fields_need_evidence() -> None:
    assert grounded(record("a", actors=[], evidence={"victims": "Lake"}), "Lake Clinic") == (1, 1)
    assert grounded(None, "Lake Clinic") == (0, 0)
