"""Organisations that names are linked to: those of reference lists, and those of the book."""

from __future__ import annotations

from dataclasses import dataclass

from breachbook.model.ids import content_id

BOOK = "book"
"""The `source` of organisations that are in the book; those of a reference list have the list's name."""


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """One organisation to link to.

    `source` is `BOOK` or the name of a reference list. `domains` are registered domains; `countries` ISO 3166-1 alpha-2 codes;
    `regions` are in the words of the source; `sectors` NAICS two-digit sectors; `identifiers` pairs of a scheme (`lei`,
    `ror`, `cik`, or what the list calls it) and a value, sorted.
    """

    id: str
    source: str
    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for when a name is linked: the name, and what is known of its bearer. Values are as in `KnownOrganisation`."""

    name: str
    domains: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceSet:
    """One reference list in the book: its name, where it came from, when it was added (UTC, ISO 8601) and how many
    organisations it has."""

    name: str
    origin: str
    added: str
    organisations: int


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row of a file was turned away, or what was mended in it.

    `row` is its number in the file, from 1; `code` one of `vocab/data/refusals.toml`, section `row`; `kept` says that the row was
    taken without what was wrong.
    """

    row: int
    code: str
    detail: str
    kept: bool = False


def reference_id(source: str, name: str, domain: str | None, country: str | None, region: str | None, own: str | None) -> str:
    """`ref-…`: the same row of the same list has the same id wherever it is loaded. `own` is the row's identifier, if it has one."""
    return content_id("ref", source, name, domain, country, region, own)
