"""Learns to judge the terms that a whole report decides: kinds of attack and effects."""

from __future__ import annotations

from collections.abc import Collection

from breachbook.extract.linear_model import LinearModel
from breachbook.extract.ransom import amount_mentions
from breachbook.extract.surroundings import hits
from breachbook.extract.term_judges import report_features
from breachbook.vocab.terms import terms

from training.fit import fit
from training.values import samples

FIELDS = {"attack_type": "attack_types", "effect": "effects"}
FEWEST = 2
"""Labelled reports that a term needs to be learned at all."""


def train_terms(property: str, held_out: Collection[str] = (), c: float = 0.15) -> dict[str, LinearModel]:
    """A judge by term, learned without the reports held out."""
    kept = [s for s in samples() if s.number not in held_out]
    rows = [report_features(s.context, hits(s.context, property)) for s in kept]
    models = {}
    for term in terms(property):
        labels = [int(term in s.labels(FIELDS[property])) for s in kept]
        if sum(labels) >= FEWEST:
            models[term] = fit(rows, labels, c=c, min_count=3)
    return models


def train_confirmation(held_out: Collection[str] = (), c: float = 0.15) -> dict[str, LinearModel]:
    """Judges of whether the victim confirmed or denied it, and whether the attacker claimed it."""
    kept = [s for s in samples() if s.number not in held_out]
    rows = [report_features(s.context, hits(s.context, "confirmation")) for s in kept]
    said = [{i["confirmed_by_victim"] for i in s.incidents} for s in kept]
    return {
        "confirmed": fit(rows, [int("yes" in words) for words in said], c=c, min_count=3),
        "denied": fit(rows, [int("denied" in words) for words in said], c=c, min_count=3),
        "claimed": fit(rows, [int(any(i["claimed_by_actor"] for i in s.incidents)) for s in kept], c=c, min_count=3),
    }


def train_ransom(held_out: Collection[str] = (), c: float = 0.3) -> dict[str, LinearModel]:
    """Judges of whether a ransom was paid, and of what an amount of money is."""
    kept = [s for s in samples() if s.number not in held_out]
    rows = [report_features(s.context, hits(s.context, "ransom_paid")) for s in kept]
    ransoms = [[i["ransom"] for i in s.incidents if i["ransom"]] for s in kept]
    models = {term: fit(rows, [int(any(r["paid"] == term for r in found)) for found in ransoms], c=c, min_count=3) for term in ("yes", "no")}
    mentions = [amount_mentions(s.context) for s in kept]
    for kind, field in (("ransom_demanded", "demanded"), ("ransom_paid_amount", "paid_amount")):
        wanted = [{(round(r[field]["amount"]), r[field]["currency"]) for r in found if r[field]} for found in ransoms]
        labels = [int((m.money.amount, m.money.currency) in want) for found, want in zip(mentions, wanted, strict=True) for m in found]
        models[kind] = fit([m.features for found in mentions for m in found], labels, c=c, min_count=2)
    return models
