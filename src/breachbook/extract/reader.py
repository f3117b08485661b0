"""The offline reader: a document to claims, by gazetteers, patterns and small learned judges; no network, no language model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from breachbook.extract import reconcile, structured
from breachbook.extract.context import Context, Extractor, Finding, SentenceSpan
from breachbook.extract.implications import with_implied
from breachbook.extract.notices import says_what_notices_say
from breachbook.extract.own_statement import OwnStatement
from breachbook.extract.presentations import may_present
from breachbook.extract.reading_models import Judges, shipped
from breachbook.extract.relevance import may_be_relevant
from breachbook.extract.story import Story
from breachbook.extract.storyteller import tell
from breachbook.extract.value_extractors import value_extractors
from breachbook.model.document import Document, Passage
from breachbook.model.reading import Reading
from breachbook.text.date_words import read
from breachbook.text.english import is_english
from breachbook.text.scanner import Scanner, default_cache
from breachbook.text.sentences import sentences
from breachbook.text.updates import updates

EXTRACTORS: tuple[Extractor, ...] = (
    *value_extractors(),
    OwnStatement(),
)
"""What is run over every relevant document, one line each."""

LONGEST_DOCUMENT = 2_000_000
"""Characters; longer documents are left unread (`too_long_to_read`): no report is, and books and dumps hold no one report."""


CHARACTERS_READ = 60_000
"""What stands behind is not read: reports have 2,000 to 20,000 characters, and this bounds the time one document takes."""


def context_of(document: Document, scanner: Scanner) -> Context:
    """The document cut into sentences, with the matches of all patterns."""
    return Context(document, tuple(_sentences(document)), scanner.find(document.text))


def _sentences(document: Document) -> Iterator[SentenceSpan]:
    """The sentences, one by one: who needs the first alone pays for no more."""
    index = paragraph = 0
    for passage in document.passages or _passages(document):
        last = -1
        for start, end, number in sentences(document.text, passage.start, passage.end):
            paragraph += number != last
            last = number
            yield SentenceSpan(index, start, end, paragraph, passage.kind, passage.revision, passage.said)
            index += 1


def _passages(document: Document) -> Iterator[Passage]:
    """The passages of a document that came without them: its title, its body, its updates; none is empty."""
    title, text = document.title, document.text
    at = len(title) if title and text.startswith(title) and len(text) > len(title) else 0
    if at:
        yield Passage("title", 0, at)
    for update in sorted(updates(text, at), key=lambda u: u.start):
        if at < update.start:
            yield Passage("body", at, update.start)
        when = read(update.said, document.published) if update.said else None
        if update.start < update.end:
            yield Passage("update", update.start, update.end, update.revision, when.value if when else None)
        at = update.end
    if at < len(text):
        yield Passage("body", at, len(text))


def _beginning(document: Document) -> Document:
    """The part of a long document that is read, as a document; offsets are the same."""
    passages = tuple(replace(p, end=min(p.end, CHARACTERS_READ)) for p in document.passages if p.start < CHARACTERS_READ)
    return replace(document, text=document.text[:CHARACTERS_READ], passages=passages)


def _is_ordinary(document: Document) -> bool:
    """Whether a first look settles that a document is about no incident, and that nothing else is to be read from it.

    Leak-site listings are incidents by themselves. A text that says what notices say may be one that names no attack, and one
    that opens with what an organisation is may present it; both are looked at with more care.
    """
    if document.publisher_role == "threat_actor" or may_be_relevant(document.text):
        return False
    return not says_what_notices_say(document.text) and not may_present(document)


class OfflineReader:
    """Reads English documents. One reader can be used for any number of documents."""

    name = "offline/1"

    def __init__(self, judges: Judges | None = None, extractors: Sequence[Extractor] | None = None) -> None:
        self._extractors = EXTRACTORS if extractors is None else tuple(extractors)
        patterns = {name: pattern for e in self._extractors for name, pattern in e.patterns.items()}
        self._scanner = Scanner(patterns, cache=default_cache())
        self._plain = Scanner({})
        self._judges = judges or shipped()

    def read(self, document: Document) -> Reading:
        """All claims of the document; none, and a reason code, when it is not read."""
        if sheet := structured.sheet_of(document):
            return self._read_row(document, sheet)
        if document.language not in (None, "en") or (document.language is None and not is_english(document.text)):
            return Reading(document.id, self.name, (), unread="other_language")
        if len(document.text) > LONGEST_DOCUMENT:
            return Reading(document.id, self.name, (), unread="too_long_to_read")
        if len(document.text) > CHARACTERS_READ:
            claims, id = self._read(_beginning(document)).claims, document.id
            return Reading(id, self.name, tuple(replace(claim, document=id) for claim in claims))
        return self._read(document)

    def _read(self, document: Document) -> Reading:
        if _is_ordinary(document):
            return self._not_relevant(document)
        context = context_of(document, self._plain)
        if not context.sentences:
            return Reading(document.id, self.name, ())
        story = tell(context, self._judges)
        findings: list[Finding] = []
        if story.incidents:
            context = Context(document, context.sentences, self._scanner.find(document.text))
            findings = [finding for extractor in self._extractors for finding in extractor.find(context)]
        if len(story.incidents) == 1:  # of several incidents it is not known yet which finding is whose
            findings = with_implied(findings)
        return Reading(context.document_id, self.name, reconcile.claims(context, story, findings))

    def _read_row(self, document: Document, sheet: structured.Sheet) -> Reading:
        """The reading of a row of a structured source: its columns in any language, its prose where it is English."""
        beginning = _beginning(document)
        context = Context(beginning, tuple(structured.without_columns(_sentences(beginning), sheet)))
        context.document_id = document.id
        story, findings = structured.story_of(context, sheet)
        prose = beginning.text[sheet.prose :]
        if story.incidents and prose and is_english(prose) and document.language in (None, "en"):
            if sheet.source.role != "threat_actor":  # whose prose is the victim's advertising
                structured.take_parties(story, tell(context, self._judges), sheet)
            context.hits = self._scanner.find(beginning.text)
            found = (finding for extractor in self._extractors for finding in extractor.find(context))
            findings += structured.of_prose(found, sheet)
        claims = reconcile.claims(context, story, with_implied(findings))
        return Reading(document.id, self.name, structured.as_stated(claims, document, sheet))

    def _not_relevant(self, document: Document) -> Reading:
        """The reading of a document about no incident: that it is none, said at its first sentence (nothing, when it has no words)."""
        sentences = tuple(islice(_sentences(document), 1))
        context = Context(document, sentences)
        found = [Story(Finding("relevant", False, first.start, first.end, "stated")) for first in sentences]
        return Reading(context.document_id, self.name, tuple(claim for story in found for claim in reconcile.claims(context, story, ())))
