"""The learned judges of a report as one thing, as shipped or as a training run hands them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from breachbook.extract.linear_model import LinearModel, load


@dataclass(frozen=True)
class Judges:
    """`roles` by part (`victim`, `actor`, `third_party`, each with its `…-mention`), relevance, and the facts of organisations."""

    roles: Mapping[str, LinearModel]
    relevance: LinearModel
    facts: Mapping[str, LinearModel] = field(default_factory=dict)


@cache
def shipped() -> Judges:
    """The judges of the package's weights."""
    return Judges(load("roles"), load("relevance")["yes"], load("organisation_facts"))
