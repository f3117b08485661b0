"""The labelled reports as documents: CASIE texts with the careful readers' labels, ordinary news, notices."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from breachbook.model.document import Document
from breachbook.model.ids import digest
from breachbook.text.partial_dates import is_partial_date


@cache
def shared() -> Path:
    """The folder of corpora and labels: `BREACHBOOK_SHARED`, else `../shared` beside the project."""
    given = os.environ.get("BREACHBOOK_SHARED")
    return Path(given) if given else Path(__file__).resolve().parents[2] / "shared"


def document(title: str | None, body: str, *, published: str | None = None, url: str | None = None, id: str | None = None) -> Document:
    """A document as ingest makes it: the title, a blank line, the body."""
    title = (title or "").strip() or None
    text = body if title is None or body.startswith(title) else f"{title}\n\n{body}"
    return Document("text", text, digest(text.encode()), title=title, published=published, url=url, external_id=id, language="en")


@cache
def casie_raw(number: str) -> dict[str, Any]:
    """One CASIE report with its annotation."""
    raw: dict[str, Any] = json.loads((shared() / "corpora" / "casie" / f"{number}.json").read_text("utf-8"))
    return raw


@cache
def casie_numbers() -> tuple[str, ...]:
    """The numbers of all CASIE reports, in order."""
    return tuple(sorted((p.stem for p in (shared() / "corpora" / "casie").glob("*.json")), key=int))


def casie(number: str) -> Document:
    """One CASIE report as a document."""
    raw = casie_raw(number)
    info = raw["info"]
    parts = (info.get("date") or "").split("_")
    date = "-".join(part.zfill(2) for part in parts)
    published = date if is_partial_date(date) else None
    return document(info.get("title"), raw["content"], published=published, url=info.get("link"), id=f"casie:{number}")


@cache
def gold(name: str = "dev") -> dict[str, dict[str, Any]]:
    """The labels by id."""
    lines = (shared() / "gold" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, filter(str.strip, lines))}


def labelled() -> Iterator[tuple[Document, dict[str, Any]]]:
    """The labelled CASIE reports."""
    for key, row in gold().items():
        yield casie(key.split(":")[1]), row


def ordinary() -> Iterator[Document]:
    """Ordinary news, nearly none of it about incidents."""
    for line in (shared() / "corpora" / "general" / "bbc.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield document(row["title"], row["text"], id=row["id"])


def table(*parts: str) -> list[dict[str, str]]:
    """A CSV file of the corpora as rows."""
    with (shared() / "corpora").joinpath(*parts).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
