"""What it did to the victim: the effects (`vocab/data/effect_words.toml`, judged by `term_judges`)."""

from __future__ import annotations

from collections.abc import Mapping

from breachbook.extract.linear_model import LinearModel
from breachbook.extract.term_judges import TermJudge

THRESHOLD = 0.4
"""Probability from which an effect is found: best F1 over folds of the labelled reports."""

RARE = {"integrity": 0.25, "money_stolen": 0.3}
"""The same for effects that few labelled reports have, of which the judges are less sure."""


class Effects(TermJudge):
    """Findings of `effect`."""

    def __init__(self, models: Mapping[str, LinearModel] | None = None) -> None:
        super().__init__("effect", "effect_words.toml", THRESHOLD, models, thresholds=RARE)
