"""The kinds of sources, in the order in which they are asked; the last accepts what is left."""

from __future__ import annotations

from breachbook.ingest.feed import Feed
from breachbook.ingest.gzip_file import GzipFile
from breachbook.ingest.json_lines import JsonLines
from breachbook.ingest.mail import Mail
from breachbook.ingest.page import Page
from breachbook.ingest.pdf import Pdf
from breachbook.ingest.plain_text import PlainText
from breachbook.ingest.source import Given, Source
from breachbook.ingest.structured import Structured

SOURCES: tuple[Source, ...] = (GzipFile(), Pdf(), Mail(), Feed(), Structured(), JsonLines(), Page(), PlainText())
"""Every kind of source."""


def source_of(given: Given) -> Source:
    """The kind of source that some bytes are."""
    return next(source for source in SOURCES if source.accepts(given))
