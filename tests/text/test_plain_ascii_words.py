"""Words in plain ASCII, fast."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from breachbook.text.plain_words import plain_words


@given(st.text())
def test_the_words_are_the_runs_of_ascii_letters(text: str) -> None:
    assert [word.decode() for word in plain_words(text)] == [word.lower() for word in re.findall(r"[A-Za-z]+", text)]
