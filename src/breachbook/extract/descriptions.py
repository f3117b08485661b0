"""What an organisation is or does: the sentences that define it, quoted as they stand, and its domain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from breachbook.extract.candidates import Candidate, core_words
from breachbook.extract.context import Context, Finding
from breachbook.extract.mentions import is_domain
from breachbook.text.domains import registered
from breachbook.text.names import parse

MOST_DESCRIPTIONS = 3
LONGEST_DESCRIPTION = 420
MENTIONS_LOOKED_AT = 15
SHORTEST_LABEL = 3

_VERB = re.compile(
    r"\s?(?:\([^)]{1,40}\)\s?)?,?\s?(?:is|are|was founded as)\s(?:a|an|the|one of|part of|among|Canada’s|America’s|Britain’s)\s|"
    r"\s?(?:\([^)]{1,40}\)\s?)?(?:(?:which|that)\s)?(?:operates|provides|offers|serves|manufactures|makes|"
    r"produces|runs|specialises in|specializes in|supplies|designs|employs|delivers|owns)\s"
)
_APPOSITION = re.compile(
    r"\s?(?:\([^)]{1,40}\)\s?)?,\s(?:(?:a|an|the)\s|one of\s)(?=[^,.;]{0,80}\b(?:provider|maker|company|firm|"
    r"bank|hospital|university|college|school|operator|manufacturer|retailer|"
    r"organi[sz]ation|agency|municipality|government|authority|service|network|chain|group|charity|association|"
    r"supplier|developer|publisher|utility|district|"
    r"city|county|town|site|website|app|platform|airline|insurer|lender|clinic|practice|contractor|body|region|"
    r"council|non-?profit|subsidiary|business|startup|giant)\b)([^.;]{5,200}?)(?=[,.;]\s|[.;]?$)"
)
_NOT_WHAT_IT_IS = re.compile(
    r"\b(?:victim|hacked|breach|attack|investigat|aware|ransom|compromis|working|warn|affected|latest|incident|"
    r"urging|asking|notif|alleg|said|says|target|sorry|committed|"
    r"no evidence|credit monitoring|offering|identity|hotline|call cent)", re.IGNORECASE
)  # fmt: skip


def defines(text: str, at: int, end: int) -> bool:
    """Whether what stands at a place, behind a name, says in a sentence of its own what that is or does ("is a maker of", "operates")."""
    return _VERB.match(text, at, end) is not None


def descriptions(candidate: Candidate, context: Context) -> Iterator[Finding]:
    """Sentences, or parts of them, that define the organisation."""
    given = 0
    for chunk in candidate.mentions[:MENTIONS_LOOKED_AT]:
        sentence = chunk.sentence
        if sentence.passage == "title" or given >= MOST_DESCRIPTIONS:
            continue
        start, end = sentence.start, sentence.end
        if chunk.first <= 1 and _VERB.match(context.text, chunk.end, sentence.end):
            start = sentence.start
        else:
            apposition = _APPOSITION.match(context.text, chunk.end, sentence.end)
            if apposition is None:
                continue
            start, end = chunk.start, apposition.end(1)
        words = context.text[start:end]
        if len(words) <= LONGEST_DESCRIPTION and not _NOT_WHAT_IT_IS.search(words):
            given += 1
            yield Finding("description", " ".join(words.split()), start, end)


def domains(candidate: Candidate, context: Context, domain_spans: list[tuple[int, int]]) -> Iterator[Finding]:
    """Domains in the text that are the organisation's own by their label; `domain_spans` are all domains of the text."""
    forms = {"".join(core_words(c.name)) for c in candidate.forms() if not is_domain(c.name)}
    cores = {"".join(parse(c.name).core) for c in candidate.forms() if domain_spans and not is_domain(c.name)}
    named = {c.name.lower() for c in candidate.forms() if is_domain(c.name)}
    for start, end in domain_spans:
        written = context.text[start:end].lower().removeprefix("www.")
        label = written.split(".")[0] if written.count(".") == 1 else _label(written)
        if not named and label not in cores and not any(_fits(label, form) for form in forms):
            continue
        if named and written not in named:
            continue
        yield Finding("domain", written, start, end, "stated")
        return


def _label(domain: str) -> str:
    whole = registered(domain)
    return (whole or domain).split(".")[0]


def _fits(label: str, form: str) -> bool:
    plain = re.sub(r"[^a-z0-9]", "", label)
    if len(plain) < SHORTEST_LABEL or len(form) < SHORTEST_LABEL:
        return False
    return (
        plain == form
        or (len(form) > SHORTEST_LABEL and plain.startswith(form))
        or (len(plain) > SHORTEST_LABEL + 1 and form.startswith(plain))
    )
