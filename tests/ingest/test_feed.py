"""Feeds: items, damaged feeds, and feeds without end."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest

from breachbook.ingest import feed as feed_source
from breachbook.settings import load


def item(number: int, **changes: str) -> str:
    values = {
        "title": f"Clinic {number} breached", "link": f"https://paper.example/{number}", "guid": f"id-{number}",
        "pubDate": "Fri, 09 Apr 2021 23:30:00 +0000", "description": escape(f"<p>Data of <b>{number}</b> patients.</p><p>More.</p>"),
    } | changes  # fmt: skip
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in values.items()) + "</item>"


def rss(*items: str, end: str = "</channel></rss>") -> str:
    return f'<?xml version="1.0"?>\n<!-- made by hand -->\n<rss version="2.0"><channel><title>Lake Gazette</title>{"".join(items)}{end}'


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Notices</title><entry><title type="html">A &amp;lt;b&gt; breach</title>
<id>urn:1</id><link href="https://region.example/1"/><updated>2021-04-09T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Records were taken.</p></div></content></entry></feed>"""


def test_every_item_is_a_document(take):
    documents, refusals = take(rss(item(1), item(2)), "feed.xml")
    assert refusals == []
    first = documents[0]
    assert (first.kind, first.title, first.published) == ("feed_item", "Clinic 1 breached", "2021-04-09")
    assert (first.url, first.external_id, first.publisher) == ("https://paper.example/1", "id-1", "Lake Gazette")
    assert first.text == "Clinic 1 breached\n\nData of 1 patients.\n\nMore."
    assert len({d.raw_digest for d in documents}) == 2


def test_atom(take):
    (document,), _ = take(ATOM, "feed")
    assert (document.published, document.url, document.external_id) == ("2021-04-09", "https://region.example/1", "urn:1")
    assert document.text.endswith("Records were taken.")


def test_a_damaged_feed_is_read_as_far_as_it_goes(take):
    assert len(take(rss(item(1), item(2), "<broken><"), "feed.xml")[0]) == 2
    assert len(take(rss(item(1), item(2))[:-60], "feed.xml")[0]) == 2
    assert len(take(rss(item(1, title="AT&T & co"), item(2)), "feed.xml")[0]) == 2


@pytest.mark.parametrize("date", ["Fri, 09 Apr 0000 10:00:00 +0000", "9999-12-31T00:00:00Z", "soon", "Fri, 09 Apr 2031 10:00:00 +0000", ""])
def test_a_date_that_cannot_be_one_is_left_out(take, date):
    assert take(rss(item(1, pubDate=date)), "feed.xml")[0][0].published is None


def test_links_that_a_page_must_not_have_are_left_out(take):
    assert take(rss(item(1, link="javascript:alert(1)")), "feed.xml")[0][0].url is None


def test_an_item_without_words_is_refused_and_the_rest_goes_on(take):
    documents, refusals = take(rss(item(1, title="", description="  "), item(2)), "feed.xml")
    assert [d.external_id for d in documents] == ["id-2"]
    assert [(r.code, r.origin[-7:]) for r in refusals] == [("no_text", ":item 1")]


def test_an_item_with_deep_markup_is_refused_and_the_rest_goes_on(take):
    documents, refusals = take(rss(item(1, description=escape("<div>" * 3000 + "x")), item(2)), "feed.xml")
    assert [d.external_id for d in documents] == ["id-2"]
    assert [r.code for r in refusals] == ["too_deep"]


def test_a_feed_that_is_cut_by_the_limit_gives_its_whole_items(take):
    documents, refusals = take(rss(*(item(n) for n in range(2000))), "feed.xml", load({}, document_limit="50000"))
    assert 100 < len(documents) < 300
    assert [r.code for r in refusals] == ["endless_feed"]


def test_a_feed_with_too_many_items_gives_the_first(take, monkeypatch):
    monkeypatch.setattr(feed_source, "MOST_ITEMS", 3)
    documents, refusals = take(rss(*(item(n) for n in range(20))), "feed.xml")
    assert [d.external_id for d in documents] == ["id-0", "id-1", "id-2"]
    assert [r.code for r in refusals] == ["endless_feed"]


def test_entities_are_neither_expanded_nor_fetched(take, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    kinds = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [{kinds}<!ENTITY x SYSTEM "file://{secret}">]>'
    documents, _ = take(head + rss(item(1, title="A &x; breach &l9; here"))[22:], "feed.xml")
    assert all("secret" not in d.text and len(d.text) < 1000 for d in documents)


def test_feeds_without_items_or_sense_are_refused(take):
    assert [r.code for r in take(rss(), "feed.xml")[1]] == ["no_text"]
    assert take("<rss ", "feed.xml")[1][0].code in ("bad_feed", "no_text", "unsupported")


def test_a_publisher_by_source(take):
    documents, _ = take(rss(item(1).replace("</item>", '<source url="https://x.example">DataBreaches.net</source></item>')), "feed.xml")
    assert (documents[0].publisher, documents[0].publisher_role) == ("DataBreaches.net", "researcher")
