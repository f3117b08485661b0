"""Small learned judges: logistic models over named features, kept as readable weights that `make train` makes again."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import repeat
from math import fsum


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A logistic model: the score of a thing is the sum of its features' weights and the bias."""

    bias: float
    weights: Mapping[str, float]

    def score(self, features: Iterable[str]) -> float:
        """The log-odds. Unknown features weigh nothing."""
        return self.bias + sum(map(self.weights.get, features, repeat(0.0)))

    def probability(self, features: Iterable[str]) -> float:
        """The probability, 0 to 1."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.score(features)))))


@dataclass(frozen=True, slots=True)
class WordModel:
    """A logistic model over the words of whole documents: features weigh by how rare they are (`rarity`, the inverse document
    frequency), and their sum is divided by the length of that vector, so that long documents are judged as short ones."""

    bias: float
    weights: Mapping[str, float]
    rarity: Mapping[str, float]
    _parts: dict[str, tuple[float, float]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._parts.update({name: (rare * rare, rare * self.weights[name]) for name, rare in self.rarity.items()})

    def probability(self, features: Iterable[str]) -> float:
        """The probability, 0 to 1. Unknown features count for nothing."""
        known = [part for part in map(self._parts.get, features) if part is not None]
        length = fsum([square for square, _ in known])  # an exact sum: the same for the same features, in whatever order they come
        total = fsum([weight for _, weight in known])
        score = self.bias + (total / math.sqrt(length) if length else 0.0)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def load_words(name: str) -> WordModel:
    """The word model of the file `extract/weights/NAME.json.gz`."""
    raw = files("breachbook.extract").joinpath("weights", f"{name}.json.gz").read_bytes()
    data = json.loads(gzip.decompress(raw))
    return WordModel(
        data["bias"], dict(zip(data["features"], data["weights"], strict=True)), dict(zip(data["features"], data["rarity"], strict=True))
    )


@cache
def load(name: str) -> Mapping[str, LinearModel]:
    """The models of the file `extract/weights/NAME.json.gz`, by label (a binary model has the one label `yes`)."""
    raw = files("breachbook.extract").joinpath("weights", f"{name}.json.gz").read_bytes()
    return {label: LinearModel(row["bias"], row["weights"]) for label, row in json.loads(gzip.decompress(raw)).items()}
