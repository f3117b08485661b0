"""What the judges of values have in common: labelled relevant reports as contexts, and features by report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from breachbook.extract.context import Context
from breachbook.extract.reader import context_of
from breachbook.extract.value_extractors import patterns
from breachbook.text.scanner import Scanner, default_cache
from training.corpus import labelled


@dataclass(frozen=True)
class Sample:
    """A relevant report with its labels; `number` is its number in the corpus."""

    number: str
    context: Context
    incidents: Sequence[Mapping[str, Any]]

    def labels(self, field: str) -> set[str]:
        """All terms of a field, over all incidents."""
        return {term for incident in self.incidents for term in incident[field]}

    def words(self, field: str) -> list[str]:
        """The quotes that the labels give for a field."""
        found = []
        for incident in self.incidents:
            quote = incident["evidence"].get(field)
            found += [quote] if isinstance(quote, str) else list(quote or ())
        return found


@cache
def scanner() -> Scanner:
    """The scanner of all value extractors."""
    return Scanner(patterns(), cache=default_cache())


@cache
def samples() -> tuple[Sample, ...]:
    """All labelled relevant reports."""
    return tuple(
        Sample(key.external_id.split(":")[1], context_of(key, scanner()), row["incidents"]) for key, row in labelled() if row["relevant"]
    )  # type: ignore[union-attr]
