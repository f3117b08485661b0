"""Learns to judge what a number counts, from the labelled reports and from the health notices with their official counts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from breachbook.extract.counts import KINDS, CountMention, count_mentions, kind_features
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.reader import context_of
from training.corpus import document, table, weight
from training.fit import fit
from training.values import samples, scanner

NOTICES = 900
"""Health notices that are learned from: the others tell how well that went."""

NOTICE_WEIGHT = 0.6
"""How much a number of a notice counts: at full weight so many would drown the press (best over folds)."""


@dataclass(frozen=True)
class Learned:
    """The numbers of a text, each with its kind (None for neither, `?` for both), and how much they count."""

    rows: tuple[tuple[CountMention, str | None], ...]
    weight: float
    key: str | None = None


def _of_values(mentions: list[CountMention], people: set[int], records: set[int]) -> tuple[tuple[CountMention, str | None], ...]:
    """Numbers by the labelled values."""
    rows = []
    for mention in mentions:
        in_people, in_records = mention.count.value in people, mention.count.value in records
        rows.append((mention, "?" if in_people and in_records else KINDS[0] if in_people else KINDS[1] if in_records else None))
    return tuple(rows)


@cache
def notices() -> tuple[Learned, ...]:
    """Every n-th narrative of the health notices with its official count, so that the years are mixed."""
    rows = [r for r in table("hhs", "notices.csv") if r["Web Description"].strip() and r["Individuals"].isdigit()]
    kept = [r for i, r in enumerate(rows) if i * NOTICES // len(rows) != (i - 1) * NOTICES // len(rows)]
    found = ((count_mentions(context_of(document(None, r["Web Description"]), scanner())), int(r["Individuals"])) for r in kept)
    return tuple(Learned(_of_values(mentions, {total}, set()), NOTICE_WEIGHT) for mentions, total in found)


@cache
def reports() -> tuple[Learned, ...]:
    """The labelled reports."""
    made = []
    for sample in samples():
        people, records = ({i[k]["value"] for i in sample.incidents if i[k]} for k in KINDS)
        made.append(Learned(_of_values(count_mentions(sample.context), people, records), weight(sample.key), sample.key))
    return tuple(made)


def train_counts(held_out: Collection[str] = (), c: float = 0.15) -> dict[str, LinearModel]:
    """Whether a number counts who or what was affected, and whether it then counts records; without the reports held out."""
    rows = [
        (mention, kind, learned.weight)
        for learned in (*reports(), *notices())
        if learned.key not in held_out
        for mention, kind in learned.rows
    ]
    known = [row for row in rows if row[1] in KINDS]
    return {
        "affected": fit(
            [m.features for m, _, _ in rows], [int(k is not None) for _, k, _ in rows], c=c, min_count=3, weights_of=[w for _, _, w in rows]
        ),
        "records": fit(
            [kind_features(m) for m, _, _ in known],
            [int(k == KINDS[1]) for _, k, _ in known],
            c=c,
            min_count=2,
            weights_of=[w for _, _, w in known],
        ),
    }
