"""Makers of input: PDFs, mails, feeds, and a web server on this machine."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from breachbook.ingest.intake import Ingested, NotModified, intake
from breachbook.model.document import Document, Refusal
from breachbook.settings import Settings, load
from breachbook.vocab.data_files import toml_file

TODAY = date(2024, 6, 1)
"""The day on which these tests take place."""


def stream_object(content: bytes, *, layers: int = 1, more: str = "") -> bytes:
    """A stream of a PDF, deflated `layers` times."""
    for _ in range(layers):
        content = zlib.compress(content, 9)
    filters = f"/Filter [{' '.join(['/FlateDecode'] * layers)}]" if layers else ""
    return f"<< /Length {len(content)} {filters} {more} >>\nstream\n".encode() + content + b"\nendstream"


def pdf_of_pages(pages: list[bytes], *, title: str | None = None, layers: int = 1, encrypt: bool = False) -> bytes:
    """A PDF whose pages have these content streams."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({title}) >>".encode() if title else b"<< >>",
    ]
    for number, content in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {6 + 2 * number} 0 R >>".encode()
        )
        objects.append(stream_object(content, layers=layers))
    if encrypt:
        words = "<" + "41" * 32 + ">"
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /O {words} /U {words} /P -4 >>".encode())
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    extra = f" /Encrypt {len(objects)} 0 R /ID [<41><41>]" if encrypt else ""
    trailer = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R{extra} >>\n"
    )
    return out + trailer.encode() + f"startxref\n{len(out)}\n%%EOF\n".encode()


def text_page(lines: list[str]) -> bytes:
    """The content stream of a page with these lines."""
    shown = " ".join(f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj T*" for line in lines)
    return f"BT /F1 11 Tf 14 TL 60 740 Td {shown} ET".encode("cp1252")


@pytest.fixture
def pdf() -> SimpleNamespace:
    """Makers of PDFs: `.of_lines(lines)`, `.of_pages(streams, ...)`, `.page(lines)`."""
    return SimpleNamespace(of_lines=lambda lines, **more: pdf_of_pages([text_page(lines)], **more), of_pages=pdf_of_pages, page=text_page)


@pytest.fixture
def small() -> Settings:
    """Settings with limits small enough to reach."""
    return load({}, document_limit="200000", fetch_limit="200000", fetch_timeout="3")


@pytest.fixture
def take(tmp_path: Path, small: Settings) -> Callable[..., tuple[list[Document], list[Refusal]]]:
    """Takes in bytes as a file of a name: the documents and the refusals, whose codes are held against the data file."""

    def taken(data: bytes | str, name: str = "report.txt", settings: Settings | None = None) -> tuple[list[Document], list[Refusal]]:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        outcomes = list(intake(str(path), settings or small, today=TODAY))
        assert not any(isinstance(outcome, NotModified) for outcome in outcomes)
        refusals = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
        for refusal in refusals:
            assert refusal.code in toml_file("refusals.toml")["refused"]
            assert refusal.detail
            assert refusal.origin.startswith(str(path))
        documents = [outcome.document for outcome in outcomes if isinstance(outcome, Ingested)]
        for document in documents:
            check_document(document)
        return documents, refusals

    return taken


def check_document(document: Document) -> None:
    """What holds for every document: passages in order, on the text, without overlap, covering all words of it."""
    position = 0
    for passage in document.passages:
        assert position <= passage.start < passage.end <= len(document.text)
        assert not document.text[position : passage.start].strip()
        assert (passage.revision > 0) == (passage.kind == "update")
        position = passage.end
    assert not document.text[position:].strip()
    assert "\r" not in document.text
    assert "\0" not in document.text
    assert document.id.startswith("doc-")


@pytest.fixture
def serve() -> Iterator[Callable[..., SimpleNamespace]]:
    """Starts web servers on loopback: `serve(handler)` with `handler(request) -> None`; the result has `.url` and `.seen`."""
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Callable[[BaseHTTPRequestHandler], None]) -> SimpleNamespace:
        seen: list[tuple[str, dict[str, str]]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                seen.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
                try:
                    answer(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.block_on_close = False
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return SimpleNamespace(url=f"http://127.0.0.1:{server.server_address[1]}", seen=seen)

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
