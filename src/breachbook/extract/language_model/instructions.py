"""Where a text addresses a language model instead of its readers: nothing that stands there is sent, or is evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from breachbook.extract.context import Context, SentenceSpan
from breachbook.extract.language_model.quotes import plain
from breachbook.vocab.data_files import toml_file

SHORT_BLOCK = 12
"""Sentences; in a block (between blank lines) of at most so many, what stands before an address to a model belongs to it."""

Span = tuple[int, int]

_BLANK_LINE = re.compile(r"\n[ \t\r]{0,80}\n")


@cache
def _pattern() -> re.Pattern[str]:
    words = [pattern for kind in toml_file("instruction_words.toml")["words"].values() for pattern in kind]
    return re.compile("|".join(f"(?:{pattern})" for pattern in words), re.IGNORECASE)


def instructions(context: Context) -> tuple[Span, ...]:
    """The stretches of a document that give a language model orders, in text order.

    From the sentence with the address to the end of its block, since what follows is mostly what is to be said; the whole
    of a short block. Orders in words that no rule knows are not found: what they state is then a statement like any other.
    """
    found: list[Span] = []
    for sentence in context.sentences:
        if found and sentence.start < found[-1][1]:
            continue
        # as quotes are compared, so that letters that are not seen hide nothing
        if _pattern().search(plain(context.words(sentence))[0]):
            found.append(_stretch(context, sentence))
    return tuple(found)


def _stretch(context: Context, sentence: SentenceSpan) -> Span:
    """The part of a sentence's block that goes with its address to a model."""
    start, end = _block(context.text, sentence)
    inside = [s for s in context.sentences if start <= s.start < end]
    alone = start == 0 and end == len(context.text)
    return (start if not alone and len(inside) <= SHORT_BLOCK else sentence.start, end)


def _block(text: str, sentence: SentenceSpan) -> Span:
    """The text between the blank lines around a sentence; one that ends in a colon takes the next block with it."""
    start = text.rfind("\n\n", 0, sentence.start)
    after = _BLANK_LINE.search(text, sentence.end)
    if after and text[: after.start()].rstrip().endswith(":"):
        after = _BLANK_LINE.search(text, after.end())
    return (start + 2 if start >= 0 else 0, after.start() if after else len(text))


def overlaps(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether `text[start:end]` touches one of the spans."""
    return any(first < end and start < last for first, last in spans)


def withheld(text: str, spans: Sequence[Span]) -> str:
    """The text with `[...]` in place of the spans."""
    parts, at = [], 0
    for start, end in spans:
        if start >= len(text):
            break
        parts += [text[at:start], "[...]"]
        at = end
    return "".join([*parts, text[at:]])
