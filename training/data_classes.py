"""Learns to judge mentions of kinds of data, and kinds by their mentions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from breachbook.extract.context import Context
from breachbook.extract.data_classes import DataClasses, Mention, by_kind, kind_features, mentions_of
from breachbook.extract.linear_model import LinearModel
from training.corpus import weight
from training.fit import fit
from training.notices import labelled_notices
from training.values import samples

INNER_FOLDS = 5
SIDES = {"affected": "data_classes", "denied": "data_classes_denied"}


ASIDE = {"s:advice", "s:product"}
"""Features of sentences that tell what to do, not what happened."""


SEEDS = (
    (("strong", "sure:denied", "s:taken"), True),
    (("strong", "sure:denied", "s:taken", "list:2"), True),
    (("strong", "sure:denied", "a1:taken"), True),
    (("strong", "sure:denied", "a2:taken"), True),
    (("strong", "sure:stated", "s:taken", "s:contain", "list:2"), False),
    (("strong", "sure:possible", "a1:taken", "s:taken"), False),
)
"""Made-up mentions that say what denials are for, and whether each is one."""

MENTION_STRENGTH = 0.1
"""Inverse strength of regularisation of the judges of mentions: best F1 over folds of the labelled reports."""

SEED_WEIGHT = 2.0
"""How much a seed counts against a mention of a report."""


Labelled = tuple[Context, Mapping[str, set[str]], list[Mention], float]
"""A report's text, its labelled kinds by side, its mentions, and how much it counts."""


def _mention_models(found: Sequence[Labelled]) -> dict[str, LinearModel]:
    """Judges of mentions. A label holds for a whole report: a mention of an affected kind counts as affected unless its
    sentence denies, or gives advice while another mention of the kind stands in one that does not; a mention of a denied
    kind counts as denied only where the sentence denies."""
    models = {}
    for side in SIDES:
        rows, labels, weights = [], [], []
        for _, kinds, mentions, counts in found:
            told = {m.kind for m in mentions if not ASIDE & set(m.features) and "sure:denied" not in m.features}
            for mention in mentions:
                rows.append(mention.features)
                weights.append(counts)
                denies = "sure:denied" in mention.features
                aside = bool(ASIDE & set(mention.features)) and mention.kind in told
                labels.append(int(mention.kind in kinds[side] and (denies if side == "denied" else not denies and not aside)))
        for features, denied in SEEDS:
            rows.append(features)
            labels.append(int(denied == (side == "denied")))
            weights.append(SEED_WEIGHT)
        models[side] = fit(rows, labels, c=MENTION_STRENGTH, min_count=4, weights_of=weights)
    return models


def _judged(models: Mapping[str, LinearModel], mentions: list[Mention]) -> list[Mention]:
    return [replace(m, **{side: models[side].probability(m.features) for side in SIDES}) for m in mentions]


def train_data_classes(held_out: Collection[str] = ()) -> dict[str, LinearModel]:
    """All four judges, learned without the reports held out. The judges of kinds learn from mentions judged by models that
    did not see them."""
    found: list[Labelled] = [
        (s.context, {side: s.labels(field) for side, field in SIDES.items()}, mentions_of(s.context, DataClasses.name), weight(s.key))
        for s in samples()
        if s.key not in held_out
    ]
    reports = len(found)
    for context, incident in labelled_notices():
        labelled = {side: set(incident[field]) for side, field in SIDES.items()}  # type: ignore[call-overload]
        found.append((context, labelled, mentions_of(context, DataClasses.name), 1.0))
    models = _mention_models(found)
    rows: dict[str, list[list[str]]] = {side: [] for side in SIDES}
    labels: dict[str, list[int]] = {side: [] for side in SIDES}
    weights: list[float] = []
    for fold in range(INNER_FOLDS):
        inner = _mention_models([row for i, row in enumerate(found) if i % INNER_FOLDS != fold])
        for _, kinds, mentions, counts in (row for i, row in enumerate(found[:reports]) if i % INNER_FOLDS == fold):
            judged = _judged(inner, mentions)
            for kind, of_kind in by_kind(judged).items():
                features = kind_features(kind, of_kind, judged)
                weights.append(counts)
                for side in SIDES:
                    rows[side].append(features[side])
                    labels[side].append(int(kind in kinds[side]))
    for side in SIDES:
        models[f"{side}-kind"] = fit(rows[side], labels[side], c=0.3, min_count=3, weights_of=weights)
    return models
