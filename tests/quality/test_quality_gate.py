"""The offline reader reads the project's own labelled reports at least as well as it did when the floors were set."""

from __future__ import annotations

import runpy
import tomllib
from pathlib import Path
from typing import Any

import pytest

GATE = runpy.run_path(str(Path(__file__).parent / "set_floors.py"))
DIGEST, FLOORS = GATE["floors"]()


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    """What the reader reaches now."""
    found: dict[str, float] = GATE["present"](GATE["measured"]())
    return found


def test_the_floors_are_those_of_this_data() -> None:
    assert GATE["digest"]() == DIGEST, "reports or labels have changed: set the floors anew with `python tests/quality/set_floors.py`"


def test_every_figure_has_a_floor(figures: dict[str, float]) -> None:
    assert set(figures) == set(FLOORS), "a field came or went: set the floors anew with `python tests/quality/set_floors.py`"


@pytest.mark.parametrize("field", FLOORS)
def test_no_field_falls_below_its_floor(field: str, figures: dict[str, float]) -> None:
    reached, floor = figures.get(field, 0.0), FLOORS[field]
    assert reached >= floor, (
        f"{field} has fallen to {reached:.4f}, below its floor of {floor:.4f}: "
        "`breachbook score --gold tests/quality/labels.jsonl --documents tests/quality/reports.jsonl --worst 10` shows where; "
        "`python tests/quality/set_floors.py --lower` lowers it on purpose"
    )


def test_floors_rise_and_never_fall_by_themselves() -> None:
    raised = GATE["raised"]
    new, fallen = raised({"victims": 0.5, "cves": 0.9}, {"victims": 0.7, "cves": 0.4}, lower=False)
    assert (new, fallen) == ({"victims": pytest.approx(0.695), "cves": 0.9}, ["cves"])
    new, fallen = raised({"cves": 0.9}, {"cves": 0.4}, lower=True)
    assert (new, fallen) == ({"cves": pytest.approx(0.395)}, ["cves"])


def test_a_figure_within_the_margin_of_its_floor_does_not_lower_it() -> None:
    new, fallen = GATE["raised"]({"victims": 0.5}, {"victims": 0.502}, lower=False)
    assert (new, fallen) == ({"victims": 0.5}, [])


def test_grounded_has_no_margin() -> None:
    assert GATE["raised"]({}, {"grounded": 1.0}, lower=False)[0] == {"grounded": 1.0}


def test_what_is_written_is_what_is_read() -> None:
    data: dict[str, Any] = tomllib.loads(GATE["written"]("ab", {"victims": 0.123, "macro": 1.0}))
    assert data == {"digest": "ab", "floors": {"victims": 0.123, "macro": 1.0}}
