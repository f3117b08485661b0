"""The maps of structured sources: which column says what. One data file a source, in `vocab/data/sources`; the next one is a file
and no code. `docs/structured-sources.md` describes their form."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from breachbook.errors import VocabularyError
from breachbook.vocab import properties, terms

NARRATIVE = "narrative"
"""A column's part: prose, which is read as any report is."""

PARTS = (NARRATIVE, "title", "url", "group", "gone")
"""What a column may be beside what it states: `url` is where the row stands, `group` who publishes it, `gone` since when it does not
stand there any more."""

NEARLY = 0.6
"""Share of a file's columns that a map knows when it is of that source in a changed shape, and not another list altogether."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `names` are its spellings, the first one present counts (`a.b` is `b` within `a`); `label` is what its line is
    headed with in the document. `states` are the properties that its value states; `values` says for words of it what they state
    (`attack_type:ransomware`), `always` what any value of it states. `separator` divides several values; `blank` are words for none.
    """

    names: tuple[str, ...]
    label: str
    part: str | None = None
    states: tuple[str, ...] = ()
    values: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    always: tuple[tuple[str, str], ...] = ()
    separator: str | None = None
    certainty: str = "stated"
    qualifier: str = "exact"
    required: bool = False
    open: bool = False
    """Whether words that `values` does not have are nothing to speak of."""


@dataclass(frozen=True, slots=True)
class SourceMap:
    """One source: `needs` (one spelling of each must be there) tells it by, `key` makes a row's id, `published` are the columns of the
    date, the first that has one counts. A row for which one of `no_incident` is `yes` tells of no incident; one of `doubtful`
    that is `no` makes all of it no more than likely. `kind`, `publisher`, `role` are those of the documents."""

    name: str
    about: str
    kind: str
    role: str
    publisher: str | None
    needs: tuple[tuple[str, ...], ...]
    key: tuple[tuple[str, ...], ...]
    published: tuple[str, ...]
    columns: tuple[Column, ...]
    blank: frozenset[str]
    no_incident: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    day_first: bool = False
    prose_role: str | None = None
    """Whose words the prose is, where it is not the publisher's."""

    @property
    def victim(self) -> Column:
        """The column that names who was hit."""
        return next(column for column in self.columns if "victim" in column.states)

    def missing(self, there: Iterable[str]) -> list[str]:
        """The needed columns that a row with these columns lacks, each by its first spelling."""
        held = {one.strip().casefold() for one in there}
        return [names[0] for names in self.needs if not any(one.partition(".")[0].casefold() in held for one in names)]

    def likeness(self, there: Iterable[str]) -> float:
        """The share of a row's columns that this map knows; 0 where most of those it needs are missing."""
        held = [one.strip().casefold() for one in there]
        mine = {name.partition(".")[0].casefold() for column in self.columns for name in (*column.names, *self.published)}
        few = 2 * len(self.missing(held)) > len(self.needs)
        return 0.0 if few or not held else sum(one in mine for one in held) / len(held)


@cache
def source_maps() -> tuple[SourceMap, ...]:
    """All maps, those with more needs first.

    Raises:
        VocabularyError: a data file names a property, term or part that there is not.
    """
    folder = files("breachbook.vocab").joinpath("data", "sources")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    found = [source_map(name.removesuffix(".toml"), tomllib.loads(folder.joinpath(name).read_text("utf-8"))) for name in names]
    return tuple(sorted(found, key=lambda one: (-len(one.needs), one.name)))


def named(name: str) -> SourceMap | None:
    """The map of a name; None when there is none."""
    return next((one for one in source_maps() if one.name == name), None)


def fitting(there: Iterable[str]) -> SourceMap | None:
    """The map that a list with these columns has; None when none has all it needs."""
    held = list(there)
    return next((one for one in source_maps() if not one.missing(held)), None)


def nearly_fitting(there: Iterable[str]) -> SourceMap | None:
    """The map that most of these columns are of, where one it needs is missing; None when the list is of no source that is known."""
    held = list(there)
    best = max(source_maps(), key=lambda one: one.likeness(held))
    return best if best.likeness(held) >= NEARLY and best.missing(held) else None


def known_sources() -> str:
    """The sources that are known, for who adds a table that is of none of them."""
    return "; ".join(one.about for one in source_maps())


def source_map(name: str, table: Mapping[str, Any]) -> SourceMap:
    """The map of a parsed data file.

    Raises:
        VocabularyError: it names a property, term or part that there is not, or no column names the victim.
    """
    columns = tuple(_column(name, row) for row in table["column"])
    if not any("victim" in column.states for column in columns):
        raise VocabularyError("no column states the victim", subject=f"sources/{name}.toml")
    terms.check("speaker_role", table["role"])
    return SourceMap(
        name=name, about=table["about"], kind=table["kind"], role=table["role"], publisher=table.get("publisher"),
        needs=_spellings(table["needs"]), key=_spellings(table["key"]), published=tuple(table.get("published", ())), columns=columns,
        blank=frozenset(word.casefold() for word in table.get("blank", ())), no_incident=tuple(table.get("no_incident", ())),
        doubtful=tuple(table.get("doubtful", ())), day_first=bool(table.get("day_first", False)),
        prose_role=terms.check("speaker_role", table["prose_role"]) if "prose_role" in table else None,
    )  # fmt: skip


def _spellings(rows: Iterable[str | list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple((row,) if isinstance(row, str) else tuple(row) for row in rows)


def _column(name: str, row: Mapping[str, Any]) -> Column:
    names = (row["name"],) if isinstance(row["name"], str) else tuple(row["name"])
    if (part := row.get("part")) is not None and part not in PARTS:
        raise VocabularyError(f"not one of {', '.join(PARTS)}", subject=f"sources/{name}.toml", property=str(part))
    for one in row.get("states", ()):
        properties.get(one)
    values = {word.casefold(): tuple(_stated(one) for one in said) for word, said in row.get("values", {}).items()}
    certainty, qualifier = row.get("certainty", "stated"), row.get("qualifier", "exact")
    terms.check("certainty", certainty)
    terms.check("qualifier", qualifier)
    return Column(
        names=names, label=row["label"], part=part, states=tuple(row.get("states", ())), values=values,
        always=tuple(_stated(one) for one in row.get("always", ())), separator=row.get("separator"), certainty=certainty,
        qualifier=qualifier, required=bool(row.get("required", False)), open=bool(row.get("open", False)),
    )  # fmt: skip


def _stated(words: str) -> tuple[str, str]:
    """`attack_type:ransomware` as property and value, both known."""
    name, _, value = words.partition(":")
    form = properties.get(name).value
    if form.startswith("term:") or form == "sector":
        terms.check(form.removeprefix("term:"), value)
    return name, value
