"""The pages of the example book: every one answers, and everything they show of a record is backed by words in a source."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from breachbook.model.listing import LISTS, Filters
from breachbook.pipeline import Book
from breachbook.publish.records import to_json
from breachbook.serve.templating import url
from breachbook.settings import load

SHOWN = re.compile(r'data-claims="([^"]*)"')


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    home: Path = tmp_path_factory.mktemp("example-pages")
    with Book.open(load({}, home=str(home))) as opened:
        opened.add_example()
        yield opened


@pytest.fixture
def pages(example: Book, client_of: Any) -> Any:
    return client_of(example)


def rows(example: Book, kind: str) -> list[str]:
    return [row.id for row in example.listing(kind, Filters(), limit=500).rows]


def test_every_record_answers_and_its_json_is_the_record(example: Book, pages: Any) -> None:
    for kind in LISTS:
        found = rows(example, kind)
        assert found, kind
        for each in found:
            address = url(kind, each)
            assert pages.get(address).status_code == 200, address
            given = json.loads(pages.get(f"{address}.json").text)
            if kind != "document":
                record = example.record(each, view="supplier" if kind == "supplier" else None)
                assert given == json.loads(json.dumps(to_json(record)))


def test_everything_shown_is_backed_by_words_in_a_source(example: Book, pages: Any) -> None:
    anchors = {
        document: set(re.findall(r'id="(clm-\w+)"', pages.get(url("document", document)).text)) for document in rows(example, "document")
    }
    known = set().union(*anchors.values())
    seen = 0
    for kind in LISTS:
        for each in rows(example, kind):
            html = pages.get(url(kind, each)).text
            for claims in SHOWN.findall(html):
                assert claims, f"{kind} {each} shows something without a claim"
                assert set(claims.split()) <= known, f"{kind} {each}"
                seen += 1
            for document, claim in re.findall(r'href="/document/(doc-\w+)\?claim=(clm-\w+)#', html):
                assert claim in anchors[document]
    assert seen > 1000


def test_every_sentence_field_and_event_of_a_record_carries_its_claims(example: Book, pages: Any) -> None:
    for kind in ("incident", "organisation", "actor", "supplier", "campaign"):
        for each in rows(example, kind):
            record = example.record(each, view="supplier" if kind == "supplier" else None)
            shown = SHOWN.findall(pages.get(url(kind, each)).text)
            parts = [*record.summary, *record.timeline, *record.left_out, *record.participations]
            expected = [" ".join(part.claims) for part in parts]
            values = [value for field in record.fields for value in (*field.values, *field.losing)]
            expected += [" ".join(evidence.claim for evidence in value.claims) for value in values]
            for claims in expected:
                assert claims in shown, f"{record.name}: {claims}"


def test_every_why_page_answers(example: Book, pages: Any) -> None:
    for kind in ("incident", "organisation"):
        for each in rows(example, kind):
            for field in example.record(each).fields:
                address = url("why", each, field.property)
                html = pages.get(address)
                assert html.status_code == 200, address
                for value in (*field.values, *field.losing):
                    for evidence in value.claims:
                        assert f'id="{evidence.claim}"' in html.text


def test_lists_and_search(example: Book, pages: Any) -> None:
    for kind in LISTS[:-1]:
        html = pages.get(f"/{kind}s").text
        assert all(url(kind, each) in html for each in rows(example, kind)[:50])
    found = pages.get("/search?q=durham").text
    assert "Durham" in found
    assert "/incident/" in found
    assert "/document/" in found
    for facet, counts in example.listing("incident", Filters()).facets.items():
        for value in list(counts)[:3]:
            answer = pages.get(url("incidents", **{facet: value}))
            assert answer.status_code == 200
            assert '<li class="item"' in answer.text, f"{facet}={value} has a count but no row"
