"""The words of a text in plain ASCII lower case, as fast as can be: for counts and first looks, not for reading."""

from __future__ import annotations

_LETTERS = bytes(code + 32 if 65 <= code <= 90 else code if 97 <= code <= 122 else 32 for code in range(256))
"""Letters to lower case, every other byte to a space."""


def plain_words(text: str) -> list[bytes]:
    """The runs of ASCII letters of a text, in lower case; all else, letters with accents too, parts words."""
    return text.encode("ascii", "replace").translate(_LETTERS).split()
