"""Which documents may present an organisation."""

from __future__ import annotations

from dataclasses import replace

from breachbook.extract.presentations import may_present
from breachbook.model.document import Document

PAGE = Document("page", "About Quorley Castings\n\nQuorley Castings is a maker of iron parts.", "x", title="About Quorley Castings")


def test_a_page_that_says_in_its_opening_what_its_heading_names_may_present_it() -> None:
    assert may_present(PAGE)
    assert may_present(replace(PAGE, text="Who we are\n\nQuorley (QC) operates two foundries.", title="Quorley"))


def test_other_pages_do_not() -> None:
    assert not may_present(replace(PAGE, text="Fenwick is a town.", title="Quorley Castings"))
    assert not may_present(replace(PAGE, text="Quorley, a maker of iron parts, said on Monday that profits rose.", title="Quorley"))
    assert not may_present(replace(PAGE, text="No news. " * 100 + PAGE.text, title="Quorley Castings"))
    assert not may_present(replace(PAGE, title=None))
    assert not may_present(replace(PAGE, title="Quorley Castings says profits hit a record level"))
    assert not may_present(replace(PAGE, kind="feed_item"))


def test_what_an_organisation_publishes_about_itself_always_may() -> None:
    assert may_present(replace(PAGE, kind="feed_item", text="Our week.", publisher_role="victim"))
