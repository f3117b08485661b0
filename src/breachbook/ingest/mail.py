"""Mails: `.eml` files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from breachbook.errors import IngestError
from breachbook.ingest.clean import clean_text, one_line
from breachbook.ingest.dates import tolerated, written_date
from breachbook.ingest.decode import decode
from breachbook.ingest.guard import PARSER_FAILURES
from breachbook.ingest.markup import fragment_text
from breachbook.ingest.source import Draft, Found, Given
from breachbook.model.document import Refusal

MOST_ATTACHMENTS = 50
"""Attachments of a mail that are looked at."""
MOST_PARTS = 500
"""Parts of a mail that are looked at; a mail with pictures has a dozen."""

_NAMES = (
    rb"from|to|cc|subject|date|message-id|received|return-path|mime-version|content-type|content-transfer-encoding|reply-to|delivered-to|sender"
    rb"|dkim-signature|x-[a-z0-9-]{1,40}|arc-[a-z-]{1,40}|authentication-results|received-spf|list-[a-z-]{1,20}|importance|thread-[a-z]{1,10}|in-reply-to|references"
)
_HEAD = re.compile(rb"(?:from [^\r\n]{1,200}\r?\n)?(" + _NAMES + rb"):[^\r\n]{0,2000}\r?\n", re.IGNORECASE)
_OF_MAIL = re.compile(
    rb"^(?:received|return-path|message-id|mime-version|delivered-to):|^(?:from):[^\r\n]{0,500}@", re.IGNORECASE | re.MULTILINE
)
_READ_TYPES = ("application/pdf", "text/html", "text/plain", "message/rfc822")


class Mail:
    """Accepts mails as RFC 5322 and MIME have them (`.eml`). Subject, date, sender and the plain body (else the HTML body) become
    a document; attached PDFs, pages, texts and mails become documents of their own, with the mail's date where they have none.
    Other attachments are refused (`unsupported`), pictures within the text are passed over. Nothing in it is run, and nothing
    it points to is fetched. A mail that cannot be taken apart is refused (`bad_mail`).
    """

    name = "mail"

    def accepts(self, given: Given) -> bool:
        """By its first line, which is a head of a mail, and by heads that only mails have; or by its name."""
        head = given.head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if given.suffix == ".eml" or given.media_type == "message/rfc822":
            return not head.startswith((b"%PDF-", b"<"))
        return _HEAD.match(head) is not None and _OF_MAIL.search(head[:8192]) is not None

    def read(self, given: Given) -> Iterator[Found | Refusal | Given]:
        """The mail, then its attachments."""
        raw = given.data()
        message = _parsed(raw)
        published = _date(message, given.today) or given.published
        parts = _parts(message)
        body = _body(parts)
        if body is not None or message["subject"]:
            yield Found(_draft(message, body or "", published), raw)
        attached = [part for part in parts if _is_attached(part)]
        if body is None and not attached and not message["subject"]:
            raise IngestError("no_text", "it has neither a subject nor a body; it may be cut off")
        for number, part in enumerate(attached[:MOST_ATTACHMENTS], 1):
            yield from _attachment(given, part, number, published)
        if len(attached) > MOST_ATTACHMENTS:
            yield Refusal(given.origin, "cut_short", f"only its first {MOST_ATTACHMENTS} attachments of {len(attached)} were looked at")


def _parsed(raw: bytes) -> Message:
    try:
        message = message_from_bytes(raw)
    except PARSER_FAILURES as error:
        raise IngestError("bad_mail", f"it cannot be taken apart ({type(error).__name__}); save it again from the mail program") from None
    if not message.keys():
        raise IngestError("bad_mail", "it has no head lines; save it again from the mail program")
    return message


def _parts(message: Message) -> list[Message]:
    """The parts that hold no others, in order; an attached mail is one part."""
    found: list[Message] = []
    waiting = [message]
    while waiting and len(found) < MOST_PARTS:
        part = waiting.pop(0)
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            waiting = [p for p in part.get_payload() if isinstance(p, Message)][:MOST_PARTS] + waiting
        else:
            found.append(part)
    return found


def _is_attached(part: Message) -> bool:
    """Whether a part is a thing of its own, and not the body or a picture in it."""
    kind = part.get_content_type()
    try:
        disposition, name = part.get_content_disposition(), part.get_filename()
    except PARSER_FAILURES:
        disposition, name = None, None
    return (
        disposition == "attachment"
        or (name is not None and part.get_content_maintype() != "image")
        or kind in ("application/pdf", "message/rfc822")
    )


def _body(parts: list[Message]) -> str | None:
    """The first plain text part with words in it, else the first HTML part, as text."""
    for wanted in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == wanted and not _is_attached(part):
                text = decode(_payload(part), part.get_content_charset()) if _payload(part) else ""
                text = clean_text(fragment_text(text) if wanted == "text/html" else text)
                if text:
                    return text
    return None


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except PARSER_FAILURES:
        return b""
    return payload if isinstance(payload, bytes) else b""


def _draft(message: Message, body: str, published: str | None) -> Draft:
    name, address = parseaddr(_head(message, "from")[:1000])
    host = address.rpartition("@")[2] or None
    return Draft(
        kind="mail", body=body, title=_head(message, "subject") or None, published=published, publisher=name or host,
        author=name or address or None, external_id=_head(message, "message-id").strip(" <>") or None, host=host,
    )  # fmt: skip


def _head(message: Message, name: str) -> str:
    """The value of a head line; a broken one as it is written."""
    value = next((value for key, value in message.items() if key.lower() == name), "")
    try:
        return str(make_header(decode_header(value)))
    except (*PARSER_FAILURES, MessageError):
        return str(value)


def _date(message: Message, today: str) -> str | None:
    """When a mail was sent. The library is asked only about forms that are not ours: it reads the year 0000 as 2000."""
    written = one_line(_head(message, "date"))
    if written is None or written_date(written) is not None:
        return tolerated(written, today)
    try:
        return tolerated(parsedate_to_datetime(written).date().isoformat(), today)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _attachment(given: Given, part: Message, number: int, published: str | None) -> Iterator[Refusal | Given]:
    """An attachment as something to read, or why it is not."""
    try:
        name = one_line(part.get_filename(), 100) or ""
    except PARSER_FAILURES:
        name = ""
    place = name or f"attachment {number}"
    kind = part.get_content_type()
    inside = part.get_payload() if kind == "message/rfc822" else None
    try:
        data = inside[0].as_bytes() if isinstance(inside, list) and inside and isinstance(inside[0], Message) else _payload(part)
    except PARSER_FAILURES:
        data = b""
    if not data:
        yield Refusal(f"{given.origin}#{place}", "empty", "the attachment has no bytes, or they are not coded as it says")
    else:
        yield given.inner(place, data, name=name, media_type=kind if kind in _READ_TYPES else None, published=published)
