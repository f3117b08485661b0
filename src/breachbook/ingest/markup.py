"""Markup to plain text without cost: checks on raw HTML before it is parsed, and the text of its blocks after."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from breachbook.errors import IngestError
from breachbook.vocab.data_files import word_list

DEEPEST = 200
"""Elements within elements. Pages people read have 20 to 60; parsers and extractors recurse, some in C."""
MOST_ELEMENTS = 300_000
"""Elements of a page that is parsed at all (about five seconds); the largest single-page manuals stay below."""
MOST_CHARACTERS = 5_000_000
"""Characters of text taken from a page; the longest court filing or thread is below it."""

_FLAT = frozenset(name.encode() for name in word_list("ingest_flat_elements.txt"))
_RAW = frozenset((b"script", b"style", b"textarea", b"title", b"xmp", b"noembed", b"noframes"))
_TAG = re.compile(rb"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>|<!--")
_LINES = frozenset(word_list("ingest_block_elements.txt"))
_SILENT = frozenset(word_list("ingest_silent_elements.txt"))
_FURNITURE = _SILENT | frozenset(("nav", "footer", "aside", "form", "header", "menu", "dialog"))


def elements(html: bytes) -> int:
    """How many elements and comments a page opens at most."""
    return html.count(b"<") - html.count(b"</")


def check_depth(html: bytes) -> None:
    """Counts how deep elements nest, without parsing.

    Raises:
        IngestError: deeper than `DEEPEST`.
    """
    if elements(html) <= DEEPEST:
        return
    depth = position = closed = 0
    comments_close = True
    while (tag := _TAG.search(html, position)) is not None:
        position, name = tag.end(), (tag[2] or b"").lower()
        if name in _RAW and not tag[1]:
            closed = html.find(b"</" + tag[2], position)
            position = closed if closed >= 0 else len(html)
        elif not name:
            # A comment that is never closed is looked for once only; what stands in it counts.
            comments_close = comments_close and (closed := html.find(b"-->", position)) >= 0
            position = closed if comments_close else position
        elif name not in _FLAT and not tag[0].endswith(b"/>"):
            depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEEPEST:
            raise IngestError("too_deep", f"its elements nest more than {DEEPEST} deep; save its text as plain text")


def parse(html: str) -> HtmlElement:
    """The tree of a page or a piece of one.

    Raises:
        IngestError: nested too deeply, too many elements, or nothing that a parser can hold on to.
    """
    data = html.encode("utf-8", "replace")
    if elements(data) > MOST_ELEMENTS:
        raise IngestError("too_complex", f"it has more than {MOST_ELEMENTS:,} elements; save its text as plain text")
    check_depth(data)
    try:
        return document_fromstring(data, parser=HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise IngestError("no_text", f"no page could be made of it ({type(error).__name__})") from None


def block_text(root: HtmlElement, *, furniture: bool = True) -> str:
    """The text below an element, a blank line between blocks; with `furniture` False without menus, headers and footers."""
    skipped = _SILENT if furniture else _FURNITURE
    pieces: list[str] = []
    size = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            piece = ("\n" if name in _LINES else "") + (element.text or "")
            if name in skipped and element is not root:
                walk.skip_subtree()
                piece = ""
        else:
            piece = ("\n" if name in _LINES else "") + ((element.tail or "") if element is not root else "")
        size += len(piece)
        if size > MOST_CHARACTERS:
            break
        pieces.append(piece.replace("\n", " ") if not piece.startswith("\n") else "\n" + piece[1:].replace("\n", " "))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n\n".join(line for line in lines if line)


def fragment_text(html: str) -> str:
    """The text of a piece of HTML, such as a feed's summary; the piece itself when it has no markup.

    Raises:
        IngestError: nested too deeply.
    """
    if not html.strip() or ("<" not in html and "&" not in html):
        return html
    return block_text(parse(f"<div>{html}</div>"))
