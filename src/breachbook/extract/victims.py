"""Which of the things named were hit."""

from __future__ import annotations

from collections.abc import Sequence

from breachbook.extract.roles import Judged
from breachbook.extract.third_parties import is_third_party

SURE = 0.65
"""Probability from which a candidate is a victim beside a surer one."""
LIKELIEST = 0.1
"""Probability below which even the likeliest candidate of a relevant report is no victim: then it names none."""


def victims(judged: Sequence[Judged]) -> list[Judged]:
    """Those that were hit, of candidates sorted by probability: the likeliest, and others that are sure by themselves."""
    if not judged or judged[0].probability < LIKELIEST:
        return []
    return [judged[0], *(j for j in judged[1:] if j.probability >= SURE and not is_third_party(j.candidate))]
