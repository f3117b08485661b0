"""The commands about matches and judgements. They hold no logic: each reads its options, asks the book, and prints."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from breachbook.errors import ContradictionError, RequestError
from breachbook.serve.command_group import complain, say

if TYPE_CHECKING:
    from breachbook.model.matched import Decided
    from breachbook.pipeline import Book

OpenBook = Callable[[typer.Context], AbstractContextManager["Book"]]

Side = Annotated[str, typer.Argument(help="A record's name or id, or a mention (doc-…#organisation:1).", show_default=False)]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, kept with the judgement.")]
Who = Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who judges; else the name you are logged in by.")]
Kind = Annotated[str | None, typer.Option("--kind", help="organisation, actor or incident, when a name fits several.")]
Replace = Annotated[bool, typer.Option("--replace", help="Undo earlier judgements that it contradicts.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=100_000, help="At most so many.")]
Named = Annotated[str | None, typer.Argument(metavar="[RECORD]", help="A name or id: only what is about it.", show_default=False)]

KINDS = ("organisation", "actor", "incident", "supplier")
"""Kinds of record that are judged; a supplier is an organisation."""

PAIRS = {
    "merge": (
        "same",
        "Make one record of two; each id goes on leading to it.",
        'merge "Scripps Health" "Scripps Health Foundation" --why "one owner"',
    ),
    "same": ("same", "Judge that two records or mentions are one.", 'same durham.ca "Durham Region" --why "its own domain"'),
    "different": ("different", "Judge that two records or mentions are not one.", 'different Apache Accellion --why "two makers"'),
    "unsure": ("unsure", "Judge that it is open whether two are one; the machine decides.", 'unsure Apache Equifax --why "asked them"'),
}
"""Commands on a pair: the decision, the help, an example."""


def add_to(app: typer.Typer, open_book: OpenBook) -> None:
    """Adds the commands to an application; `open_book` opens the book of a command's context."""
    _matches(app, open_book)
    for name in PAIRS:
        _pair(app, open_book, name)
    _split(app, open_book)
    _undo(app, open_book)
    _judgements(app, open_book)


def _matches(app: typer.Typer, open_book: OpenBook) -> None:
    @app.command()
    def matches(
        ctx: typer.Context,
        record: Named = None,
        proposals: Annotated[bool, typer.Option("--proposals", help="Only what is put forward to be judged.")] = False,
        kind: Kind = None,
        limit: Limit = 50,
        as_json: AsJson = False,
    ) -> None:
        """List why mentions are one record, might be, or are not: both sides, score, parts with weights, reason.

        Proposals come first, then what was refused, then what made records (docs/judging.md).

        Example: breachbook matches "Durham Region"
        """
        from breachbook.serve import match_view, terminal

        with open_book(ctx) as book:
            found = book.decisions.matches(record, _kind(kind), "proposal" if proposals else None, limit)
        if as_json:
            _json({"total": found.total, "matches": found.rows})
            return
        match_view.print_matches(terminal.console(), found, limit)
        if not found.rows:
            say("There are no such matches.")


def _pair(app: typer.Typer, open_book: OpenBook, name: str) -> None:
    decision, told, example = PAIRS[name]

    def command(
        ctx: typer.Context,
        a: Side,
        b: Side,
        why: Why,
        who: Who = None,
        kind: Kind = None,
        replace: Replace = False,
        as_json: AsJson = False,
    ) -> None:
        by, wanted = _who(who), _kind(kind)
        with open_book(ctx) as book:
            _decide(decision, lambda instead: book.decisions.pair(a, b, decision, why, by, wanted, instead), replace, as_json)

    app.command(name, help=f"{told} It can be undone.\n\nExample: breachbook {example}")(command)


