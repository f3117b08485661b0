"""The commands. They hold no logic: each reads its options, asks the book, and prints.

Standard output has the data, standard error the progress and messages. Exit codes: 0 done, 1 it failed or something was
refused, 2 the command was used wrongly, 130 stopped with Ctrl-C. Heavy modules are imported where they are used, so that
`--help` is quick.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from breachbook import __version__
from breachbook.serve import judging_commands
from breachbook.serve.command_group import FAILED, BookGroup, say
from breachbook.settings import SETTINGS, Settings, load

if TYPE_CHECKING:
    from breachbook.pipeline import Book

LIST_HELP = {
    "incident": "List incidents, newest first.",
    "organisation": "List organisations.",
    "actor": "List threat actors.",
    "supplier": "List suppliers: third parties through which, or through whose products, others were hit.\n\n"
    "With the name of a victim: the suppliers through which it was hit, and how sure that is.",
    "campaign": "List campaigns.",
}
LIST_EXAMPLES = {
    "incident": "incidents accellion --country CA --since 2021-01-01",
    "organisation": "organisations durham --sector 92",
    "actor": "actors clop",
    "supplier": 'suppliers "Durham Region" --json',
    "campaign": "campaigns accellion",
}


app = typer.Typer(
    cls=BookGroup, no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="An incident database that writes itself from public reports, every field with its evidence.\n\n"
    "Example: breachbook example; breachbook show \"Durham Region\"",
)  # fmt: skip

Origins = Annotated[list[str], typer.Argument(metavar="ORIGINS...", help="Files, folders or http(s) addresses.", show_default=False)]
ReaderName = Annotated[str | None, typer.Option("--reader", metavar="NAME", help="Who reads: offline or llm (BREACHBOOK_READER).")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="Only what had been said by the end of that day.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=100_000, help="At most so many rows.")]
Word = Annotated[str | None, typer.Argument(metavar="[QUERY]", help="Words or part of a name.", show_default=False)]
Country = Annotated[str | None, typer.Option("--country", metavar="CA", help="ISO 3166-1 alpha-2 code, or English name.")]
Sector = Annotated[str | None, typer.Option("--sector", metavar="92", help="Two-digit NAICS sector.")]
Status = Annotated[str | None, typer.Option("--status", help="alleged, reported, confirmed, disputed or retracted.")]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="From this day, month or year on.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Up to and with this day, month or year.")]
AttackType = Annotated[str | None, typer.Option("--attack-type", help="Kind of attack, such as ransomware.")]
Actor = Annotated[str | None, typer.Option("--actor", help="Name of a threat actor.")]
DataClass = Annotated[str | None, typer.Option("--data-class", help="Kind of data, such as medical.")]


def main() -> None:
    """The entry point of `breachbook`."""
    app(prog_name="breachbook")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"breachbook {__version__}")
        raise typer.Exit


@app.callback()
def common(
    ctx: typer.Context,
    database: Annotated[str | None, typer.Option("--database", metavar="URL", help="Database URL (BREACHBOOK_DATABASE).")] = None,
    home: Annotated[str | None, typer.Option("--home", metavar="FOLDER", help="Folder of the book (BREACHBOOK_HOME).")] = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Options of all commands."""
    ctx.obj = {"database": database, "home": home}


@app.command()
def example(ctx: typer.Context) -> None:
    """Load the example case file.

    Example: breachbook example
    """
    from breachbook.serve.progress import progress

    with _book(ctx) as book, progress() as shown:
        summary = book.add_example(shown)
    _summary(summary)


@app.command()
def add(ctx: typer.Context, origins: Origins, reader: ReaderName = None) -> None:
    """Read reports into the book: pages, PDFs, mails, feeds, JSON Lines, text, folders, addresses; leak-site listings, breach
    registers and regulators' tables (JSON, CSV) by their columns.

    What cannot be read is refused with a reason; all else goes on. Adding the same thing again changes nothing, except
    that with --reader what another reader read last is read again.

    Example: breachbook add report.html notice.pdf https://example.org/news
    """
    from breachbook.serve.progress import progress

    with _book(ctx) as book, progress() as shown:
        summary = book.add(origins, shown, reader)
    _summary(summary)
    if summary.refused:
        raise typer.Exit(FAILED)


