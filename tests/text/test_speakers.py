"""Who speaks: names of any length are found, and hostile runs of capitals are passed over."""

from __future__ import annotations

from breachbook.text.speakers import speeches


def test_a_run_of_capitals_is_passed_over() -> None:
    """With a pattern that backtracks this would not end."""
    assert speeches("A" * 2_000 + " was hacked.") == ()


def test_a_name_may_have_linking_words() -> None:
    [speech] = speeches("The Bank of the Northern Isles said that no data was taken.")
    assert "Bank of the Northern Isles" in (speech.name or "")
