"""Trains the judge of relevance on labelled reports, victims' notices (all relevant) and ordinary news (none of it)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from breachbook.extract.linear_model import LinearModel, WordModel
from breachbook.extract.notices import is_notice
from breachbook.extract.relevance import may_be_relevant, relevance_features
from breachbook.extract.roles import judge
from training.corpus import labels, ordinary, weight
from training.fit import fit_words
from training.roles import PARTS, Sample, notices, prepared, sample, train_notices, train_role

EVERY_NOTICE = 3
EVERY_NEWS = 3
"""One of so many notices, and of news that passes the cheap look, is learned from; more would drown the labelled reports."""
STRENGTH = 30.0
OTHERS_WEIGHT = 0.5
"""How much a notice or a piece of ordinary news counts against a report that careful readers labelled."""


@cache
def others() -> tuple[tuple[Sample, int], ...]:
    """Documents of other kinds: notices (1) and ordinary news (0)."""
    news = [d for d in ordinary() if may_be_relevant(d.text)]
    return (
        *((ready, 1) for ready, _ in notices()[::EVERY_NOTICE]),
        *((prepared(d), 0) for d in news[::EVERY_NEWS]),
    )


def _features(ready: Sample, models: Mapping[str, LinearModel]) -> list[str]:
    part = "notice" if is_notice(ready.context) else "victim"
    judged = judge(ready.things, ready.context, ready.around, models[f"{part}-mention"], models[part])
    return relevance_features(ready.context, judged)


def train_relevance(held_out: Collection[str], models: Mapping[str, LinearModel]) -> WordModel:
    """The judge, from all labelled reports but those held out; `models` are the victims' judges that did not see these either."""
    keys = [key for key in labels() if key not in held_out]
    rows: list[tuple[list[str], int, float]] = []
    for part in range(PARTS):
        inside = [key for i, key in enumerate(keys) if i % PARTS == part]
        unseen = {**train_role("victim", {*held_out, *inside}), **train_notices()}
        rows += [(_features(sample(key), unseen), int(labels()[key]["relevant"]), weight(key)) for key in inside]
    rows += [(_features(ready, models), label, OTHERS_WEIGHT) for ready, label in others()]
    return fit_words([f for f, _, _ in rows], [y for _, y, _ in rows], c=STRENGTH, min_count=3, weights_of=[w for _, _, w in rows])
