"""A cheap look whether a text is English: by the share of its commonest words."""

from __future__ import annotations

import re

from breachbook.text.plain_words import plain_words

LOOKED_AT = (1500, 6000)
"""Characters looked at, first and where these leave doubt."""
FEWEST_WORDS = 30
"""Below, a text (a name, a listing) is too short to tell, and passes."""
LEAST_SHARE = 0.12
"""Share of the words below that English prose has at least; it has 0.3 to 0.5, other languages have less than 0.08."""
SURE_SHARE = 0.24
"""Share in the beginning that leaves no doubt: twice the least."""

_COMMON = frozenset(
    [
        *(
            "the",
            "of",
            "and",
            "to",
            "a",
            "in",
            "that",
            "is",
            "was",
            "for",
            "on",
            "with",
            "as",
            "by",
            "at",
            "from",
            "it",
            "its",
            "this",
            "which",
        ),
        *(
            "are",
            "were",
            "be",
            "been",
            "has",
            "have",
            "had",
            "not",
            "but",
            "or",
            "an",
            "their",
            "they",
            "we",
            "our",
            "said",
            "will",
            "who",
            "any",
        ),
    ]
)
_COMMON_PLAIN = frozenset(word.encode() for word in _COMMON)
_WORD = re.compile(r"[^\W\d_]+")


def is_english(text: str) -> bool:
    """Whether a text may be English; short ones always may."""
    beginning, whole = LOOKED_AT
    plain = plain_words(text[:beginning])
    if sum(map(_COMMON_PLAIN.__contains__, plain)) >= SURE_SHARE * max(FEWEST_WORDS, len(plain)):
        return True
    words = _WORD.findall(text[:whole].lower())
    return len(words) < FEWEST_WORDS or sum(map(_COMMON.__contains__, words)) >= LEAST_SHARE * len(words)
