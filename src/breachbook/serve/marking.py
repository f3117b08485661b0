"""Marks evidence in a document's text: cuts it where claims begin and end, so that nested and overlapping ones stay apart."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from breachbook.model.claim import Claim
from breachbook.model.document import Passage

PART_LENGTH = 60_000
"""Characters of text on one page (about 20 printed pages); longer documents are shown in parts, so that a page stays light."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same claims; `starts` are the claims that begin with it (their anchors stand here)."""

    text: str
    claims: tuple[Claim, ...] = ()
    starts: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text as segments, and the claims that begin in it.

    `title` says that it stands in the title; `update` is the passage when it is the first paragraph of an update.
    """

    segments: tuple[Segment, ...]
    title: bool
    update: Passage | None

    @property
    def notes(self) -> tuple[Claim, ...]:
        """The claims that begin in this paragraph, in the order of the text."""
        return tuple(claim for segment in self.segments for claim in segment.starts)


def parts(text: str) -> int:
    """How many parts a text is shown in."""
    return max(1, -(-len(text) // PART_LENGTH))


def part_of(claim: Claim) -> int:
    """The part, from 1, in which a claim's words begin."""
    return claim.start // PART_LENGTH + 1


def paragraphs(text: str, claims: Sequence[Claim], passages: Sequence[Passage], part: int = 1) -> Iterator[Paragraph]:
    """The lines of one part of the text, with the evidence in them; lines without text are left out."""
    first = (part - 1) * PART_LENGTH
    last = min(first + PART_LENGTH, len(text))
    ordered = sorted(passages, key=lambda passage: passage.start)
    opened: set[int] = set()
    line: list[Segment] = []
    carried: tuple[Claim, ...] = ()
    for start, segment in [*_segments(text, claims, first, last), (last, Segment("\n"))]:
        if segment.text != "\n":
            line.append(Segment(segment.text, segment.claims, carried + segment.starts))
            carried = ()
            continue
        carried += segment.starts
        if any(piece.text.strip() for piece in line):
            index = bisect_right(ordered, start - 1, key=lambda passage: passage.start) - 1
            passage = ordered[index] if index >= 0 else None
            opens = passage if passage and passage.kind == "update" and index not in opened else None
            opened.add(index)
            yield Paragraph(tuple(line), bool(passage and passage.kind == "title"), opens)
        line = []


def _segments(text: str, claims: Sequence[Claim], first: int, last: int) -> Iterator[tuple[int, Segment]]:
    """The text between two offsets, cut at every edge of a claim and around every line break, with where each piece begins."""
    begins: dict[int, list[Claim]] = defaultdict(list)
    ends: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.start < last and claim.end > first:
            begins[max(claim.start, first)].append(claim)
            ends[min(claim.end, last)].append(claim)
    points = {first, last, *begins, *ends}
    at = text.find("\n", first, last)
    while at >= 0:
        points.update((at, at + 1))
        at = text.find("\n", at + 1, last)
    active: dict[str, Claim] = {}
    for start, stop in pairwise(sorted(points)):
        for claim in ends.get(start, ()):
            active.pop(claim.id, None)
        starts = tuple(begins.get(start, ()))
        active.update((claim.id, claim) for claim in starts)
        yield start, Segment(text[start:stop], tuple(active.values()), tuple(c for c in starts if c.start >= first))
