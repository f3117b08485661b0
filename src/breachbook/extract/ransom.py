"""The ransom: what was demanded, whether it was paid, and what was paid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from breachbook.extract.attribution import certainty
from breachbook.extract.context import Context, Finding, SentenceSpan
from breachbook.extract.linear_model import LinearModel, load
from breachbook.extract.surroundings import Hit, cue_patterns, hits, surroundings
from breachbook.extract.term_judges import TermJudge
from breachbook.text.values import MONEY, Money, money

KINDS = ("ransom_demanded", "ransom_paid_amount")

THRESHOLDS = {"ransom_demanded": 0.3, "ransom_paid_amount": 0.4, "yes": 0.25, "no": 0.25}
"""Probability from which each is found: best F1 over folds of the labelled reports."""

REACH = 80
"""Characters around an amount from which its words are taken."""

CLOSE = 30
"""Characters between an amount and a word of demanding or paying that is said of it."""

MOST_AMOUNTS = 2
"""Amounts of one kind that are made findings."""

_WORD = re.compile(r"[a-z'-]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AmountMention:
    """An amount of money: its value, where it stands, and its features."""

    money: Money
    start: int
    end: int
    sentence: SentenceSpan
    features: tuple[str, ...]


def amount_mentions(context: Context) -> list[AmountMention]:
    """The amounts of a document in text order, each with its features."""
    around = surroundings(context)
    words: dict[int, set[str]] = {}
    found = hits(context, "ransom_paid")
    for hit in found:
        words.setdefault(hit.sentence.index, set()).add(f"{hit.label}.{hit.group}")
    made = []
    for number, match in enumerate(context.hits.get("ransom.money", ())):
        sentence, value = context.sentence_at(match.start()), money(match)
        if sentence is None or value is None or match.end() > sentence.end:
            continue
        start, end = match.span()
        before, after = around.folded[max(sentence.start, start - REACH) : start], around.folded[end : min(sentence.end, end + REACH)]
        features = [
            f"digits:{len(str(value.amount))}",
            f"currency:{value.currency}",
            f"number:{min(number, 3)}",
            *around.features(sentence, start, end),
        ]
        features += (f"before:{w.lower()}" for w in _WORD.findall(before)[-8:])
        features += (f"after:{w.lower()}" for w in _WORD.findall(after)[:6])
        features += (f"ransom:{w}" for w in words.get(sentence.index, ()))
        features += _beside(found, sentence, start, end)
        features += (f"ransom-before:{w}" for w in words.get(sentence.index - 1, ()))
        made.append(AmountMention(value, start, end, sentence, tuple(dict.fromkeys(features))))
    return made


def _beside(found: list[Hit], sentence: SentenceSpan, start: int, end: int) -> Iterator[str]:
    """The words of demanding and paying close before and after an amount."""
    for hit in found:
        if hit.sentence.index == sentence.index:
            if 0 <= start - hit.end <= CLOSE:
                yield f"close-before:{hit.label}.{hit.group}"
            elif 0 <= hit.start - end <= CLOSE:
                yield f"close-after:{hit.label}.{hit.group}"


UNSAID = "unsaid"
"""The label of words that leave open whether it was paid."""


class Ransom(TermJudge):
    """Findings of `ransom_demanded`, `ransom_paid` and `ransom_paid_amount`."""

    def __init__(self, models: Mapping[str, LinearModel] | None = None) -> None:
        super().__init__("ransom_paid", "ransom_words.toml", 0.5, models, thresholds=THRESHOLDS)
        self.patterns = {**self.patterns, "ransom.money": MONEY, **cue_patterns()}

    @property
    def models(self) -> Mapping[str, LinearModel]:
        """`yes` and `no` for whether it was paid, and a judge by kind of amount."""
        return self._models or load("ransom")

    def find(self, context: Context) -> Iterable[Finding]:
        """Amounts, and whether one was paid."""
        said = list(super().find(context))
        surest = max((f.weight for f in said), default=0.0)
        yield from (f for f in said if f.weight == surest)
        mentions = amount_mentions(context)
        for kind in KINDS:
            yield from self._amounts(context, kind, mentions)

    def _findings(self, context: Context, term: str, model: LinearModel, own: list[Hit], weight: float) -> Iterator[Finding]:
        """What is only a condition ("if they do not pay") or left unsaid tells nothing of whether it was paid."""
        open_words = [hit for hit in hits(context, self.name) if hit.label == UNSAID]
        told = [h for h in own if not any(u.start <= h.start and h.end <= u.end for u in open_words)]
        return super()._findings(context, term, model, told, weight)

    def make(self, term: str, hit: Hit, certainty: str, weight: float) -> Finding:
        """A finding on whether it was paid: a refusal is a plain statement that it was not."""
        sure = "stated" if term == "no" or certainty == "denied" else certainty
        return Finding("ransom_paid", term == "yes", hit.start, hit.end, sure, weight=weight, extractor=self.name)

    def _amounts(self, context: Context, kind: str, mentions: list[AmountMention]) -> Iterator[Finding]:
        model = self.models[kind]
        ranked = sorted(((model.probability(m.features), m) for m in mentions), key=lambda row: (-row[0], row[1].start))
        seen: set[Money] = set()
        for weight, mention in ranked[: MOST_AMOUNTS * 3]:
            if weight >= THRESHOLDS[kind] and mention.money not in seen and len(seen) < MOST_AMOUNTS:
                seen.add(mention.money)
                sure = certainty(context, mention.start, mention.end)
                yield Finding(
                    kind, mention.money.amount, mention.start, mention.end, "possible" if sure == "denied" else sure,
                    unit=mention.money.currency, weight=round(weight, 3), extractor="ransom",
                )  # fmt: skip
