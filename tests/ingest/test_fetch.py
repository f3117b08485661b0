"""Fetching, against servers on this machine: limits, redirects, retries, conditions, robots.txt."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import pytest

from breachbook import __version__
from breachbook.errors import FetchError
from breachbook.ingest import connect
from breachbook.ingest.fetch import Fetcher, Validators
from breachbook.ingest.intake import Ingested, NotModified, intake
from breachbook.model.document import Refusal
from breachbook.settings import load

PAGE = b"<html><head><title>Clinic breached</title></head><body><p>Data of patients was taken from a clinic.</p></body></html>"


@pytest.fixture
def fetcher(small) -> Iterator[Fetcher]:
    with Fetcher(small, allow_private=True, back_off=0.01) as made:
        yield made


def send(request, status: int, body: bytes = b"", **heads: str) -> None:
    request.send_response(status)
    for name, value in ({"Content-Length": str(len(body))} | heads).items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body)


def no_robots(answer):
    """A handler that has no robots.txt."""

    def handler(request) -> None:
        if request.path == "/robots.txt":
            send(request, 404)
        else:
            answer(request)

    return handler


def code_of(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(FetchError) as caught:
        fetcher.get(url)
    return caught.value.code


def test_a_page(serve, fetcher):
    site = serve(
        no_robots(lambda r: send(r, 200, PAGE, ETag='"1"', Last_Modified="Fri, 09 Apr 2021 10:00:00 GMT", Content_Type="text/html"))
    )
    got = fetcher.get(f"{site.url}/a?b=c#d")
    assert (got.data, got.etag, got.last_modified, got.media_type, got.cut) == (
        PAGE,
        '"1"',
        "Fri, 09 Apr 2021 10:00:00 GMT",
        "text/html",
        None,
    )
    assert [path for path, _ in site.seen] == ["/robots.txt", "/a?b=c"]
    assert site.seen[0][1]["user-agent"] == f"Breachbook/{__version__}"


def test_the_user_agent_names_the_contact():
    with Fetcher(load({}, contact="https://book.example/about")) as made:
        assert made.user_agent == f"Breachbook/{__version__} (+https://book.example/about)"


def test_a_condition_that_holds_gives_nothing(serve, fetcher):
    def answer(request) -> None:
        send(request, 304 if request.headers.get("If-None-Match") == '"1"' and request.headers.get("If-Modified-Since") else 200, b"")

    assert fetcher.get(serve(no_robots(answer)).url, Validators('"1"', "Fri, 09 Apr 2021 10:00:00 GMT")) is None
    assert fetcher.get(serve(no_robots(answer)).url, Validators('"1"\r\nX: y', None)).data == b""


@pytest.mark.parametrize("coding", ["gzip", "deflate", "bare deflate"])
def test_packed_answers_are_unpacked(serve, fetcher, coding):
    bare = zlib.compressobj(wbits=-15)
    packed = {"gzip": gzip.compress(PAGE), "deflate": zlib.compress(PAGE), "bare deflate": bare.compress(PAGE) + bare.flush()}[coding]
    site = serve(no_robots(lambda r: send(r, 200, packed, Content_Encoding=coding.split()[-1])))
    assert fetcher.get(site.url).data == PAGE


def test_a_packed_bomb_is_cut_at_the_limit(serve, fetcher):
    bomb = gzip.compress(bytes(300_000_000), 9)
    got = fetcher.get(serve(no_robots(lambda r: send(r, 200, bomb, Content_Encoding="gzip"))).url)
    assert (len(got.data), got.cut) == (200_000, "too_large")


def test_a_coding_that_was_not_asked_for_is_refused(serve, fetcher):
    assert code_of(fetcher, serve(no_robots(lambda r: send(r, 200, b"x", Content_Encoding="br"))).url) == "http_error"
    assert code_of(fetcher, serve(no_robots(lambda r: send(r, 200, b"not packed", Content_Encoding="gzip"))).url) == "network_error"


def test_redirects_are_followed_and_counted(serve, fetcher):
    def answer(request) -> None:
        left = int(request.path[1:])
        send(request, 302, Location=f"/{left - 1}") if left else send(request, 200, PAGE)

    site = serve(no_robots(answer))
    assert fetcher.get(f"{site.url}/5").url == f"{site.url}/0"
    assert code_of(fetcher, f"{site.url}/6") == "too_many_redirects"


@pytest.mark.parametrize(
    "where",
    ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/", "http://:80/", "javascript:alert(1)", "http://a:b@127.0.0.1/"],
)
def test_redirects_elsewhere_are_refused(serve, fetcher, where):
    assert code_of(fetcher, serve(no_robots(lambda r: send(r, 302, Location=where))).url) in ("bad_url", "network_error")


def test_a_redirect_to_a_private_address_is_refused(serve, small, monkeypatch):
    """The first host counts as public here, as far as this test says so; the second is checked as it was."""
    site = serve(no_robots(lambda r: send(r, 302, Location="http://169.254.169.254/latest/meta-data/")))
    checked = connect.checked

    def lenient(host: str, port: int, timeout: float, *, allow_private: bool = False) -> list[str]:
        return checked(host, port, timeout, allow_private=host == "127.0.0.1")

    monkeypatch.setattr(connect, "checked", lenient)
    with Fetcher(small) as made:
        assert code_of(made, site.url) == "private_address"


SPELLINGS = """
127.0.0.1 localhost 2130706433 0x7f.1 0x7f000001 127.1 017700000001 [::1] [::ffff:127.0.0.1] 0.0.0.0 10.0.0.1 192.168.1.1 172.16.0.1
100.64.0.1 169.254.169.254 224.0.0.1 [fe80::1] [fd00:ec2::254] [64:ff9b::7f00:1] [2002:7f00:1::]
"""


@pytest.mark.parametrize("host", SPELLINGS.split())
def test_no_private_address_is_fetched_from_however_it_is_written(serve, small, host):
    site = serve(lambda r: send(r, 200, PAGE))
    port = site.url.rpartition(":")[2]
    with Fetcher(small) as made:
        assert code_of(made, f"http://{host}:{port}/") in ("private_address", "bad_url", "network_error")
    assert site.seen == []


def test_a_name_is_connected_to_at_the_address_that_was_checked(serve, small, monkeypatch):
    """A name that is public when asked first and private when asked again (DNS rebinding) gains nothing: it is asked once."""
    asked = []

    def resolving(host: str, port: int, timeout: float) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    monkeypatch.setattr("breachbook.ingest.addresses.resolve", resolving)
    site = serve(lambda r: send(r, 200, b"User-agent: *\nDisallow:\n"))
    with Fetcher(small, allow_private=True) as made:
        assert made.get(site.url.replace("127.0.0.1", "paper.example") + "/robots.txt") is not None
    assert asked == ["paper.example"] * 2
    assert [heads["host"].partition(":")[0] for _, heads in site.seen] == ["paper.example"] * 2


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://x.example/",
        "http://",
        "http:///x",
        "http://[::1",
        "http://x:99999/",
        "http://x:0/",
        "http://\0/",
        "http://u:p@x.example/",
    ],
)
def test_other_urls_are_refused(fetcher, url):
    assert code_of(fetcher, url) == "bad_url"


def test_errors_that_may_pass_are_tried_again(serve, fetcher):
    tries = []

    def answer(request) -> None:
        tries.append(1)
        send(request, 200, PAGE) if len(tries) == 3 else send(request, 503)

    assert fetcher.get(serve(no_robots(answer)).url).data == PAGE


def test_errors_that_stay_are_not_tried_again(serve, fetcher):
    site = serve(no_robots(lambda r: send(r, 410)))
    assert code_of(fetcher, site.url) == "http_error"
    assert len(site.seen) == 2


def test_retry_after_is_honoured_within_bounds(serve, fetcher):
    tries = []

    def answer(request) -> None:
        tries.append(time.monotonic())
        send(request, 200, PAGE) if len(tries) == 2 else send(request, 429, Retry_After="1")

    fetcher.get(serve(no_robots(answer)).url)
    assert tries[1] - tries[0] >= 0.95
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    for wait in ("3600", later, "99999999999999999999"):
        site = serve(no_robots(lambda r, wait=wait: send(r, 503, Retry_After=wait)))
        assert code_of(fetcher, site.url) == "http_error"
        assert len(site.seen) == 2


def test_a_host_that_is_not_there(fetcher):
    assert code_of(fetcher, "http://127.0.0.1:9/") in ("network_error", "robots")
    assert code_of(fetcher, "http://no-such-host.invalid/") in ("network_error", "robots")


@pytest.mark.parametrize("slow", ["silence", "heads", "body"])
def test_nothing_takes_longer_than_the_limit(serve, small, slow):
    def answer(request) -> None:
        pieces = {"silence": [], "heads": [b"HTTP/1.1 200 OK\r\n"] + [b"X"] * 200, "body": [b"HTTP/1.1 200 OK\r\n\r\n"] + [b"x"] * 200}[
            slow
        ]
        for piece in pieces:
            request.wfile.write(piece)
            request.wfile.flush()
            time.sleep(0.05)
        time.sleep(2)

    limits = load({}, fetch_timeout="0.9")
    start = time.monotonic()
    outcomes = list(intake(serve(no_robots(answer)).url, limits, fetcher=Fetcher(limits, allow_private=True, back_off=0.01)))
    assert time.monotonic() - start < 2.5
    assert [o.code for o in outcomes if isinstance(o, Refusal)] == ["timeout"]


def test_robots_txt_is_obeyed_and_read_once(serve, fetcher):
    def answer(request) -> None:
        send(request, 200, b"User-agent: *\nDisallow: /private\n" if request.path == "/robots.txt" else PAGE)

    site = serve(answer)
    assert code_of(fetcher, f"{site.url}/private/x") == "robots"
    assert fetcher.get(f"{site.url}/public").data == PAGE
    assert [path for path, _ in site.seen] == ["/robots.txt", "/public"]


def test_a_robots_txt_that_fails_allows_nothing(serve, fetcher):
    site = serve(lambda r: send(r, 500 if r.path == "/robots.txt" else 200, PAGE))
    assert code_of(fetcher, site.url) == "robots"


def test_intake_of_a_url(serve, small):
    site = serve(
        no_robots(
            lambda r: send(r, 304 if r.headers.get("If-None-Match") else 200, PAGE, ETag='"7"', Content_Type="text/html; charset=utf-8")
        )
    )
    made = Fetcher(small, allow_private=True)
    (outcome,) = intake(f"{site.url}/news/1", small, fetcher=made, today=date(2024, 6, 1))
    assert isinstance(outcome, Ingested)
    assert (outcome.etag, outcome.origin, outcome.document.url) == ('"7"', f"{site.url}/news/1", f"{site.url}/news/1")
    assert list(intake(site.url, small, fetcher=made, validators=lambda _: Validators('"7"'))) == [NotModified(site.url)]


def test_intake_of_a_url_refuses_private_addresses_by_itself(serve, small):
    (outcome,) = intake(serve(lambda r: send(r, 200, PAGE)).url, small)
    assert isinstance(outcome, Refusal)
    assert outcome.code == "private_address"
    (outcome,) = intake("file:///etc/passwd", small)
    assert isinstance(outcome, Refusal)
    assert outcome.code == "bad_url"


def test_a_page_cannot_say_that_it_stands_on_another_site(serve, small):
    page = PAGE.replace(
        b"<title>", b'<link rel="canonical" href="https://ico.org.uk/x"><meta property="og:site_name" content="CNIL"><title>'
    )
    site = serve(no_robots(lambda r: send(r, 200, page)))
    (outcome,) = intake(site.url, small, fetcher=Fetcher(small, allow_private=True))
    assert isinstance(outcome, Ingested)
    assert outcome.document.url == site.url
    assert outcome.document.publisher_role is None


def test_a_feed_that_never_ends_gives_what_came(serve):
    def answer(request) -> None:
        request.wfile.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<?xml version='1.0'?><rss version='2.0'><channel>"
        )
        for number in range(10_000_000):
            request.wfile.write(b"<item><title>Clinic %d breached</title><guid>%d</guid></item>" % (number, number))

    limits = load({}, fetch_limit="50000", fetch_timeout="5")
    outcomes = list(intake(serve(no_robots(answer)).url, limits, fetcher=Fetcher(limits, allow_private=True)))
    assert sum(isinstance(o, Ingested) for o in outcomes) > 500
    assert [o.code for o in outcomes if isinstance(o, Refusal)] == ["endless_feed"]


def test_a_page_that_never_ends_is_refused(serve):
    def answer(request) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>")
        while True:
            request.wfile.write(b"<p>breach</p>" * 1000)

    limits = load({}, fetch_limit="50000", fetch_timeout="5")
    (outcome,) = intake(serve(no_robots(answer)).url, limits, fetcher=Fetcher(limits, allow_private=True))
    assert isinstance(outcome, Refusal)
    assert outcome.code == "too_large"
