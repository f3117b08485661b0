"""Writes docs/reference.md from the code: commands, settings, properties, vocabularies, reasons, readers of input, exporters.

`python docs/make_reference.py` writes it; `tests/test_reference.py` fails when it is out of date.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from breachbook import cli
from breachbook.extract.reader import EXTRACTORS
from breachbook.extract.readers import READERS
from breachbook.ingest.sources import SOURCES
from breachbook.publish.exporters import EXPORTERS
from breachbook.settings import SETTINGS
from breachbook.vocab import properties, terms
from breachbook.vocab.data_files import toml_file

REFERENCE = Path(__file__).parent / "reference.md"


def _first_line(thing: object) -> str:
    """The first sentence of a docstring."""
    return (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "| " + " | ".join("---" for _ in head) + " |"
    yield from ("| " + " | ".join(_cell(c) for c in row) + " |" for row in rows)
    yield ""


def _named(group: Any) -> Iterator[tuple[str, Any]]:
    """The commands of a group with their names, those of groups within it after the group's."""
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from ((f"{name} {within}", found) for within, found in _named(command))
        else:
            yield name, command


def _commands() -> Iterator[str]:
    for name, command in _named(typer.main.get_command(cli.app)):
        options = [p for p in command.params if p.param_type_name == "option" and p.name != "help"]
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        words = " ".join(getattr(a, "metavar", None) or str(a.name).upper() for a in arguments)
        yield f"### `{f'breachbook {name} {words}'.rstrip()}`"
        yield ""
        yield inspect.cleandoc(command.help or "").split("\f")[0].split("\n\n")[0].replace("\n", " ")
        yield ""
        if options:
            rows = [(", ".join(f"`{o}`" for o in p.opts), getattr(p, "help", "") or "") for p in options]
            yield from _table(("option", "meaning"), rows)


def reference() -> str:
    """The text of docs/reference.md."""
    lines: list[str] = ["# Reference", "", "Made from the code by `make docs`; do not edit.", "", "## Commands", ""]
    lines += _commands()
    lines += ["## Settings", "", "Given by environment variable or, where a command has it, by option.", ""]
    lines += _table(("variable", "default", "meaning"), [(f"`{s.variable}`", s.default or "", s.help) for s in SETTINGS])
    lines += ["## Properties that a claim can state", ""]
    lines += _table(
        ("property", "of", "form", "values", "meaning", "VERIS", "STIX"),
        [
            (f"`{p.name}`", p.subject, p.value, "many" if p.many else "one", p.help, p.veris or "", p.stix or "")
            for p in properties.properties().values()
        ],
    )
    lines += ["## Vocabularies", ""]
    for vocabulary in terms.vocabularies():
        lines += [f"### `{vocabulary}`", ""]
        lines += _table(("term", "in words"), [(f"`{t}`", terms.label(vocabulary, t)) for t in terms.terms(vocabulary)])
    lines += ["## Reasons for turning away or leaving unread", ""]
    for section, rows in toml_file("refusals.toml").items():
        lines += _table((f"{section}", "meaning"), [(f"`{code}`", text) for code, text in rows.items()])
    lines += ["## Kinds of input", ""]
    lines += _table(("source", "accepts and refuses"), [(f"`{type(s).__name__}`", _first_line(type(s))) for s in SOURCES])
    lines += ["## Readers", ""]
    lines += _table(("reader", "meaning"), [(f"`{r.name}`", r.help) for r in READERS])
    lines += ["## Extractors", ""]
    lines += _table(("extractor", "finds"), [(f"`{e.name}`", _first_line(type(e))) for e in EXTRACTORS])
    lines += ["## Exporters", ""]
    lines += _table(("format", "meaning"), [(f"`{e.name}`", _first_line(type(e))) for e in EXPORTERS])
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    REFERENCE.write_text(reference(), "utf-8")
    print(f"wrote {REFERENCE}")
