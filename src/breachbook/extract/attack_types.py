"""How it was done: the kinds of attack (`vocab/data/attack_words.toml`, judged by `term_judges`)."""

from __future__ import annotations

from collections.abc import Mapping

from breachbook.extract.linear_model import LinearModel
from breachbook.extract.term_judges import TermJudge

THRESHOLD = 0.3
"""Probability from which a kind is found: best F1 over folds of the labelled reports."""


class AttackTypes(TermJudge):
    """Findings of `attack_type`."""

    def __init__(self, models: Mapping[str, LinearModel] | None = None) -> None:
        super().__init__("attack_type", "attack_words.toml", THRESHOLD, models)
