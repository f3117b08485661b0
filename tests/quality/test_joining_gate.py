"""Reports of one incident are joined, and those of different incidents kept apart, at least as well as when the floors were set."""

from __future__ import annotations

import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

GATE = runpy.run_path(str(Path(__file__).parent / "set_joining_floors.py"))
DIGEST, FLOORS = GATE["floors"]()
WORST = 5
"""Pairs that a failure prints."""


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    """What joining reaches now."""
    found: dict[str, Any] = GATE["measured"]()
    return found


def test_the_floors_are_those_of_this_data() -> None:
    assert GATE["digest"]() == DIGEST, "reports or labels have changed: set the floors with `python tests/quality/set_joining_floors.py`"


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_falls_below_its_floor(name: str, figures: dict[str, Any]) -> None:
    found = figures[name]
    shown = GATE["JOINING"]["told"](*name.split("_"), found, WORST)
    assert found.f1 >= FLOORS[name], f"below its floor of {FLOORS[name]:.4f}\n{shown}\n`python -m training.evaluate_joining` shows all"


def test_resolving_alone_keeps_the_promised_floor() -> None:
    assert all(floor >= GATE["AIMED"] for name, floor in FLOORS.items() if name.endswith("_hand"))


def test_reports_and_labels_belong_together() -> None:
    for paths, labelled in GATE["JOINING"]["SETS"].values():
        reports = [report["id"] for path in paths for report in GATE["JOINING"]["lines"](path)]
        labels = GATE["JOINING"]["lines"](labelled)
        assert sorted(reports) == sorted(label["id"] for label in labels)
        assert len(set(reports)) == len(reports)


def test_the_set_holds_what_it_promises() -> None:
    labels = GATE["JOINING"]["lines"](GATE["JOINING"]["SETS"]["told"][1])
    told = Counter(incident["incident"] for label in labels for incident in label["tells"])
    assert len(told) >= 40
    assert all(2 <= times <= 5 for times in told.values())
    victims = Counter(name for names in _victims(labels).values() for name in names)
    assert sum(times > 1 for times in victims.values()) >= 8, "incidents of one victim, and namesakes"


def _victims(labels: list[dict[str, Any]]) -> dict[str, set[str]]:
    """The names of each incident's victims."""
    found: dict[str, set[str]] = {}
    for label in labels:
        for told in label["tells"]:
            found.setdefault(told["incident"], set()).update(v["name"] for v in told.get("victims", ()))
    return found
