"""Exposures and suppliers on a terminal: tables for people, tab-separated lines when piped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from breachbook.serve import words
from breachbook.serve.exposure_view import CERTAINTIES, Exposure, Suppliers, Tie
from breachbook.serve.terminal import certainty, text

UNKNOWN = "the book knows nothing of it"
"""What is said of a name that leads nowhere. It does not mean that nothing happened."""

HOW_FOUND = {
    "near": "spelt otherwise: a guess",
    "product": "by the product's name",
    "known_as": "by another name of it",
    "several": "fits several",
    "unknown": UNKNOWN,
}
"""How a name that is not the vendor's own led to it, or that it did not."""


def print_exposure(out: Console, found: Exposure) -> None:
    """One vendor's or product's incidents: through it, then its own."""
    if found.vendor is None:
        out.print(text(f"{found.asked}: {HOW_FOUND[found.match]}"))
        return
    out.print(text(found.vendor.name, "bold").append(f"  {found.vendor.id}", style="dim"))
    if found.match in HOW_FOUND:
        out.print(text(f"Found for {found.asked!r}, {HOW_FOUND[found.match]}.", "italic"))
    if found.through:
        victims = {victim for tie in found.through for victim in tie.victims}
        since = f", since {found.since}" if found.since else ""
        what = f"{words.plural(len(found.through), 'incident')} with {words.plural(len(victims), 'victim')}"
        out.print(text(f"Named as the third party in {what} ({_by_certainty(found.through)}){since}."))
        _ties(out, found.through, "Victim")
    else:
        out.print(text(f"No incident of others is known to have come through {found.product or 'it'}."))
    if found.besides:
        out.print(text(f"{words.plural(found.besides, 'other incident')} came through {found.vendor.name} without naming the product."))
    if found.own:
        out.print(text(f"Hit itself in {words.plural(len(found.own), 'incident')}."))
        _ties(out, found.own, "Victim")


def print_exposures(out: Console, found: Sequence[Exposure]) -> None:
    """A list of vendors, a line each."""
    rows = [_line(one) for one in found]
    if not out.is_terminal:
        for row in rows:
            out.file.write("\t".join(words.visible(cell) for cell in row) + "\n")
        return
    table = _table("Asked for", "In the book", "Through it", "How sure", "Since", "Its own", "Victims through it")
    for row in rows:
        table.add_row(*(text(cell) for cell in row))
    out.print(table)


def print_suppliers(out: Console, found: Suppliers) -> None:
    """The suppliers of a victim."""
    if not found.ties:
        out.print(text(f"No third party is named in the {words.plural(found.incidents, 'incident')} of {found.victim.name}."))
        return
    if out.is_terminal:
        out.print(text(found.victim.name, "bold").append(f"  {found.victim.id}", style="dim"))
    _ties(out, found.ties, "Supplier")


def _line(found: Exposure) -> tuple[str, ...]:
    """Asked for, in the book, incidents through it, how sure, since when, its own incidents, victims."""
    where = found.vendor.name if found.vendor else HOW_FOUND[found.match]
    if found.vendor and found.match in HOW_FOUND:
        where += f" ({HOW_FOUND[found.match]})"
    victims = dict.fromkeys(victim.name for tie in found.through for victim in tie.victims)
    counts = (str(len(found.through)), str(len(found.own))) if found.vendor else ("", "")
    return found.asked, where, counts[0], found.surest or "", found.since or "", counts[1], "; ".join(victims)


def _ties(out: Console, ties: Sequence[Tie], party: str) -> None:
    rows = [(_who(tie, party), tie) for tie in ties]
    if not out.is_terminal:
        for who, tie in rows:
            cells = (who, tie.incident.id, tie.incident.name, tie.date or "", tie.certainty, _said_by(tie), tie.since or "", tie.status,
                     "; ".join(tie.products), "; ".join(s.document for s in tie.sources))  # fmt: skip
            out.file.write("\t".join(words.visible(cell) for cell in cells) + "\n")
        return
    table = _table(party, "Incident", "How sure", "Said by", "Since", "Status", "Product", "Sources")
    for who, tie in rows:
        table.add_row(
            text(who, "bold"), text(f"{tie.incident.name} ({tie.incident.id})"), certainty(tie.certainty), text(_said_by(tie)),
            text(tie.since or ""), text(tie.status), text("; ".join(tie.products)), text("; ".join(_source(tie))),
        )  # fmt: skip
    out.print(table)


def _who(tie: Tie, party: str) -> str:
    return tie.supplier.name if party == "Supplier" else "; ".join(victim.name for victim in tie.victims)


def _said_by(tie: Tie) -> str:
    return words.speaker_words(*tie.said_by) if tie.said_by[0] else ""


def _source(tie: Tie) -> list[str]:
    return [f"{s.publisher or s.title or s.document} {s.said or ''}".strip() for s in tie.sources]


def _table(*headings: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _by_certainty(ties: Sequence[Tie]) -> str:
    counts = Counter(tie.certainty for tie in ties)
    return ", ".join(f"{counts[name]} {name}" for name in CERTAINTIES if counts[name])
