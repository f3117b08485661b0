"""Small learned judges: logistic models over named features, kept as readable weights that `make train` makes again."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A logistic model: the score of a thing is the sum of its features' weights and the bias."""

    bias: float
    weights: Mapping[str, float]

    def score(self, features: Iterable[str]) -> float:
        """The log-odds. Unknown features weigh nothing."""
        get = self.weights.get
        return self.bias + sum(get(feature, 0.0) for feature in features)

    def probability(self, features: Iterable[str]) -> float:
        """The probability, 0 to 1."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.score(features)))))


@cache
def load(name: str) -> Mapping[str, LinearModel]:
    """The models of the file `extract/weights/NAME.json.gz`, by label (a binary model has the one label `yes`)."""
    raw = files("breachbook.extract").joinpath("weights", f"{name}.json.gz").read_bytes()
    return {label: LinearModel(row["bias"], row["weights"]) for label, row in json.loads(gzip.decompress(raw)).items()}
