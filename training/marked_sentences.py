"""Sentences that the project wrote, with marks on what a date or a number in them is: `[kind: words]`, kinds joined with `+`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from breachbook.extract.context import Context
from breachbook.extract.reader import context_of
from training.corpus import document
from training.values import scanner

_MARK = re.compile(r"\[([a-z+]+): ([^\]]+)\]")


@dataclass(frozen=True)
class Marked:
    """A sentence as a document, and its marks: where the words stand, and their kinds (none for `none`)."""

    context: Context
    marks: tuple[tuple[int, int, frozenset[str]], ...]

    def kinds(self, start: int, end: int) -> frozenset[str] | None:
        """The kinds of the mark that a stretch overlaps; None for words that nobody marked."""
        return next((kinds for first, last, kinds in self.marks if start < last and end > first), None)


@cache
def marked(name: str) -> tuple[Marked, ...]:
    """The sentences of the file `NAME.toml` beside this module, published on the file's `published`."""
    table = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))
    return tuple(_read(sentence, table["published"]) for sentence in table["sentences"])


def _read(sentence: str, published: str) -> Marked:
    text, at, marks = "", 0, []
    for match in _MARK.finditer(sentence):
        text += sentence[at : match.start()]
        marks.append((len(text), len(text) + len(match[2]), frozenset(match[1].split("+")) - {"none"}))
        text += match[2]
        at = match.end()
    return Marked(context_of(document(None, text + sentence[at:], published=published), scanner()), tuple(marks))
