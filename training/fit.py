"""Fits logistic models over named features and writes them as weights of the package (needs scikit-learn)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from breachbook.extract.linear_model import LinearModel, WordModel

WEIGHTS = Path(__file__).parent.parent / "src" / "breachbook" / "extract" / "weights"
SMALLEST_WEIGHT = 0.01
"""Weights below this are dropped: they change no answer and fill the file."""


def fit(
    samples: Sequence[Sequence[str]],
    labels: Sequence[int],
    *,
    c: float = 1.0,
    balanced: bool = False,
    min_count: int = 2,
    weights_of: Sequence[float] | None = None,
) -> LinearModel:
    """A logistic model of `labels` (0 or 1) over samples given as lists of feature names (L2, inverse strength `c`).

    `weights_of` says how much each sample counts (1 when not given).
    """
    counts: dict[str, int] = {}
    for sample in samples:
        for feature in set(sample):
            counts[feature] = counts.get(feature, 0) + 1
    rows = [{f: 1.0 for f in sample if counts[f] >= min_count} for sample in samples]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=c, max_iter=2000, class_weight="balanced" if balanced else None)
    model.fit(vectorizer.fit_transform(rows), np.asarray(labels), sample_weight=None if weights_of is None else np.asarray(weights_of))
    weights = {
        str(name): round(float(weight), 3)
        for name, weight in zip(vectorizer.feature_names_, model.coef_[0], strict=True)
        if abs(weight) >= SMALLEST_WEIGHT
    }
    return LinearModel(round(float(model.intercept_[0]), 3), weights)


def fit_words(
    samples: Sequence[Sequence[str]], labels: Sequence[int], *, c: float, min_count: int, weights_of: Sequence[float]
) -> WordModel:
    """A word model of `labels` (0 or 1) over documents given as lists of feature names (L2, inverse strength `c`)."""
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([dict.fromkeys(sample, 1.0) for sample in samples])
    counts = np.asarray((table > 0).sum(axis=0)).ravel()
    kept = counts >= min_count
    table = table[:, kept]
    names = [name for name, keep in zip(vectorizer.feature_names_, kept, strict=True) if keep]
    rarity = np.log(len(samples) / counts[kept])
    model = LogisticRegression(C=c, max_iter=3000)
    model.fit(normalize(table.multiply(rarity).tocsr()), np.asarray(labels), sample_weight=np.asarray(weights_of))
    weights = {str(name): round(float(weight), 3) for name, weight in zip(names, model.coef_[0], strict=True)}
    return WordModel(
        round(float(model.intercept_[0]), 3), weights, {str(n): round(float(r), 2) for n, r in zip(names, rarity, strict=True)}
    )


def write_words(name: str, model: WordModel) -> int:
    """Writes a word model as `weights/NAME.json.gz`, the same bytes for the same model; returns the size in bytes."""
    features = sorted(model.weights)
    table = {
        "bias": model.bias,
        "features": features,
        "weights": [model.weights[f] for f in features],
        "rarity": [model.rarity[f] for f in features],
    }
    data = gzip.compress(json.dumps(table, separators=(",", ":"), ensure_ascii=False).encode(), mtime=0)
    (WEIGHTS / f"{name}.json.gz").write_bytes(data)
    return len(data)


def write(name: str, models: Mapping[str, LinearModel]) -> int:
    """Writes the models as `weights/NAME.json.gz`, the same bytes for the same models; returns the size in bytes."""
    table = {label: {"bias": m.bias, "weights": dict(sorted(m.weights.items()))} for label, m in sorted(models.items())}
    data = gzip.compress(json.dumps(table, separators=(",", ":"), ensure_ascii=False).encode(), mtime=0)
    (WEIGHTS / f"{name}.json.gz").write_bytes(data)
    return len(data)
