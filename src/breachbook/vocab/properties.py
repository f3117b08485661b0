"""Every property that a claim can state (`data/properties.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from breachbook.errors import VocabularyError
from breachbook.vocab.data_files import toml_file


@dataclass(frozen=True, slots=True)
class Property:
    """What a claim can state: of which kind of subject, in which form, one value or many."""

    name: str
    subject: str
    value: str
    many: bool
    label: str
    help: str
    veris: str | None = None
    stix: str | None = None


@cache
def properties() -> dict[str, Property]:
    """All properties by name, in the order in which they are shown."""
    return {name: Property(name=name, **row) for name, row in toml_file("properties.toml").items()}


def of(subject: str) -> tuple[Property, ...]:
    """The properties of a kind of subject (`document`, `incident`, `organisation`, `actor`)."""
    return tuple(p for p in properties().values() if p.subject == subject)


def get(name: str) -> Property:
    """A property by name.

    Raises:
        VocabularyError: there is no such property.
    """
    try:
        return properties()[name]
    except KeyError:
        raise VocabularyError("there is no such property", subject=repr(name)) from None
