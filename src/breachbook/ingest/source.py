"""What a source is given, what it finds, and the protocol that every kind of source follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import BinaryIO, Protocol

from breachbook.errors import IngestError
from breachbook.model.document import Refusal
from breachbook.model.feed import KnownRow

HEAD_BYTES = 65_536
"""The first bytes by which the kind of a source is told; every format here shows itself in far fewer."""


@dataclass(frozen=True, slots=True)
class Given:
    """Bytes to be read, and what is known of them before that.

    `opened` gives them as a stream, from the start, each time it is called. `head` is their first `HEAD_BYTES`. `name` is
    a file name (for what it ends in). `limit` is the most bytes one document may have. `url` is where it was fetched
    from. `cut` is the reason code when the bytes end early (the fetch reached a limit). `published` is the date
    of what it came in (an attachment's mail). `depth` counts what it came in. `today` is the last plausible day (ISO).
    """

    origin: str
    name: str
    opened: Callable[[], BinaryIO]
    head: bytes
    limit: int
    today: str
    url: str | None = None
    media_type: str | None = None
    cut: str | None = None
    published: str | None = None
    depth: int = 0
    known: Callable[[str], Iterable[KnownRow]] | None = None
    """Gives the rows of a structured source that the book has; None where there is no book, or they are not to be looked at."""

    @property
    def suffix(self) -> str:
        """What the name ends in, lower case, with its dot: `.jsonl`, or nothing."""
        stem, dot, end = self.name.rpartition(".")
        return f".{end.lower()}" if dot and stem else ""

    def data(self) -> bytes:
        """All the bytes.

        Raises:
            IngestError: there are none, or more than `limit`, or they end early.
        """
        data, cut = self.data_or_part()
        if cut == "too_large":
            raise IngestError(cut, f"it has more than {self.limit:,} bytes; raise the limit or divide it")
        if cut is not None:
            raise IngestError(cut, "it did not arrive in full within the time limit; raise BREACHBOOK_FETCH_TIMEOUT or try again")
        return data

    def data_or_part(self) -> tuple[bytes, str | None]:
        """The bytes as far as the limit, and the reason code why they end early (None: they are all there).

        Raises:
            IngestError: there are none.
        """
        with self.opened() as stream:
            data = stream.read(self.limit + 1)
        if not data:
            raise IngestError("empty", "it has no bytes at all")
        if len(data) > self.limit:
            return data[: self.limit], "too_large"
        return data, self.cut

    def inner(self, place: str, data: bytes, *, name: str, media_type: str | None = None, published: str | None = None) -> Given:
        """Something that was inside of this: an attachment, what an archive unpacks to."""
        return replace(
            self, origin=f"{self.origin}#{place}", name=name, opened=lambda: BytesIO(data), head=data[:HEAD_BYTES],
            media_type=media_type, cut=None, published=published or self.published, depth=self.depth + 1,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """What a source read, as it stood there: not yet cleaned, nothing checked but its kind of document.

    `published` is a partial date that the source has checked. `stated` tells that the one who adds the document named
    its publisher (a JSON line, the head of a text file); otherwise the document says so of itself. `role` and
    `published` given are final. `host` is where it was fetched from or what address sent it.
    """

    kind: str
    body: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    role: str | None = None
    external_id: str | None = None
    host: str | None = None
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One document in a source: what was read, the bytes it was read from, and its place in the source, if that holds many."""

    draft: Draft
    raw: bytes
    place: str | None = None


class Source(Protocol):
    """One kind of source; one class in one file, one line in the tuple of `sources.py`."""

    name: str

    def accepts(self, given: Given) -> bool:
        """Whether the bytes are of this kind, by their head first and their name second."""
        ...

    def read(self, given: Given) -> Iterator[Found | Refusal | Given]:
        """The documents in it, what in it was refused, and what in it is a source of its own.

        Raises:
            IngestError: it is refused as a whole.
        """
        ...
