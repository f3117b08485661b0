"""Learns to judge what a number counts, from the labelled reports and from the health notices with their official counts."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from breachbook.extract.context import Context
from breachbook.extract.counts import KINDS, CountMention, count_mentions, kind_features
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.reader import context_of
from training.corpus import document, table
from training.fit import fit
from training.values import samples, scanner

NOTICES = 300
"""Health notices that are learned from: more would drown the press."""


@cache
def notices() -> tuple[tuple[Context, int], ...]:
    """Every n-th narrative of the health notices with its official count, so that the years are mixed."""
    rows = [r for r in table("hhs", "notices.csv") if r["Web Description"].strip() and r["Individuals"].isdigit()]
    kept = rows[:: max(1, len(rows) // NOTICES)]
    return tuple((context_of(document(None, r["Web Description"]), scanner()), int(r["Individuals"])) for r in kept)


def train_counts(held_out: Collection[str] = (), c: float = 0.4) -> dict[str, LinearModel]:
    """Whether a number counts who or what was affected, and whether it then counts records; without the reports held out."""
    rows: list[tuple[str, ...]] = []
    affected: list[int] = []
    kind_rows: list[tuple[str, ...]] = []
    records: list[int] = []

    def add(mentions: list[CountMention], people: set[int], other: set[int]) -> None:
        for mention in mentions:
            value = mention.count.value
            rows.append(mention.features)
            affected.append(int(value in people | other))
            if value in people ^ other:
                kind_rows.append(kind_features(mention))
                records.append(int(value in other))

    for sample in samples():
        if sample.key not in held_out:
            people, other = ({i[k]["value"] for i in sample.incidents if i[k]} for k in KINDS)
            add(count_mentions(sample.context), people, other)
    for context, total in notices():
        add(count_mentions(context), {total}, set())
    return {"affected": fit(rows, affected, c=c, min_count=3), "records": fit(kind_rows, records, c=c, min_count=2)}
