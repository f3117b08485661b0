"""RSS and Atom feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import feedparser

from breachbook.errors import IngestError
from breachbook.ingest.assemble import kept_url
from breachbook.ingest.dates import tolerated
from breachbook.ingest.guard import PARSER_FAILURES
from breachbook.ingest.markup import fragment_text
from breachbook.ingest.source import Draft, Found, Given
from breachbook.model.document import Refusal
from breachbook.text.domains import registered

MOST_ITEMS = 10_000
"""Items that are taken of a feed: a site's feed has 10 to 100, an archive's a few thousand."""
MOST_TAGS = 600_000
"""Tags up to which a feed is parsed (about a minute, where it is damaged)."""

_ROOT = re.compile(rb"<(?:rss|rdf:RDF|(?:[a-z0-9]{1,10}:)?feed)[\s>]", re.IGNORECASE)
_BEFORE_ROOT = re.compile(
    rb"\s*(?:<\?[^>]{0,500}\?>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^\[>]{0,300}(?:\[.{0,20000}?\]\s*)?>\s*){0,20}", re.DOTALL | re.IGNORECASE
)
_ITEM_END = re.compile(rb"</(?:[A-Za-z0-9]{1,10}:)?(?:item|entry)\s*>")
_ITEM = re.compile(rb"<(?:[A-Za-z0-9]{1,10}:)?(?:item|entry)[\s>]")


class Feed:
    """Accepts RSS (0.9 to 2.0, RDF) and Atom, also damaged ones as far as they can be read. Every item is a document: title,
    text, date, link and id are the item's, the publisher is the feed's. Links are kept, not followed. An item without words
    is refused (`no_text`).

    Of a feed with more than 10,000 items, or one that never ended, the items that came are taken, and `endless_feed` says so.
    What has no items and is no feed either is refused (`bad_feed`). Entities that a document type declares are not expanded,
    nothing is fetched.
    """

    name = "feed"

    def accepts(self, given: Given) -> bool:
        """By its root element."""
        head = given.head.removeprefix(b"\xef\xbb\xbf")
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
        before = _BEFORE_ROOT.match(head)
        return _ROOT.match(head, before.end() if before else 0) is not None

    def read(self, given: Given) -> Iterator[Found | Refusal | Given]:
        """One document an item."""
        data, cut = given.data_or_part()
        whole, ended = _ended(data, cut is not None)
        if whole.count(b"<") > MOST_TAGS:
            raise IngestError("too_complex", f"it has more than {MOST_TAGS:,} tags; divide it")
        parsed = _parsed(whole)
        if not parsed.entries and not parsed.get("version"):
            raise IngestError("bad_feed", "no feed could be made of it; it may be cut off")
        if not parsed.entries:
            raise IngestError("no_text", "the feed has no items")
        pieces = _pieces(whole, len(parsed.entries))
        for number, entry in enumerate(parsed.entries):
            yield from _item(entry, parsed.feed, pieces[number] if pieces else whole, number + 1, given)
        if not ended:
            yield Refusal(given.origin, "endless_feed", f"{len(parsed.entries):,} items were taken; the feed went on")


def _ended(data: bytes, cut: bool) -> tuple[bytes, bool]:
    """The feed up to its last whole item within the limits, closed again; and whether that is all of it."""
    last = 0
    for number, end in enumerate(_ITEM_END.finditer(data), 1):
        if number > MOST_ITEMS:
            cut = True
            break
        last = end.end()
    if not cut or not last:
        return data, not cut
    closing = b"</feed>" if data.rfind(b"entry", 0, last) > data.rfind(b"item", 0, last) else b"</channel></rss>"
    return data[:last] + closing, False


def _parsed(data: bytes) -> Any:
    try:
        return feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except PARSER_FAILURES as error:
        raise IngestError("bad_feed", f"it cannot be taken apart ({type(error).__name__})") from None


def _pieces(data: bytes, count: int) -> list[bytes]:
    """Each item's own bytes, where they can be told apart; else nothing."""
    starts = [found.start() for found in _ITEM.finditer(data)]
    ends = [found.end() for found in _ITEM_END.finditer(data)]
    if len(starts) != count or len(ends) != count or any(start >= end for start, end in zip(starts, ends, strict=True)):
        return []
    return [data[start:end] for start, end in zip(starts, ends, strict=True)]


def _item(entry: Any, feed: Any, raw: bytes, number: int, given: Given) -> Iterator[Found | Refusal]:
    """The document of an item, or why it has none."""
    place = f"item {number}"
    try:
        title = _plain(entry.get("title_detail"), entry.get("title"))
        texts = [_plain(part, part.get("value")) for part in (entry.get("content") or [])]
        texts.append(_plain(entry.get("summary_detail"), entry.get("summary")))
        body = max(texts, key=len)
    except IngestError as error:
        yield Refusal(f"{given.origin}:{place}", error.code, error.reason)
        return
    if not title.strip() and not body.strip():
        yield Refusal(f"{given.origin}:{place}", "no_text", "the item has neither a title nor a text")
        return
    link = kept_url(_text(entry.get("link")))
    source = entry.get("source")
    publisher = (_text(source.get("title")) if isinstance(source, dict) else None) or _text(feed.get("title"))
    # A feed that was fetched speaks for its own site only.
    host = link if given.url is None or (link and registered(link) == registered(given.url)) else given.url
    yield Found(
        Draft(
            kind="feed_item", body=body, title=title or None, published=_date(entry, given.today), url=link, publisher=publisher,
            author=_text(entry.get("author")), external_id=_text(entry.get("id")) or link, host=host,
        ),
        raw,
        place,
    )  # fmt: skip


def _plain(detail: Any, value: Any) -> str:
    """A text of an item without its markup."""
    text = _text(value) or ""
    kind = _text((detail or {}).get("type")) or ""
    return text if kind == "text/plain" and "</" not in text else fragment_text(text)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _date(entry: Any, today: str) -> str | None:
    """When an item was published, else updated. (`dict.get`, because feedparser's own answers one of these for another.)"""
    for name in ("published", "updated", "created"):
        parsed = dict.get(entry, f"{name}_parsed")
        if parsed is not None:
            return tolerated(f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}", today)
        if _text(dict.get(entry, name)):
            return tolerated(dict.get(entry, name), today)
    return None
