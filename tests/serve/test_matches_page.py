"""The page of matches and judgements: both sides, scores, who judged; no words of a source or reviewer are taken for markup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from breachbook.pipeline import Book
from breachbook.serve.app import create_app
from breachbook.settings import load

HOSTILE = "<script>alert(1)</script>\u202e{{7*7}}"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Book.open(load({}, home=str(tmp_path / "home"))) as opened:
        opened.add_example()
        yield opened


def test_the_page_shows_matches_and_judgements(book: Book) -> None:
    client = TestClient(create_app(book))
    earlier = [book.find(name).id for name in ("Memorial Health System", "Reserve Bank of New Zealand")]
    came = book.decisions.pair(*earlier, "same", HOSTILE, f"Ada {HOSTILE}", None, False)
    record = book.find("Memorial Health System").id
    html = client.get(f"/matches/{record}").text
    for part in ("Why these are one", "same name", "+0.86", "Ohio River Herald", "The machine had not compared them", came.id):
        assert part in html
    assert "<script>alert" not in html
    assert "{{7*7}}" in html
    told = client.get(f"/matches/{record}.json").json()
    assert told["total"] == len(told["matches"]) == 2
    assert told["judgements"][0]["why"] == HOSTILE
    assert f'href="/matches/{record}"' in client.get(f"/organisation/{record}").text
    moved = client.get(f"/matches/{next(id_ for id_ in earlier if id_ != record)}", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (308, f"/matches/{record}")
    assert client.get("/matches/org-00000000000000000000").status_code == 404
    assert client.post(f"/matches/{record}").status_code == 405
    book.decisions.undo(came.id, "no", "Bob")
    assert "Undone by <bdi>Bob</bdi>" in client.get(f"/matches/{record}").text
