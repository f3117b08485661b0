"""Takes in a path, a folder or a URL: every document in it, and every refusal with its reason."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from breachbook.errors import FetchError, IngestError
from breachbook.ingest.assemble import assemble
from breachbook.ingest.fetch import Fetched, Fetcher, Validators
from breachbook.ingest.source import HEAD_BYTES, Given
from breachbook.ingest.sources import source_of
from breachbook.model.document import Document, Refusal
from breachbook.model.feed import KnownRow
from breachbook.model.ids import digest
from breachbook.settings import Settings

DEEPEST = 3
"""How deep things are unpacked: an attachment of a mail attached to a mail, packed."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document, the bytes it was read from, the path or URL that was given, and the validators of a fetch."""

    document: Document
    raw: bytes
    origin: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """A URL whose content is what it was when it was last fetched."""

    origin: str


Outcome = Ingested | Refusal | NotModified

Known = Callable[[str], Iterable[KnownRow]]
"""Gives the rows of a structured source (the name of its map) that the book has."""


def intake(
    origin: str,
    settings: Settings,
    *,
    validators: Callable[[str], Validators | None] | None = None,
    today: date | None = None,
    fetcher: Fetcher | None = None,
    known: Known | None = None,
) -> Iterator[Outcome]:
    """All documents and refusals of a path, a folder (walked in sorted order, hidden files left out) or an http(s) URL.

    Nothing is raised for what a document, file or site is like; that is a `Refusal`.

    Args:
        validators: what was given with a URL when it was last fetched.
        today: the last day that a date of publication may be; by default today, UTC.
        known: gives the rows of a structured source that the book has, so that its next file is held against them.
        fetcher: one for many URLs reads each host's robots.txt once; by default one is made for this URL.
    """
    day = (today or datetime.now(UTC).date()).isoformat()
    known = known if settings.feed_check else None
    if is_url(origin):
        yield from _url(origin, settings, day, validators(origin) if validators else None, fetcher, known)
    elif "\0" in origin or not os.path.lexists(origin):
        yield Refusal(origin, "not_found", "there is no such file or folder")
    elif os.path.isdir(origin):
        yield from _folder(Path(origin), settings, day, known)
    else:
        yield from _file(origin, settings, day, known)


def is_url(origin: str) -> bool:
    """Whether an origin is a URL of any scheme, and not a path."""
    scheme, mark, _ = origin.partition("://")
    return bool(mark) and scheme.isascii() and scheme.replace("+", "").isalnum()


def _folder(folder: Path, settings: Settings, today: str, known: Known | None) -> Iterator[Outcome]:
    """All files below a folder; links to folders are not followed."""
    found = False
    faults: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            found = True
            yield from _file(os.path.join(place, name), settings, today, known)
    for fault in faults:
        yield Refusal(str(fault.filename), "unreadable", f"the folder cannot be opened: {fault.strerror}")
    if not found and not faults:
        yield Refusal(str(folder), "empty", "there are no files in the folder")


def _file(path: str, settings: Settings, today: str, known: Known | None) -> Iterator[Outcome]:
    """The documents of a file."""

    def opened() -> BinaryIO:
        return open(path, "rb")

    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            yield Refusal(path, "unreadable", "it is not a file but a device, pipe or socket")
            return
        with opened() as stream:
            head = stream.read(HEAD_BYTES)
    except OSError as error:
        yield Refusal(path, "unreadable", f"it cannot be opened: {error.strerror}; check its permissions")
        return
    given = Given(path, os.path.basename(path), opened, head, settings.document_limit, today, known=known)
    yield from _read(given, path)


def _url(
    url: str, settings: Settings, today: str, validators: Validators | None, fetcher: Fetcher | None, known: Known | None
) -> Iterator[Outcome]:
    """The documents of a URL."""
    using = fetcher or Fetcher(settings)
    try:
        fetched = using.get(url, validators)
    except FetchError as error:
        yield Refusal(url, error.code, error.reason)
        return
    finally:
        if fetcher is None:
            using.close()
    if fetched is None:
        yield NotModified(url)
        return
    data = fetched.data
    given = Given(
        url, _name(fetched.url), lambda: BytesIO(data), data[:HEAD_BYTES], settings.document_limit, today, url=fetched.url,
        media_type=fetched.media_type, cut=fetched.cut, known=known,
    )  # fmt: skip
    yield from _read(given, url, fetched)


def _name(url: str) -> str:
    return unquote(urlsplit(url).path.rpartition("/")[2])


def _read(given: Given, origin: str, fetched: Fetched | None = None) -> Iterator[Outcome]:
    """The documents of some bytes, and of what is packed or attached in them."""
    if given.depth > DEEPEST:
        yield Refusal(given.origin, "too_deep", f"it is packed or attached more than {DEEPEST} deep; take it out")
        return
    if not given.head:
        yield Refusal(given.origin, "empty", "it has no bytes at all")
        return
    try:
        for found in source_of(given).read(given):
            if isinstance(found, Refusal):
                yield found
            elif isinstance(found, Given):
                yield from _read(found, origin, fetched)
            else:
                try:
                    document = assemble(found.draft, found.raw)
                except IngestError as error:
                    place = f"{given.origin}:{found.place.removeprefix('line ')}" if found.place else given.origin
                    yield Refusal(place, error.code, error.reason, digest(found.raw))
                    continue
                yield Ingested(document, found.raw, origin, fetched.etag if fetched else None, fetched.last_modified if fetched else None)
    except IngestError as error:
        yield Refusal(given.origin, error.code, error.reason)
    except OSError as error:
        yield Refusal(given.origin, "unreadable", f"it cannot be read: {error.strerror or error}")
