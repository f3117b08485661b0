"""Trains the judges of country and sector: is this value, with these signs, the right one for this victim?"""

from __future__ import annotations

from collections.abc import Collection

from breachbook.extract.linear_model import LinearModel
from breachbook.extract.mentions import MentionFinder
from breachbook.extract.organisation_facts import Survey, country_options, sector_options
from training.corpus import labels
from training.fit import fit
from training.roles import is_named, sample

STRENGTH = 0.5


def train_facts(held_out: Collection[str] = ()) -> dict[str, LinearModel]:
    """The judges `country` and `sector`, from all labelled reports but those held out."""
    rows: dict[str, list[tuple[list[str], int]]] = {"country": [], "sector": []}
    for key, row in labels().items():
        if key in held_out or not row["relevant"]:
            continue
        ready = sample(key)
        survey = Survey(ready.context, MentionFinder(ready.context).sentence_tokens)
        for victim in (v for i in row["incidents"] for v in i["victims"]):
            thing = next((t for t in ready.things if is_named(t, [victim["name"], *victim["aliases"]])), None)
            if thing is None:
                continue
            rows["country"] += [(o.features, int(o.value == victim["country"])) for o in country_options(thing, survey)]
            rows["sector"] += [(o.features, int(o.value == victim["sector"])) for o in sector_options(thing, survey)]
    return {name: fit([f for f, _ in part], [y for _, y in part], c=STRENGTH, min_count=2) for name, part in rows.items()}
