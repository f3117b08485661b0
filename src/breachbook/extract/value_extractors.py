"""The extractors of values, made together: as shipped, or with judges that a training run hands in."""

from __future__ import annotations

from collections.abc import Mapping

from breachbook.extract.attack_types import AttackTypes
from breachbook.extract.confirmation import Confirmation
from breachbook.extract.context import Extractor
from breachbook.extract.counts import Counts
from breachbook.extract.cves import Cves
from breachbook.extract.data_classes import DataClasses
from breachbook.extract.dates import Dates
from breachbook.extract.effects import Effects
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.malware import Malware
from breachbook.extract.ransom import Ransom
from breachbook.extract.volumes import Volumes

Models = Mapping[str, Mapping[str, LinearModel]]
"""Judges by extractor's name and label."""


def value_extractors(models: Models | None = None) -> tuple[Extractor, ...]:
    """All extractors of values, with these judges or the shipped ones."""
    given = models or {}
    return (
        AttackTypes(given.get("attack_type")),
        Effects(given.get("effect")),
        DataClasses(given.get("data_class")),
        Dates(given.get("dates")),
        Counts(given.get("counts")),
        Volumes(),
        Ransom(given.get("ransom")),
        Cves(),
        Malware(given.get("malware")),
        Confirmation(given.get("confirmation")),
    )


def patterns() -> dict[str, str]:
    """The patterns of all of them."""
    return {name: pattern for extractor in value_extractors() for name, pattern in extractor.patterns.items()}
