"""Folding: a text of the same length in which every character is one that patterns in plain ASCII can meet.

Reports write `Moody’s`, `Müller` and `2 – 3` in many ways. A pattern that had to list them all would be unreadable, so
patterns are run on the folded text. Folding keeps every offset: one character becomes one character.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

EURO = "\x80"
"""What the euro sign becomes (its place in Windows-1252), so that it fits into one byte."""

NOTHING = "\x7f"
"""What a character without a counterpart becomes: it is neither a letter nor a space."""

_SPECIAL = {
    "€": EURO, "₤": "\xa3", "’": "'", "‘": "'", "‛": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "…": ".", "•": "*", "·": "*", "\xad": "-",
    "ß": "s", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "a", "Æ": "A", "œ": "o", "Œ": "O", "đ": "d", "Đ": "D", "ı": "i",
    "\x0b": " ", "\x0c": " ", "\u200b": NOTHING, "\ufeff": NOTHING,
}  # fmt: skip
_KEPT = "£¥¢§©®°"
_FOREIGN = re.compile(r"[^\x00-\x09\x0a\x0d-\x5f\x61-\x7f]")


@lru_cache(maxsize=4096)
def _counterpart(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character in _KEPT:
        return character
    if character.isspace():
        return " "
    first = unicodedata.normalize("NFKD", character)[0]
    return first if first.isascii() and first.isprintable() else NOTHING


def fold(text: str) -> str:
    """The text with typographic quotes, dashes, spaces and accents made plain; as long as the text itself.

    Every character of the result is below U+0100, so that in Latin-1 it is one byte.
    """
    return _FOREIGN.sub(lambda found: _counterpart(found[0]), text)
