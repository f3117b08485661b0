"""The cheap look for any word of incidents."""

from __future__ import annotations

import pytest

from breachbook.extract.relevance import may_be_relevant
from breachbook.text.english import is_english


@pytest.mark.parametrize("text", ["A Hacker broke in.", "Their data were LEAKED.", "unauthorised access", "A laptop was stolen from a car"])
def test_words_of_incidents_open_the_gate(text: str) -> None:
    assert may_be_relevant(text)


def test_ordinary_words_do_not() -> None:
    assert not may_be_relevant("The team won by two goals, and the mayor opened a new park on Sunday.")


def test_short_texts_pass_as_english_and_other_languages_do_not() -> None:
    assert is_english("durham.ca 6.5 GB")
    assert not is_english(
        "La société a été victime d'une attaque informatique qui a paralysé ses usines pendant plusieurs jours selon le journal. " * 3
    )
