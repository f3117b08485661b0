"""Reads the vocabularies' data files, each once."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def toml_file(name: str) -> dict[str, Any]:
    """A TOML file of `vocab/data`, parsed; do not change what it returns."""
    return tomllib.loads(files("breachbook.vocab").joinpath("data", name).read_text("utf-8"))


@cache
def json_file(name: str) -> Any:
    """A JSON file of `vocab/data`, parsed; do not change what it returns."""
    return json.loads(files("breachbook.vocab").joinpath("data", name).read_text("utf-8"))


@cache
def word_list(name: str) -> tuple[str, ...]:
    """The lines of a text file of `vocab/data`, without blank lines and comments (`#`)."""
    text = files("breachbook.vocab").joinpath("data", name).read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
