"""Sentences: where they end, where they do not, and that their offsets hold for any input."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from breachbook.text.sentences import LONGEST_SENTENCE, sentences


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b, _ in sentences(text)]


def test_titles_initials_and_legal_forms_end_no_sentence() -> None:
    assert cut("Mr. Hale of Quarry Inc. saw it on Jan. 5. J. R. Moss, of the U.S. Senate, did not.") == [
        "Mr. Hale of Quarry Inc. saw it on Jan. 5.",
        "J. R. Moss, of the U.S. Senate, did not.",
    ]


def test_an_abbreviation_ends_a_sentence_before_a_word_that_starts_one() -> None:
    assert cut("It trades as Quarry Inc. The firm told staff.") == ["It trades as Quarry Inc.", "The firm told staff."]


def test_no_is_a_word_unless_a_number_follows() -> None:
    assert cut("They said no. Others paid. It is No. 3 of them.") == ["They said no.", "Others paid.", "It is No. 3 of them."]


def test_closing_quotes_belong_to_the_sentence() -> None:
    assert cut("“We are sorry.” He left.") == ["“We are sorry.”", "He left."]


def test_blank_lines_make_paragraphs_and_wrapped_lines_do_not() -> None:
    wrapped = "The county said that its servers had been locked by criminals and that\nno one was to switch on a computer."
    spans = list(sentences(f"Title\n\n{wrapped}\n\nEnd"))
    assert [p for _, _, p in spans] == [0, 1, 2]


@given(st.text(alphabet=st.sampled_from(list('aA. \n!?"”1')), max_size=400))
def test_spans_are_ordered_apart_and_hold_all_that_is_not_space(text: str) -> None:
    spans = list(sentences(text))
    at = 0
    kept = []
    for start, end, _ in spans:
        assert at <= start < end <= len(text)
        kept.append(text[start:end])
        at = end
    assert "".join("".join(kept).split()) == "".join(text.split())


def test_text_without_an_end_is_cut() -> None:
    assert all(len(s) <= LONGEST_SENTENCE + 200 for s in cut("word " * 5000))
    assert len(cut("x" * 10_000)) > 5
