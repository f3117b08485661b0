"""Whether the victim says that it happened, or that it did not; and whether the attacker says that he did it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from breachbook.extract.context import Context, Finding
from breachbook.extract.lexicon import fold_name, galaxy_actors
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.surroundings import Hit
from breachbook.extract.term_judges import TermJudge
from breachbook.model.claim import Speaker

THRESHOLDS = {"confirmed": 0.25, "denied": 0.35, "claimed": 0.33}
"""Probability from which each is found: best F1 over folds of the labelled reports."""


SAID = 0.6
"""Weight at least of a denial in plain words."""

_PLAIN = re.compile(
    r"\b(?P<who>[A-Z][\w&.'’-]{1,30}|(?i:the (?:company|firm|bank|hospital|university|agency|ministry|retailer|operator)))(?: has| have)? "
    r"(?:denied|denies|deny|disputed|disputes|rejected|rejects|refuted) "
    r"(?=it\.|(?:that )?(?:it|its|their|any)\b[^.;]{0,60}\b(?:breached|hacked|compromised|stolen|taken)\b"
    r"|(?:the |a |any )?(?:breach|hack|claims?)\b)"
)
"""The victim (any name, or "the company") denies it. An attacker that disputes something is told by his name."""

_ADMITS = re.compile(r"confirm|admit|acknowledg|apolog", re.IGNORECASE)


class Confirmation(TermJudge):
    """Findings of `confirmed` (speaker: the victim; certainty `stated`, or `denied`) and `claimed` (speaker: the attacker)."""

    def __init__(self, models: Mapping[str, LinearModel] | None = None) -> None:
        super().__init__("confirmation", "confirmation_words.toml", 0.5, models, thresholds=THRESHOLDS)

    def find(self, context: Context) -> Iterable[Finding]:
        """The terms; where a denial stands in plain words, a victim that merely speaks has not confirmed."""
        found = list(super().find(context))
        if not (denials := list(_denials(context))):
            return found
        kept = [f for f in found if f.property == "claimed" or f.certainty == "denied" or _ADMITS.search(context.text, f.start, f.end)]
        return kept + [Finding("confirmed", True, *at, "denied", Speaker("victim"), weight=SAID, extractor=self.name) for at in denials]

    def make(self, term: str, hit: Hit, certainty: str, weight: float) -> Finding:
        """A finding; what the words hedge is what happened, not that the speaker said something of it."""
        if term == "claimed":
            return Finding("claimed", True, hit.start, hit.end, "stated", Speaker("threat_actor"), weight=weight, extractor=self.name)
        sure = "denied" if term == "denied" else "stated"
        return Finding("confirmed", True, hit.start, hit.end, sure, Speaker("victim"), weight=weight, extractor=self.name)


def _denials(context: Context) -> Iterable[tuple[int, int]]:
    """Where each passage's first plain denial stands."""
    seen: set[int] = set()
    for sentence in context.sentences:
        match = _PLAIN.search(context.words(sentence))
        if match is None or sentence.revision in seen or fold_name(match["who"]) in galaxy_actors():
            continue
        seen.add(sentence.revision)
        yield sentence.start + match.start(), sentence.start + match.end()
