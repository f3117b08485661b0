"""Every page answers, in both forms, with what its record has, all of it backed by claims; what is wrong is said."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from breachbook.publish.records import to_json

INCIDENT = "inc-" + "1" * 20
OLD = "inc-" + "9" * 20
VOID = {"meta", "link", "input", "br", "img", "path", "circle"}


class Page(HTMLParser):
    """The elements of a page: (tag, attributes), and whether all are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1:] == [tag], f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data

    def attributes(self, name: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(name)) is not None]


def test_every_page_answers(client: Any, addresses: tuple[str, ...]) -> None:
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        page = Page(answer.text)
        assert len([tag for tag, _ in page.elements if tag == "h1"]) == 1, address
        assert len(page.attributes("id")) == len(set(page.attributes("id"))), f"{address} has an id twice"


def test_every_page_answers_as_json_in_each_of_the_three_ways(client: Any, addresses: tuple[str, ...]) -> None:
    for address in addresses:
        path, _, query = address.partition("?")
        suffixed = ("/index" if path == "/" else path) + ".json" + (f"?{query}" if query else "")
        parameter = address + ("&" if query else "?") + "format=json"
        answers = [client.get(suffixed), client.get(parameter), client.get(address, accept="application/json")]
        assert {answer.headers["content-type"] for answer in answers} == {"application/json"}
        assert len({answer.text for answer in answers}) == 1, address
        json.loads(answers[0].text)


def test_no_page_asks_for_anything_outside_or_has_inline_code(client: Any, addresses: tuple[str, ...]) -> None:
    for address in addresses:
        page = Page(client.get(address).text)
        for tag, attrs in page.elements:
            assert tag not in ("script", "style", "iframe", "img", "object", "embed")
            assert not any(name.startswith("on") or name == "style" for name in attrs)
            for name in ("src", "action", *(("href",) if tag == "link" else ())):
                assert (attrs.get(name) or "/").startswith("/")


def test_headers(client: Any) -> None:
    for address in ("/", "/nowhere", "/incidents?country=ZZ", "/static/style.css", "/healthz", "/index.json"):
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_json_is_the_record(client: Any, book: Any) -> None:
    given = json.loads(client.get(f"/incident/{INCIDENT}.json").text)
    assert given == json.loads(json.dumps(to_json(book.records[INCIDENT])))


def test_an_incident_shows_every_value_with_its_claims(client: Any, book: Any) -> None:
    record = book.records[INCIDENT]
    page = Page(client.get(f"/incident/{INCIDENT}").text)
    shown = [(attrs["data-property"], attrs["data-claims"]) for _, attrs in page.elements if "data-property" in attrs]
    expected = [
        (field.property, " ".join(evidence.claim for evidence in value.claims))
        for field in record.fields
        for value in (*field.values, *field.losing)
    ]
    assert sorted(shown, key=str) == sorted(expected, key=str)
    for word in ("Confirmed", "Likely", "Stated", "Denied", "20 January 2021", "March 2021", "6.5 GB", "Region of Durham"):
        assert word in page.text


def test_every_claim_of_an_incident_leads_to_its_words(client: Any, book: Any) -> None:
    page = Page(client.get(f"/incident/{INCIDENT}").text)
    cited = {claim for value in page.attributes("data-claims") for claim in value.split()}
    assert cited
    anchors = set(page.attributes("id"))
    sources = {match for href in page.attributes("href") if (match := re.fullmatch(r"/document/(doc-\w+)\?claim=(clm-\w+)#\2", href))}
    assert {match[2] for match in sources} == cited
    for claim in cited:
        assert f"e-{claim}" in anchors
    for match in sources:
        source = Page(client.get(match[0].partition("#")[0]).text)
        assert match[2] in source.attributes("id")
        assert any("target" in (attrs.get("class") or "") for tag, attrs in source.elements if tag == "mark")


def test_marked_words_are_the_words_of_the_claim(client: Any, book: Any) -> None:
    for document, claims in book.claims.items():
        html = client.get(f"/document/{document}").text
        for claim in claims:
            marks = re.findall(r'<mark[^>]*data-claims="([^"]*)"[^>]*><bdi>(.*?)</bdi>', html)
            assert "".join(text for ids, text in marks if claim.id in ids.split()) == claim.original


