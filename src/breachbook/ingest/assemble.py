"""Drafts to documents: clean text, title and body joined, passages marked, language and publisher's role noticed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from breachbook.errors import IngestError
from breachbook.ingest.clean import clean_text, one_line
from breachbook.ingest.dates import date_in
from breachbook.ingest.language import language
from breachbook.ingest.publishers import publisher_role
from breachbook.ingest.source import Draft
from breachbook.model.document import Document, Passage
from breachbook.model.ids import digest
from breachbook.text.updates import Update, updates

LONGEST_URL = 2083
"""Characters of a URL that is kept: no browser's limit is lower, and no report has a longer address."""

_SCHEME = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_IN_URL = re.compile(r"[\s\x00-\x20\x7f<>\"]")


def assemble(draft: Draft, raw: bytes) -> Document:
    """The document of a draft, read from `raw`.

    Raises:
        IngestError: there is no text in it.
    """
    title, body = one_line(draft.title), clean_text(draft.body)
    text, title_end = _joined(title, body)
    if not text:
        raise IngestError("no_text", "no words were found in it")
    publisher = one_line(draft.publisher)
    return Document(
        kind=draft.kind,
        text=text,
        raw_digest=digest(raw),
        title=title,
        published=draft.published,
        url=kept_url(draft.url),
        publisher=publisher,
        publisher_role=draft.role or publisher_role(publisher, draft.host or kept_url(draft.url), stated=draft.stated),
        author=one_line(draft.author),
        language=language(text),
        external_id=one_line(draft.external_id),
        passages=_passages(text, title_end, draft.published),
    )


def kept_url(url: str | None) -> str | None:
    """A URL that a page may link to (http or https, no spaces or quotes, not overlong); else None."""
    if url is None or len(url) > LONGEST_URL or not _SCHEME.match(url.strip()):
        return None
    bare = clean_text(url)
    return None if _IN_URL.search(bare) else bare


def _joined(title: str | None, body: str) -> tuple[str, int]:
    """The reading text and where the title ends in it (0: there is none)."""
    if title is None:
        return body, 0
    if not body:
        return title, len(title)
    if body.split("\n", 1)[0].rstrip() == title:
        return body, len(title)
    return f"{title}\n\n{body}", len(title)


def _passages(text: str, title_end: int, published: str | None) -> tuple[Passage, ...]:
    """Title, body and updates, in the order of the text, without the white space between them."""
    found: list[Passage] = []
    if title_end:
        found.append(Passage("title", 0, title_end))
    position = title_end
    for section in _in_time(updates(text, title_end), published):
        _add_body(found, text, position, section.start)
        found.append(section)
        position = section.end
    _add_body(found, text, position, len(text))
    return tuple(found)


def _in_time(sections: Sequence[Update], published: str | None) -> list[Passage]:
    """The updates as passages; their order in time is that of their dates where every one gives its own."""
    said = [date_in(s.said, published) if s.said else None for s in sections]
    revisions = [s.revision for s in sections]
    dates = [day for day in said if day is not None]
    if len(dates) == len(sections) and dates != sorted(dates):
        order = sorted(range(len(dates)), key=lambda index: (dates[index], revisions[index]))
        revisions = [order.index(index) + 1 for index in range(len(dates))]
    return [Passage("update", s.start, s.end, revision, day) for s, revision, day in zip(sections, revisions, said, strict=True)]


def _add_body(found: list[Passage], text: str, start: int, end: int) -> None:
    """The body between two offsets, when there is any."""
    piece = text[start:end]
    if piece.strip():
        found.append(Passage("body", start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
