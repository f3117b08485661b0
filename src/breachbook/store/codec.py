"""Records to rows of tables and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import zstandard
from sqlalchemy import Row as SqlRow

from breachbook.model.claim import Claim, Speaker
from breachbook.model.document import Document, DocumentMeta, Passage
from breachbook.model.ids import content_id, digest
from breachbook.model.reading import Reading
from breachbook.store import schema

LONE_KINDS = frozenset({"page", "pdf", "text", "mail"})
"""Kinds of document that fill a source of their own: the same bytes are the same document, wherever they lay."""

_META_COLUMNS = ("id", "sequence", "kind", "title", "published", "url", "publisher", "publisher_role", "author", "added", "unread")

META = tuple(schema.documents.c[name] for name in _META_COLUMNS)
"""The columns that `document_meta` reads."""

_CLAIM_COLUMNS = (
    "document", "subject", "property", "value", "original", "start_offset", "end_offset", "speaker_role", "speaker_name",
    "certainty", "said", "revision", "object", "qualifier", "unit",
)  # fmt: skip

CLAIM = (*(schema.claims.c[name] for name in _CLAIM_COLUMNS), schema.reading_claims.c.confidence)
"""The columns that `claim` reads."""


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


def to_json(value: object) -> str:
    """JSON in ASCII with sorted keys: the same value is the same text on every engine."""
    return _encode(value)


def pack(text: str) -> bytes:
    """Text compressed; lone surrogates survive."""
    return zstandard.ZstdCompressor(level=3).compress(text.encode("utf-8", "surrogatepass"))


def unpack(packed: bytes) -> str:
    """What `pack` was given."""
    return zstandard.ZstdDecompressor().decompress(packed).decode("utf-8", "surrogatepass")


def story_key(document: Document) -> str:
    """The same for two documents with the same text, publisher and date: one story met twice. Documents to which their
    source gave different ids are different, even with the same words (notices are often written from one template)."""
    return content_id("story", document.text_digest, document.publisher, document.published, document.external_id)


def file_key(document: Document) -> str | None:
    """The same for two documents read from the same bytes, where these hold no other document."""
    return document.raw_digest if document.kind in LONE_KINDS else None


def reading_id(reading: Reading, claims: Mapping[str, Claim]) -> str:
    """The id of a reading, from its document, its reader and the claims that it found, by their ids."""
    return content_id("rdg", reading.document, reading.reader, reading.unread, [[id_, c.confidence] for id_, c in claims.items()])


def document_row(document: Document, *, sequence: int, added: str, origin: str, reading: str, unread: str | None) -> dict[str, Any]:
    """A row of `documents`."""
    return {
        "id": document.id, "sequence": sequence, "kind": document.kind, "title": document.title, "published": document.published,
        "url": document.url, "publisher": document.publisher, "publisher_role": document.publisher_role, "author": document.author,
        "language": document.language, "external_id": document.external_id, "added": added, "origin": origin,
        "text": pack(document.text), "passages": passages_json(document.passages), "raw_digest": document.raw_digest,
        "text_digest": document.text_digest, "story_key": story_key(document), "file_key": file_key(document),
        "reading": reading, "unread": unread,
    }  # fmt: skip


def document(row: SqlRow[Any]) -> Document:
    """The document of a whole row of `documents`."""
    return Document(
        kind=row.kind, text=unpack(row.text), raw_digest=row.raw_digest, title=row.title, published=row.published, url=row.url,
        publisher=row.publisher, publisher_role=row.publisher_role, author=row.author, language=row.language,
        external_id=row.external_id, passages=passages(row.passages),
    )  # fmt: skip


def document_meta(row: Sequence[Any]) -> DocumentMeta:
    """The meta of the columns `META`."""
    return DocumentMeta(*row[: len(META)])


def passages_json(given: Iterable[Passage]) -> str:
    """Passages as they are stored."""
    return to_json([[p.kind, p.start, p.end, p.revision, p.said] for p in given])


def passages(stored: str) -> tuple[Passage, ...]:
    """What `passages_json` was given."""
    return tuple(Passage(*parts) for parts in json.loads(stored))


def claim_row(claim: Claim, claim_id: str) -> dict[str, Any]:
    """A row of `claims`."""
    return {
        "id": claim_id, "document": claim.document, "subject": claim.subject, "property": claim.property, "value": to_json(claim.value),
        "original": claim.original, "start_offset": claim.start, "end_offset": claim.end, "speaker_role": claim.speaker.role,
        "speaker_name": claim.speaker.name, "certainty": claim.certainty, "said": claim.said, "revision": claim.revision,
        "object": claim.object, "qualifier": claim.qualifier, "unit": claim.unit,
    }  # fmt: skip


def claim(row: Sequence[Any]) -> Claim:
    """The claim of the columns `CLAIM`."""
    cells = row[: len(CLAIM)]
    document_id, subject, prop, value, original, start, end, role, name, *rest = cells
    return Claim(document_id, subject, prop, json.loads(value), original, start, end, Speaker(role, name), *rest)


def refusal_id(origin: str, code: str, detail: str, raw_digest: str | None) -> str:
    """The id of a refusal: the same thing refused again for the same reason is one row."""
    return content_id("rfs", origin, code, detail, raw_digest)


def url_key(url: str) -> str:
    """The key of a URL in `fetches` (URLs may be longer than an index takes)."""
    return digest(url.encode("utf-8", "surrogatepass"))
