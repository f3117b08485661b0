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
    """A relevant report with its labels, by its id."""

    key: str
    context: Context
    incidents: Sequence[Mapping[str, Any]]

    def labels(self, field: str) -> set[str]:
        """All terms of a field, over all incidents."""
        return {term for incident in self.incidents for term in incident[field]}

    def words(self, field: str) -> list[str]:
        """The quotes that the labels give for a field."""
        found = []
        for incident in self.incidents:
            quotes = incident["evidence"].get(field) or ()
            for quote in [quotes] if isinstance(quotes, str) else quotes:
                found.append(quote if isinstance(quote, str) else self.context.text[quote[0] : quote[1]])
        return found


@cache
def scanner() -> Scanner:
    """The scanner of all value extractors."""
    return Scanner(patterns(), cache=default_cache())


@cache
def samples() -> tuple[Sample, ...]:
    """All labelled relevant reports."""
    return tuple(Sample(key, context_of(document, scanner()), row["incidents"]) for key, document, row in labelled() if row["relevant"])
