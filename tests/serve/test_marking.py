"""Marks: whatever claims overlap, the text stays whole and every claim's words are marked exactly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from breachbook.model.claim import Claim, Speaker
from breachbook.model.document import Passage
from breachbook.serve import marking

TEXTS = st.text(alphabet=st.sampled_from("ab \né\u202e"), max_size=60)


def claim(text: str, start: int, end: int, number: int) -> Claim:
    return Claim("doc-1", "incident:1", "victim", f"v{number}", text[start:end], start, end, Speaker("press"), "stated")


@st.composite
def texts_with_claims(draw: st.DrawFn) -> tuple[str, list[Claim]]:
    text = draw(TEXTS)
    edges = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(edges, edges), max_size=8))
    return text, [claim(text, min(span), max(span), n) for n, span in enumerate(spans) if span[0] != span[1]]


@given(texts_with_claims())
def test_text_and_claims_come_out_whole(made: tuple[str, list[Claim]]) -> None:
    text, claims = made
    found = list(marking.paragraphs(text, claims, ()))
    lines = ["".join(segment.text for segment in paragraph.segments) for paragraph in found]
    assert lines == [line for line in text.split("\n") if line.strip()]
    for each in claims:
        marked = "".join(s.text for p in found for s in p.segments if each in s.claims)
        assert (
            marked.replace("\n", "").strip() == each.original.replace("\n", "").strip()
            or not each.original.strip()
            or "\n" in each.original
        )
        if "\n" not in each.original and each.original.strip():
            assert marked == each.original
            assert sum(p.notes.count(each) for p in found) == 1


def test_nested_and_overlapping() -> None:
    text = "abcdef"
    outer, inner, over = claim(text, 0, 4, 1), claim(text, 1, 3, 2), claim(text, 2, 6, 3)
    (paragraph,) = marking.paragraphs(text, [over, inner, outer], ())
    assert [(s.text, len(s.claims)) for s in paragraph.segments] == [("a", 1), ("b", 2), ("c", 3), ("d", 2), ("ef", 1)]
    assert paragraph.notes == (outer, inner, over)


def test_titles_and_updates_are_told_apart() -> None:
    text = "Title\n\nBody.\nMore.\n\nUpdate: yes.\nAnd more."
    passages = (Passage("title", 0, 5), Passage("body", 7, 18), Passage("update", 20, len(text), 1, "2021-04-20"))
    found = list(marking.paragraphs(text, [], passages))
    assert [p.title for p in found] == [True, False, False, False, False]
    assert [p.update.said if p.update else None for p in found] == [None, None, None, "2021-04-20", None]


def test_long_texts_come_in_parts() -> None:
    text = "word " * (marking.PART_LENGTH // 2)
    last = claim(text, len(text) - 5, len(text) - 1, 1)
    across = claim(text, marking.PART_LENGTH - 3, marking.PART_LENGTH + 4, 2)
    assert marking.parts(text) == 3
    assert marking.part_of(last) == 3
    parts = [list(marking.paragraphs(text, [last, across], (), part)) for part in (1, 2, 3)]
    assert "".join(s.text for part in parts for p in part for s in p.segments) == text
    assert [[c.value for p in part for c in p.notes] for part in parts] == [["v2"], [], ["v1"]]
    assert across in parts[1][0].segments[0].claims


def test_ten_thousand_claims_stay_light() -> None:
    text = "ab " * 10_000
    claims = [claim(text, n * 3, n * 3 + 2, n) for n in range(10_000)]
    segments = [s for p in marking.paragraphs(text, claims, ()) for s in p.segments]
    assert sum(len(s.claims) for s in segments) == 10_000
