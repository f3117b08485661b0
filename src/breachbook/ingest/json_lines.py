"""JSON Lines of documents, and JSON files of the same objects; the format is `docs/json-lines.md`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, BinaryIO

from breachbook.errors import IngestError
from breachbook.ingest.dates import required
from breachbook.ingest.plain_text import check_role
from breachbook.ingest.source import Draft, Found, Given
from breachbook.model.document import KINDS, Refusal
from breachbook.model.ids import digest

KEYS = ("id", "title", "date", "url", "publisher", "author", "text", "role", "kind")
"""The keys of an object; others are passed over."""
LINE_SUFFIXES = (".jsonl", ".ndjson", ".jsonlines")
"""What names of files of lines end in."""
_BLANK = b" \t\r\n"
_UTF8_MARK = b"\xef\xbb\xbf"


class JsonLines:
    """Accepts files of one JSON object a line (`.jsonl`, `.ndjson`, or known by their first lines), of any length, and JSON files that
    hold one such object or a list of them. A line that is no object of the form is refused with its number (`bad_json`, `bad_date`,
    `bad_role`, `bad_encoding`, `too_large`, `no_text`), and the lines after it go on.

    Also accepted are objects with `content` and an `info` of `title`, `date` and `link`, as annotated corpora have them.
    """

    name = "json_lines"

    def accepts(self, given: Given) -> bool:
        """By its name, or by an object or a list of objects at its start."""
        head = given.head.removeprefix(_UTF8_MARK).lstrip(_BLANK)
        if given.suffix in (*LINE_SUFFIXES, ".json"):
            return not head.startswith((b"%PDF-", b"\xff\xfe", b"\xfe\xff"))
        return (head.startswith(b"{") and _first_key(head[1:])) or (head.startswith(b"[") and head[1:].lstrip(_BLANK).startswith(b"{"))

    def read(self, given: Given) -> Iterator[Found | Refusal | Given]:
        """One document an object."""
        if given.suffix in LINE_SUFFIXES or _has_lines(given.head):
            yield from _lines(given)
            return
        data = given.data()
        value = _loaded(data)
        many = isinstance(value, list)
        for number, item in enumerate(value if isinstance(value, list) else [value], 1):
            raw = json.dumps(item, ensure_ascii=False).encode("utf-8", "surrogatepass") if many else data
            yield _document(item, raw, f"item {number}" if many else None, given)


def _lines(given: Given) -> Iterator[Found | Refusal | Given]:
    """The objects of a file of lines, read line by line."""
    some = False
    with given.opened() as stream:
        for number, line, cut in numbered(stream, given.limit):
            some = True
            place = f"line {number}"
            if cut:
                yield Refusal(
                    f"{given.origin}:{number}", "too_large", f"{place} has more than {given.limit:,} bytes; raise the limit or shorten it"
                )
                continue
            try:
                value = _loaded(line)
            except IngestError as error:
                yield Refusal(f"{given.origin}:{number}", error.code, f"{place}: {error.reason}", digest(line))
                continue
            yield _document(value, line, place, given)
    if not some:
        raise IngestError("empty", "it has no lines")
    if given.cut is not None:
        yield Refusal(given.origin, "cut_short", "it did not arrive in full; the lines that came were taken")


def numbered(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes, bool]]:
    """The lines of a stream that are not blank: number, bytes without the line break, and whether it was longer than `limit` (then the
    bytes are its first). Never holds more than `limit` bytes."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        rest = line
        while len(rest) > limit and not rest.endswith(b"\n"):
            rest = stream.readline(limit + 1)
        bare = line.strip(_BLANK)
        if number == 1:
            bare = bare.removeprefix(_UTF8_MARK)
        if bare:
            yield number, bare, len(line.rstrip(b"\r\n")) > limit


def _first_key(after: bytes) -> bool:
    return after.lstrip(_BLANK).startswith((b'"', b"}"))


def _has_lines(head: bytes) -> bool:
    """Whether one of the first lines, whole, is an object by itself."""
    for _, line, _cut in list(numbered(BytesIO(head), len(head)))[:20]:
        if line.startswith(b"{") and line.endswith(b"}") and b"\n" in head:
            try:
                if isinstance(_loaded(line), dict):
                    return True
            except IngestError:
                continue
    return False


def _loaded(data: bytes) -> Any:
    """The value of some JSON.

    Raises:
        IngestError: it is none, or not in UTF-8.
    """
    try:
        return json.loads(data.removeprefix(_UTF8_MARK).decode("utf-8"))
    except UnicodeDecodeError:
        raise IngestError("bad_encoding", "it is not UTF-8; write JSON in UTF-8") from None
    except RecursionError:
        raise IngestError("too_deep", "its brackets nest too deeply; write an object of the documented form") from None
    except ValueError as error:
        raise IngestError("bad_json", f"{str(error)[:120]}; write an object of the documented form (docs/json-lines.md)") from None


def _document(value: Any, raw: bytes, place: str | None, given: Given) -> Found | Refusal:
    """The document of an object, or why it has none."""
    try:
        return Found(draft_of(value, given), raw, place)
    except IngestError as error:
        mark = place.removeprefix("line ") if place else None
        detail = f"{place}: {error.reason}" if place else error.reason
        return Refusal(f"{given.origin}:{mark}" if mark else given.origin, error.code, detail, digest(raw))


def draft_of(value: Any, given: Given) -> Draft:
    """The draft of an object.

    Raises:
        IngestError: it is not of the documented form.
    """
    if not isinstance(value, dict):
        raise IngestError("bad_json", f"it is {_kind(value)} and not an object")
    row = _annotated(value)
    texts = {key: _string(row, key) for key in KEYS}
    text, title = texts["text"], texts["title"]
    if text is None:
        raise IngestError("bad_json", "'text' is missing")
    if not text.strip() and not (title or "").strip():
        raise IngestError("no_text", "both 'title' and 'text' are empty")
    role, kind = texts["role"] or None, texts["kind"] or "json_line"
    if role is not None:
        check_role(role)
    if kind not in KINDS:
        raise IngestError("bad_json", f"'kind' is {kind[:40]!r}; write one of {', '.join(KINDS)}, or leave it out")
    return Draft(
        kind=kind, body=text, title=title, published=required(texts["date"], given.today), url=texts["url"], publisher=texts["publisher"],
        author=texts["author"], role=role, external_id=texts["id"], stated=True,
    )  # fmt: skip


def _annotated(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """An object of an annotated corpus in the documented form; any other as it is."""
    info = row.get("info")
    if "text" in row or "content" not in row or not isinstance(info, dict):
        return row
    return {"id": row.get("id"), "title": info.get("title"), "date": info.get("date"), "url": info.get("link"), "text": row["content"]}


def _string(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise IngestError("bad_json", f"{key!r} is {_kind(value)} and not a text")
    return value


def _kind(value: Any) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "a text",
        bool: "true or false",
        int: "a number",
        float: "a number",
        type(None): "null",
    }
    return names[type(value)]
