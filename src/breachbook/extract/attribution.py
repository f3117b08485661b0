"""Who says a finding, and how sure he is: by quotations, reporting verbs and hedges, else by who published the document."""

from __future__ import annotations

import re

from breachbook.extract.context import Context, Finding, SentenceSpan
from breachbook.model.claim import Speaker
from breachbook.text import hedges, speakers
from breachbook.text.speakers import Speech

LOOK_BACK = 4
"""Sentences before a quotation or a pronoun in which its owner may have been named."""

INTRODUCTION = 140
"""Characters around a name in which its office is looked for ("Jane Doe, a spokeswoman for the bank")."""

SUBJECT = 40
"""Characters at the start of a sentence in which its subject stands."""

_PRONOUNS = frozenset(["he", "she", "it", "they", "i", "we"])
_QUOTES = re.compile(r"[\"“”]")


def attribute(context: Context, finding: Finding) -> tuple[Speaker, str]:
    """The speaker of a finding and his certainty (`stated`, `likely`, `possible`, `denied`).

    What the extractor has judged already stands. The words of the sentence decide before the document's publisher.
    """
    sentence = context.sentence_at(finding.start)
    if sentence is None:
        return finding.speaker or publisher(context), finding.certainty or "stated"
    return finding.speaker or speaker(context, sentence, finding.start, finding.end), finding.certainty or certainty(
        context, finding.start, finding.end
    )


def certainty(context: Context, start: int, end: int) -> str:
    """How sure the sentence is of `text[start:end]`; `stated` outside sentences."""
    sentence = context.sentence_at(start)
    if sentence is None:
        return "stated"
    return hedges.certainty(context.words(sentence), start - sentence.start, min(end, sentence.end) - sentence.start)


def publisher(context: Context) -> Speaker:
    """The document's own voice."""
    document = context.document
    return Speaker(document.publisher_role or "press", document.publisher or None)


def speaker(context: Context, sentence: SentenceSpan, start: int, end: int) -> Speaker:
    """The speaker of `text[start:end]`."""
    words = context.words(sentence)
    first, last = start - sentence.start, end - sentence.start
    speech = _owner(speakers.speeches(words), first, last)
    quoted = _in_quotation(context, sentence, start)
    if speech is None and quoted:
        speech = _near_owner(context, sentence)
    found = _known(context, sentence, speech) if speech else None
    if found:
        return found
    if quoted and speakers.in_first_person(words.replace('"', "").replace("“", "").replace("”", "")) and _voice(context) == "press":
        return Speaker("victim")  # "we were attacked": whoever is quoted so, speaks for the victim
    return publisher(context)


def _voice(context: Context) -> str:
    return context.document.publisher_role or "press"


def _owner(found: tuple[Speech, ...], start: int, end: int) -> Speech | None:
    """The innermost speech that holds a stretch of the sentence."""
    holding = [s for s in found if s.start <= start and end <= s.end]
    return min(holding, key=lambda s: (s.end - s.start, not s.claims), default=None)


def _in_quotation(context: Context, sentence: SentenceSpan, start: int) -> bool:
    """Whether a place is inside quotation marks opened in its paragraph."""
    index = sentence.index
    while index > 0 and context.sentences[index - 1].paragraph == sentence.paragraph and sentence.index - index < LOOK_BACK:
        index -= 1
    return len(_QUOTES.findall(context.text, context.sentences[index].start, start)) % 2 == 1


def _near_owner(context: Context, sentence: SentenceSpan) -> Speech | None:
    """The speaker of a quotation that runs over several sentences: named behind it, or before it."""
    following = context.sentences[sentence.index + 1 : sentence.index + 2]
    before = reversed(context.sentences[max(0, sentence.index - LOOK_BACK) : sentence.index])
    for other in (*(s for s in following if s.paragraph == sentence.paragraph), *before):
        found = speakers.speeches(context.words(other))
        if found:
            return found[-1]
    return None


def _known(context: Context, sentence: SentenceSpan, speech: Speech) -> Speaker | None:
    """The speaker that a speech names; for a pronoun or a bare name, by what was said of it before. None when unknown."""
    if speech.role:
        return Speaker(speech.role, speech.name)
    if speech.name is None:
        return _of_pronoun(context, sentence, speech) if speech.who.strip().lower() in _PRONOUNS else None
    surname = speech.name.split()[-1]
    role = _introduced(context, sentence, surname)
    if role is None and _in_title(context, speech.name):
        role = "victim"
    return Speaker(role, speech.name) if role else None


def _of_pronoun(context: Context, sentence: SentenceSpan, speech: Speech) -> Speaker | None:
    """The speaker that a pronoun stands for: one named before it in its sentence, else the last speaker or subject before it."""
    if speech.who.lower() in ("i", "we"):
        return None
    words = context.words(sentence)
    at = words.find(speech.who, max(0, speech.start - INTRODUCTION)) if speech.start else words.lower().rfind(f"{speech.who.lower()} ")
    role = speakers.role_of(words[:at]) if at > 0 else None
    if role:
        return Speaker(role)
    for index in range(sentence.index - 1, max(-1, sentence.index - 1 - LOOK_BACK), -1):
        earlier = context.sentences[index]
        for other in reversed(speakers.speeches(context.words(earlier))):
            if other.role or other.name:
                return _known(context, earlier, other)
        if earlier.passage != "title" and index == sentence.index - 1 and earlier.paragraph == sentence.paragraph:
            role = speakers.role_of(context.words(earlier)[:SUBJECT])
            if role:
                return Speaker(role)
    return None


def _introduced(context: Context, sentence: SentenceSpan, surname: str) -> str | None:
    """The role beside the first mention of a name at or before a sentence."""
    at = context.text.find(surname, 0, sentence.end)
    if at < 0:
        return None
    here = context.sentence_at(at)
    if here is None:
        return None
    around = context.text[max(here.start, at - INTRODUCTION) : min(here.end, at + INTRODUCTION)]
    position = around.find(surname)
    after, before = around[position + len(surname) :], around[:position]
    apposition = re.match(r"[\w ]{0,20}, [^.;\"“”]{3,100}", after)
    return (speakers.role_of(apposition.group()) if apposition else None) or speakers.role_of(" ".join(before.split()[-5:]))


def _in_title(context: Context, name: str) -> bool:
    """Whether the headline names the speaker: reports put the victim there."""
    title = context.document.title or ""
    return any(len(part) > 2 and part in title for part in name.split())
