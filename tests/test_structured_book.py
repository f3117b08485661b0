"""Leak-site listings in a book: alleged and no more, listed again, taken down, and files that are a mishap of their source."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from breachbook.model.listing import Filters
from breachbook.pipeline import Book
from breachbook.settings import load

FIRST = ("Lindwurm", "Habicht", "Zeisig", "Dachs", "Marder", "Otter", "Biber", "Iltis", "Luchs", "Wisent")
TRADES = ("Keramik", "Fruchthandel", "Seilbahnen", "Orgelbau", "Uhren", "Molkerei")


def posts() -> list[dict[str, str]]:
    return [
        {"post_title": f"{FIRST[n % 10]} {TRADES[n // 10]} GmbH", "group_name": ("redmoth", "tidewolf")[n % 2],
         "discovered": f"{date(2024, 1, 1) + timedelta(days=n)} 10:00:00"}
        for n in range(60)
    ]  # fmt: skip


@pytest.fixture
def add(engine_settings, tmp_path: Path):
    """A book, and what adds rows to it: the summary and what was told of the adding."""
    with Book.open(engine_settings) as book:

        def added(rows, name="posts.json"):
            path, told = tmp_path / name, []
            path.write_text(json.dumps(rows), encoding="utf-8")
            return book.add([str(path)], lambda done: told.append(done.outcome)), [t for t in told if t.startswith("note:")]

        yield book, added


def test_listings_are_alleged_and_no_file_does_harm_to_them(add):
    book, added = add
    summary, notes = added(posts())
    assert (summary.added, summary.refused, notes) == (60, {}, [])
    rows = book.listing("incident", Filters(), 100).rows
    assert len(rows) == 60
    assert {row.status for row in rows} == {"alleged"}

    less = [*posts()[:20], *posts()[21:]]
    summary, notes = added([*less, {**posts()[3], "group_name": "redmoth", "discovered": "2024-03-20"}])
    assert [note.split(":")[1] for note in notes] == ["listed_again", "taken_down"]
    assert summary.added == 2
    incident = next(row for row in book.listing("incident", Filters(), 100).rows if row.name.startswith("Lindwurm Seilbahnen"))
    record = book.record(incident.id)
    assert record.status == "alleged"
    assert record.field("delisted") is not None
    assert record.field("listed").values[0].value == "2024-01-21"

    before = book.counts()["incident"]
    summary, notes = added([{**post, "discovered": "2024-05-05"} for post in posts()])
    assert summary.added == 0
    assert summary.refused == {"held_back": 1}
    assert "note:feed_doubled" in notes[0]
    summary, _ = added([{("name" if key == "post_title" else key): value for key, value in post.items()} for post in posts()])
    assert summary.refused == {"changed_shape": 1}
    assert book.counts()["incident"] == before
    assert {"held_back", "changed_shape", "feed_doubled", "taken_down", "listed_again"} <= {row.code for row in book.refused()}


def test_the_check_can_be_left_out(settings, tmp_path: Path):
    with Book.open(load({"BREACHBOOK_FEED_CHECK": "off"}, home=str(settings.home))) as book:
        for number, day in enumerate(("2024-03-01", "2024-05-05")):
            path = tmp_path / f"{number}.json"
            path.write_text(json.dumps([{**post, "discovered": day} for post in posts()]), encoding="utf-8")
            assert book.add([str(path)]).refused == {}
        assert book.counts()["document"] == 120
