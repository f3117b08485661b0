"""Learns to judge what a whole report decides: kinds of attack, effects, confirmations, and whether a ransom was paid."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from breachbook.extract.linear_model import LinearModel
from breachbook.extract.ransom import amount_mentions
from breachbook.extract.surroundings import hits
from breachbook.extract.term_judges import FRAME, report_features
from breachbook.vocab.data_files import toml_file
from breachbook.vocab.terms import terms
from training.corpus import weight
from training.fit import fit
from training.notices import california, health, labelled_notices
from training.values import samples

FIELDS = {"attack_type": "attack_types", "effect": "effects"}
FILES = {"attack_type": "attack_words.toml", "effect": "effect_words.toml", "confirmation": "confirmation_words.toml"}
SAID = {"yes": "confirmed", "denied": "denied"}
"""What the labels say of the victim's word, by the term that is judged."""

FEWEST = 2
"""Labelled reports that a term needs to be learned at all."""

STRENGTHS = {"attack_type": 0.6, "effect": 0.3}
"""Inverse strengths of regularisation: best F1 over folds of the labelled reports."""

NOTICE = "a notice"
"""The feature of notices: what is so because a text is a notice is learned apart."""

NOTICE_WEIGHT = 0.3
"""How much a notice counts against a report: its one column holds one kind of attack only, and it is written otherwise."""


SEED_WEIGHT = 3.0
"""How much a seed counts against a report."""


def seeds(property: str) -> Iterator[tuple[list[str], set[str]]]:
    """Made-up reports that say what words are for: a kind whose words stand in headline and lead again and again is told
    there, one whose word falls once near the end is not. They speak for kinds that few labelled reports have."""
    for term, groups in toml_file(FILES[property]).items():
        if term == FRAME:
            continue
        told = [f"{term}.{group}{suffix}" for group in list(groups)[:1] for suffix in ("", "@title", "@lead", ":plain", ">=2")]
        yield told, {term}
        yield told + [f"{term}.{group}" for group in groups], {term}
        yield [f"{term}.{group}{suffix}" for group in list(groups)[:1] for suffix in ("", "@late")], set()


def train_terms(property: str, held_out: Collection[str] = (), c: float | None = None) -> dict[str, LinearModel]:
    """A judge by term, learned without the reports held out."""
    c = STRENGTHS[property] if c is None else c
    kept = [s for s in samples() if s.key not in held_out]
    rows = [report_features(s.context, hits(s.context, property)) for s in kept]
    found = [s.labels(FIELDS[property]) for s in kept]
    weights = [weight(s.key) for s in kept]
    for context, incident in labelled_notices():
        rows.append([NOTICE, *report_features(context, hits(context, property))])
        found.append(set(incident[FIELDS[property]]))  # type: ignore[call-overload]
        weights.append(1.0)
    if property == "attack_type":
        for notice in (*california(), *health()):
            if notice.attack_type:
                rows.append([NOTICE, *report_features(notice.context, hits(notice.context, property))])
                found.append({notice.attack_type})
                weights.append(NOTICE_WEIGHT)
    for features, has in seeds(property):
        rows.append(features)
        found.append(has)
        weights.append(SEED_WEIGHT)
    models = {}
    for term in terms(property):
        labels = [int(term in has) for has in found]
        if sum(labels) >= FEWEST:
            models[term] = fit(rows, labels, c=c, min_count=3, weights_of=weights)
    return models


def train_confirmation(held_out: Collection[str] = (), c: float = 0.3) -> dict[str, LinearModel]:
    """Judges of whether the victim confirmed or denied it, and whether the attacker claimed it."""
    kept = [s for s in samples() if s.key not in held_out]
    rows = [report_features(s.context, hits(s.context, "confirmation")) for s in kept]
    said = [{SAID.get(i["confirmed_by_victim"], "") for i in s.incidents} for s in kept]
    said = [words | {"claimed"} if any(i["claimed_by_actor"] for i in s.incidents) else words for words, s in zip(said, kept, strict=True)]
    weights = [weight(s.key) for s in kept]
    for features, has in seeds("confirmation"):
        rows.append(features)
        said.append(has)
        weights.append(SEED_WEIGHT)
    return {
        term: fit(rows, [int(term in words) for words in said], c=c, min_count=3, weights_of=weights)
        for term in (*SAID.values(), "claimed")
    }


AMOUNT_SEEDS: tuple[tuple[list[str], str | None], ...] = (
    (["ransom:demand.asked", "close-before:demand.asked", "before:demanded", "before:demanding", "before:ransom"], "ransom_demanded"),
    (["ransom:demand.asked", "close-after:demand.asked", "after:ransom", "ransom:demand.method"], "ransom_demanded"),
    (["ransom:demand.asked", "close-before:demand.asked", "currency:BTC", "after:bitcoin"], "ransom_demanded"),
    (["ransom:yes.paid", "close-before:yes.paid", "before:paid", "before:paying"], "ransom_paid_amount"),
    (["ransom:yes.paid", "close-after:yes.paid", "after:paid"], "ransom_paid_amount"),
    (["s:legal", "b1:legal", "before:fine", "after:lawsuit"], None),
    (["s:unaffected", "before:revenue", "after:year"], None),
)
"""Made-up amounts that say what words are for, and of which kind each is."""

AMOUNT_STRENGTH = 0.3
"""Inverse strength of regularisation of the judges of amounts."""


def train_ransom(held_out: Collection[str] = (), c: float = 1.0) -> dict[str, LinearModel]:
    """Judges of whether a ransom was paid, and of what an amount of money is."""
    kept = [s for s in samples() if s.key not in held_out]
    rows = [report_features(s.context, hits(s.context, "ransom_paid")) for s in kept]
    ransoms = [[i["ransom"] for i in s.incidents if i["ransom"]] for s in kept]
    weights = [weight(s.key) for s in kept]
    models = {
        term: fit(rows, [int(any(r["paid"] == term for r in found)) for found in ransoms], c=c, min_count=3, weights_of=weights)
        for term in ("yes", "no")
    }
    mentions = [amount_mentions(s.context) for s in kept]
    for kind, field in (("ransom_demanded", "demanded"), ("ransom_paid_amount", "paid_amount")):
        wanted = [{(round(r[field]["amount"]), r[field]["currency"]) for r in found if r[field]} for found in ransoms]
        labels = [int((m.money.amount, m.money.currency) in want) for found, want in zip(mentions, wanted, strict=True) for m in found]
        rows = [list(m.features) for found in mentions for m in found]
        weights = [w for found, w in zip(mentions, (weight(s.key) for s in kept), strict=True) for _ in found]
        for features, of in AMOUNT_SEEDS:
            rows.append(features)
            labels.append(int(of == kind))
            weights.append(SEED_WEIGHT)
        models[kind] = fit(rows, labels, c=AMOUNT_STRENGTH, min_count=2, weights_of=weights)
    return models
