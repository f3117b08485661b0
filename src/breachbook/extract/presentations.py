"""Pages that present an organisation: whether a text about no incident may be one, told cheaply by its opening."""

from __future__ import annotations

import re

from breachbook.model.document import Document

OPENING = 700
"""Characters in which a page that presents an organisation says what it is."""
KINDS = ("page", "pdf", "text")
"""Kinds of document that may present an organisation other than the one that publishes them."""

_DEFINES = re.compile(
    r"([A-Z][\w.&’'-]{0,30})(?:\s?\([^()\n]{1,40}\))?(?:"
    r",?\s(?:is|are|was founded as)\s(?:an?|the|one of|part of|among|Canada’s|America’s|Britain’s)\s|"
    r",\s(?:an?|the|one of)\s|"
    r"\s(?:(?:which|that)\s)?(?:operates|provides|offers|serves|manufactures|makes|produces|runs|speciali[sz]es in|supplies|designs|"
    r"employs|delivers|owns)\s)"
)
_WORD = re.compile(r"\w[\w.&’'-]{0,30}(?<!\.)")
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "this", "that", "these", "those", "there", "here", "who", "what", "which"})


def may_present(document: Document) -> bool:
    """Whether a document may present the organisation that its heading or publisher names: one that is defined in its opening."""
    if document.publisher_role in ("victim", "supplier"):
        return True
    heading = " ".join(filter(None, (document.title, document.publisher))).lower()
    if document.kind not in KINDS or not heading:
        return False
    named = {word.removesuffix("'s").removesuffix("’s") for word in _WORD.findall(heading)} - _PRONOUNS
    opening = _DEFINES.finditer(document.text, 0, OPENING)
    return any(found[1].lower().removesuffix("'s").removesuffix("’s").rstrip(".") in named for found in opening)
