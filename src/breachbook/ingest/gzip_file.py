"""Files packed with gzip."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from breachbook.errors import IngestError
from breachbook.ingest.source import Found, Given
from breachbook.model.document import Refusal

MOST_TIMES = 200
"""How many times its size a file may unpack to before it is called a bomb; text packs to a tenth, even tables to a hundredth."""
_PIECE = 1_000_000
_WITH_HEADER = 16 + zlib.MAX_WBITS


class GzipFile:
    """Accepts one file packed with gzip, and hands on what is in it. Refuses what unpacks to more than the limit of a document
    (`too_large`; `bomb` when that is 200 times its size), what ends early (`truncated`) and what is damaged (`unreadable`).
    """

    name = "gzip"

    def accepts(self, given: Given) -> bool:
        """By its first bytes."""
        return given.head.startswith(b"\x1f\x8b\x08")

    def read(self, given: Given) -> Iterator[Found | Refusal | Given]:
        """What is in it."""
        packed = given.data()
        data = unpacked(packed, given.limit)
        name = given.name.removesuffix(".gz") if given.name.endswith(".gz") else given.name
        yield given.inner(name or "content", data, name=name)


def unpacked(packed: bytes, limit: int) -> bytes:
    """The content of gzip bytes, at most `limit` bytes of it ever made.

    Raises:
        IngestError: it unpacks to more, ends early, or is damaged.
    """
    unpacker, pieces, size, whole = zlib.decompressobj(_WITH_HEADER), list[bytes](), 0, len(packed)
    try:
        while packed:
            piece = unpacker.decompress(packed, _PIECE)
            size += len(piece)
            pieces.append(piece)
            if size > limit:
                used = whole - len(unpacker.unconsumed_tail)
                raise IngestError(
                    "bomb" if size > MOST_TIMES * used else "too_large", f"it unpacks to more than {limit:,} bytes; divide it"
                )
            packed = unpacker.unconsumed_tail
            if unpacker.eof and (packed := unpacker.unused_data.lstrip(b"\0")):
                unpacker = zlib.decompressobj(_WITH_HEADER)
    except zlib.error as error:
        raise IngestError("unreadable", f"the packed bytes are damaged ({error}); pack it again") from None
    if not unpacker.eof:
        raise IngestError("truncated", "the packed file ends early; get it again")
    return b"".join(pieces)
