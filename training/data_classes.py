"""Learns to judge mentions of kinds of data, and kinds by their mentions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from breachbook.extract.data_classes import DataClasses, Mention, by_kind, kind_features, mentions_of
from breachbook.extract.linear_model import LinearModel

from training.fit import fit
from training.values import Sample, samples

INNER_FOLDS = 5
SIDES = {"affected": "data_classes", "denied": "data_classes_denied"}


def _mention_models(found: Sequence[tuple[Sample, list[Mention]]]) -> dict[str, LinearModel]:
    """Judges of mentions. A mention of an affected kind counts as affected wherever it stands, of a denied kind only where
    the sentence denies; the features sort out the rest."""
    models = {}
    for side, field in SIDES.items():
        rows, labels = [], []
        for sample, mentions in found:
            kinds = sample.labels(field)
            for mention in mentions:
                rows.append(mention.features)
                denies = "sure:denied" in mention.features
                labels.append(int(mention.kind in kinds and (side == "affected" or denies) and not (side == "affected" and denies)))
        models[side] = fit(rows, labels, c=0.3, min_count=4)
    return models


def _judged(models: Mapping[str, LinearModel], mentions: list[Mention]) -> list[Mention]:
    return [replace(m, **{side: models[side].probability(m.features) for side in SIDES}) for m in mentions]


def train_data_classes(held_out: Collection[str] = ()) -> dict[str, LinearModel]:
    """All four judges, learned without the reports held out. The judges of kinds learn from mentions judged by models that
    did not see them."""
    found = [(s, mentions_of(s.context, DataClasses.name)) for s in samples() if s.number not in held_out]
    models = _mention_models(found)
    rows: dict[str, list[list[str]]] = {side: [] for side in SIDES}
    labels: dict[str, list[int]] = {side: [] for side in SIDES}
    for fold in range(INNER_FOLDS):
        inner = _mention_models([row for i, row in enumerate(found) if i % INNER_FOLDS != fold])
        for sample, mentions in (row for i, row in enumerate(found) if i % INNER_FOLDS == fold):
            judged = _judged(inner, mentions)
            for kind, of_kind in by_kind(judged).items():
                features = kind_features(kind, of_kind, judged)
                for side, field in SIDES.items():
                    rows[side].append(features[side])
                    labels[side].append(int(kind in sample.labels(field)))
    for side in SIDES:
        models[f"{side}-kind"] = fit(rows[side], labels[side], c=0.3, min_count=3)
    return models