def test_as_of_is_carried_along(client: Any) -> None:
    page = Page(client.get(f"/incident/{INCIDENT}?as_of=2021-04-08").text)
    assert "As known on 8 April 2021" in page.text
    inner = [href for href in page.attributes("href") if re.match(r"/(organisation|actor|campaign|why)/", href)]
    assert inner
    assert all("as_of=2021-04-08" in href for href in inner)


def test_an_earlier_id_leads_to_the_record(client: Any) -> None:
    assert client.get(f"/incident/{OLD}?as_of=2021-04-08").headers["location"] == f"/incident/{INCIDENT}?as_of=2021-04-08"
    assert client.get(f"/incident/{OLD}.json").headers["location"] == f"/incident/{INCIDENT}.json"
    assert client.get(f"/why/{OLD}/third_party").headers["location"] == f"/why/{INCIDENT}/third_party"
    assert client.get(f"/actor/{INCIDENT}").headers["location"] == f"/incident/{INCIDENT}"
    assert client.get(f"/incident/{OLD}").status_code == 308


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere", 404, "no such page"),
        ("/incident/inc-0", 404, "no such record"),
        ("/incident/Durham Region", 404, "no record with this id"),
        ("/document/doc-0", 404, "no such document"),
        (f"/why/{INCIDENT}/malware", 404, "nothing is known"),
        (f"/why/{INCIDENT}/nonsense", 400, "third_party"),
        (f"/incident/{INCIDENT}?as_of=yesterday", 400, "YYYY-MM-DD"),
        (f"/incident/{INCIDENT}?as_of=2021-02-30", 400, "not a day of the calendar"),
        (f"/incident/{INCIDENT}?as_of=2019-01-01", 404, "Open it as of today"),
        ("/incidents?status=sure", 400, "alleged, reported, confirmed"),
        ("/incidents?country=Atlantis", 400, "AD, AE, AF"),
        ("/incidents?page=0", 400, "page number"),
        ("/incidents?since=soon", 400, "YYYY"),
        ("/?format=xml", 400, "html, json"),
        ("/search?q=a&kind=cat", 400, "incident, organisation"),
    ],
)
def test_what_is_wrong_is_said(client: Any, address: str, status: int, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert words in Page(answer.text).text


def test_an_error_has_one_shape_as_json(client: Any) -> None:
    error = json.loads(client.get("/incidents.json?status=sure").text)["error"]
    assert set(error) == {"status", "object", "property", "reason"}
    assert (error["status"], error["object"]) == (400, "status")


def test_a_broken_book_is_503_and_says_so(client: Any, book: Any) -> None:
    book.broken = True
    for address in ("/", "/healthz", f"/incident/{INCIDENT}"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert "cannot be read" in answer.text


def test_a_defect_is_500_with_the_same_headers(client: Any, book: Any) -> None:
    book.counts = None
    answer = client.get("/")
    assert answer.status_code == 500
    assert "defect" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_pages_can_only_be_read(client: Any) -> None:
    assert client.get("/incidents", method="POST").status_code == 405
    head = client.get("/incidents", method="HEAD")
    assert (head.status_code, head.text) == (200, "")


def test_no_page_asks_the_book_more_than_a_few_times(client: Any, book: Any, addresses: tuple[str, ...]) -> None:
    for address in addresses:
        book.calls.clear()
        client.get(address)
        assert book.calls.total() <= 3, f"{address}: {book.calls}"


def test_filters_are_a_form_with_counts_and_can_be_taken_away(client: Any) -> None:
    page = Page(client.get("/incidents?country=CA&status=confirmed").text)
    assert "Canada (1)" in page.text
    assert "/incidents?status=confirmed" in page.attributes("href")
    assert "/incidents?country=CA" in page.attributes("href")


def test_lists_have_pages(client: Any) -> None:
    page = Page(client.get("/incidents?page=2&country=CA").text)
    assert "Page 2 of 3" in page.text
    assert {"/incidents?page=1&country=CA", "/incidents?page=3&country=CA"} <= set(page.attributes("href"))


def test_the_style_sheet_is_small_and_cached_for_good(client: Any) -> None:
    link = next(href for href in Page(client.get("/").text).attributes("href") if "style.css" in href)
    answer = client.get(link)
    assert len(answer.content) < 30_000
    assert "immutable" in answer.headers["cache-control"]
    assert "no-cache" in client.get("/").headers["cache-control"]
