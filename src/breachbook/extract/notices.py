"""Notices: victims' own letters ("we", "your information") and authorities' short accounts ("the covered entity")."""

from __future__ import annotations

import re
from collections import Counter

from breachbook.extract.candidates import Candidate, core_words
from breachbook.extract.context import Context
from breachbook.extract.lexicon import common_words, word_set

FIRST_SENTENCES = 8
UNTITLED_SHARE = 0.2
TITLED_SHARE = 0.35
"""Share of the first sentences that speak in the first person (outside quotations) from which a document is a notice."""
SHORT = 25
"""Sentences of a short account."""
GATE_CHARACTERS = 4_000
"""Characters looked at for what notices say: a letter says early what happened to whose data."""
MOST_WORDS = 250
"""Words that a notice is known by to tell of an incident."""
MENTIONS_LOOKED_AT = 12
REACH = 6
"""Words before a name among which the word for a supplier stands."""

_SPOKEN = re.compile(r"\b(?:[Ww]e|[Oo]ur|covered entity|CE|BA|business associate|OCR)\b")
_ADDRESSED = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Yy]ou|[Yy]ours?|covered entity|CE|BA|business associate|OCR)\b")
_REPORTED = re.compile(r"\b(?:said|says|told|according to|reported(?: that)? by|wrote|tweeted)\b")
"""How reports give their sources; a short text without a headline and without any is a victim's or an authority's own account."""
_QUOTED = re.compile(r"[\"“][^\"“”]{0,400}[\"”]")
_WORD = re.compile(r"[a-z][a-z\-]*[a-z]")
_OWNS = word_set("notices", "owns")
_ACTS = word_set("notices", "acts")
_SUPPLIES = word_set("notices", "supplies")
_TELLS = word_set("notices", "tells")

SIGNS = (
    "your information",
    "your name",
    "your account",
    "your social security",
    "your credit",
    "social security number",
    "customer information",
    "patient information",
    "employee information",
    "client information",
    "student information",
    "payment information",
    "credit card information",
    "debit card information",
    "confidential information",
    "contact information",
    "payroll information",
    "medical record",
    "email account",
    "form w-2",
    "w-2 ",
    "inadvertently",
    "without authorization",
    "malicious code",
    "became aware",
    "suspicious activity",
    "was stolen",
    "were stolen",
    "broken into",
    "writing to inform you",
    "writing to notify you",
)
"""Literal strings, in lower case, of victims' letters that name no attack ("a file with your name was inadvertently sent")."""


def may_be_notice(context: Context) -> bool:
    """Whether a document is a notice that may be about an incident: one without a headline, or one that holds what notices say of
    people's data and of what went wrong (a literal search, so that ordinary news costs no more)."""
    if context.document.title is None:
        return is_notice(context)
    return says_what_notices_say(context.text) and is_notice(context)


def says_what_notices_say(text: str) -> bool:
    """Whether a text holds any words by which victims' letters are known that name no attack: a literal search."""
    lower = text[:GATE_CHARACTERS].lower()
    return any(sign in lower for sign in SIGNS)


def is_notice(context: Context) -> bool:
    """Whether a document is a victim's own notice or an authority's short account; found out once a document."""
    known = context.notes.get("notices")
    if not isinstance(known, bool):
        known = context.notes["notices"] = _is_notice(context)
    return known


def _is_notice(context: Context) -> bool:
    first = [s for s in context.sentences if s.passage != "title"][:FIRST_SENTENCES]
    titled = any(s.passage == "title" for s in context.sentences[:1])
    pattern, share = (_SPOKEN, TITLED_SHARE) if titled else (_ADDRESSED, UNTITLED_SHARE)
    if not titled and len(context.sentences) <= SHORT and not any(_REPORTED.search(context.words(s)) for s in context.sentences):
        return bool(first)
    spoken = sum(pattern.search(_QUOTED.sub(" ", context.words(s))) is not None for s in first)
    return bool(first) and spoken >= share * len(first)


def incident_features(context: Context) -> list[str]:
    """What a notice says, as feature names: its first words, each once; a judge tells by them whether it is about an incident."""
    start = next((s.start for s in context.sentences if s.passage != "title"), 0)
    words = _WORD.findall(context.text[start : start + GATE_CHARACTERS].lower())[:MOST_WORDS]
    return [f"w:{word}" for word in dict.fromkeys(words)]


def sender_features(candidate: Candidate) -> list[str]:
    """Signs that a name is that of the sender of a notice (it acts, and has customers), or of another (it supplies, or told of it)."""
    mentions = candidate.mentions[:MENTIONS_LOOKED_AT]
    seen: Counter[str] = Counter()
    for chunk in mentions:
        before = {t.lower for t in chunk.tokens[max(0, chunk.first - REACH) : chunk.first]}
        seen["owns"] += chunk.after() in _OWNS or (chunk.before() == "of" and chunk.before(2) in _OWNS)
        seen["acts"] += chunk.after() in _ACTS
        seen["defined"] += chunk.after() == "("
        seen["supplies"] += bool(before & _SUPPLIES)
        seen["told"] += chunk.before() in ("by", "from") and bool(before & _TELLS)
        seen["ours"] += chunk.before() in ("our", "your")
        seen["begins"] += chunk.first == 0
    found = [f"notice-{sign}={min(count, 2)}" for sign, count in seen.items()]
    found.append(f"notice-only-begins={seen['begins'] == len(mentions)}")
    found.append(f"notice-common={all(w in common_words() for w in core_words(candidate.name))}")
    legal = any(len(core_words(c.name)) < len(c.name.split()) for c in candidate.forms())
    found.append(f"notice-legal={legal}")
    return found
