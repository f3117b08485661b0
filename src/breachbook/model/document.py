"""A document: what was read, with its text, passages and provenance."""

from __future__ import annotations

from dataclasses import dataclass, field

from breachbook.model.ids import content_id, digest

KINDS = ("page", "pdf", "text", "mail", "feed_item", "json_line", "listing", "row", "statement")
"""The kinds of document; `row` is one of a table or list of records."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's text, `text[start:end]`; kind is `title`, `body` or `update`.

    `revision` orders passages in time: 0 for title and body, 1 for the first update, and so on. `said` is the
    update's own partial date where it gives one.
    """

    kind: str
    start: int
    end: int
    revision: int = 0
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What was read. Offsets of claims count characters of `text`.

    `text` is the reading text: the title (when there is one and the body does not begin with it), a blank line, the body.
    `published` is a partial date or None. `publisher` names who published it (a site, paper, authority, group);
    `publisher_role` is a term of the vocabulary `speaker_role` when the kind of publisher is known, else None.
    `raw_digest` addresses the bytes it came from. `external_id` is the id that the source gave it (JSON Lines, feeds).
    """

    kind: str
    text: str
    raw_digest: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    publisher_role: str | None = None
    author: str | None = None
    language: str | None = None
    external_id: str | None = None
    passages: tuple[Passage, ...] = field(default=())

    @property
    def id(self) -> str:
        """`doc-…`, from the text, the title, the date, where it stood and who published it."""
        return content_id("doc", self.title, self.text, self.published, self.url, self.publisher, self.external_id)

    @property
    def text_digest(self) -> str:
        """SHA-256 of the text."""
        return digest(self.text.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that was turned away: where it was, a reason code of `vocab/data/refusals.toml`, and the detail."""

    origin: str
    code: str
    detail: str
    raw_digest: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentMeta:
    """What a page needs to cite a document, without its text. `sequence` counts documents in the order they were added."""

    id: str
    sequence: int
    kind: str
    title: str | None
    published: str | None
    url: str | None
    publisher: str | None
    publisher_role: str | None
    author: str | None
    added: str
    unread: str | None = None
