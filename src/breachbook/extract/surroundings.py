"""What stands around a finding, as named features for the learned judges: where it is, how sure the sentence is, which cues are near.

The cues are words by what they tell of (`vocab/data/cue_words.toml`); the reader's scanner finds them in its one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from breachbook.extract.context import Context, SentenceSpan
from breachbook.text import hedges
from breachbook.text.folding import fold
from breachbook.vocab.data_files import toml_file

NEAR, FAR = 25, 80
"""Characters from a finding within which a cue is near it, or still beside it."""

LEAD_SENTENCES = 3
"""Sentences of the body that sum a news report up."""

WINDOW = 40
"""Characters before and after a finding in which its two neighbour words stand."""

LONGEST_WORD = 24
"""Characters of a word that a vocabulary's pattern passes over."""

_OPEN = re.compile(r"(\\w|\\d|\])([+*])")
_WORD = re.compile(r"[a-z']+|\d|[^\w\s]", re.IGNORECASE | re.ASCII)


def bounded(words: str) -> str:
    """The pattern of a vocabulary's words: between word boundaries, and open repetitions held to the length of a word."""
    held = _OPEN.sub(lambda m: f"{m[1]}{{{'1' if m[2] == '+' else '0'},{LONGEST_WORD}}}", words)
    return rf"\b(?:{held})\b"


@cache
def cue_patterns() -> Mapping[str, str]:
    """The cues' patterns, for the `patterns` of every extractor that asks for surroundings."""
    return {f"cue.{name}": bounded(words) for name, words in toml_file("cue_words.toml").items()}


def word_patterns(file: str, extractor: str) -> dict[str, str]:
    """The patterns of a file of words by label and group, named `EXTRACTOR.LABEL.GROUP`."""
    return {f"{extractor}.{label}.{group}": bounded(words) for label, groups in toml_file(file).items() for group, words in groups.items()}


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a lexicon as they stand: `label` and `group` of the lexicon, `text[start:end]`, the sentence."""

    label: str
    group: str
    start: int
    end: int
    sentence: SentenceSpan
    words: str


def hits(context: Context, extractor: str) -> list[Hit]:
    """The matches of an extractor's `word_patterns`, in text order."""
    found = []
    for name, matches in context.hits.items():
        head, _, rest = name.partition(".")
        if head != extractor:
            continue
        label, _, group = rest.partition(".")
        for match in matches:
            sentence = context.sentence_at(match.start())
            if sentence is not None and match.end() <= sentence.end:
                found.append(Hit(label, group, match.start(), match.end(), sentence, match[0].lower()))
    return sorted(found, key=lambda hit: (hit.start, -hit.end, hit.label, hit.group))


class Surroundings:
    """The cues of one document by sentence. Get it with `surroundings`, which makes it once."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.folded = fold(context.text)
        self.body_start = next((s.index for s in context.sentences if s.passage != "title"), 0)
        self._cues: dict[int, list[tuple[int, int, str]]] = {}
        for name, matches in context.hits.items():
            if name.startswith("cue."):
                for match in matches:
                    sentence = context.sentence_at(match.start())
                    if sentence is not None:
                        self._cues.setdefault(sentence.index, []).append((match.start(), match.end(), name[4:]))
        for cues in self._cues.values():
            cues.sort()

    def cues(self, index: int) -> frozenset[str]:
        """The names of the cues in a sentence (none for a sentence that is not there)."""
        return frozenset(name for _, _, name in self._cues.get(index, ()))

    def spans(self, index: int) -> list[tuple[int, int, str]]:
        """The cues in a sentence as (start, end, name), in text order."""
        return self._cues.get(index, [])

    def place(self, sentence: SentenceSpan) -> str:
        """`title`, `lead`, `update`, or a quarter of the body (`q1` to `q4`)."""
        if sentence.passage != "body":
            return sentence.passage
        number = sentence.index - self.body_start
        if number < LEAD_SENTENCES:
            return "lead"
        return f"q{1 + 4 * number // max(1, len(self.context.sentences) - self.body_start)}"

    def certainty(self, sentence: SentenceSpan, start: int, end: int) -> str:
        """The certainty of a stretch of a sentence (see `text.hedges`)."""
        return hedges.certainty(self.context.words(sentence), start - sentence.start, end - sentence.start)

    def near(self, sentence: SentenceSpan, start: int, end: int) -> Iterator[str]:
        """Features of the cues beside a stretch of a sentence: before (`b`) or after (`a`) it, near (`1`) or farther (`2`)."""
        for first, last, name in self._cues.get(sentence.index, ()):
            if last <= start:
                gap, side = start - last, "b"
            elif first >= end:
                gap, side = first - end, "a"
            else:
                yield f"in:{name}"
                continue
            if gap <= FAR:
                yield f"{side}{1 if gap <= NEAR else 2}:{name}"

    def words(self, start: int, end: int) -> Iterator[str]:
        """Features of the two words before and after a stretch."""
        before = _WORD.findall(self.folded, max(0, start - WINDOW), start)[-2:]
        after = _WORD.findall(self.folded, end, end + WINDOW)[:2]
        yield from (f"w-{len(before) - i}:{word.lower()}" for i, word in enumerate(before))
        yield from (f"w+{i + 1}:{word.lower()}" for i, word in enumerate(after))

    def features(self, sentence: SentenceSpan, start: int, end: int) -> list[str]:
        """All features of a stretch of a sentence."""
        found = [f"at:{self.place(sentence)}", f"sure:{self.certainty(sentence, start, end)}", *self.near(sentence, start, end)]
        found += (f"s:{name}" for name in self.cues(sentence.index))
        found += (f"p:{name}" for name in self.cues(sentence.index - 1))
        found += self.words(start, end)
        return found


def surroundings(context: Context) -> Surroundings:
    """The surroundings of a document, worked out once."""
    made: Surroundings | None = context.notes.get("surroundings")
    if made is None:
        made = context.notes["surroundings"] = Surroundings(context)
    return made


def without_overlaps(found: list[Hit]) -> list[Hit]:
    """The longer of hits that overlap, in text order; of equally long ones the first."""
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda h: (h.start, -h.end)):
        if kept and hit.start < kept[-1].end:
            if hit.end - hit.start > kept[-1].end - kept[-1].start:
                kept[-1] = hit
        else:
            kept.append(hit)
    return kept
