"""Sections that were added later."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.text.updates import updates

STORY = "A clinic was breached.\n\nIt has told the police."


def found(text: str, start: int = 0) -> list[tuple[str, int, str | None]]:
    return [(text[u.start : u.end], u.revision, u.said) for u in updates(text, start)]


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("Update:  It was the supplier.", None),
        ("UPDATE (April 12): It was the supplier.", "April 12"),
        ("UPDATE [January 23]: It was the supplier.", "January 23"),
        ("Updated 3 May 2021 — It was the supplier.", "3 May 2021"),
        ("Update, April 12, 5:30 pm ET: It was the supplier.", "April 12, 5:30 pm ET"),
        ("Update on 12 April: It was the supplier.", "12 April"),
        ("**UPDATE – May 3:** It was the supplier.", "May 3"),
        ("[Update: It was the supplier.]", None),
        ("[Update, 4:40 pm EDT:] It was the supplier.", "4:40 pm EDT"),
        ("Update\n\nIt was the supplier.", None),
        ("Update 2: It was the supplier.", None),
        ("Addendum: It was the supplier.", None),
    ],
)
def test_headings(section, said):
    assert found(f"{STORY}\n\n{section}") == [(section, 1, said)]


@pytest.mark.parametrize(
    "section",
    [
        "Update your software now: it is old.",
        "Updates are ready.",
        "Windows 10 Update (1607) — is out.",
        "Updated: 3 May 2021, 10:30 GMT",
        "Updated 3 May 2021",
        "The update: it came late.",
        "an update (of KB4012212): it came late.",
    ],
)
def test_what_is_none(section):
    assert found(f"{STORY}\n\n{section}\n\nMore of the story.") == []


def test_within_a_line():
    text = "A clinic was breached. UPDATE: It was the supplier. More."
    assert found(text) == [("UPDATE: It was the supplier. More.", 1, None)]
    text = "They took files for ransom, [Update: they refused to pay]. The clinic is open."
    assert found(text) == [("[Update: they refused to pay]", 1, None)]


def test_one_ends_where_the_next_begins():
    text = f"{STORY}\n\nUpdate: One.\n\nStill one.\n\nUpdate: Two.\n\nAbout the author: Kim"
    assert found(text) == [("Update: One.\n\nStill one.", 1, None), ("Update: Two.", 2, None)]


def test_one_above_the_story_is_its_paragraph_alone():
    text = f"Headline\n\nUpdate: It was denied.\n\n{STORY}"
    assert found(text, len("Headline")) == [("Update: It was denied.", 1, None)]


def test_numbers_give_the_order():
    text = f"Headline\n\nUpdate 2: Two.\n\nUpdate 1: One.\n\n{STORY}"
    assert [revision for _, revision, _ in found(text, len("Headline"))] == [2, 1]


def test_a_headline_announces_no_section():
    assert found(f"Update: clinic breached\n\n{STORY}", len("Update: clinic breached")) == []


def test_a_text_that_is_all_update_has_none():
    assert found("Update: a clinic was breached.") == []


PIECES = st.sampled_from(
    ["Update", "UPDATE", "[", "]", "(", ")", ":", " ", "\n", "—", "April 12", "2", "text. ", "**", "\n\nUpdate: ", "x"]
)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_sections_stand_in_order_without_overlap(text):
    position = 0
    sections = updates(text)
    for section in sections:
        assert position <= section.start < section.end <= len(text)
        position = section.end
    assert sorted(s.revision for s in sections) == list(range(1, len(sections) + 1))
