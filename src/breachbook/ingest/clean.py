"""Makes text safe to keep: one kind of line break, no invisible characters, no half characters; all else stays as it was."""

from __future__ import annotations

import re

LONGEST_LINE_VALUE = 500
"""Characters of a title, publisher or author: twice the longest headline or name in use; what is longer is cut there."""

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters
    "\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u180e"  # soft hyphen, zero width, marks of direction
    "\u061c\u202a-\u202e\u2066-\u206f"  # overrides and isolates of direction
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"  # annotation, no characters at all, tags
)
_HALVES = re.compile("[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """The text with `\\n` as its only line break and without characters that show nothing or turn the direction of what
    follows; half a surrogate pair becomes U+FFFD. White space at its ends is dropped."""
    text = _INVISIBLE.sub("", _BREAKS.sub("\n", text))
    return _HALVES.sub("\ufffd", text).strip()


def one_line(text: str | None, limit: int = LONGEST_LINE_VALUE) -> str | None:
    """A value of one line (a title, a name), cleaned, white space single, at most `limit` characters; None when empty."""
    if text is None:
        return None
    line = " ".join(clean_text(text[: 20 * limit]).split())
    return line[:limit].rstrip() or None
