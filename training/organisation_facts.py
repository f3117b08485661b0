"""Trains the judges of country and sector: is this value, with these signs, the right one for this victim?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from breachbook.extract.candidates import Candidate
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.mentions import MentionFinder
from breachbook.extract.organisation_facts import Option, Survey, country_options, sector_options
from training.corpus import labels, weight
from training.fit import fit
from training.roles import is_named, sample

STRENGTHS = {"country": 0.6, "sector": 1.2}
LEAST_OFTEN = 3
"""Strengths, and how often a sign must stand in the labels to be weighed: best over folds of all labels."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled victim and the candidate that names it, with the values that its country and sector may have."""

    victim: Mapping[str, Any]
    candidate: Candidate
    survey: Survey
    countries: list[Option]
    sectors: list[Option]


@cache
def victims_of(key: str) -> tuple[Labelled, ...]:
    """The labelled victims of a report that a candidate names."""
    row = labels()[key]
    if not row["relevant"]:
        return ()
    ready = sample(key)
    survey = Survey(ready.context, MentionFinder(ready.context).sentence_tokens)
    found = []
    for victim in (v for i in row["incidents"] for v in i["victims"]):
        thing = next((t for t in ready.things if is_named(t, [victim["name"], *victim["aliases"]])), None)
        if thing is not None:
            found.append(Labelled(victim, thing, survey, country_options(thing, survey), sector_options(thing, survey)))
    return tuple(found)


def train_facts(held_out: Collection[str] = ()) -> dict[str, LinearModel]:
    """The judges `country` and `sector`, from all labelled reports but those held out."""
    rows: dict[str, list[tuple[list[str], int, float]]] = {"country": [], "sector": []}
    for key in labels():
        if key in held_out:
            continue
        for one in victims_of(key):
            rows["country"] += [(o.features, int(o.value == one.victim["country"]), weight(key)) for o in one.countries]
            rows["sector"] += [(o.features, int(o.value == one.victim["sector"]), weight(key)) for o in one.sectors]
    return {
        name: fit(
            [f for f, _, _ in part], [y for _, y, _ in part], c=STRENGTHS[name], min_count=LEAST_OFTEN, weights_of=[w for _, _, w in part]
        )
        for name, part in rows.items()
    }
