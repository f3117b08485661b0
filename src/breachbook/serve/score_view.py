"""A score on a terminal: the table, the worst reports, and one report with text, label and reading side by side.

What is right and wrong is told by signs, so that nothing is lost without colour: `=` right, `-` missed, `+` extra, `~` different.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from breachbook.model.document import Document
from breachbook.scoring.comparing import Comparison, Mark, incidents
from breachbook.scoring.fields import FIELDS, GROUNDED
from breachbook.scoring.pairing import pair_incidents
from breachbook.scoring.table import Figures, Score, commonest, mistakes_by_field
from breachbook.serve.terminal import text
from breachbook.serve.words import plural

STYLES = {"=": "green", "-": "red", "+": "yellow", "~": "magenta"}
"""The colour of each sign, where there is colour."""

BESIDE = 130
"""Columns from which on the text stands beside the values, as both keep 60 or so; below, it stands above them."""

NARROW = 72
"""Columns below which a value's sides stand below each other: two columns of 25 hold no name."""

EVIDENCE_KEYS = {
    **dict.fromkeys(("country", "sector", "domain"), "victims"),
    **dict.fromkeys(("counts", "dates"), ""),
    "data_volume": "data_volume_bytes",
    "confirmed": "confirmed_by_victim",
    "claimed": "claimed_by_actor",
}
"""Under which key of `evidence` the proof of a field stands, where it is not the field's own name; empty: under its part's."""


