"""Where a quote stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from breachbook.extract.language_model.quotes import LONGEST_QUOTE, MOST_PLACES, Quotes

WORDS = st.text(alphabet="abcé’'–-“\" \n\t\u00a0\u200b", max_size=60)


@given(before=WORDS, words=st.text(alphabet="abc’–é", min_size=2, max_size=20), after=WORDS)
def test_what_stands_in_the_text_is_found_there(before: str, words: str, after: str) -> None:
    text = f"{before} {words} {after}"
    assert (len(before) + 1, len(before) + 1 + len(words)) in list(Quotes(text).places(words))[:MOST_PLACES]


@given(text=WORDS, quote=WORDS)
def test_every_place_holds_the_quote(text: str, quote: str) -> None:
    def plain(words: str) -> str:
        for old, new in (("’", "'"), ("–", "-"), ("“", '"'), ("é", "e"), ("\u200b", "")):
            words = words.replace(old, new)
        return " ".join(words.split())

    for start, end in Quotes(text).places(quote):
        assert plain(text[start:end]) == plain(quote)


def test_white_space_and_typography_do_not_count_but_letters_do() -> None:
    quotes = Quotes("The bank’s\n  records  – all of them")
    assert list(quotes.places("bank's records - all")) == [(4, 27)]
    assert list(quotes.places("Bank's records")) == []
    assert list(quotes.places("bank's ... all")) == []


def test_too_short_too_long_and_too_often() -> None:
    quotes = Quotes("ab " * 1000)
    assert list(quotes.places("a")) == []
    assert list(quotes.places(" ")) == []
    assert list(quotes.places("ab " * LONGEST_QUOTE)) == []
    assert len(list(quotes.places("ab"))) == MOST_PLACES
