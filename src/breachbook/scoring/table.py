"""Precision, recall and F1 a field over all reports, and the reports that were read worst."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from breachbook.scoring.comparing import Comparison, compare
from breachbook.scoring.fields import FIELDS, GROUNDED
from breachbook.scoring.grounding import grounded


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of one field: values that are right, values that the reader gives, values that the labels hold."""

    right: int = 0
    ours: int = 0
    gold: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(self.right + other.right, self.ours + other.ours, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """The share of the reader's values that are right; 0 when it gives none."""
        return self.right / self.ours if self.ours else 0.0

    @property
    def recall(self) -> float:
        """The share of the labels' values that the reader found; 0 when they hold none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 when both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of every field in `FIELDS`, of `grounded`, and the comparison of each report."""

    fields: Mapping[str, Figures]
    grounded: Figures
    comparisons: tuple[Comparison, ...]

    @property
    def macro(self) -> float:
        """The mean F1 of the fields for which the labels hold a value; `grounded` is not one of them."""
        counted = [figures.f1 for figures in self.fields.values() if figures.gold]
        return sum(counted) / len(counted) if counted else 0.0

    def worst(self, most: int) -> list[Comparison]:
        """The reports with most mistakes, those with none left out; equal ones in the order of the labels."""
        return sorted((c for c in self.comparisons if c.mistakes), key=lambda c: -c.mistakes)[: max(most, 0)]

    def to_json(self, worst: int = 0) -> dict[str, Any]:
        """The score as JSON: `macro`, `documents`, `fields`, and with `worst` that many reports and the commonest mistakes."""
        rows = {**self.fields, GROUNDED: self.grounded}
        made: dict[str, Any] = {
            "macro": self.macro,
            "documents": len(self.comparisons),
            "fields": {
                field: {"precision": f.precision, "recall": f.recall, "f1": f.f1, "right": f.right, "ours": f.ours, "gold": f.gold}
                for field, f in rows.items()
            },
        }
        if worst:
            made["worst"] = [{"id": c.id, "mistakes": c.mistakes, "fields": mistakes_by_field(c)} for c in self.worst(worst)]
            made["commonest"] = [
                {"field": field, "sign": sign, "value": value, "times": times} for (field, sign, value), times in commonest(self, worst)
            ]
        return made


def score(gold: Mapping[str, Mapping[str, Any]], ours: Mapping[str, Mapping[str, Any]], texts: Mapping[str, str]) -> Score:
    """Scores records against labels, both by report id; `texts` are the reports, for their evidence.

    A report without a record counts as read and found not relevant; one without a text is left out of `grounded`.
    """
    comparisons = tuple(compare(id, ours.get(id), label) for id, label in gold.items())
    proofs = (grounded(ours.get(id), texts[id]) for id in gold if id in texts)
    return Score(_sums(comparisons), sum((Figures(sound, filled, filled) for sound, filled in proofs), Figures()), comparisons)


def _sums(comparisons: Iterable[Comparison]) -> dict[str, Figures]:
    sums = dict.fromkeys(FIELDS, Figures())
    for comparison in comparisons:
        for mark in comparison.marks:
            old = sums[mark.field]
            sums[mark.field] = replace(
                old, right=old.right + mark.right, ours=old.ours + (mark.ours is not None), gold=old.gold + (mark.gold is not None)
            )
    return sums


def mistakes_by_field(comparison: Comparison) -> dict[str, str]:
    """For each field with mistakes, how many values are missed, extra and different, such as `-2 +1 ~1`."""
    counted: dict[str, Counter[str]] = {}
    for mark in comparison.marks:
        if not mark.right:
            counted.setdefault(mark.field, Counter())[mark.sign] += 1
    return {field: " ".join(f"{sign}{signs[sign]}" for sign in "-+~" if signs[sign]) for field, signs in counted.items()}


def commonest(found: Score, most: int) -> Sequence[tuple[tuple[str, str, str], int]]:
    """The mistakes made most often over all reports: (field, sign, value) with how often; a value that differs counts as missed
    and as extra. Only what happened more than once."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for comparison in found.comparisons:
        for mark in comparison.marks:
            if not mark.right:
                counted.update((mark.field, sign, value) for sign, value in (("+", mark.ours), ("-", mark.gold)) if value is not None)
    return [item for item in counted.most_common(most) if item[1] > 1]
