"""Learns to judge the terms that a whole report decides: kinds of attack and effects."""

from __future__ import annotations

from collections.abc import Collection

from breachbook.extract.linear_model import LinearModel
from breachbook.extract.surroundings import hits
from breachbook.extract.term_judges import report_features
from breachbook.vocab.terms import terms

from training.fit import fit
from training.values import samples

FIELDS = {"attack_type": "attack_types", "effect": "effects"}
FEWEST = 2
"""Labelled reports that a term needs to be learned at all."""


def train_terms(property: str, held_out: Collection[str] = (), c: float = 0.15) -> dict[str, LinearModel]:
    """A judge by term, learned without the reports held out."""
    kept = [s for s in samples() if s.number not in held_out]
    rows = [report_features(s.context, hits(s.context, property)) for s in kept]
    models = {}
    for term in terms(property):
        labels = [int(term in s.labels(FIELDS[property])) for s in kept]
        if sum(labels) >= FEWEST:
            models[term] = fit(rows, labels, c=c, min_count=3)
    return models
