"""The reader by language model: asks an endpoint, checks what it suggests, and leaves to the offline reader what it cannot do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from breachbook.errors import SettingsError
from breachbook.extract import reconcile
from breachbook.extract.context import Context
from breachbook.extract.language_model.answer import parse
from breachbook.extract.language_model.drops import Tally
from breachbook.extract.language_model.endpoint import Endpoint
from breachbook.extract.language_model.evidence import Evidence
from breachbook.extract.language_model.failures import FailureError
from breachbook.extract.language_model.instructions import withheld
from breachbook.extract.language_model.prompt import PROMPT_VERSION, report_message, system_message
from breachbook.extract.language_model.schema import answer_schema
from breachbook.extract.language_model.suggestions import Suggestions
from breachbook.extract.reader import CHARACTERS_READ, EXTRACTORS, OfflineReader, context_of
from breachbook.extract.relevance import may_be_relevant
from breachbook.extract.story import Story
from breachbook.extract.structured import sheet_of
from breachbook.model.claim import Claim
from breachbook.model.document import Document
from breachbook.model.reading import Reading
from breachbook.settings import Settings
from breachbook.text.scanner import Scanner, default_cache

GIVE_UP_AFTER = 3
"""Documents in a row for which the endpoint fails, after which it is not asked any more: each costs all its retries."""

AGREED = 80
"""Confidence of a claim whose value the offline reader finds too; one that only the model has keeps `checks.WEIGHT`."""


class LanguageModelReader:
    """Reads English documents with the help of a language model. Every value that it takes over stands in the text, and is read
    alike by our own rules where these can read it; what remains is as good as the model.

    Raises:
        SettingsError: the endpoint is not set up.
    """

    def __init__(self, settings: Settings, *, endpoint: Endpoint | None = None) -> None:
        self._endpoint = endpoint or Endpoint(settings)
        self._offline = OfflineReader()
        self._scanner = Scanner({name: pattern for e in EXTRACTORS for name, pattern in e.patterns.items()}, cache=default_cache())
        self._longest = min(settings.llm_characters, CHARACTERS_READ)
        self._failed = 0
        self._wrong_setting: SettingsError | None = None
        self.name = f"llm/{self._endpoint.model}/prompt-{PROMPT_VERSION}"

    def read(self, document: Document) -> Reading:
        """All claims of the document. Where the model gives nothing that can be used, the reading is the offline reader's, and
        a note says why.

        Raises:
            SettingsError: key, model or URL is wrong: no document can be read with them.
        """
        offline = self._offline.read(document)
        if offline.unread:
            return replace(offline, reader=self.name)
        if not document.text.strip() or not may_be_relevant(document.text) or sheet_of(document):
            return replace(offline, reader=self.name)  # no incident, or columns: no model reads them better
        if self._failed >= GIVE_UP_AFTER:
            return _left(offline, f"its endpoint failed {GIVE_UP_AFTER} times in a row and is not asked any more")
        try:
            return self._ask(document, offline)
        except FailureError as failed:
            self._failed = self._failed + 1 if failed.down else 0
            return _left(offline, failed.reason)

    def _ask(self, document: Document, offline: Reading) -> Reading:
        if self._wrong_setting:
            raise self._wrong_setting
        read = _beginning(document, self._longest)
        context = context_of(read, self._scanner)
        evidence = Evidence(context)
        text = withheld(read.text, evidence.forbidden)
        schema = answer_schema()

        def messages(in_words: bool) -> Sequence[dict[str, str]]:
            question = report_message(document, text, schema if in_words else None)
            return ({"role": "system", "content": system_message()}, {"role": "user", "content": question})

        try:
            answer = self._endpoint.ask(messages, schema, parse)
        except SettingsError as error:
            self._wrong_setting = error
            raise
        self._failed = 0
        suggestions = Suggestions(evidence)
        story = suggestions.story(answer)
        if answer["relevant"] and not story.incidents:
            raise FailureError(f"it names no victim that stands in the text ({suggestions.tally.sentence() or 'nothing suggested'})")
        notes = _notes(document, read, evidence, suggestions.tally)
        return Reading(document.id, self.name, self._claims(document, context, story, offline), notes=notes)

    def _claims(self, document: Document, context: Context, story: Story, offline: Reading) -> tuple[Claim, ...]:
        found = {(c.property, c.value) for c in offline.claims}
        made = (replace(c, document=document.id) for c in reconcile.claims(context, story, ()))
        return tuple(replace(c, confidence=AGREED) if (c.property, c.value) in found else c for c in made)


def _left(offline: Reading, reason: str) -> Reading:
    """The offline reader's reading in place of the model's, with the reason."""
    return replace(offline, notes=(f"read by {offline.reader}, not by the language model: {reason}",))


def _beginning(document: Document, longest: int) -> Document:
    """The part of a document that is read, as a document; offsets are the same."""
    if len(document.text) <= longest:
        return document
    passages = tuple(replace(p, end=min(p.end, longest)) for p in document.passages if p.start < longest)
    return replace(document, text=document.text[:longest], passages=passages)


def _notes(document: Document, read: Document, evidence: Evidence, tally: Tally) -> tuple[str, ...]:
    notes: list[str] = []
    if len(read.text) < len(document.text):
        notes.append(f"only the first {len(read.text):,} of {len(document.text):,} characters were read (BREACHBOOK_LLM_CHARACTERS)")
    if evidence.forbidden:
        characters = sum(end - start for start, end in evidence.forbidden)
        notes.append(f"it addresses a language model; {characters:,} characters were withheld and are no evidence")
    if sentence := tally.sentence():
        notes.append(sentence)
    return tuple(notes)
