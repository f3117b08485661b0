"""Splits text into sentences and paragraphs by punctuation and line breaks; linear, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from breachbook.vocab.data_files import word_list

LONGEST_SENTENCE = 1200
"""Characters; what runs on without an end (tables, lists, hostile input) is cut at the next space after this many."""
WRAPPED_LINE = range(55, 110)
"""Lengths of lines that an editor has wrapped: a break after such a line ends no sentence by itself."""

ABBREVIATIONS = frozenset(" ".join(word_list("abbreviations.txt")).split())
"""Words whose full stop ends no sentence when no word that starts one follows."""

_BREAK = re.compile(r"\n[ \t\r]*(\n\s*)?|[.!?][\"”’')\]]{0,3}(?=[ \t\u00a0]+[\"“‘'(\[]{0,2}[A-Z0-9À-Þ])|[.!?][\"”’')\]]{1,3}(?=[A-Z])")
_STARTER = re.compile(
    r"[\s\"“‘'(\[)”’]*(?:The|It|Its|In|This|That|These|Those|He|She|They|But|And|A|An|On|We|You|I|If|As|At|For|There|When|While|After|According"
    r"|However|His|Her|Their|Our|One|Some|Most|Many|All|No|Not|What|Although|Since|So|To|With|By|From|Then|Also)\b"
)
_INITIALS = re.compile(r"(?:[a-z]\.){1,4}[a-z]")
_AFTER_NUMBER_SIGN = re.compile(r"\s*\d")
_WORD_BEFORE = re.compile(r"([A-Za-z][A-Za-z.]{0,9})$")


def _ends_sentence(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at `stop` ends the sentence that began at `start`."""
    if text[stop] != ".":
        return True
    word = _WORD_BEFORE.search(text[max(start, stop - 10) : stop])
    if word is None:
        return True
    written, last = word.group(1), word.group(1).lower()
    if len(last) == 1:
        return last == "i" or written.islower()
    if last in ("no", "nos"):
        return _AFTER_NUMBER_SIGN.match(text, stop + 1) is None
    if _INITIALS.fullmatch(last) or (last in ABBREVIATIONS and (written[0].isupper() or "." in written or last in ("etc", "approx"))):
        return _STARTER.match(text, stop + 1) is not None
    return True


def _breaks_line(text: str, start: int, line_start: int, at: int) -> bool:
    """Whether a single line break at `at` ends a sentence: not inside a paragraph that was wrapped at a fixed width."""
    before = text[max(start, at - 3) : at].rstrip()
    return not before or before[-1] in '.!?:;"”’' or (at - line_start) not in WRAPPED_LINE


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without the white space around it, cut where it is longer than `LONGEST_SENTENCE`."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = text.find(" ", start + LONGEST_SENTENCE, start + LONGEST_SENTENCE + 200)
        cut = cut if cut > 0 else start + LONGEST_SENTENCE
        yield start, cut
        start = cut + 1 if text[cut : cut + 1].isspace() else cut
    if start < end:
        yield start, end


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, int]]:
    """The sentences of `text[start:end]` as (start, end, paragraph), without the space around them; paragraphs count from 0."""
    end = len(text) if end is None else end
    begin = line = start
    paragraph = 0
    for match in _BREAK.finditer(text, start, end):
        newline = match.group().startswith("\n")
        if newline:
            broken = match.group(1) is not None or _breaks_line(text, begin, line, match.start())
            line = match.end()
            if not broken:
                continue
            yield from ((a, b, paragraph) for a, b in _trimmed(text, begin, match.start()))
            paragraph += 1
            begin = match.end()
        elif _ends_sentence(text, begin, match.start()):
            yield from ((a, b, paragraph) for a, b in _trimmed(text, begin, match.end()))
            begin = match.end()
    yield from ((a, b, paragraph) for a, b in _trimmed(text, begin, end))
