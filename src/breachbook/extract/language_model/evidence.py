"""What every check sees of a document: where quotes stand, what our own patterns read there, who says it and how surely."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from breachbook.extract.attribution import certainty, publisher, speaker
from breachbook.extract.context import Context
from breachbook.extract.date_mentions import DateMention, date_mentions
from breachbook.extract.language_model.drops import Dropped
from breachbook.extract.language_model.instructions import Span, instructions, overlaps
from breachbook.extract.language_model.names import LONGEST_NAME, Names
from breachbook.extract.language_model.quotes import Quotes
from breachbook.extract.mentions import MentionFinder
from breachbook.extract.surroundings import Hit as WordHit
from breachbook.extract.surroundings import hits
from breachbook.extract.surveys import Hit as PlaceHit
from breachbook.extract.surveys import places
from breachbook.model.claim import Speaker
from breachbook.text.speakers import speeches


class Evidence:
    """The evidence of one document."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.forbidden: tuple[Span, ...] = instructions(context)
        self._quotes = Quotes(context.text)
        self._words: dict[str, list[WordHit]] = {}
        self._finder = MentionFinder(context)
        self.names = Names(context, self._finder, self.forbidden)

    @cached_property
    def places(self) -> list[PlaceHit]:
        """The places that the document names."""
        return places(self.context.sentences, self._finder.sentence_tokens, self.context.text)

    @cached_property
    def dates(self) -> list[DateMention]:
        """The dates as our own rules read them."""
        return date_mentions(self.context)

    def quoted(self, row: Mapping[str, Any]) -> list[Span]:
        """Where the quote of a suggestion stands, except in words that address a model.

        Raises:
            Dropped: it has no quote, or one that does not stand in the text, or only there.
        """
        quote = row.get("quote")
        if not isinstance(quote, str) or not quote.strip():
            raise Dropped("no_quote")
        found = list(self._quotes.places(quote))
        if not found:
            raise Dropped("quote_not_in_text")
        free = [span for span in found if not overlaps(self.forbidden, *span)]
        if not free:
            raise Dropped("instruction")
        return free

    def named(self, name: object, row: Mapping[str, Any]) -> Span:
        """Where a name stands in its quote.

        Raises:
            Dropped: the quote does not stand, the name is none or does not stand in it.
        """
        if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
            raise Dropped("wrong_shape")
        for start, end in self.quoted(row):
            found = next(Quotes(self.context.text[start:end]).places(name), None)
            if found and self._is_whole(start + found[0], start + found[1]):
                return start + found[0], start + found[1]
        raise Dropped("not_in_quote")

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether no word is cut at either end."""
        text = self.context.text
        before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
        after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
        return not before and not after

    def matches(self, pattern: str, span: Span) -> list[re.Match[str]]:
        """The matches of one of the extractors' patterns inside a span."""
        return [m for m in self.context.hits.get(pattern, ()) if span[0] <= m.start() and m.end() <= span[1]]

    def words_at(self, span: Span) -> str:
        """The words of a span on one line."""
        return " ".join(self.context.text[span[0] : span[1]].split())

    def lexicon(self, extractor: str, span: Span) -> list[WordHit]:
        """The words of an extractor's lexicon that touch a span."""
        if extractor not in self._words:
            self._words[extractor] = hits(self.context, extractor)
        return [hit for hit in self._words[extractor] if overlaps([span], hit.start, hit.end)]

    def certainty(self, span: Span) -> str:
        """How sure the text is of what stands there."""
        return certainty(self.context, *span)

    def speaker(self, span: Span) -> Speaker:
        """Who says what stands there."""
        sentence = self.context.sentence_at(span[0])
        return speaker(self.context, sentence, *span) if sentence else publisher(self.context)

    def speakers(self, span: Span) -> list[Speaker]:
        """Who speaks in the sentence that a span begins in, with the name in place of a role that cannot be told."""
        sentence = self.context.sentence_at(span[0])
        said = speeches(self.context.words(sentence)) if sentence else ()
        return [Speaker(s.role or "press", s.name) for s in said if s.role or s.name]
