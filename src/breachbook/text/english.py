"""A cheap look whether a text is English: by the share of its commonest words."""

from __future__ import annotations

import re

LOOKED_AT = 6000
"""Characters looked at."""
FEWEST_WORDS = 30
"""Below, a text (a name, a listing) is too short to tell, and passes."""
LEAST_SHARE = 0.12
"""Share of the words below that English prose has at least; it has 0.3 to 0.5, other languages have less than 0.08."""

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
_WORD = re.compile(r"[^\W\d_]+")


def is_english(text: str) -> bool:
    """Whether a text may be English; short ones always may."""
    words = _WORD.findall(text[:LOOKED_AT].lower())
    if len(words) < FEWEST_WORDS:
        return True
    return sum(word in _COMMON for word in words) >= LEAST_SHARE * len(words)
