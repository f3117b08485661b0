"""The book on a terminal: records, lists, reasons. Plain when piped; no text of a source can reach the terminal's controls."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO, cast

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from breachbook.model.listing import AddSummary, Listing, RefusedRow, Row
from breachbook.model.record import Evidence, Field, FieldValue, Record
from breachbook.serve import numbering, words
from breachbook.serve.rules import refusal_words

PIPED_WIDTH = 110
"""Columns of text when the output is not a terminal and COLUMNS is not set."""

NUMBERS_SHOWN = 5
"""Numbers of evidence shown behind one value or sentence; `why` and the evidence below have all."""

CERTAINTY_SIGNS = {"stated": "●", "likely": "◕", "possible": "◔", "denied": "⊘"}
STATUS_SIGNS = {"confirmed": "●", "reported": "◐", "alleged": "◌", "disputed": "◈", "retracted": "✕"}
CERTAINTY_STYLES = {"stated": "green", "likely": "cyan", "possible": "yellow", "denied": "magenta"}
STATUS_STYLES = {"confirmed": "green", "reported": "cyan", "alleged": "yellow", "disputed": "magenta", "retracted": "dim"}


class _Trimmed(io.TextIOBase):
    """Writes lines without the blanks that fill them up to the width of the page."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._rest = ""

    def write(self, given: str) -> int:
        """Writes all whole lines; keeps the rest until its line is whole."""
        *lines, self._rest = (self._rest + given).split("\n")
        self._stream.writelines(f"{line.rstrip()}\n" for line in lines)
        return len(given)

    def flush(self) -> None:
        """Passes on what was written."""
        self._stream.flush()


def console(stream: TextIO | None = None) -> Console:
    """A console that takes no text for markup; without colour when it is not a terminal."""
    out = stream or sys.stdout
    width = None if out.isatty() or os.environ.get("COLUMNS") else PIPED_WIDTH
    file = out if out.isatty() else cast(TextIO, _Trimmed(out))
    return Console(file=file, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def text(value: str, style: str = "") -> Text:
    """Text from a source, with control and direction-changing characters made visible."""
    return Text(words.visible(value), style=style)


def print_listing(out: Console, found: Listing, limit: int, offset: int = 0) -> None:
    """A list: a table for people; tab-separated lines (id, kind, name, status, date, countries, sectors, incidents, sources) when piped."""
    if not out.is_terminal:
        for row in found.rows:
            out.file.write("\t".join(words.visible(cell) for cell in _cells(row)) + "\n")
        return
    if not found.rows:
        out.print("Nothing in the book fits.")
        return
    several = len({row.kind for row in found.rows}) > 1
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    if several:
        table.add_column("Kind", style="dim")
    table.add_column("Name", style="bold", ratio=3, overflow="fold")
    for heading in ("Status", "Date", "Where", "Sources", "Id"):
        table.add_column(heading, justify="right" if heading == "Sources" else "left", overflow="fold")
    for row in found.rows:
        kind = [text(words.TITLES[row.kind])] if several else []
        table.add_row(
            *kind,
            text(row.name),
            _status(row.status),
            text(row.date or ""),
            text(", ".join(row.countries)),
            str(row.sources or ""),
            text(row.id, "dim"),
        )
    out.print(table)
    shown = len(found.rows)
    if found.total > offset + shown:
        out.print(f"{shown} of {found.total:,}; --limit shows more than {limit}.", style="dim")


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.id, row.kind, row.name, row.status or "", row.date or "", ",".join(row.countries), ",".join(row.sectors),
        str(row.incidents), str(row.sources),
    )  # fmt: skip


