"""The learned judges of a report as one thing, as shipped or as a training run hands them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from breachbook.extract.linear_model import LinearModel, WordModel, load, load_words


@dataclass(frozen=True)
class Judges:
    """`roles` of the victim (and its `…-mention`), relevance, facts of organisations, other `parts` (`actor`, `third_party`)."""

    roles: Mapping[str, LinearModel]
    relevance: WordModel
    facts: Mapping[str, LinearModel] = field(default_factory=dict)
    parts: Mapping[str, LinearModel] = field(default_factory=dict)


@cache
def shipped() -> Judges:
    """The judges of the package's weights."""
    return Judges(load("roles"), load_words("relevance"), load("organisation_facts"), load("parts"))
