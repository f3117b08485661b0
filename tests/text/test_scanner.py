"""The pattern engine: Hyperscan and `re` find the same, in any text; offsets are those of the text as given."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.text.folding import fold
from breachbook.text.scanner import Scanner, hyperscan

PATTERNS = {
    "count": r"\b\d{1,3}(?:,\d{3}){0,3} (?:people|users)\b",
    "size": r"\b\d{1,4}(?:\.\d{1,2})? ?(?P<unit>[KMGT]i?B)\b",
    "money": r"[$£€] ?\d{1,9}",
    "lookbehind": r"(?<!un)affected\b",
    "lookahead": r"\bdata(?! plan)\b",
    "capital": r"\bgroup (?-i:[A-Z])\w{1,20}",
    "greedy": r"a{1,4}b?",
    "nested": r"(?:data plan group|plan group|group|data plan)\b",
    "gaps": r"\bgroup (?:\w{1,40} ){0,3}(?:people|affected|data)\b",
    "choice": r"\b(?:12|12,345|345 people)\b",
}
PIECES = ["12", ",345", " people", " users", "6.5", " GB", "GiB", "€", "200", "unaffected", " affected", "data", " plan",
          " group ", "Xenon", "xenon", "aaaaaa", "b", "Müller’s", "é", "\n", " ", "ſ", "K", "\u3000", "€ 5", "x" * 150]  # fmt: skip

needs_hyperscan = pytest.mark.skipif(hyperscan is None, reason="Hyperscan has no wheel here")


def spans(scanner: Scanner, text: str) -> dict[str, list[tuple[int, int]]]:
    return {name: [m.span() for m in found] for name, found in scanner.find(text).items()}


FAST = Scanner(PATTERNS)
SLOW = Scanner(PATTERNS, engine="re")


@needs_hyperscan
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200))
def test_both_engines_find_the_same(text: str) -> None:
    assert spans(FAST, text) == spans(SLOW, text)


@given(st.text())
def test_folding_keeps_the_length_and_fits_one_byte_a_character(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert len(folded.encode("latin-1")) == len(text)


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "Müller’s café lost data of 1,545\u00a0people — “affected” — and €200"
    found = FAST.find(text)
    assert [text[m.start() : m.end()] for m in found["count"]] == ["1,545\u00a0people"]
    assert [text[m.start() : m.end()] for m in found["money"]] == ["€200"]
    assert [text[m.start() : m.end()] for m in found["lookbehind"]] == ["affected"]


def test_case_is_respected_only_where_asked() -> None:
    assert "capital" in FAST.find("the GROUP Xenon")
    assert "capital" not in FAST.find("the group xenon")


@needs_hyperscan
def test_a_pattern_that_hyperscan_refuses_is_still_searched(tmp_path: Path) -> None:
    scanner = Scanner({"fine": "foo", "recursive": r"(?P<q>['\"])bar(?P=q)x", "conditional": r"(a)?b(?(1)c|d)"}, cache=tmp_path)
    assert spans(scanner, "foo 'bar'x abc bd") == {"fine": [(0, 3)], "recursive": [(4, 10)], "conditional": [(11, 14), (15, 17)]}


@needs_hyperscan
def test_the_compiled_patterns_are_kept_and_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    Scanner(PATTERNS, cache=tmp_path)
    (kept,) = tmp_path.iterdir()
    size = kept.stat().st_size
    assert spans(Scanner(PATTERNS, cache=tmp_path), "345 users") == {"count": [(0, 9)]}
    kept.write_bytes(b"damaged")
    assert spans(Scanner(PATTERNS, cache=tmp_path), "345 users") == {"count": [(0, 9)]}
    assert kept.stat().st_size == size


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert spans(Scanner({"a": "abc"}, cache=tmp_path / "file"), "abc") == {"a": [(0, 3)]}


def test_an_invalid_pattern_is_an_error_not_silence() -> None:
    with pytest.raises(re.error):
        Scanner({"a": "("}, engine="re").find("(")
