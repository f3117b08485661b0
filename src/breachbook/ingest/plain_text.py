"""Plain text files."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache

from breachbook.errors import IngestError
from breachbook.ingest.clean import clean_text
from breachbook.ingest.dates import dateline, required
from breachbook.ingest.decode import decode
from breachbook.ingest.source import Draft, Found, Given
from breachbook.model.document import Refusal
from breachbook.vocab import terms
from breachbook.vocab.data_files import toml_file
from breachbook.vocab.source_maps import known_sources

LONGEST_HEADLINE = 200
"""Characters of a first line that can be a headline; newspapers' longest have about 150."""
TABLE_LINES = 5
"""Lines that must have the same number of columns for a text to be a table."""
TABLE_COLUMNS = 3
"""Columns that a table has at least."""

_HEADS = {
    "title": "title", "headline": "title", "date": "date", "published": "date", "url": "url", "link": "url", "publisher": "publisher",
    "source": "publisher", "author": "author", "role": "role", "id": "id",
}  # fmt: skip
_HEAD_LINE = re.compile(rf"({'|'.join(_HEADS)})[ \t]*:[ \t]*(.{{0,12000}})", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml|\s*<!DOCTYPE|\s*<[a-z][\w.-]{0,40}:[a-z]", re.IGNORECASE)


class PlainText:
    """Accepts text in UTF-8, UTF-16 or Windows-1252. Refuses bytes that are no text (`binary`), archives, images and other
    known kinds with the way out (`unsupported`), tables (`table`) and encodings that cannot be told (`bad_encoding`).

    The first lines may be `Title:`, `Date:`, `URL:`, `Publisher:`, `Author:`, `Role:` and `Id:`, in any order, a blank line
    after them; at least one of the first four must be there, and a date there must be one (`bad_date`). Else the first line is
    the title when it is short, ends like a headline and has a blank line after it, and a line of its own near the top gives
    the date.
    """

    name = "plain_text"

    def accepts(self, given: Given) -> bool:
        """Whatever no other source accepted: it is refused with its reason here, or it is text."""
        return True

    def read(self, given: Given) -> Iterator[Found | Refusal | Given]:
        """One document."""
        refuse_known(given.head)
        raw = given.data()
        text = clean_text(decode(raw))
        if not text:
            raise IngestError("empty", "it holds only white space")
        if _XML.match(text):
            raise IngestError("unsupported", "it is XML, but neither a feed nor a page; save what it says as text")
        if given.suffix in (".csv", ".tsv") or is_table(text):
            raise IngestError(
                "table",
                "its columns are of no source that is known; write each row that is a report as one JSON line (docs/json-lines.md), or "
                f"describe its columns in a file (docs/structured-sources.md). Known are {known_sources()}",
            )
        yield Found(draft_of(text, given), raw)


def draft_of(text: str, given: Given) -> Draft:
    """The draft of a clean text.

    Raises:
        IngestError: the head gives a date or a role that cannot be.
    """
    heads, body = _headed(text)
    if not heads:
        published = dateline(text, given.today) or given.published
        return Draft(kind="text", body=text, title=headline(text), published=published, url=given.url, host=given.url)
    role = heads.get("role", "").lower() or None
    if role is not None:
        check_role(role)
    return Draft(
        kind="text",
        body=body,
        title=heads.get("title") or headline(body),
        published=required(heads.get("date"), given.today) or given.published,
        url=heads.get("url") or given.url,
        publisher=heads.get("publisher"),
        author=heads.get("author"),
        role=role,
        external_id=heads.get("id"),
        stated=True,
    )


def check_role(role: str) -> None:
    """Holds a publisher's role against the vocabulary `speaker_role`.

    Raises:
        IngestError: it is not a term of it, or is the reviewer's: he judges in the book and publishes nothing.
    """
    roles = [term for term in terms.terms("speaker_role") if term != "reviewer"]
    if role not in roles:
        raise IngestError("bad_role", f"{role[:40]!r} is no role of a publisher; write one of {', '.join(roles)}, or leave it out")


def headline(text: str) -> str | None:
    """The first line of a text where it is its headline: short, not a sentence, with a blank line and more text after it."""
    first, _, rest = text.partition("\n")
    first = first.strip()
    alone = rest.startswith(("\n", " \n", "\t\n")) and rest.strip()
    if not alone or not 3 <= len(first) <= LONGEST_HEADLINE or first[-1] in ".,;:" or sum(c.isalpha() for c in first) < len(first) / 2:
        return None
    return first


def is_table(text: str) -> bool:
    """Whether the first lines of a text have the same number, three or more, of columns."""
    lines = [line for line in text[:20_000].split("\n")[: TABLE_LINES + 1] if line.strip()][:TABLE_LINES]
    if len(lines) < TABLE_LINES:
        return False
    for mark in ",;\t":
        try:
            widths = {len(row) for row in csv.reader(lines, delimiter=mark)}
        except csv.Error:
            continue
        if len(widths) == 1 and widths.pop() >= TABLE_COLUMNS:
            return True
    return False


def refuse_known(head: bytes) -> None:
    """Refuses kinds of files that are known and not read.

    Raises:
        IngestError: it is one of them.
    """
    for start, name, way_out in _signatures():
        if head.startswith(start):
            raise IngestError("unsupported", f"it is {name}; {way_out}")


@cache
def _signatures() -> tuple[tuple[bytes, str, str], ...]:
    kinds = toml_file("ingest_signatures.toml")["kind"]
    return tuple((bytes.fromhex(start), kind["name"], kind["way_out"]) for kind in kinds for start in kind["starts"])


def _headed(text: str) -> tuple[dict[str, str], str]:
    """The head lines by name and the body after them; no head lines and the whole text where there is no such head."""
    heads: dict[str, str] = {}
    rest = text
    while len(heads) < len(_HEADS) and (found := _HEAD_LINE.match(rest)) is not None:
        if _HEADS[found[1].lower()] in heads:
            break
        heads[_HEADS[found[1].lower()]] = found[2].strip()
        rest = rest[found.end() :]
        if rest and not rest.startswith("\n"):
            return {}, text
        rest = rest[1:]
    blank = not rest or rest.split("\n", 1)[0].strip() == ""
    return (heads, rest.strip()) if blank and heads.keys() & {"title", "date", "url", "publisher"} else ({}, text)
