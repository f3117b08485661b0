"""Whether the victim says that it happened, or that it did not; and whether the attacker says that he did it."""

from __future__ import annotations

from collections.abc import Mapping

from breachbook.extract.context import Finding
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.surroundings import Hit
from breachbook.extract.term_judges import TermJudge
from breachbook.model.claim import Speaker

THRESHOLDS = {"confirmed": 0.35, "denied": 0.35, "claimed": 0.3}
"""Probability from which each is found: best F1 over folds of the labelled reports."""


class Confirmation(TermJudge):
    """Findings of `confirmed` (speaker: the victim; certainty `stated`, or `denied`) and `claimed` (speaker: the attacker)."""

    def __init__(self, models: Mapping[str, LinearModel] | None = None) -> None:
        super().__init__("confirmation", "confirmation_words.toml", 0.5, models, thresholds=THRESHOLDS)

    def make(self, term: str, hit: Hit, certainty: str, weight: float) -> Finding:
        """A finding; what the words hedge is what happened, not that the speaker said something of it."""
        if term == "claimed":
            return Finding("claimed", True, hit.start, hit.end, "stated", Speaker("threat_actor"), weight=weight, extractor=self.name)
        sure = "denied" if term == "denied" else "stated"
        return Finding("confirmed", True, hit.start, hit.end, sure, Speaker("victim"), weight=weight, extractor=self.name)
