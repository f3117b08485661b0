"""What every extractor sees of a document, computed once: sentences, paragraphs, updates, and where the patterns stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from breachbook.model.claim import Speaker, Value
from breachbook.model.document import Document


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """A sentence, `text[start:end]`: its number, its paragraph's number, the kind of passage and its revision."""

    index: int
    start: int
    end: int
    paragraph: int
    passage: str
    revision: int
    said: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What an extractor found, not yet tied to an incident; `reconcile` does that and makes the claims.

    `start`, `end` are the words as written. `certainty` and `speaker` None mean: let `attribution` judge the sentence.
    `about` names a local subject (`incident:2`, `organisation:1`) when the extractor knows it. `weight` (0 to 1) is how
    sure the extractor is that it read the words aright; it decides between findings of one single-valued property.
    """

    property: str
    value: Value
    start: int
    end: int
    certainty: str | None = None
    speaker: Speaker | None = None
    qualifier: str | None = None
    unit: str | None = None
    about: str | None = None
    weight: float = 0.5
    extractor: str = ""


@dataclass
class Context:
    """A document under reading. `hits` holds the matches of every extractor's patterns by pattern name, in text order."""

    document: Document
    sentences: tuple[SentenceSpan, ...]
    hits: Mapping[str, list[re.Match[str]]] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    """What extractors work out once and share, by the name of the module that does."""

    @property
    def text(self) -> str:
        """The document's reading text, to which all offsets refer."""
        return self.document.text

    @cached_property
    def document_id(self) -> str:
        """The document's id, made once: it is a digest of all the text."""
        return self.document.id

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_at(self, offset: int) -> SentenceSpan | None:
        """The sentence that holds an offset (or the one before it, between two sentences)."""
        index = bisect_right(self._starts, offset) - 1
        return self.sentences[index] if index >= 0 else None

    def words(self, span: SentenceSpan) -> str:
        """The text of a sentence."""
        return self.text[span.start : span.end]


class Extractor(Protocol):
    """One kind of thing to find; one class in one file, one line in the reader's tuple."""

    name: str
    patterns: Mapping[str, str]
    """Regular expressions by name (names begin with the extractor's), all searched in one pass, case-insensitively."""

    def find(self, context: Context) -> Iterable[Finding]:
        """What stands in the text."""
        ...
