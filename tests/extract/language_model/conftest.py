"""An endpoint on loopback that answers what a test tells it to: it behaves, misbehaves or lies."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from breachbook.extract.language_model.endpoint import Endpoint
from breachbook.extract.language_model.reader import LanguageModelReader
from breachbook.model.document import Document
from breachbook.settings import Settings, load

KEY = "sk-test-0123456789-secret"

Step = Callable[[BaseHTTPRequestHandler], None]


def send(status: int, body: bytes, content_type: str = "application/json", **headers: str) -> Step:
    """Answers with these bytes."""

    def step(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", content_type)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return step


def says(content: object, finish: str = "stop", **message: Any) -> Step:
    """Answers as a model that says this: text, or an object as JSON."""
    text = content if isinstance(content, str) or content is None else json.dumps(content)
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text, **message}}
    return send(200, json.dumps({"id": "x", "object": "chat.completion", "model": "m", "choices": [choice]}).encode())


def fails(status: int, message: str = "no", **headers: str) -> Step:
    """Answers with an error in the API's form."""
    return send(status, json.dumps({"error": {"message": message, "type": "t", "code": None}}).encode(), **headers)


def waits(seconds: float) -> Step:
    """Answers late."""
    return lambda handler: time.sleep(seconds)


def trickles(handler: BaseHTTPRequestHandler) -> None:
    """Answers a byte now and then, and never ends."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def floods(handler: BaseHTTPRequestHandler) -> None:
    """Answers with far more than any answer has."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b" " * 65_536)


class Server:
    """The endpoint. `steps` are its answers in turn, the last one for all that follow; `requests` what it was asked."""

    def __init__(self) -> None:
        self.steps: list[Step] = [says("{}")]
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                server.requests.append(json.loads(body))
                server.headers.append({name.lower(): value for name, value in self.headers.items()})
                server.paths.append(self.path)
                number = min(len(server.requests), len(server.steps)) - 1
                try:
                    server.steps[number](self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def close(self) -> None:
        """Stops it."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


class Says:
    """The steps that a server can be given."""

    says, fails, send, waits = staticmethod(says), staticmethod(fails), staticmethod(send), staticmethod(waits)
    trickles, floods = staticmethod(trickles), staticmethod(floods)
    KEY = KEY


@pytest.fixture
def step() -> type[Says]:
    return Says


@pytest.fixture
def set_up(server: Server) -> Callable[..., Settings]:
    """The settings with which a reader asks the server."""

    def made(**given: str) -> Settings:
        return load({}, **{"llm_url": server.url, "llm_model": "small", "llm_key": KEY, **given})

    return made


@pytest.fixture
def reader(set_up: Callable[..., Settings]) -> Callable[..., LanguageModelReader]:
    """A reader that asks the server, and does not wait long before it asks again."""

    def made(**given: str) -> LanguageModelReader:
        settings = set_up(**given)
        return LanguageModelReader(settings, endpoint=Endpoint(settings, back_off=0.001))

    return made


TITLE = "Northwind Hospital hit by ransomware"
BODY = """Northwind Hospital said that ransomware locked its systems on 12 March 2021.

Names and medical records of about 48,200 patients may have been accessed, the hospital said in a statement. Payment cards were not
affected.

The Conti gang claimed responsibility and demanded $2 million. The hospital, based in Leeds, England, refused to pay the ransom. Its
supplier Tailspin Software was used to get in. The attackers published 6.5 GB of files and exploited CVE-2021-1234."""


@pytest.fixture
def report() -> Document:
    return document(f"{TITLE}\n\n{BODY}", TITLE)


def document(text: str, title: str | None = None) -> Document:
    """A press report of 20 March 2021."""
    return Document(kind="text", text=text, raw_digest="0" * 64, title=title, published="2021-03-20", publisher="Example News")


@pytest.fixture
def make_document() -> Callable[..., Document]:
    return document


def q(value: object, quote: str) -> dict[str, object]:
    """A suggestion."""
    return {"value": value, "quote": quote}


@pytest.fixture
def right() -> dict[str, Any]:
    """What a careful model says of the report."""
    return {
        "relevant": True,
        "incidents": [
            {
                "victims": [
                    {
                        "name": "Northwind Hospital", "quote": "Northwind Hospital hit by ransomware", "aliases": [], "domain": None,
                        "country": q("GB", "based in Leeds, England"), "sector": q("62", "Northwind Hospital"),
                    }
                ],
                "third_parties": [{"name": "Tailspin Software", "quote": "supplier Tailspin Software was used", "product": None}],
                "attack_types": [
                    q("ransomware", "ransomware locked its systems"), q("third_party", "Tailspin Software was used to get in"),
                ],
                "effects": [
                    q("extortion", "demanded $2 million"),
                    q("data_exposed", "medical records of about 48,200 patients may have been accessed"),
                ],
                "cves": [q("CVE-2021-1234", "exploited CVE-2021-1234")],
                "malware": [],
                "actors": [q("Conti", "The Conti gang")],
                "actor_kind": q("external", "The Conti gang"),
                "dates": {"occurred_from": q("2021-03-12", "on 12 March 2021"), "occurred_to": None, "discovered": None, "disclosed": None,
                          "notified": None},
                "people_affected": {"value": 48200, "qualifier": "exact", "quote": "about 48,200 patients"},
                "records_affected": None,
                "data_volume_bytes": q(6_500_000_000, "6.5 GB of files"),
                "data_classes": [q("names", "Names and medical records"), q("medical", "medical records")],
                "data_classes_denied": [q("payment_card", "Payment cards were not affected")],
                "ransom": {"demanded": {"amount": 2_000_000, "currency": "USD", "quote": "demanded $2 million"},
                           "paid": q("no", "refused to pay the ransom"), "paid_amount": None},
                "confirmed_by_victim": q("yes", "Northwind Hospital said that ransomware locked its systems"),
                "claimed_by_actor": q("yes", "The Conti gang claimed responsibility"),
            }
        ],
        "background_victims": [],
    }  # fmt: skip
