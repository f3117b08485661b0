"""Records on a terminal and in a pipe: complete, and no source's text reaches the terminal's controls."""

from __future__ import annotations

import io
from typing import Any

from rich.console import Console

from breachbook.model.listing import Filters
from breachbook.serve import terminal

INCIDENT = "inc-" + "1" * 20


def piped() -> tuple[Console, io.StringIO]:
    stream = io.StringIO()
    return terminal.console(stream), stream


def test_a_record_is_shown_in_full(book: Any) -> None:
    out, stream = piped()
    terminal.print_record(out, book.record(INCIDENT))
    shown = stream.getvalue()
    for words in (
        "Durham Region, January 2021", "confirmed: the victim or an authority says so", "Accellion", "◕ likely", "also said",
        "March 2021", "What the statement left out", "Sources", "“strong likelihood of a link to CLOP”", "[1]",
    ):  # fmt: skip
        assert words in shown
    assert "\x1b" not in shown


def test_a_profile_is_shown(book: Any) -> None:
    out, stream = piped()
    terminal.print_record(out, book.record("org-" + "2" * 20))
    assert "durham[.]ca" in stream.getvalue()
    assert INCIDENT in stream.getvalue()


def test_why_shows_every_claim(book: Any) -> None:
    out, stream = piped()
    terminal.print_why(out, "Durham Region", book.why(INCIDENT, "third_party"), "2021-04-08")
    for words in ("What stands", "A regulator outweighs the press.", "◔ possible", "update 1", "8 April 2021"):
        assert words in stream.getvalue()


def test_a_list_in_a_pipe_is_one_line_a_row(book: Any) -> None:
    out, stream = piped()
    found = book.listing("incident", Filters())
    terminal.print_listing(out, found, 50)
    lines = stream.getvalue().splitlines()
    assert len(lines) == len(found.rows)
    assert lines[0].split("\t")[:5] == [INCIDENT, "incident", "Durham Region, January 2021", "confirmed", "2021-01-20"]


def test_a_list_on_a_terminal_is_a_table(book: Any) -> None:
    out = Console(file=io.StringIO(), force_terminal=True, width=120, markup=False)
    terminal.print_listing(out, book.listing("incident", Filters()), 50)
    assert "Durham Region" in out.file.getvalue()  # type: ignore[attr-defined]


def test_hostile_text_cannot_reach_the_terminal(hostile_book: Any) -> None:
    out, stream = piped()
    terminal.print_record(out, hostile_book.record(INCIDENT))
    terminal.print_why(out, hostile_book.record(INCIDENT).name, hostile_book.why(INCIDENT, "third_party"), None)
    terminal.print_listing(out, hostile_book.search(Filters(query="a")), 50)
    terminal.print_refused(out, hostile_book.refused())
    for character in "\x1b\x00\u202e\u2066":
        assert character not in stream.getvalue()
