"""The labelled reports as documents: CASIE texts with the careful readers' labels, ordinary news, notices."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
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
def casie_numbers() -> tuple[str, ...]:
    """The numbers of all CASIE reports, in order."""
    return tuple(sorted((p.stem for p in (shared() / "corpora" / "casie").glob("*.json")), key=int))


@cache
def casie(number: str) -> Document:
    """One CASIE report as a document."""
    raw: dict[str, Any] = json.loads((shared() / "corpora" / "casie" / f"{number}.json").read_text("utf-8"))
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


OWN = Path(__file__).parent
"""Where the project keeps its own labels of the corpora's reports, and its own labelled reports."""


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


@cache
def feeds() -> dict[str, Document]:
    """The items of the news feeds by id, `feed:` and the first digits of the SHA-256 of the link."""
    found = {}
    for item in json.loads((shared() / "corpora" / "feeds" / "items.json").read_text("utf-8")):
        if item.get("title") and item.get("link"):
            key = f"feed:{hashlib.sha256(item['link'].encode()).hexdigest()[:12]}"
            published = parsedate_to_datetime(item["pubDate"]).date().isoformat() if item.get("pubDate") else None
            found[key] = document(item["title"], item["description"] or "", published=published, url=item["link"], id=key)
    return found


@cache
def own_reports() -> dict[str, tuple[Document, dict[str, Any]]]:
    """The reports that the project wrote to learn from, with their labels, by id."""
    found = {}
    for path in sorted((OWN / "reports").glob("*.jsonl")):
        for row in _rows(path):
            made = document(row["title"], row["text"], published=row["published"], url=row["url"], id=row["id"])
            found[row["id"]] = (made, {"id": row["id"], **row["label"]})
    return found


@cache
def labels() -> dict[str, dict[str, Any]]:
    """All labels by id: those of the careful readers, the project's own of further reports and feed items (whose evidence is
    given by offsets into the document's text), and those of the reports that the project wrote."""
    found = dict(gold())
    for path in sorted((OWN / "labels").glob("*.jsonl")):
        found.update({row["id"]: row for row in _rows(path)})
    found.update({key: row for key, (_, row) in own_reports().items()})
    return found


def report(key: str) -> Document:
    """A labelled report as a document, by its id."""
    kind, _, number = key.partition(":")
    if kind == "casie":
        return casie(number)
    return feeds()[key] if kind == "feed" else own_reports()[key][0]


def weight(key: str) -> float:
    """How much a labelled report counts: those of the careful readers 1, the project's own less (see `WEIGHTS`)."""
    return 1.0 if key in gold() else WEIGHTS[key.partition(":")[0]]


WEIGHTS = {"casie": 0.7, "feed": 0.5, "own": 0.5}
"""Weights of the project's own labels by kind of report: of other makers, of other manner (best over folds of the readers' labels)."""


def labelled() -> Iterator[tuple[str, Document, dict[str, Any]]]:
    """All labelled reports, with their ids."""
    for key, row in labels().items():
        yield key, report(key), row


def ordinary() -> Iterator[Document]:
    """Ordinary news, nearly none of it about incidents."""
    for line in (shared() / "corpora" / "general" / "bbc.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield document(row["title"], row["text"], id=row["id"])


def table(*parts: str) -> list[dict[str, str]]:
    """A CSV file of the corpora as rows."""
    with (shared() / "corpora").joinpath(*parts).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