def print_record(out: Console, record: Record) -> None:
    """A record in full: name, status, summary, fields with what lost to them, timeline, what was left out, sources, evidence."""
    evidence = numbering.numbered(record)
    _heading(out, record)
    if record.summary:
        _section(out, "Summary")
        story = Text()
        for sentence in record.summary:
            story.append_text(text(sentence.text)).append_text(_numbers(sentence.claims, evidence)).append(" ")
        out.print(Padding(story, (0, 0, 0, 2)))
    if record.fields:
        _section(out, "What is known")
        out.print(_fields(record.fields, evidence))
    _participations(out, record, evidence)
    _names(out, record)
    if record.timeline:
        _section(out, "Timeline")
        rows = [(text(e.date), "happened" if e.lane == "happened" else "known", _with(e.text, e.claims, evidence)) for e in record.timeline]
        out.print(_grid(rows))
    if record.left_out:
        _section(out, "What the statement left out")
        gaps = [
            (text(g.label), _with(g.display, g.claims, evidence), text(f"statement of {g.said}" if g.said else "statement"))
            for g in record.left_out
        ]
        out.print(_grid(gaps))
    if record.sources:
        _section(out, "Sources")
        out.print(
            _grid(
                [
                    (text(s.published or "undated"), text(s.publisher or ""), text(s.title or "untitled"), text(s.document, "dim"))
                    for s in record.sources
                ]
            )
        )
    if evidence:
        _section(out, "Evidence")
        out.print(_grid([(Text(f"[{n.number}]"), _evidence(n.evidence)) for n in evidence.values()]))


def _heading(out: Console, record: Record) -> None:
    out.print(text(record.name, "bold"))
    line = Text(words.TITLES.get(record.kind, record.kind), style="dim").append(f"  {record.id}")
    if record.status:
        line.append("  ").append_text(_status(record.status, f"{record.status}: {words.STATUS_MEANS[record.status]}"))
    out.print(line)
    if record.aliases:
        out.print(text(f"Also known as {', '.join(record.aliases)}", "dim"))
    if record.extra.get("primary_url"):
        out.print(text(f"Primary URL {record.extra['primary_url']}", "dim"))
    if record.as_of:
        out.print(f"As known on {words.date_words(record.as_of)}: only what had been said by the end of that day.", style="italic")
    if record.note:
        out.print(text(record.note, "italic"))
    if record.campaigns:
        out.print(text("Part of " + ", ".join(f"{ref.name} ({ref.id})" for ref in record.campaigns), "dim"))


def _section(out: Console, title: str) -> None:
    out.print()
    out.print(title, style="bold underline" if out.is_terminal else "")


def _fields(fields: Sequence[Field], evidence: Mapping[str, numbering.Numbered]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for heading, options in (
        ("Field", {}),
        ("Value", {"ratio": 2}),
        ("Certainty", {}),
        ("Said by", {"ratio": 1}),
        ("When", {}),
        ("Evidence", {}),
    ):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("Certainty", "When"), **options)  # type: ignore[arg-type]
    for field in fields:
        for index, value in enumerate(field.values):
            table.add_row(*_value_row(field.label if index == 0 else "", value, evidence, ""))
        for index, value in enumerate(field.losing):
            table.add_row(*_value_row("  also said" if index == 0 else "", value, evidence, "dim"))
    return table


def _value_row(label: str, value: FieldValue, evidence: Mapping[str, numbering.Numbered], style: str) -> tuple[Text, ...]:
    said_by = words.speaker_words(value.speaker_role, value.speaker_name)
    claims = tuple(claim.claim for claim in value.claims)
    return (
        Text(label, style=style or "bold"), text(value.display, style), certainty(value.certainty), text(said_by, style),
        text(value.said or "", style), _numbers(claims, evidence),
    )  # fmt: skip


def _participations(out: Console, record: Record, evidence: Mapping[str, numbering.Numbered]) -> None:
    if not record.participations:
        return
    _section(out, "Incidents")
    rows = [
        (
            text(p.date or ""),
            _with(p.incident.name, p.claims, evidence),
            Text(words.ROLES.get(p.role, p.role)),
            certainty(p.certainty),
            _status(p.status),
            text(p.incident.id, "dim"),
        )
        for p in record.participations
    ]
    out.print(_grid(rows))


def _names(out: Console, record: Record) -> None:
    """What each source calls an actor, and what a reference list does; what may belong to a campaign."""
    if proposed := record.extra.get("may_belong", ()):
        _section(out, "May belong to it")
        out.print(
            _grid(
                [
                    (text(p["date"] or ""), text(p["incident"]["name"]), text(p["reason"]), text(p["incident"]["id"], "dim"))
                    for p in proposed
                ]
            )
        )
    called = record.extra.get("called", ())
    if called:
        _section(out, "What sources call it")
        out.print(_grid([(text(c["name"]), text("; ".join(words.source_words(s) for s in c["sources"]), "dim")) for c in called]))
    if reference := record.extra.get("reference_names"):
        out.print(Padding(text(f"Also {', '.join(reference['names'])} ({reference['source']})", "dim"), (0, 0, 0, 2)))


