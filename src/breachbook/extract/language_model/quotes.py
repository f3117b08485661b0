"""Where a quote stands in a text: white space and typography do not count, every letter does."""

from __future__ import annotations

from collections.abc import Iterator

from breachbook.text.folding import NOTHING, fold

LONGEST_QUOTE = 1000
"""Characters; the prompt asks for the shortest words that show a value."""
SHORTEST_QUOTE = 2
MOST_PLACES = 50
"""Places of one quote that are looked at."""


class Quotes:
    """Finds quotes in one text."""

    def __init__(self, text: str) -> None:
        self._plain, self._offsets = plain(text)

    def places(self, quote: str) -> Iterator[tuple[int, int]]:
        """Where a quote stands, as offsets of the text, first to last; nowhere for one that is too short or too long."""
        if len(quote) > LONGEST_QUOTE:
            return
        words = plain(quote)[0].strip()
        at = self._plain.find(words) if len(words) >= SHORTEST_QUOTE else -1
        for _ in range(MOST_PLACES):
            if at < 0:
                return
            yield self._offsets[at], self._offsets[at + len(words) - 1] + 1
            at = self._plain.find(words, at + 1)


def plain(text: str) -> tuple[str, list[int]]:
    """The folded text with single spaces and without what is not seen, and the offset of each of its characters."""
    letters: list[str] = []
    offsets: list[int] = []
    for offset, letter in enumerate(fold(text)):
        if letter == NOTHING and not text[offset].isprintable():
            continue
        if letter.isspace():
            if letters and letters[-1] == " ":
                continue
            letter = " "
        letters.append(letter)
        offsets.append(offset)
    return "".join(letters), offsets
