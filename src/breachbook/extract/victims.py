"""Which of the things named were hit."""

from __future__ import annotations

from collections.abc import Sequence

from breachbook.extract.candidates import core_words
from breachbook.extract.roles import Judged
from breachbook.extract.third_parties import is_third_party
from breachbook.model.document import Document

SURE = 0.65
"""Probability from which a candidate is a victim beside a surer one."""
LIKELIEST = 0.1
"""Probability below which even the likeliest candidate of a relevant report is no victim: then it names none."""
POSSIBLE = 0.3
"""Probability from which a candidate goes before a likelier one that is spoken of as a supplier."""


def victims(judged: Sequence[Judged]) -> list[Judged]:
    """Those that were hit, of candidates sorted by probability: the likeliest, and others that are sure by themselves."""
    if not judged or judged[0].probability < LIKELIEST:
        return []
    first = judged[0]
    if is_third_party(first.candidate):
        customers = (j for j in judged[1:] if j.probability >= POSSIBLE and not is_third_party(j.candidate))
        first = next(customers, first)
    others = (j for j in judged if j is not first and j.probability >= SURE)
    return [first, *(j for j in others if not is_third_party(j.candidate))]


def not_speaking(judged: Sequence[Judged], document: Document) -> list[Judged]:
    """The candidates without the one that publishes the document, unless a victim or supplier speaks of itself in it."""
    if not document.publisher or document.publisher_role in ("victim", "supplier"):
        return list(judged)
    own = set(core_words(document.publisher))
    return [j for j in judged if not own.issuperset(j.candidate.words)]