def print_score(out: Console, found: Score, reader: str, worst: int) -> None:
    """The table; with `worst`, also the reports with most mistakes and the mistakes made most often."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Field", overflow="fold")
    for heading in ("Precision", "Recall", "F1", "Right", "Ours", "Gold"):
        table.add_column(heading, justify="right")
    for field in FIELDS:
        table.add_row(field, *_cells(found.fields[field]))
    table.add_row(GROUNDED, *_cells(found.grounded), style="dim", end_section=True)
    table.add_row("macro", "", "", f"{found.macro:.3f}", style="bold")
    out.print(table)
    out.print(text(f"{plural(len(found.comparisons), 'document')} read by {reader}"))
    if worst:
        _print_worst(out, found, worst)


def _cells(figures: Figures) -> tuple[str, ...]:
    shares = (figures.precision, figures.recall, figures.f1)
    return (*(f"{share:.3f}" for share in shares), f"{figures.right:,}", f"{figures.ours:,}", f"{figures.gold:,}")


def _print_worst(out: Console, found: Score, most: int) -> None:
    out.print()
    out.print("Most mistakes (- missed, + extra, ~ different)", style="bold")
    grid = _grid()
    for comparison in found.worst(most):
        fields = "; ".join(f"{field} {counts}" for field, counts in mistakes_by_field(comparison).items())
        grid.add_row(Text(f"{comparison.mistakes:>3}"), text(comparison.id, "bold"), text(fields))
    out.print(grid)
    often = commonest(found, most)
    if often:
        out.print()
        out.print("Made most often", style="bold")
        grid = _grid()
        for (field, sign, value), times in often:
            grid.add_row(Text(f"{times:>3}"), Text(f"{sign} {field}", style=STYLES[sign]), text(value))
        out.print(grid)


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2))
    for _ in range(3):
        grid.add_column(overflow="fold")
    return grid


def print_report(out: Console, document: Document, comparison: Comparison, record: Mapping[str, Any], label: Mapping[str, Any]) -> None:
    """One report: its text, and every value of the label and of the reader, with the quotes of those that are not right."""
    out.print(text(comparison.id, "bold").append_text(text(f"  {plural(comparison.mistakes, 'mistake')}", "dim")))
    for line in (document.title, " · ".join(part for part in (document.published, document.publisher, document.url) if part)):
        if line:
            out.print(text(line))
    out.print("= right   - missed   + extra   ~ different", style="dim")
    out.print()
    body = Text("\n\n").join(text(part) for part in _paragraphs(document))
    values = _values(comparison, _proofs(record, label), out.width)
    if out.width < BESIDE:
        out.print(body)
        out.print()
        out.print(values)
        return
    beside = Table.grid(padding=(0, 3), expand=True)
    beside.add_column(ratio=4, overflow="fold")
    beside.add_column(ratio=5, overflow="fold")
    beside.add_row(body, values)
    out.print(beside)


def _paragraphs(document: Document) -> list[str]:
    body = document.text.removeprefix(document.title or "") if document.title else document.text
    return [part for part in body.strip().split("\n\n") if part.strip()]


def _proofs(record: Mapping[str, Any], label: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """The quotes (the reader's, the label's) of each pair of incidents."""
    pairs = pair_incidents(incidents(record), incidents(label))
    return [(ours.get("evidence") or {}, gold.get("evidence") or {}) for ours, gold in pairs]


def _values(comparison: Comparison, proofs: list[tuple[Mapping[str, Any], Mapping[str, Any]]], width: int) -> Table:
    narrow = width < NARROW
    table = Table(box=None if narrow else SIMPLE_HEAD, pad_edge=False, show_header=not narrow, expand=True)
    for heading in ("", "Field") if narrow else ("", "Field", "Gold", "Ours"):
        table.add_column(heading, overflow="fold", no_wrap=not heading, ratio=None if heading in ("", "Field") and not narrow else 1)
    table.columns[0].ratio, table.columns[0].width = None, 1
    before: int | None = None
    for mark in comparison.marks:
        if mark.incident != before:
            table.add_row(*([""] if narrow else ["", ""]), Text(f"incident {(mark.incident or 0) + 1}", style="dim"))
            before = mark.incident
        _add_mark(table, mark, proofs, narrow)
    return table


def _add_mark(table: Table, mark: Mark, proofs: list[tuple[Mapping[str, Any], Mapping[str, Any]]], narrow: bool) -> None:
    style = STYLES[mark.sign]
    ours, gold = proofs[mark.incident] if mark.incident is not None and not mark.right else ({}, {})
    sides = [_side(value, mark, quotes, style) for value, quotes in ((mark.gold, gold), (mark.ours, ours))]
    name = text(mark.field)
    if mark.part:
        name.append_text(text(f" {mark.part}", "dim"))
    if narrow:
        lines = [name, *(Text(f"{label} ", style="dim").append_text(side) for label, side in zip(("gold", "ours"), sides, strict=True))]
        table.add_row(Text(mark.sign, style=style), Text("\n").join(lines))
    else:
        table.add_row(Text(mark.sign, style=style), name, *sides)


def _side(value: str | None, mark: Mark, quotes: Mapping[str, Any], style: str) -> Text:
    if value is None:
        return Text("·", style="dim")
    shown = text(value, style if not mark.right else "")
    for quote in _quotes(quotes.get(EVIDENCE_KEYS.get(mark.field, mark.field) or mark.part or "")):
        shown.append("\n").append_text(text(f"“{quote}”", "dim italic"))
    return shown


def _quotes(proof: Any) -> Iterable[str]:
    """The quotes of a proof, which is a text, an object with a `quote`, or a list of these."""
    for item in proof if isinstance(proof, list) else [proof]:
        quote = item.get("quote") if isinstance(item, dict) else item
        if isinstance(quote, str):
            yield quote


def report_json(document: Document, comparison: Comparison, record: Mapping[str, Any], label: Mapping[str, Any]) -> dict[str, Any]:
    """One report as JSON: its text, both records, and the marks."""
    marks = [
        {"field": m.field, "part": m.part, "incident": m.incident, "sign": m.sign, "ours": m.ours, "gold": m.gold} for m in comparison.marks
    ]
    return {
        "id": comparison.id, "mistakes": comparison.mistakes, "title": document.title, "text": document.text,
        "gold": label, "ours": record, "marks": marks,
    }  # fmt: skip
