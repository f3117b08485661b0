"""Trains the judges of the parts that things named play beside the victim's: attacker, third party."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from breachbook.extract.actor_names import with_odd_names
from breachbook.extract.actors import actor_features
from breachbook.extract.candidates import Candidate
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.mentions import tokens
from breachbook.extract.third_parties import is_bare_product, judged_features
from training.corpus import labels, weight
from training.fit import fit
from training.roles import Sample, is_named, names_of, relevant_without, sample

STRENGTHS = {"actor": 1.0, "third_party": 0.2}
"""Inverse strength of regularisation by part: best over folds."""


def victims_of(row: dict[str, Any]) -> list[str]:
    """All names of the victims of a labelled report."""
    return [name for names in names_of(row, "victim") for name in names]


def others(ready: Sample, row: dict[str, Any]) -> list[Candidate]:
    """What a labelled report names beside its victims, with what is named like an attacker."""
    given = victims_of(row)
    words = [tokens(ready.context.text, s.start, s.end) for s in ready.context.sentences]
    hit = [t for t in ready.things if is_named(t, given)]
    return with_odd_names([t for t in ready.things if t not in hit], ready.context, words, hit)


@cache
def _actor_rows(key: str) -> list[tuple[list[str], int]]:
    row = labels()[key]
    wanted = [name for incident in row["incidents"] for name in incident["actors"]]
    return [(actor_features(thing), int(is_named(thing, wanted))) for thing in others(sample(key), row)]


@cache
def _party_rows(key: str) -> list[tuple[list[str], int]]:
    row = labels()[key]
    parties = [party for incident in row["incidents"] for party in incident["third_parties"]]
    wanted = [name for party in parties for name in (party["name"], party["product"]) if name]
    given = victims_of(row)
    things = [thing for thing in sample(key).things if not is_bare_product(thing)]
    return [(judged_features(t, is_hit=is_named(t, given)), int(is_named(t, wanted))) for t in things]


def train_parts(held_out: Collection[str] = ()) -> dict[str, LinearModel]:
    """The judges by part, from all relevant reports but those held out (their ids)."""
    keys = relevant_without(held_out)
    return {part: _fit(part, keys) for part in STRENGTHS}


def _fit(part: str, keys: Sequence[str]) -> LinearModel:
    rows = [(row, weight(key)) for key in keys for row in (_actor_rows(key) if part == "actor" else _party_rows(key))]
    return fit([f for (f, _), _ in rows], [y for (_, y), _ in rows], c=STRENGTHS[part], weights_of=[w for _, w in rows])
