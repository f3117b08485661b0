"""Text of sources is text on the page, whatever it holds."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

ALLOWED = {
    "a", "article", "aside", "bdi", "body", "br", "button", "caption", "circle", "code", "dd", "div", "dl", "dt", "em", "footer",
    "form", "h1", "h2", "h3", "head", "header", "html", "input", "label", "li", "link", "main", "mark", "meta", "nav", "ol",
    "option", "p", "path", "q", "section", "select", "span", "strong", "sup", "svg", "table", "tbody", "td", "th", "thead", "time",
    "title", "tr", "ul",
}  # fmt: skip
"""The elements of the book's own templates: an `img` or `script` can only come out of a source's text."""


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.links: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in ("href", "src", "action")}


def check(html: str, address: str) -> None:
    page = Elements(html)
    assert page.tags <= ALLOWED, f"{address}: {page.tags - ALLOWED}"
    assert not any(name.startswith("on") or name == "style" for name in page.names), address
    assert all(link.startswith(("/", "#", "https://example.org/")) for link in page.links), address
    assert "<script" not in html
    assert "<img" not in html


def test_hostile_text_is_escaped_on_every_page(hostile_client: Any, hostile_addresses: tuple[str, ...]) -> None:
    seen = 0
    for address in hostile_addresses:
        answer = hostile_client.get(address)
        assert answer.status_code == 200, address
        check(answer.text, address)
        seen += answer.text.count("&lt;script&gt;")
    assert seen > 100


def test_hostile_questions_are_escaped(client: Any) -> None:
    payload = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>\u202e"
    given = quote(payload)
    for address in (
        f"/search?q={given}", f"/incidents?q={given}&actor={given}", f"/incidents?status={given}", f"/incident/{given}",
        f"/incidents?since={given}", f"/document/doc-1?claim={given}", f"/{given}", f"/?format={given}", f"/why/inc-1/{given}",
        f"/incidents?page={given}", f"/incident/inc-{'1' * 20}?as_of={given}", f"/search?q=a&kind={given}",
    ):  # fmt: skip
        check(hostile_free(client.get(address).text), address)


def hostile_free(html: str) -> str:
    """The page; asserts on the way that the payload's quote never ends an attribute."""
    assert not re.search(r'="[^"]*"[\'>]*<script', html)
    return html


def test_hostile_json_is_json(hostile_client: Any, hostile_addresses: tuple[str, ...]) -> None:
    for address in hostile_addresses:
        answer = hostile_client.get(address, accept="application/json")
        assert answer.headers["content-type"] == "application/json"
        answer.json()


def test_only_http_links_lead_outside(hostile_client: Any, hostile_book: Any) -> None:
    html = hostile_client.get(f"/document/{hostile_book.finding.id}").text
    assert "javascript:alert(1)" in html
    assert 'href="javascript' not in html