@app.command()
def read(
    ctx: typer.Context,
    origins: Origins,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One record a line.")] = False,
    reader: ReaderName = None,
) -> None:
    """Print what reports say, as report records, and store nothing.

    Refusals go to standard error; the exit code is then 1.

    Example: breachbook read reports.jsonl --jsonl > records.jsonl
    """
    from breachbook.model.document import Refusal
    from breachbook.pipeline import read_documents
    from breachbook.serve.answers import dumps
    from breachbook.vocab.reasons import is_note

    refused = False
    for found in read_documents(_settings(ctx), origins, reader=reader):
        if isinstance(found, Refusal) and is_note(found.code):
            say(f"note {found.origin}: {found.code}: {found.detail}")
            continue
        if isinstance(found, Refusal):
            refused = True
            say(f"refused {found.origin}: {found.code}: {found.detail}")
            continue
        document, reading, record = found
        if reading.unread:
            say(f"unread {document.external_id or document.id}: {reading.unread}")
        for sentence in reading.notes:
            say(f"{document.external_id or document.id}: {sentence}")
        shown = {"id": document.external_id or document.id, **{name: value for name, value in record.items() if name != "id"}}
        _out(dumps(shown) if jsonl else dumps(shown, indent=2))
    if refused:
        raise typer.Exit(FAILED)


@app.command()
def score(
    ctx: typer.Context,
    gold: Annotated[Path, typer.Option("--gold", metavar="FILE", help="Labels: report records, one a line.")],
    documents: Annotated[Path, typer.Option("--documents", metavar="FILE", help="JSON Lines, or a folder of ID.json files.")],
    reader: ReaderName = None,
    predicted: Annotated[Path | None, typer.Option("--predicted", metavar="FILE", help="Score these records; read nothing.")] = None,
    worst: Annotated[int, typer.Option("--worst", min=0, max=100_000, help="Also list so many reports with most mistakes.")] = 0,
    show: Annotated[str | None, typer.Option("--show", metavar="ID", help="One report: text, label and reading side by side.")] = None,
    as_json: AsJson = False,
) -> None:
    """Score a reader against labels: precision, recall and F1 a field (docs/scoring.md).

    Stores nothing. Documents without a label are passed over; a label without a document is an error.

    Example: breachbook score --gold labels.jsonl --documents reports.jsonl --worst 10
    """
    from breachbook.serve import scored, terminal
    from breachbook.serve.progress import progress

    with progress() as shown:
        found = scored.labelled(_settings(ctx), gold, documents, reader=reader, predicted=predicted, only=show, told=shown)
    out = terminal.console()
    if as_json:
        _json(found.report_json(show) if show is not None else found.score_json(worst))
    elif show is not None:
        found.print_report(out, show)
    else:
        found.print_score(out, worst)
        say(found.remarks())


def _list_command(kind: str, name: str) -> None:
    def command(
        ctx: typer.Context, query: Word = None, country: Country = None, sector: Sector = None, status: Status = None,
        since: Since = None, until: Until = None, attack_type: AttackType = None, actor: Actor = None,
        data_class: DataClass = None, limit: Limit = 50, as_json: AsJson = False,
    ) -> None:  # fmt: skip
        from breachbook.serve.parameters import filters

        asked = filters(
            {"query": query, "country": country, "sector": sector, "status": status, "since": since, "until": until,
             "attack_type": attack_type, "actor": actor, "data_class": data_class}
        )  # fmt: skip
        with _book(ctx) as book:
            if kind == "supplier" and query and _suppliers_of(book, query, as_json):
                return
            _listing(book.listing(kind, asked, limit, 0), limit, as_json)

    app.command(name, help=f"{LIST_HELP[kind]}\n\nExample: breachbook {LIST_EXAMPLES[kind]}")(command)


for _kind in LIST_HELP:
    _list_command(_kind, f"{_kind}s")


def _suppliers_of(book: Book, name: str, as_json: bool) -> bool:
    """Prints the suppliers of a victim; False when the name is none's."""
    from breachbook.serve import exposure_json, exposure_tables, exposure_view, terminal

    found = exposure_view.suppliers_of(book, name)
    if found is None:
        return False
    if as_json:
        _json(exposure_json.suppliers_json(found))
    else:
        exposure_tables.print_suppliers(terminal.console(), found)
    return True


