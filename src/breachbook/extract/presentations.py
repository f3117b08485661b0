"""Pages that present an organisation: whether a text about no incident may be one, told cheaply by its opening."""

from __future__ import annotations

import re

from breachbook.extract.descriptions import defines
from breachbook.model.document import Document

OPENING = 700
"""Characters in which a page that presents an organisation says what it is."""
KINDS = ("page", "pdf", "text")
"""Kinds of document that may present an organisation other than the one that publishes them."""

_WORD = re.compile(r"\w[\w.&’'-]{0,30}(?<!\.)")
_NAMED = re.compile(r"[A-Z0-9][\w.&’'-]{0,30}(?<!\.)")
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "this", "that", "these", "those", "there", "here", "who", "what", "which"})

LOWER_CASE, FEWEST_LOWER = 0.4, 4
"""Share, and number, of a heading's words in lower case from which it is a sentence, as news has it, and no name."""


def _is_sentence(heading: str) -> bool:
    words = [word for word in heading.split() if word[0].isalpha()]
    return sum(map(str.islower, words)) >= max(FEWEST_LOWER, LOWER_CASE * len(words))


def may_present(document: Document) -> bool:
    """Whether a document may present the organisation that its heading or publisher names: one that a sentence of its
    opening defines (news tells in passing who its people are: "Acme, the maker of parts, said")."""
    if document.publisher_role in ("victim", "supplier"):
        return True
    if document.kind not in KINDS or _is_sentence(document.title or ""):
        return False
    heading = " ".join(filter(None, (document.title, document.publisher))).lower()
    named = {word.removesuffix("'s").removesuffix("’s") for word in _WORD.findall(heading)} - _PRONOUNS
    opening = document.text[:OPENING]
    return any(
        word[0].lower().removesuffix("'s").removesuffix("’s") in named and defines(opening, word.end(), len(opening))
        for word in _NAMED.finditer(opening)
    )
