"""Web pages: HTML files and fetched pages."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from breachbook.errors import IngestError
from breachbook.ingest import decode, markup
from breachbook.ingest.assemble import kept_url
from breachbook.ingest.dates import tolerated
from breachbook.ingest.guard import PARSER_FAILURES
from breachbook.ingest.incident_words import may_be_incident
from breachbook.ingest.source import Draft, Found, Given
from breachbook.model.document import Refusal
from breachbook.text.domains import registered

MOST_ELEMENTS = 3000
"""Elements up to which trafilatura reads a page in full; on hostile pages its time grows with their square (1.2 s at 3,000)."""
MOST_ELEMENTS_FAST = 6000
"""Elements up to which it reads in its fast mode; above, the text is taken block by block, in linear time."""
FEWEST_CHARACTERS = 60
"""Below this much text, what trafilatura took for the article is held against all blocks of the page."""

_SHAPE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,3}<(?:!doctype\s+html|[a-z][a-z0-9]{0,9}[\s/>])", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(rb"\s*<\?xml", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([a-zA-Z0-9_.:-]{2,40})", re.IGNORECASE)
_SITE_NAMES = ("og:site_name", "application-name", "twitter:site")

for _noisy in ("trafilatura", "htmldate", "courlan"):
    # They report every page they find odd; what became of a page is said by its refusal here.
    logging.getLogger(_noisy).addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a page."""

    text: str
    title: str | None = None
    author: str | None = None
    date: str | None = None
    site: str | None = None
    url: str | None = None


class Page:
    """Accepts HTML in any usual encoding, whole or cut off, with or without `<html>`. Refuses pages nested deeper than
    200 elements (`too_deep`) and pages without any words (`no_text`). Scripts are dropped, not run; links are not followed.

    Text, title, date, author, site name and canonical URL are trafilatura's. A page without incident vocabulary, or one too large for it,
    has its text taken block by block instead. A date that cannot be one is left out. A page fetched from one site that calls
    another its canonical place keeps the address it was fetched from.
    """

    name = "page"

    def accepts(self, given: Given) -> bool:
        """By its first tag, its media type or its file name."""
        head = _plain_head(given.head)
        if given.suffix in (".html", ".htm", ".xhtml") or (given.media_type or "").partition(";")[0].strip() in (
            "text/html",
            "application/xhtml+xml",
        ):
            return b"<" in head
        if _XML.match(head):
            return _HTML.search(head) is not None
        return _SHAPE.match(head) is not None

    def read(self, given: Given) -> Iterator[Found | Refusal | Given]:
        """One document."""
        raw = given.data()
        read = read_page(raw)
        own = kept_url(read.url)
        if given.url is not None and (own is None or registered(own) != registered(given.url)):
            own = given.url
        yield Found(
            Draft(
                kind="page", body=read.text, title=read.title, published=tolerated(read.date, given.today) or given.published, url=own,
                publisher=read.site or _host(own), author=read.author, host=given.url,
            ),
            raw,
        )  # fmt: skip


def read_page(raw: bytes) -> _Read:
    """What a page says.

    Raises:
        IngestError: it is binary, of no known encoding, nested too deeply, or has no words.
    """
    charset = _CHARSET.search(raw[:4096])
    html = decode.decode(raw, charset[1].decode("ascii") if charset else None)
    data = html.encode("utf-8", "replace")
    tree = markup.parse(html)
    count = markup.elements(data)
    if count > MOST_ELEMENTS_FAST or not may_be_incident(data):
        return _cheap(tree)
    return _thorough(tree, fast=count > MOST_ELEMENTS)


def _thorough(tree: HtmlElement, *, fast: bool) -> _Read:
    """By trafilatura; where it finds no article, or fails, by blocks."""
    try:
        page = bare_extraction(
            copy.deepcopy(tree), fast=fast, with_metadata=True, include_comments=False,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )  # fmt: skip
    except PARSER_FAILURES:
        return _cheap(tree)
    if page is None or isinstance(page, dict):
        return _cheap(tree)
    text = (page.text or "").replace("\n", "\n\n")
    if len(text) < FEWEST_CHARACTERS:
        text = max(text, _cheap(tree).text, key=len)
    return _Read(text, page.title, page.author, page.date, page.sitename, page.url)


def _cheap(tree: HtmlElement) -> _Read:
    """By blocks: the article or main part where the page marks one, else the body, without its furniture."""
    main = next((part for name in ("article", "main", "body") if (part := next(tree.iter(name), None)) is not None), tree)
    text = markup.block_text(main, furniture=False) or markup.block_text(tree)
    title = _meta(tree, ("og:title",)) or next((" ".join(t.text_content().split()) for t in tree.iter("title", "h1")), None)
    if not text and not title:
        raise IngestError("no_text", "the page has no words; if a script writes them, save the page from a browser")
    date = _meta(tree, ("article:published_time", "datePublished", "date", "dc.date", "dc.date.issued", "dcterms.issued", "pubdate"))
    canonical = next((link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"), None)
    return _Read(text, title, _meta(tree, ("author", "article:author")), date, _meta(tree, _SITE_NAMES), canonical)


def _meta(tree: HtmlElement, names: tuple[str, ...]) -> str | None:
    """The content of the first `meta` element of any of these names."""
    wanted = {name.lower() for name in names}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if name.lower() in wanted and meta.get("content"):
            return str(meta.get("content"))
    return None


def _plain_head(head: bytes) -> bytes:
    """The head in ASCII's encoding, so that tags can be seen in it."""
    for mark, encoding in decode.MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "ignore").encode("utf-8", "ignore")
    return head


def _host(url: str | None) -> str | None:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None if url else None
    except ValueError:
        return None