@app.command()
def exposure(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[VENDOR]", help="A vendor or product.", show_default=False)] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="CSV", help="A list of vendors, with a column `name`.")] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show which incidents came through a vendor or product: which victims, how sure, since when, by whose word.

    A product's name leads to its maker. With --file, a line for each vendor of a list; a vendor of whom the book knows
    nothing is told so, and need not be safe.

    Example: breachbook exposure "Accellion"; breachbook exposure --file vendors.csv --json
    """
    from breachbook.errors import RequestError
    from breachbook.serve import exposure_json, exposure_tables, exposure_view, parameters, terminal, vendor_list

    if (name is None) == (file is None):
        raise RequestError("name a vendor or product, or a list with --file", subject="exposure")
    day = parameters.as_of(as_of)
    names = vendor_list.vendors(file) if file else [name or ""]
    with _book(ctx) as book:
        found = list(exposure_view.exposures(book, names, day)) if file else [exposure_view.exposure(book, names[0], day)]
    if as_json:
        shown = [exposure_json.exposure_json(one) for one in found]
        _json({"vendors": shown} if file else shown[0])
    elif file:
        exposure_tables.print_exposures(terminal.console(), found)
    else:
        exposure_tables.print_exposure(terminal.console(), found[0])


@app.command()
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME-OR-ID", help="A name, alias, domain or id.")],
    as_of: AsOf = None,
    kind: Annotated[str | None, typer.Option("--kind", help="incident, organisation, actor, supplier or campaign.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show a record: an incident, or the profile of an organisation, actor, supplier or campaign.

    For an organisation with one incident of its own, that incident's fields follow.

    Example: breachbook show "Durham Region" --as-of 2021-04-08
    """
    from breachbook.publish.records import to_json
    from breachbook.serve import campaign_view, lookup, parameters

    day = parameters.as_of(as_of)
    wanted = parameters.one_of("kind", kind, LIST_HELP) if kind else None
    with _book(ctx) as book:
        record = campaign_view.with_proposals(book, lookup.record_named(book, name, day, wanted), day)
        if as_json:
            _json(to_json(record))
            return
        from breachbook.serve import terminal

        out = terminal.console()
        terminal.print_record(out, record)
        incident = lookup.only_incident(book, record, day)
        if incident:
            out.print()
            terminal.print_record(out, incident)


@app.command()
def why(
    ctx: typer.Context,
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="An incident or other record: id, or name of its victim.")],
    field: Annotated[str, typer.Argument(metavar="FIELD", help="A field, such as third_party.")],
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show every claim behind a field: words, source, speaker, certainty, date; which one won, and why.

    Example: breachbook why "Durham Region" third_party
    """
    from breachbook.serve import lookup, parameters

    day = parameters.as_of(as_of)
    property = parameters.property_name(field)
    with _book(ctx) as book:
        subject = lookup.subject_of(book, incident, property)
        found = book.why(subject.id, property, day)
    if as_json:
        from breachbook.serve.answers import plain

        _json({"id": subject.id, "name": subject.name, "as_of": day.isoformat() if day else None, **plain(found)})
        return
    from breachbook.serve import terminal

    terminal.print_why(terminal.console(), subject.name, found, day.isoformat() if day else None)


@app.command()
def search(
    ctx: typer.Context, query: Annotated[str, typer.Argument(help="Words or a name.")], limit: Limit = 20, as_json: AsJson = False
) -> None:
    """Search records and sources.

    Example: breachbook search "file transfer appliance"
    """
    from breachbook.serve.parameters import filters

    with _book(ctx) as book:
        _listing(book.search(filters({"query": query}), limit=limit), limit, as_json)


@app.command()
def export(
    ctx: typer.Context,
    format: Annotated[str, typer.Option("--format", help="json or jsonl.")] = "json",
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write there, whole or not at all.")] = None,
) -> None:
    """Export all records.

    Example: breachbook export --format jsonl --output book.jsonl
    """
    from breachbook.publish.exporters import EXPORTERS
    from breachbook.serve.files import write_whole
    from breachbook.serve.parameters import one_of

    name = one_of("format", format, (exporter.name for exporter in EXPORTERS))
    with _book(ctx) as book:
        if output is None:
            for piece in book.export(name):
                sys.stdout.write(piece)
        else:
            write_whole(output, book.export(name))
            say(f"Wrote {output}.")


@app.command()
def refused(ctx: typer.Context, limit: Limit = 200, as_json: AsJson = False) -> None:
    """List what was turned away or left unread, and why.

    Example: breachbook refused
    """
    with _book(ctx) as book:
        rows = book.refused(limit)
    if as_json:
        from breachbook.serve.answers import plain

        _json(plain(rows))
        return
    from breachbook.serve import terminal

    terminal.print_refused(terminal.console(), rows)
    if not rows:
        say("Nothing was turned away.")


reference_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Lists of organisations to link against.\n\n"
    "Example: breachbook reference add company_tickers.json")  # fmt: skip
app.add_typer(reference_app, name="reference")


@reference_app.command("add")
def reference_add(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, JSON, JSON Lines or Parquet.", show_default=False)],
    name: Annotated[str | None, typer.Option("--name", metavar="LABEL", help="Name of the list.")] = None,
    problems: Annotated[Path | None, typer.Option("--problems", metavar="FILE", help="Write all problems there, as JSON Lines.")] = None,
) -> None:
    """Load a list of organisations, in place of one of the same name (docs/linking.md).

    Rows that cannot be used are told on standard error with the reason; the others are taken.

    Example: breachbook reference add suppliers.csv --name suppliers
    """
    from breachbook.serve.progress import progress
    from breachbook.serve.row_problems import RowProblems

    told = RowProblems()
    with _book(ctx) as book, progress() as shown:
        added = book.add_reference(file, name, told, shown)
    told.report(say, problems)
    say(f"The list {added.name} has {added.organisations:,} organisations.")


@reference_app.command("list")
def reference_list(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the reference lists.

    Example: breachbook reference list
    """
    with _book(ctx) as book:
        sets = book.references()
    if as_json:
        from breachbook.serve.answers import plain

        _json(plain(sets))
        return
    from breachbook.serve.words import visible

    for found in sets:
        typer.echo(f"{visible(found.name)}\t{found.organisations:,} organisations\tadded {found.added[:10]}\t{visible(found.origin)}")
    if not sets:
        say("There are no reference lists; `breachbook reference add FILE` loads one.")


