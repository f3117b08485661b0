"""Trains the judges of the parts that things named play beside the victim's: attacker, third party."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from breachbook.extract.actor_names import with_odd_names
from breachbook.extract.actors import actor_features
from breachbook.extract.candidates import Candidate
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.mentions import tokens
from breachbook.extract.third_parties import is_bare_product, judged_features
from training.corpus import document, labels, weight
from training.fit import fit
from training.roles import Sample, is_named, names_of, prepared, relevant_without, sample

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
    rows += [(row, SENTENCE_WEIGHT) for row in (_attacker_sentences() if part == "actor" else _supplier_sentences())]
    return fit([f for (f, _), _ in rows], [y for (_, y), _ in rows], c=STRENGTHS[part], weights_of=[w for _, w in rows])


SENTENCE_WEIGHT = 0.5
"""How much a sentence in one of its two places counts against a report that careful readers labelled."""
BEFORE = (
    "The doors were closed on Monday. Nobody was hurt. Visitors were sent home. The lights stayed on. It rained. The phones were quiet. "
)
"""Sentences that tell nothing, so that the one behind them stands later in a report."""
_BRACKETS, _BRACES = re.compile(r"\[([^\]]+)\]"), re.compile(r"\{([^}]+)\}")
_MARKS = re.compile(r"[\[\]{}]")


def _marked(name: str) -> Iterator[tuple[str, Sample]]:
    """The sentences of the file `NAME.toml` beside this module, each at the start of a report and later in one."""
    table = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))
    for sentence in table["sentences"]:
        plain = _MARKS.sub("", sentence)
        for text in (plain, BEFORE + plain):
            yield sentence, prepared(document("Systems down after attack", text))


@cache
def _attacker_sentences() -> list[tuple[list[str], int]]:
    rows = []
    for sentence, ready in _marked("attacker_sentences"):
        words = [tokens(ready.context.text, s.start, s.end) for s in ready.context.sentences]
        things = with_odd_names(ready.things, ready.context, words, [])
        rows += [(actor_features(thing), int(is_named(thing, _BRACKETS.findall(sentence)))) for thing in things]
    return rows


@cache
def _supplier_sentences() -> list[tuple[list[str], int]]:
    rows = []
    for sentence, ready in _marked("supplier_sentences"):
        wanted, hit = _BRACKETS.findall(sentence), _BRACES.findall(sentence)
        things = [thing for thing in ready.things if not is_bare_product(thing)]
        rows += [(judged_features(t, is_hit=is_named(t, hit)), int(is_named(t, wanted))) for t in things]
    return rows
