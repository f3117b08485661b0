"""Takes one PDF apart in a process of its own: `python -m breachbook.ingest.pdf_child`, the file on standard input.

The answer on standard output is JSON: `{"pages": [text, ...], "title": …, "author": …, "more": pages not read}`, or
`{"code": …, "detail": …}` for a refusal. PDFium is written in C++ and its input is hostile: what crashes, hangs or fills the
memory here takes nothing else with it.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
import zlib
from typing import Any

import pypdfium2

MOST_PAGES = 500
"""Pages that are read; notices have under ten, the longest reports a few hundred."""
MOST_CHARACTERS = 2_000_000
"""Characters that are read, about 700 full pages."""
MOST_INFLATED = 64_000_000
"""Bytes to which the streams of a file that are no images may unpack in all; pages of vector maps have a few million."""
MEMORY_BYTES = 1_500_000_000
"""Address space of the process; a page of a scanned report needs about 300 MB with the program."""
PROCESSOR_SECONDS = 30
"""Processor time of the process, should its parent no longer be there to end it."""
_DICTIONARY_BYTES = 2000
_PIECE = 65_536
_PASSWORD_ERROR = 4
"""FPDF_ERR_PASSWORD of PDFium's `fpdfview.h`."""

_STREAM = re.compile(rb"(?<!end)stream\r?\n")


def main() -> int:
    """Reads standard input, writes the answer, returns the exit code."""
    _bound()
    sys.stdout.write(json.dumps(take_apart(sys.stdin.buffer.read())))
    return 0


def take_apart(data: bytes) -> dict[str, Any]:
    """The answer for a PDF's bytes; see above."""
    if inflated(data) > MOST_INFLATED:
        return {"code": "bomb", "detail": f"its streams unpack to more than {MOST_INFLATED // 1_000_000} MB"}
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
            return {"code": "encrypted", "detail": "it asks for a password; save a copy without one"}
        return {"code": "bad_pdf", "detail": f"{error}; open it and save it anew"}
    return _read(document)


def _read(document: pypdfium2.PdfDocument) -> dict[str, Any]:
    """Text and metadata of a PDF that opened; a damaged page is left empty."""
    pages: list[str] = []
    room, failed = MOST_CHARACTERS, 0
    for number in range(min(len(document), MOST_PAGES)):
        try:
            text = document[number].get_textpage().get_text_range(count=-1, errors="replace")
        except pypdfium2.PdfiumError:
            text, failed = "", failed + 1
        pages.append(text[:room])
        room -= len(text)
        if room <= 0:
            break
    if pages and failed == len(pages):
        return {"code": "bad_pdf", "detail": "none of its pages can be read; open it and save it anew"}
    meta = document.get_metadata_dict(skip_empty=True)
    return {"pages": pages, "title": meta.get("Title"), "author": meta.get("Author"), "more": len(document) - len(pages)}


def inflated(data: bytes) -> int:
    """Bytes to which the deflated streams of a PDF unpack, images left out; stops soon after `MOST_INFLATED`."""
    total = 0
    for mark in _STREAM.finditer(data):
        dictionary = data[max(0, mark.start() - _DICTIONARY_BYTES) : mark.start()].rpartition(b"obj")[2]
        layers = dictionary.count(b"/FlateDecode") + len(re.findall(rb"/Fl\b", dictionary))
        if not layers or b"/Image" in dictionary:
            continue
        end = data.find(b"endstream", mark.end())
        total += _layer(memoryview(data)[mark.end() : end if end >= 0 else len(data)], layers, MOST_INFLATED + 1 - total)
        if total > MOST_INFLATED:
            break
    return total


def _layer(packed: bytes | memoryview, layers: int, room: int) -> int:
    """Bytes of the largest layer of a stream deflated `layers` times, at most about `room`."""
    unpacker, pieces, size = zlib.decompressobj(), [], 0
    try:
        for start in range(0, len(packed), _PIECE):
            piece = unpacker.decompress(packed[start : start + _PIECE], _PIECE)
            while piece and size <= room:
                size += len(piece)
                if layers > 1:
                    pieces.append(piece)
                piece = unpacker.decompress(unpacker.unconsumed_tail, _PIECE)
            if size > room or unpacker.eof:
                break
    except zlib.error:
        return size  # damaged or encrypted; PDFium says which
    return size if layers < 2 or size > room else max(size, _layer(b"".join(pieces), layers - 1, room))


def _bound() -> None:
    """Bounds memory and processor time where the system can (not on Windows, where the parent's clock alone ends it)."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, PROCESSOR_SECONDS), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # a system that does not know this limit (macOS: RLIMIT_AS) keeps its own
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main())
