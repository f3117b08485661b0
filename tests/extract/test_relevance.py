"""The cheap look for any word of incidents."""

from __future__ import annotations

import pytest

from breachbook.extract.relevance import may_be_relevant


@pytest.mark.parametrize("text", ["A Hacker broke in.", "Their data were LEAKED.", "unauthorised access", "A laptop was stolen from a car"])
def test_words_of_incidents_open_the_gate(text: str) -> None:
    assert may_be_relevant(text)


def test_ordinary_words_do_not() -> None:
    assert not may_be_relevant("The team won by two goals, and the mayor opened a new park on Sunday.")
