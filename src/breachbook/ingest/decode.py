"""Bytes to characters: byte order marks, UTF-8, UTF-16, and Windows-1252 for old western text; else refused."""

from __future__ import annotations

import codecs
import re

from breachbook.errors import IngestError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; UTF-32 before UTF-16, because its mark begins with the other's."""

MOST_CONTROLS = 0.01
"""Share of control bytes above which bytes are no text: text has tabs and line breaks only, so one in a hundred is generous."""
FEW_CONTROLS = 4
"""Control bytes that even a short text may have, where they are not more than a tenth of it."""
MOST_FAULTS = 0.1
"""Share of faults among the characters beyond ASCII up to which UTF-8 is read with marks for them: a cut or patched file has a
few among many that are right, a text in another encoding has hardly any that are."""
MOST_HIGH = 0.25
"""Share of bytes above 127 up to which Windows-1252 is believed: western text has few accents, other scripts hardly a letter below."""
SAMPLE_BYTES = 65_536
"""Bytes by which the above are judged."""

_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_FOREIGN = re.compile("[^\x00-\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_WAY_OUT = "save it as UTF-8 and add it again"


def decode(data: bytes, declared: str | None = None) -> str:
    """The characters of a text; `declared` is the encoding that a page or mail says it has.

    Raises:
        IngestError: it is binary, or of no encoding that can be told.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    sample = data[:SAMPLE_BYTES]
    wide = _without_mark(sample)
    if wide is not None:
        return data.decode(wide, "replace")
    controls = len(_CONTROLS.findall(sample))
    if controls > MOST_CONTROLS * len(sample) and not controls <= min(FEW_CONTROLS, len(sample) / 10):
        raise IngestError("binary", "it holds bytes that no text has")
    return _utf8(data) or _declared(data, declared) or _western(data)


def _without_mark(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of western text is nought."""
    even, odd = sample[0::2], sample[1::2]
    if len(sample) < 8:
        return None
    if odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        patched = data.decode("utf-8", "replace")
    faults = patched.count("\ufffd")
    return patched if faults <= MOST_FAULTS * len(_FOREIGN.findall(patched)) else None


def _declared(data: bytes, declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        return data.decode(codecs.lookup(declared[:40]).name)
    except (LookupError, ValueError, TypeError):
        return None  # not an encoding of text that this is in: the next guess is as good


def _western(data: bytes) -> str:
    if len(_HIGH.findall(data[:SAMPLE_BYTES])) > MOST_HIGH * min(len(data), SAMPLE_BYTES):
        raise IngestError("bad_encoding", f"it is not UTF-8 and too foreign for Windows-1252; {_WAY_OUT}")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise IngestError("bad_encoding", f"it is neither UTF-8 nor Windows-1252; {_WAY_OUT}") from None
