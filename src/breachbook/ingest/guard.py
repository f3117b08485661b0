"""What other people's parsers raise on hostile input, named once."""

from __future__ import annotations

from lxml import etree

PARSER_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    NotImplementedError,
    TypeError,
    ValueError,
    etree.LxmlError,
)
"""Errors by which a parser of pages, feeds or mails fails on a document that it was not written for. Each is caught around
one call of a library, never around code of ours, and ends as a refusal or in a simpler way to read. Not among them:
`MemoryError`, `OSError`, and whatever else is not the document's fault."""