def print_why(out: Console, name: str, field: Field, as_of: str | None) -> None:
    """Every claim behind a field: what stands, what lost, and why."""
    out.print(text(f"{name}: {field.label}", "bold"))
    if as_of:
        out.print(f"As known on {words.date_words(as_of)}.", style="italic")
    for heading, values in (("What stands", field.values), ("What lost to it", field.losing)):
        if values:
            _section(out, heading)
        for value in values:
            out.print(Text("  ").append_text(text(value.display, "bold")).append("  ").append_text(certainty(value.certainty)))
            if value.reason:
                out.print(Padding(text(value.reason, "italic"), (0, 0, 0, 2)))
            out.print(_grid([(Text("-"), _evidence(claim)) for claim in value.claims], indent=4))


def print_refused(out: Console, rows: Iterable[RefusedRow]) -> None:
    """What was turned away: a block each for people, tab-separated lines (when, code, origin, detail) when piped."""
    meaning = refusal_words()
    for row in rows:
        if not out.is_terminal:
            out.file.write("\t".join(words.visible(cell) for cell in (row.when, row.code, row.origin, row.detail)) + "\n")
            continue
        out.print(
            text(row.when[:16].replace("T", " "), "dim").append("  ").append(row.code, "bold").append("  ").append_text(text(row.origin))
        )
        out.print(Padding(text(f"{meaning.get(row.code, '')} {row.detail}".strip(), "dim"), (0, 0, 0, 4)))


def print_summary(out: Console, summary: AddSummary) -> None:
    """What an adding did."""
    lines = [f"{words.plural(summary.added, 'document')} added, {summary.already_there:,} already there"]
    if summary.read_again:
        lines[0] += f", {summary.read_again:,} read again"
    if summary.not_modified:
        lines[0] += f", {summary.not_modified:,} not changed since last fetched"
    for label, reasons in (("unread", summary.unread), ("refused", summary.refused)):
        lines += [f"{count:,} {label}: {code} ({refusal_words().get(code, code)})" for code, count in sorted(reasons.items())]
    if summary.refused or summary.unread:
        lines.append("`breachbook refused` shows each with its detail.")
    lines.append(f"{words.plural(len(summary.incidents_new), 'incident')} new, {len(summary.incidents_changed):,} changed")
    for line in lines:
        out.print(line)


def certainty(value: str) -> Text:
    """The certainty as sign and word."""
    return Text(f"{CERTAINTY_SIGNS[value]} {words.certainty_word(value).lower()}", style=CERTAINTY_STYLES[value])


def _status(value: str | None, shown: str | None = None) -> Text:
    if value is None:
        return Text()
    return Text(f"{STATUS_SIGNS[value]} {shown or value}", style=STATUS_STYLES[value])


def _numbers(claims: Sequence[str], evidence: Mapping[str, numbering.Numbered]) -> Text:
    known = [f"[{evidence[claim].number}]" for claim in claims if claim in evidence]
    more = f"+{len(known) - NUMBERS_SHOWN}" if len(known) > NUMBERS_SHOWN else ""
    return Text("".join(known[:NUMBERS_SHOWN]) + more, style="dim")


def _with(shown: str, claims: Sequence[str], evidence: Mapping[str, numbering.Numbered]) -> Text:
    return text(shown).append(" ").append_text(_numbers(claims, evidence))


def _evidence(item: Evidence) -> Text:
    said = [words.speaker_words(item.speaker_role, item.speaker_name), item.said or "undated"]
    said += [f"update {item.revision}"] if item.revision else []
    said += [item.publisher or "", item.title or "", item.document]
    return (
        text(f"“{item.words}” ")
        .append_text(certainty(item.certainty))
        .append(" ")
        .append_text(text(" · ".join(part for part in said if part), "dim"))
    )


def _grid(rows: Iterable[tuple[Any, ...]], indent: int = 2) -> Padding:
    listed = list(rows)
    grid = Table.grid(padding=(0, 2))
    for _ in range(max((len(row) for row in listed), default=0)):
        grid.add_column(overflow="fold")
    for row in listed:
        grid.add_row(*row)
    return Padding(grid, (0, 0, 0, indent))