@reference_app.command("remove")
def reference_remove(ctx: typer.Context, name: Annotated[str, typer.Argument(metavar="LABEL", help="Name of the list.")]) -> None:
    """Remove a reference list.

    Example: breachbook reference remove suppliers
    """
    with _book(ctx) as book:
        book.remove_reference(name)
    say(f"The list {name} is removed.")


@app.command()
def link(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Rows with id, name and what else is known.", show_default=False)],
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="At most so many candidates a row.")] = 10,
) -> None:
    """Find the organisations that names mean, in the book and the reference lists; stores nothing (docs/linking.md).

    FILE is JSON Lines (or CSV, JSON, Parquet) with id, name and, where known, country, region, domain, sector, aliases. Prints
    a JSON object a line. Rows that cannot be used are told on standard error; the exit code is then 1.

    Example: breachbook link names.jsonl > linked.jsonl
    """
    from breachbook.ingest.asked_rows import asked_rows
    from breachbook.serve.answers import dumps
    from breachbook.serve.linked import linked_json
    from breachbook.serve.progress import progress
    from breachbook.serve.row_problems import RowProblems

    told = RowProblems()
    with _book(ctx) as book, progress() as shown:
        for id_, found in book.link(asked_rows(file, told), limit, shown):
            _out(dumps(linked_json(id_, found)))
    told.report(say)
    if told.left_out:
        raise typer.Exit(FAILED)


@app.command()
def rebuild(ctx: typer.Context) -> None:
    """Derive all records again from the claims and judgements.

    Example: breachbook rebuild
    """
    with _book(ctx) as book:
        book.rebuild()
    say("The book is rebuilt.")


@app.command()
def reindex(ctx: typer.Context) -> None:
    """Make the search index and the index of names again.

    Example: breachbook reindex
    """
    with _book(ctx) as book:
        book.reindex()
        book.reindex_names()
    say("The indexes are made again.")


@app.command()
def serve(
    ctx: typer.Context,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help="Port (BREACHBOOK_PORT).")] = None,
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on (BREACHBOOK_HOST).")] = None,
) -> None:
    """Serve the book as pages, for reading only.

    Example: breachbook serve --port 8001
    """
    from breachbook.serve import server

    settings = _settings(ctx, port=str(port) if port else None, host=host)
    with _book(ctx) as book:
        server.serve(book, settings.host, settings.port, say)


@app.command()
def settings(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Print the settings in force, and the environment variable of each.

    Example: breachbook settings
    """
    from breachbook.serve.words import without_password

    loaded = _settings(ctx)
    values = {s: str(getattr(loaded, s.name)) for s in SETTINGS}
    rows = {s.variable: ("***" if value else "") if s.secret else without_password(value) for s, value in values.items()}
    if as_json:
        _json(rows)
        return
    for s in SETTINGS:
        typer.echo(f"{s.variable}={rows[s.variable]}\n    {s.help}")


def _settings(ctx: typer.Context, **given: str | None) -> Settings:
    return load(None, **(ctx.obj or {}), **given)


def _book(ctx: typer.Context) -> Book:
    from breachbook.pipeline import Book

    return Book.open(_settings(ctx))


judging_commands.add_to(app, _book)


def _listing(found: Any, limit: int, as_json: bool) -> None:
    if as_json:
        from breachbook.serve.answers import plain

        facets = {name: dict(counts) for name, counts in found.facets.items()}
        _json({"total": found.total, "rows": plain(found.rows), "facets": facets})
        return
    from breachbook.serve import terminal

    out = terminal.console()
    terminal.print_listing(out, found, limit)
    if not found.rows:
        say("Nothing in the book fits.")


def _summary(summary: Any) -> None:
    from breachbook.serve import terminal

    terminal.print_summary(terminal.console(sys.stderr), summary)


def _json(data: Any) -> None:
    from breachbook.serve.answers import dumps

    _out(dumps(data, indent=2))


def _out(text: str) -> None:
    sys.stdout.write(text + "\n")
