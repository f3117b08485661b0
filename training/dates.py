"""Learns to judge what a date is the date of."""

from __future__ import annotations

from collections.abc import Collection

from breachbook.extract.date_mentions import date_mentions
from breachbook.extract.dates import KINDS
from breachbook.extract.linear_model import LinearModel

from training.fit import fit
from training.values import Sample, samples


def labels_of(sample: Sample, kind: str, values: list[str]) -> list[int]:
    """Which of a report's dates are of a kind: those that equal the label; for lack of one, those that the label covers."""
    wanted = {i["dates"][kind] for i in sample.incidents} - {None}
    made = [0] * len(values)
    for want in wanted:
        exact = [i for i, value in enumerate(values) if value == want]
        for i in exact or [i for i, value in enumerate(values) if value.startswith(want)]:
            made[i] = 1
    return made


def train_dates(held_out: Collection[str] = (), c: float = 0.15) -> dict[str, LinearModel]:
    """A judge by kind, learned without the reports held out."""
    found = [(s, date_mentions(s.context)) for s in samples() if s.number not in held_out]
    rows = [m.features for _, mentions in found for m in mentions]
    models = {}
    for kind in KINDS:
        labels = [label for sample, mentions in found for label in labels_of(sample, kind, [m.value for m in mentions])]
        models[kind] = fit(rows, labels, c=c, min_count=3)
    return models
