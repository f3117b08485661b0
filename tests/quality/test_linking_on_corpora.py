"""Linking on labelled names, where the shared corpora are there. Floors are below what was measured, and are not aimed at."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FLOORS = {"first": 0.95, "ten": 0.97}
"""Shares of press victims with the post of the same victim first, and among the first ten; 0.964 and 0.986 when set."""

MOST_WRONG = 0.005
"""Share of press victims with a wrong victim as a match; none when set."""

NAME_PAIRS_F1, NAME_PAIRS_MATCH_PRECISION = 0.90, 0.97
"""F1 of pairs of names that are a match or a proposal, and precision of matches; 0.909 and 0.989 when set."""


@pytest.fixture
def evaluation(shared: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("BREACHBOOK_SHARED", str(shared))
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[2]))
    return importlib.import_module("training.evaluate_linking")


@pytest.mark.shared
def test_press_victims_meet_the_posts_of_the_same_victim(evaluation: Any, record_property: Callable[[str, object], None]) -> None:
    figures = evaluation.press_to_posts()
    record_property("figures", figures)
    assert {name: figures[name] for name in FLOORS if figures[name] < FLOORS[name]} == {}
    assert figures["wrong"] <= MOST_WRONG


@pytest.mark.shared
def test_pairs_of_names(evaluation: Any, record_property: Callable[[str, object], None]) -> None:
    figures = evaluation.pairs_of_names()
    record_property("figures", figures)
    assert figures["f1"] >= NAME_PAIRS_F1
    assert figures["match_precision"] >= NAME_PAIRS_MATCH_PRECISION