def _split(app: typer.Typer, open_book: OpenBook) -> None:
    @app.command()
    def split(
        ctx: typer.Context,
        record: Annotated[str, typer.Argument(help="A record's name or id.", show_default=False)],
        part: Annotated[
            str, typer.Argument(metavar="MENTION|SOURCE", help="A mention, or a source's id, address or title.", show_default=False)
        ],
        why: Why,
        who: Who = None,
        kind: Kind = None,
        replace: Replace = False,
        as_json: AsJson = False,
    ) -> None:
        """Take a mention, or all that a source says, out of a record. It can be undone.

        Example: breachbook split "Durham Region" "CLOP leak site" --why "another Durham"
        """
        by, wanted = _who(who), _kind(kind)
        with open_book(ctx) as book:
            _decide("different", lambda instead: book.decisions.split(record, part, why, by, wanted, instead), replace, as_json)


def _undo(app: typer.Typer, open_book: OpenBook) -> None:
    @app.command()
    def undo(
        ctx: typer.Context,
        judgement: Annotated[str, typer.Argument(help="Its id (`breachbook judgements`).", show_default=False)],
        why: Why,
        who: Who = None,
        as_json: AsJson = False,
    ) -> None:
        """Take a judgement back: the book is as if it had never been made, and what it had replaced stands again.

        Example: breachbook undo jdg-0123456789abcdef0123 --why "wrong hospital"
        """
        from breachbook.serve import match_view

        by = _who(who)
        with open_book(ctx) as book:
            came = book.decisions.undo(judgement, why, by)
        if as_json:
            _json(came)
        else:
            _out(match_view.undone_told(came))


def _judgements(app: typer.Typer, open_book: OpenBook) -> None:
    @app.command()
    def judgements(
        ctx: typer.Context,
        record: Named = None,
        standing: Annotated[bool, typer.Option("--standing", help="Leave out what was undone.")] = False,
        kind: Kind = None,
        limit: Limit = 50,
        as_json: AsJson = False,
    ) -> None:
        """List what people judged, the latest first: who, when, why, the machine's score then, and whether it was undone.

        Example: breachbook judgements --standing
        """
        from breachbook.serve import match_view, terminal

        with open_book(ctx) as book:
            acts = [act for act in book.decisions.acts(record, _kind(kind)) if not (standing and act.undone)]
        if as_json:
            _json({"total": len(acts), "judgements": acts[:limit]})
            return
        match_view.print_acts(terminal.console(), acts[:limit])
        if len(acts) > limit:
            say(f"{limit} of {len(acts):,}; --limit shows more.")
        if not acts:
            say("Nobody has judged anything.")


def _decide(decision: str, decide: Callable[[bool], Decided], replace: bool, as_json: bool) -> None:
    """Judges; when it contradicts earlier judgements, asks on a terminal whether these are to be undone."""
    from breachbook.serve import match_view

    try:
        came = decide(replace)
    except ContradictionError as error:
        if as_json or not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        complain(error)
        if not typer.confirm("Undo what it contradicts?", err=True):
            raise typer.Exit(1) from None
        came = decide(True)
    if as_json:
        _json(came)
        return
    _out(match_view.decided_told(decision, came))
    for id_ in came.replaced:
        say(f"{id_}, which it contradicts, is undone.")
    if not came.stood:
        say(f"To take it back: breachbook undo {came.id} --why TEXT")


def _who(given: str | None) -> str:
    """Who judges.

    Raises:
        RequestError: nobody is named, and the system does not know who is logged in.
    """
    if given is not None:
        return given
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise RequestError("say who judges, with --who NAME", subject="--who") from None


def _kind(given: str | None) -> str | None:
    from breachbook.serve.parameters import one_of

    wanted = one_of("kind", given, KINDS) if given else None
    return "organisation" if wanted == "supplier" else wanted


def _json(data: Any) -> None:
    from breachbook.serve.answers import dumps, plain

    shown = {name: plain(value) for name, value in data.items()} if isinstance(data, dict) else plain(data)
    _out(dumps(shown, indent=2))


def _out(line: str) -> None:
    from breachbook.serve.words import visible

    sys.stdout.write("\n".join(visible(part) for part in line.split("\n")) + "\n")
