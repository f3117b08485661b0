"""robots.txt, by RFC 9309."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.ingest.robots import matches, parse

FILE = """
# a comment
User-agent: other
Disallow: /

User-agent: *
Disallow: /private # so it is
Allow: /private/open
Disallow: /*.pdf$
Disallow: /a/*/b
Disallow:
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/", True), ("/private", False), ("/private/x", False), ("/private/open/y", True), ("/x.pdf", False), ("/x.pdf?y", True),
     ("/a/1/2/b", False), ("/a/b", True)],
)  # fmt: skip
def test_the_longest_rule_decides(path, allowed):
    assert parse(FILE).allows(path) is allowed


def test_a_group_that_names_us_goes_before_the_one_for_all():
    text = "User-agent: *\nDisallow: /\nUser-agent: x\nUser-agent: BreachBook\nAllow: /\nDisallow: /no"
    assert parse(text).allows("/yes")
    assert not parse(text).allows("/no")


def test_nothing_forbids_nothing():
    assert parse("").allows("/x")
    assert parse("<html>not found</html>").allows("/x")


def test_escapes_do_not_matter():
    assert not parse("User-agent: *\nDisallow: /é").allows("/%C3%A9")


def test_hostile_patterns_take_no_time():
    assert not matches("/" + "*a" * 50_000 + "$", "/" + "a" * 49_000 + "b")


@given(st.text())
def test_any_text_is_a_robots_txt(text):
    assert parse(text).allows("/x") in (True, False)
