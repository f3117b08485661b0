"""Words for people, and text made safe for terminals and links."""

from __future__ import annotations

import pytest

from breachbook.serve import words


@pytest.mark.parametrize(
    ("value", "shown"),
    [("2021-03-25", "25 March 2021"), ("2021-03", "March 2021"), ("2021", "2021"), (None, ""), ("2026-01-02T03:04:05Z", "2 January 2026")],
)
def test_dates(value: str | None, shown: str) -> None:
    assert words.date_words(value) == shown


def test_controls_and_directions_become_visible() -> None:
    assert words.visible("a\x1b[31mb\u202ec\x00d\x9be\ud800") == "a\\u001b[31mb\\u202ec\\u0000d\\u009be\\ud800"
    assert words.visible("Zürich, 東京\nשלום") == "Zürich, 東京 שלום"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "http://abc.onion/x", "//example.org", "ftp://example.org", "http://[", "", None]
)
def test_unsafe_links_are_no_links(url: str | None) -> None:
    assert words.safe_link(url) is None


def test_safe_links_and_defanging() -> None:
    assert words.safe_link("https://example.org/a?b=c") == "https://example.org/a?b=c"
    assert words.defanged("http://abc.onion/x") == "hxxp://abc[.]onion/x"


def test_passwords_are_masked() -> None:
    assert words.without_password("postgresql://me:p@ss@host/book") == "postgresql://me:***@host/book"
    assert words.without_password("sqlite:////home/me/book.sqlite") == "sqlite:////home/me/book.sqlite"


def test_speakers() -> None:
    assert words.speaker_words("victim", None) == "The victim"
    assert words.speaker_words("regulator", "The Commissioner") == "The Commissioner (regulator or other authority)"
