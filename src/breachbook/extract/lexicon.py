"""Gazetteers and word lists of the reader, each loaded once and looked up by lower-case name or word."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from breachbook.vocab.data_files import json_file, toml_file, word_list


@cache
def name_kinds() -> Mapping[str, frozenset[str]]:
    """Kinds of thing that a name may name (`media`, `product`, ...), by lower-case name."""
    kinds: dict[str, set[str]] = {}
    for kind, names in toml_file("name_kinds.toml").items():
        for name in names.split(";"):
            kinds.setdefault(" ".join(name.split()).lower(), set()).add(kind)
    return {name: frozenset(found) for name, found in kinds.items()}


@cache
def sector_register() -> Mapping[str, str]:
    """The sector of widely known organisations, by lower-case name."""
    table = toml_file("organisation_register.toml")
    return {" ".join(name.split()): sector for sector, names in table.items() for name in names.split(";")}


@cache
def sector_words(part: str) -> Mapping[str, tuple[str, ...]]:
    """Sectors by word or phrase: `name` words stand in names, `kind` words are said of an organisation."""
    words: dict[str, list[str]] = {}
    for sector, phrases in toml_file("organisation_words.toml")[part].items():
        for phrase in phrases.split(";"):
            words.setdefault(" ".join(phrase.split()), []).append(sector)
    return {phrase: tuple(sectors) for phrase, sectors in words.items()}


@cache
def word_set(module: str, use: str) -> frozenset[str]:
    """The words that a module of the reader tells something by (`vocab/data/reading_words.toml`)."""
    return frozenset(toml_file("reading_words.toml")[module][use].split())


@cache
def given_names() -> frozenset[str]:
    """Common given names, lower case."""
    return frozenset(" ".join(word_list("first_names.txt")).split())


@cache
def common_words() -> frozenset[str]:
    """Words that running text mostly writes in lower case (learned by `make train`)."""
    raw = files("breachbook.extract").joinpath("weights", "common_words.json.gz").read_bytes()
    return frozenset(json.loads(gzip.decompress(raw)))


@cache
def countries() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 by a country's name, adjective or people, as written."""
    return _by_name("names")


@cache
def regions() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 by the name of a state, province or county, as written."""
    return _by_name("regions")


@cache
def agencies() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 by an authority or institution that only one country has, as written."""
    return _by_name("agencies")


@cache
def cities() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 by city, as written."""
    return dict(line.split("|") for line in word_list("cities.txt"))


def _by_name(part: str) -> dict[str, str]:
    table: dict[str, str] = toml_file("places.toml")[part]
    return {" ".join(name.split()): code for code, names in table.items() for name in names.split(";")}


def place(name: str) -> str | None:
    """The country that the name of a place, or of a people, tells; None for what is no known place."""
    return countries().get(name) or regions().get(name) or cities().get(name)


@cache
def galaxy_actors() -> Mapping[str, tuple[str, str]]:
    """Known threat actors and ransomware brands: name and kind (`group`, `brand`) by any of their names, folded."""
    known: dict[str, tuple[str, str]] = {}
    for key, (name, kind, *others) in json_file("actors_galaxies.json")["actors"].items():
        known[key] = (name, kind)
        for other in others:
            known.setdefault(fold_name(other), (name, kind))
    return known


def fold_name(name: str) -> str:
    """Letters and digits of a name, lower case: the key of `galaxy_actors`."""
    if name.isascii() and name.isalnum():
        return name.lower()
    return "".join(c for c in name.lower() if c.isalnum())
