"""A victim that is not named but described as a single organisation ("an engineering firm in East Dorset")."""

from __future__ import annotations

import re
from functools import cache

from breachbook.extract.context import Context, Finding
from breachbook.extract.lexicon import sector_words
from breachbook.extract.story import Mention, Organisation

LEAD_SENTENCES = 6
_HIT = re.compile(
    r"\b(?:hack|breach|attack|ransom|stole|stolen|infect|phish|scam|dup|defraud|hit|compromis|leak|blackmail|victim|target|encrypt|locked)",
    re.IGNORECASE,
)
_PLACE = r"(?:\s(?:based\s)?(?:in|from|near)\s(?:the\s)?(?:[A-Z][\w’'-]{1,20}[ ]?){1,3}(?<! ))?"


@cache
def _pattern() -> re.Pattern[str]:
    kinds = sorted((k for k in sector_words("kind") if not k.endswith(("officials", "taxpayers", "employees"))), key=lambda k: -len(k))
    return re.compile(rf"\b(?:[Aa]n?|[Oo]ne)\s((?:[\w’'-]{{2,18}}\s){{0,4}}?({'|'.join(map(re.escape, kinds))})\b{_PLACE})")


def described(context: Context) -> Organisation | None:
    """The first single organisation that is described in a sentence on an attack near the start of the report."""
    for sentence in context.sentences[:LEAD_SENTENCES]:
        words = context.words(sentence)
        if not _HIT.search(words):
            continue
        match = _pattern().search(words)
        if match and " " in match.group(1):
            start = sentence.start + match.start(1)
            end = sentence.start + match.end(1)
            name = " ".join(context.text[start:end].split())
            made = Organisation(name, start, end, mentions=(Mention(start, end, name),))
            sectors = sector_words("kind").get(match.group(2).lower(), ())
            made.facts += [Finding("sector", sector, start, end, "stated") for sector in sectors[:1]]
            return made
    return None
