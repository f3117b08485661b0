"""The book with its real stages, on reports and notices of the shared corpora."""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from breachbook.model.listing import LISTS, Filters
from breachbook.pipeline import Book
from breachbook.settings import Settings
from breachbook.store import schema

pytestmark = pytest.mark.shared

REPORTS, NOTICES = 20, 60


def _reports(shared: Path) -> Iterator[dict[str, Any]]:
    for path in sorted((shared / "corpora" / "casie").glob("*.json"))[:REPORTS]:
        report = json.loads(path.read_text("utf-8"))
        info = report["info"]
        date = str(info.get("date") or "").replace("_", "-")[:10]
        yield {
            "id": f"casie:{path.stem}",
            "title": info.get("title"),
            "date": date or None,
            "url": info.get("link"),
            "text": report["content"],
        }


def _notices(shared: Path) -> Iterator[dict[str, Any]]:
    with (shared / "corpora" / "hhs" / "notices.csv").open(encoding="utf-8") as file:
        told = (row for row in csv.DictReader(file) if row["Web Description"].strip())
        for number, row in enumerate(itertools.islice(told, NOTICES)):
            month, day, year = row["Breach Submission Date"].split("/")
            yield {"id": f"hhs:{number}", "title": row["Name"], "date": f"{year}-{month}-{day}", "text": row["Web Description"]}


@pytest.fixture
def origins(shared: Path, tmp_path: Path) -> list[str]:
    """Two JSON Lines files, and the folder of seeds."""
    paths = []
    for name, lines in (("reports", _reports(shared)), ("notices", _notices(shared))):
        path = tmp_path / f"{name}.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        paths.append(str(path))
    return [*paths, str(shared / "seeds")]


def _derived(book: Book) -> dict[str, set[tuple[Any, ...]]]:
    with book._database.read() as connection:
        return {table.name: {tuple(row) for row in connection.execute(select(table))} for table in schema.DERIVED}


def test_reports_and_notices_go_in_and_come_out(engine_settings: Settings, origins: list[str]) -> None:
    with Book.open(engine_settings) as book:
        summaries = [book.add([origin]) for origin in origins]
        assert [dict(summary.refused) for summary in summaries] == [{}, {}, {}]
        assert [summary.added for summary in summaries][:2] == [REPORTS, NOTICES]
        assert book.counts()["incident"] > 0
        _check_every_row_has_a_record(book)
        step_by_step = _derived(book)
        again = book.add(origins)
        assert (again.added, again.incidents_new, again.incidents_changed) == (0, (), ())
        assert _derived(book) == step_by_step
        book.rebuild()
        assert _derived(book) == step_by_step


def _check_every_row_has_a_record(book: Book) -> None:
    whole = book._reader.world()
    for kind in LISTS:
        for row in book.listing(kind, Filters(), limit=1000).rows:
            if kind == "document":
                page = book.document(row.id)
                assert all(page.text[claim.start : claim.end] == claim.original for claim in page.claims)
                continue
            assert book._reader.dossier(row.id) == whole.dossier(row.id)
            record = book.record(row.id, view="supplier" if kind == "supplier" else None)
            assert (record.id, record.name) == (row.id, row.name)
            assert book.find(row.id).id == row.id
            assert (kind, row.id) in {(hit.kind, hit.id) for hit in book.search(Filters(query=row.name), (kind,), limit=200).rows}
