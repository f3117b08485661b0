"""Who is compared with whom, and facts that are put away and taken out again."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.resolve.blocking import at_the_edge, pairs, partners
from breachbook.resolve.kinds import LONGEST_KEY, kept
from breachbook.resolve.packing import pack, unpack
from breachbook.resolve.weights import block

LARGEST, ANCHORS = block("largest"), block("anchors")


def compared(number: int, strong: bool) -> set[tuple[str, str]]:
    """The pairs of so many that share a key, the earliest first by name."""
    items = [f"{place:04d}" for place in range(number)]

    def partner(item: str, key: str) -> list[str]:
        return list(partners(item, key, items[:LARGEST], strong, lambda _: items))

    return set(pairs(items, {item: ["key"] for item in items}, partner))


@pytest.mark.parametrize("strong", [True, False])
def test_all_of_a_small_block_are_compared(strong: bool) -> None:
    assert len(compared(LARGEST, strong)) == LARGEST * (LARGEST - 1) // 2


def test_of_a_strong_key_nobody_stays_alone() -> None:
    found = compared(3 * LARGEST, True)
    late = f"{3 * LARGEST - 1:04d}"
    assert {pair for pair in found if late in pair} == {(f"{place:04d}", late) for place in range(ANCHORS)}


def test_a_weak_key_that_many_share_tells_no_more() -> None:
    assert compared(3 * LARGEST, False) == compared(LARGEST, False)


@given(number=st.integers(0, 3 * LARGEST), more=st.integers(0, 5), strong=st.booleans())
def test_what_comes_later_takes_no_pair_away(number: int, more: int, strong: bool) -> None:
    assert compared(number, strong) <= compared(number + more, strong)


def test_those_at_the_edge_are_looked_at_again() -> None:
    ranked = [str(place) for place in range(LARGEST + 5)]
    assert at_the_edge(ranked, False, 1) == {str(LARGEST - 1), str(LARGEST)}
    assert at_the_edge(ranked, True, 1) == {str(LARGEST - 1), str(LARGEST), str(ANCHORS - 1), str(ANCHORS)}


@dataclass(frozen=True, slots=True)
class Part:
    word: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    name: str
    parts: tuple[Part, ...]
    words: frozenset[str]
    spans: tuple[tuple[int, int], ...]
    sure: bool


PARTS = st.builds(Part, st.text(st.characters()), st.none() | st.integers())


@given(
    st.builds(
        Facts,
        st.text(st.characters()),
        st.lists(PARTS, max_size=3).map(tuple),
        st.frozensets(st.text(max_size=5), max_size=4),
        st.lists(st.tuples(st.integers(), st.integers()), max_size=3).map(tuple),
        st.booleans(),
    )
)
def test_facts_come_back_as_they_were(facts: Facts) -> None:
    packed = pack(facts)
    assert packed.isascii()
    assert unpack(Facts, packed) == facts


def test_facts_of_another_kind_are_refused() -> None:
    with pytest.raises(TypeError, match="facts cannot hold"):
        unpack(dict, "{}")


@given(st.text(st.characters(), max_size=3 * LONGEST_KEY))
def test_keys_can_be_kept(text: str) -> None:
    key = kept(f"name:{text}")
    assert len(key) <= LONGEST_KEY
    assert key.startswith("name:")
    assert "\x00" not in key
    key.encode("utf-8")
