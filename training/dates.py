"""Learns to judge what a date is the date of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from breachbook.extract.date_mentions import date_mentions
from breachbook.extract.dates import KINDS
from breachbook.extract.linear_model import LinearModel
from training.fit import fit
from training.notices import california, labelled_notices
from training.values import samples


def _match(wanted: Collection[str | None], values: list[str]) -> list[int]:
    """Which of a report's dates are labelled: those that equal a label; for lack of one, those that a label covers."""
    made = [0] * len(values)
    for want in filter(None, wanted):
        exact = [i for i, value in enumerate(values) if value == want]
        for i in exact or [i for i, value in enumerate(values) if value.startswith(want)]:
            made[i] = 1
    return made


CUES = {"occurred_from": "occur", "occurred_to": "finish", "discovered": "discover", "disclosed": "disclose", "notified": "notify"}
"""The cue that tells each kind."""

SEED_WEIGHT = 6.0
"""How much a seed counts against a date of a report."""


def seeds(kind: str) -> Iterator[tuple[list[str], int]]:
    """Made-up dates that say what cues are for: the kind whose cue is in the date's clause, and nearest to it, is its kind."""
    for other, cue in CUES.items():
        for side in ("before", "after"):
            features = [f"clause:{cue}", f"nearest:{cue}", f"nearest-{side}:{cue}", f"s:{cue}", f"{side[0]}1:{cue}"]
            yield features, int(other == kind)
        yield [f"opens:{cue}", f"nearest-after:{cue}", f"s:{cue}", "begins"], int(other == kind)
    if kind == "occurred_to":
        yield ["part:last", "s:occur", "clause:occur"], 1
    if kind == "occurred_from":
        yield ["part:first", "s:occur", "clause:occur"], 1
    for cue in ("legal", "published", "background"):
        yield [f"clause:{cue}", f"nearest:{cue}", f"s:{cue}"], 0


NOTICE_WEIGHT = 0.3
"""How much a date of a notice counts against one of a report."""


def train_dates(held_out: Collection[str] = (), c: float = 0.05) -> dict[str, LinearModel]:
    """A judge by kind, learned without the reports held out.

    The notices tell when it occurred by a column; of what else their dates are, only the labelled ones tell.
    """
    found = [
        (date_mentions(s.context), {kind: {i["dates"][kind] for i in s.incidents} - {None} for kind in KINDS}, 1.0)
        for s in samples()
        if s.key not in held_out
    ]
    for context, incident in labelled_notices():
        found.append((date_mentions(context), {kind: {incident["dates"][kind]} - {None} for kind in KINDS}, NOTICE_WEIGHT))
    models = {}
    for kind in KINDS:
        rows: list[Sequence[str]] = []
        labels: list[int] = []
        weights: list[float] = []
        more = (
            [(date_mentions(n.context), {kind: {n.occurred}}, NOTICE_WEIGHT) for n in california() if n.occurred]
            if kind == "occurred_from"
            else []
        )
        for mentions, wanted, weight in (*found, *more):
            rows += [m.features for m in mentions]
            labels += _match(wanted[kind], [m.value for m in mentions])
            weights += [weight] * len(mentions)
        for features, label in seeds(kind):
            rows.append(features)
            labels.append(label)
            weights.append(SEED_WEIGHT)
        models[kind] = fit(rows, labels, c=c, min_count=3, weights_of=weights)
    return models
