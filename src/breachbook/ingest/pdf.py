"""PDF files."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from math import ceil
from typing import Any

from breachbook.errors import IngestError
from breachbook.ingest.clean import clean_text
from breachbook.ingest.dates import dateline
from breachbook.ingest.plain_text import headline
from breachbook.ingest.source import Draft, Found, Given
from breachbook.model.document import Refusal

SECONDS = 20
"""The longest that a PDF may take; a report of 100 pages takes one."""
FULL_LINE = 0.7
"""Share of the width of a page's usual lines from which a line is full, so that its end is the page's and not the writer's."""

_MAGIC = b"%PDF-"
_MAGIC_WITHIN = 1024
"""The bytes in which the mark must stand (Adobe's own reader looks as far)."""
_HYPHEN = re.compile("[\ufffe\x02\xad]\\s*\n?")
_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint)|untitled|document\d*|print|slide \d|about:blank)"
    r"|\.(?:docx?|pdf|indd|pptx?|xlsx?|qxd|tmp|rtf)$|^\W*$",
    re.IGNORECASE,
)
_KEPT_ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "SYSTEMROOT", "LD_LIBRARY_PATH", "HOME", "VIRTUAL_ENV")


class Pdf:
    """Accepts PDF files that have text. Refuses those with a password (`encrypted`), damaged beyond repair (`bad_pdf`), without
    text, such as scans (`no_text`), and those that unpack to too much (`bomb`) or take more than 20 seconds (`too_complex`). Of
    one with more than 500 pages or two million characters the first are taken, and `cut_short` says so.

    Lines that end at the page's edge are joined again. The title is the file's own unless a program wrote it, else the first
    line where that is a headline; the date is that of a line of its own near the top.
    """

    name = "pdf"

    def accepts(self, given: Given) -> bool:
        """By its first bytes."""
        return _MAGIC in given.head[:_MAGIC_WITHIN]

    def read(self, given: Given) -> Iterator[Found | Refusal | Given]:
        """One document."""
        raw = given.data()
        answer = _taken_apart(raw)
        if "code" in answer:
            raise IngestError(answer["code"], answer["detail"])
        body = "\n\n".join(part for part in (clean_text(reflow(page)) for page in answer["pages"]) if part)
        if not body:
            raise IngestError("no_text", "it seems to be a scan; run it through text recognition (OCR) first")
        title = answer["title"] if answer["title"] and not _NO_TITLE.search(answer["title"].strip()) else headline(body)
        published = dateline(body, given.today) or given.published
        yield Found(
            Draft(kind="pdf", body=body, title=title, published=published, url=given.url, author=answer["author"], host=given.url), raw
        )
        if answer["more"] > 0:
            yield Refusal(given.origin, "cut_short", f"its last {answer['more']} pages were not read; divide it")


def _taken_apart(raw: bytes) -> dict[str, Any]:
    """The answer of the process that takes a PDF apart."""
    environment = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "breachbook.ingest.pdf_child"],
            input=raw,
            capture_output=True,
            timeout=SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise IngestError("too_complex", f"it took longer than {SECONDS} seconds; print it to a new PDF") from None
    except OSError as error:
        raise IngestError("internal_error", f"no process could be started for it: {error.strerror}") from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = None
    if done.returncode != 0 or not isinstance(answer, dict):
        if b"MemoryError" in done.stderr:
            raise IngestError("too_complex", "it needs too much memory; print it to a new PDF")
        raise IngestError("bad_pdf", "it breaks the program that reads PDFs; print it to a new PDF")
    return answer


def reflow(page: str) -> str:
    """The text of a page with the line breaks of its layout undone: a full line runs on into the next, and so does a cut word."""
    lines = [" ".join(line.split()) for line in _HYPHEN.sub("", page.replace("\r\n", "\n").replace("\r", "\n")).split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[ceil(0.9 * (len(lengths) - 1))] if lengths else 0
    parts: list[str] = []
    for index, line in enumerate(lines):
        parts.append(line)
        following = lines[index + 1] if index + 1 < len(lines) else ""
        ends = not line or not following or (line[-1] in ".!?:" and len(line) < usual * 0.95) or len(line) < FULL_LINE * usual
        parts.append("\n" if ends and not following[:1].islower() else " ")
    return re.sub(r"\n(?=[^\n])", "\n\n", re.sub(r"\n+", "\n", "".join(parts))).strip()
