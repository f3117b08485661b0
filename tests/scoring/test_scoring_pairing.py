"""Which of the reader's values belongs to which of the label's."""

from __future__ import annotations

from operator import eq

from hypothesis import given
from hypothesis import strategies as st

from breachbook.scoring.pairing import pair, pair_incidents


def incident(*victims: str) -> dict[str, object]:
    return {"victims": [{"name": name} for name in victims]}


@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_every_value_stands_in_exactly_one_pair(ours: list[int], gold: list[int]) -> None:
    pairs = pair(ours, gold, eq)
    assert sorted(a for a, _ in pairs if a is not None) == sorted(ours)
    assert sorted(b for _, b in pairs if b is not None) == sorted(gold)
    assert all(a == b for a, b in pairs if a is not None and b is not None)


def test_a_value_is_used_once() -> None:
    assert pair([1, 1], [1], eq) == [(1, 1), (1, None)]
    assert pair([1], [1, 1], eq) == [(1, 1), (None, 1)]


def test_incidents_go_by_their_victims_and_then_by_order() -> None:
    ours = [incident("Lake Clinic"), incident("Wrong Name")]
    gold = [incident("Hill Bank"), incident("Lake Clinic")]
    assert pair_incidents(ours, gold) == [(ours[0], gold[1]), (ours[1], gold[0])]


def test_an_incident_that_is_left_faces_nothing() -> None:
    one, two = incident("Lake Clinic"), incident("Hill Bank")
    assert pair_incidents([one, two], [one]) == [(one, one), (two, {})]
    assert pair_incidents([], [one]) == [({}, one)]
    assert pair_incidents([], []) == []
