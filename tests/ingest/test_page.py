"""Web pages: what is read of them, and hostile ones."""

from __future__ import annotations

import pytest

from breachbook.ingest import page as page_source

PARAGRAPHS = "".join(
    f"<p>Paragraph {n}: the region said that a cyberattack on its provider may have exposed the records of residents and of pupils.</p>"
    for n in range(4)
)
ARTICLE = f"""<!doctype html><html lang="en"><head><title>Region hit by cyberattack | Lake Radio</title>
<meta property="og:title" content="Region hit by cyberattack"><meta property="og:site_name" content="Lake Radio News">
<meta property="article:published_time" content="2021-04-08T10:00:00-04:00"><meta name="author" content="Kim Doe">
<link rel="canonical" href="https://radio.example.com/news/region"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Region hit by cyberattack</h1>{PARAGRAPHS}
<p>Update: the provider was Accellion, the region now says, and it will write to everyone concerned.</p></article>
<script>document.title = "stolen"</script><footer>All rights reserved</footer></body></html>"""


def test_an_article(take):
    (document,), refusals = take(ARTICLE, "a.html")
    assert refusals == []
    assert document.kind == "page"
    assert document.title == "Region hit by cyberattack"
    assert document.published == "2021-04-08"
    assert document.publisher == "Lake Radio News"
    assert document.author == "Kim Doe"
    assert document.url == "https://radio.example.com/news/region"
    assert "Paragraph 3" in document.text
    assert "document.title" not in document.text
    assert "Sport" not in document.text
    assert [p.kind for p in document.passages][-1] == "update"


def test_the_kind_is_known_by_content(take):
    assert take(ARTICLE, "a.txt")[0][0].kind == "page"
    assert take("<p>A breach at the county library was found.</p>", "b")[0][0].kind == "page"


def test_a_page_without_incident_words_is_taken_cheaply(take, monkeypatch):
    monkeypatch.setattr(page_source, "_thorough", lambda *_, **__: pytest.fail("trafilatura was paid for"))
    html = "<html><head><title>Rain</title></head><body><nav>Menu</nav><p>It will rain on the coast and in the hills all week long.</p>"
    (document,), _ = take(html, "a.html")
    assert (document.title, document.text) == ("Rain", "Rain\n\nIt will rain on the coast and in the hills all week long.")


def test_a_very_large_page_is_taken_cheaply(take, monkeypatch):
    monkeypatch.setattr(page_source, "_thorough", lambda *_, **__: pytest.fail("trafilatura was paid for"))
    assert len(take("<p>breach</p>" * 10_000, "a.html")[0][0].text) > 50_000


@pytest.mark.parametrize("tag", ["div", "b", "span", "unknown", "blockquote", "ul"])
def test_ten_thousand_nested_tags_are_refused(take, tag):
    assert [r.code for r in take(f"<html><body>{f'<{tag}>' * 10_000}breach", "deep.html")[1]] == ["too_deep"]


def test_unclosed_paragraphs_and_empty_elements_do_not_nest(take):
    html = "<html><body>" + "<p>A breach of security.<br>More<img src=x>" * 500 + "<svg>" + "<path d='x'/>" * 500 + "</svg>"
    assert take(html, "flat.html")[1] == []


def test_a_cut_page_is_read_as_far_as_it_goes(take):
    (document,), _ = take(ARTICLE[: ARTICLE.index("Paragraph 2")], "cut.html")
    assert "Paragraph 1" in document.text


def test_a_page_without_words_is_refused(take):
    assert [r.code for r in take("<html><body><script>render()</script></body></html>", "empty.html")[1]] == ["no_text"]


@pytest.mark.parametrize("date", ["0000-01-01", "9999-12-31", "2031-01-01", "1970-01-01", "yesterday"])
def test_a_date_that_cannot_be_one_is_left_out(take, date):
    assert take(ARTICLE.replace("2021-04-08T10:00:00-04:00", date), "a.html")[0][0].published is None


def test_script_in_a_title_is_text_or_gone_and_never_markup_of_ours(take):
    html = ARTICLE.replace(
        'content="Region hit by cyberattack"', 'content="Region &lt;script&gt;alert(1)&lt;/script&gt; hit by a cyberattack"'
    )
    (document,), _ = take(html, "a.html")
    assert "\n" not in document.title
    assert "cyberattack" in document.title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(take, encoding):
    (document,), _ = take(ARTICLE.replace("Paragraph 3", "Café – naïve “quote”").encode(encoding), "a.html")
    assert "Café – naïve “quote”" in document.text


def test_a_wrong_charset_does_not_spoil_the_text(take):
    html = ARTICLE.replace("<head>", '<head><meta charset="utf-8">').replace("Paragraph 3", "Montréal").encode("cp1252")
    assert "Montréal" in take(html, "a.html")[0][0].text


def test_a_failing_extractor_does_not_lose_the_page(take, monkeypatch):
    def fails(*_, **__):
        raise IndexError("list index out of range")

    monkeypatch.setattr(page_source, "bare_extraction", fails)
    assert "Paragraph 3" in take(ARTICLE, "a.html")[0][0].text
