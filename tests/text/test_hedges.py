"""The reach of negation and hedging, where a set of sentences would not show which part of it broke."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.text.hedges import certainty, cues
from breachbook.text.speakers import role_of, speeches


def of(sentence: str, words: str) -> str:
    start = sentence.index(words)
    return certainty(sentence, start, start + len(words))


def test_a_denial_ends_where_its_clause_ends() -> None:
    sentence = "Card numbers were not taken, but names and addresses were."
    assert (of(sentence, "Card numbers"), of(sentence, "addresses")) == ("denied", "stated")


def test_a_cue_inside_another_does_not_count() -> None:
    assert of("The firm cannot rule out that names were read.", "names") == "possible"
    assert [cue.name for cue in cues("The firm cannot rule out that names were read.")] == ["cannot be ruled out"]


def test_the_month_of_may_is_no_hedge() -> None:
    assert of("The attack began in May at the plant.", "attack") == "stated"


@pytest.mark.parametrize("word", ["not ", "may ", "no ", "(", '"', "said ", "A, ", "that they claim "])
def test_long_sentences_cost_no_more_than_their_length(word: str) -> None:
    begin = time.process_time()
    cues(word * 20_000)
    speeches(word * 20_000)
    assert time.process_time() - begin < 10


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_any_sentence_has_a_certainty(sentence: str, start: int, length: int) -> None:
    assert certainty(sentence, start, start + length) in ("stated", "likely", "possible", "denied")
    for speech in speeches(sentence):
        assert 0 <= speech.start <= speech.end <= len(sentence)


def test_the_first_word_for_a_role_decides() -> None:
    assert role_of("a security researcher at the company") == "researcher"
    assert role_of("a spokeswoman for the bank") == "victim"
    assert role_of("the tide") is None


def test_looking_at_something_is_no_hedge() -> None:
    sentence = "After they looked at the 3 GB of files, the team looked into the logs; the rest looked genuine."
    assert certainty(sentence, sentence.index("3 GB"), sentence.index("3 GB") + 4) == "stated"
    assert certainty(sentence, sentence.index("genuine"), sentence.index("genuine") + 7) == "likely"
