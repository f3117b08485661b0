"""What a person judges wins over the machine, and never breaks what the machine had made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st


def test_records_that_contradict_each_other_come_together_whole(book: Any) -> None:
    ours = [book.report({"victims": "Orvel Foods", "occurred_from": "2020-01-03"}, published="2020-01-10", salt=str(n)) for n in range(3)]
    theirs = [book.report({"victims": "Zelvaro", "occurred_from": "2021-06-03"}, published="2021-06-10", salt=str(n)) for n in range(3)]
    assert sorted(len(e.mentions) for e in book.entities("incident")) == [3, 3]
    book.judge(f"{ours[1]}#incident:1", f"{theirs[1]}#incident:1", "same")
    assert [len(e.mentions) for e in book.entities("incident")] == [6]
    assert len(book.entities("organisation")) == 2


def test_namesakes_in_two_countries_can_be_called_one(book: Any) -> None:
    one = {"name": "Orvel Foods", "country": "US"}
    other = {"name": "Orvel Foods", "country": "CA"}
    here = [book.report({"victims": one}, published="2020-01-10", salt=str(n)) for n in range(2)]
    there = [book.report({"victims": other}, published="2020-01-10", salt=str(n)) for n in range(2)]
    assert sorted(len(e.mentions) for e in book.entities("organisation")) == [2, 2]
    book.judge(f"{here[0]}#organisation:1", f"{there[0]}#organisation:1", "same")
    assert [len(e.mentions) for e in book.entities("organisation")] == [4]


def test_a_mention_that_leaves_does_not_break_up_the_others(book: Any) -> None:
    told = [f"{book.report({'victims': 'Orvel Foods'}, published='2020-01-10', salt=str(n))}#organisation:1" for n in range(60)]
    leaves = min(told)
    for other in told:
        if other != leaves:
            book.judge(leaves, other, "different")
    assert sorted(len(e.mentions) for e in book.entities("organisation")) == [1, 59]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_merge_unites_two_records_as_they_stand(new_book_session: Callable[[], Any], data: st.DataObject) -> None:
    book = new_book_session()
    names = st.sampled_from(["Orvel Foods", "Orvel", "Zelvaro", "Memorial Hospital"])
    countries = st.sampled_from([[], ["US"], ["CA"]])
    for number in range(data.draw(st.integers(2, 9))):
        told = {"name": data.draw(names), "country": data.draw(countries)}
        book.report({"victims": told}, published=f"20{20 + data.draw(st.integers(0, 3))}-03-01", salt=str(number))
    before = [set(e.mentions) for e in book.entities("organisation")]
    left, right = data.draw(st.sampled_from(before)), data.draw(st.sampled_from(before))
    if left == right:
        return
    book.judge(data.draw(st.sampled_from(sorted(left))), data.draw(st.sampled_from(sorted(right))), "same")
    after = [set(e.mentions) for e in book.entities("organisation")]
    assert left | right in after
    assert sorted(map(sorted, after)) == sorted(sorted(e) for e in [*(b for b in before if b not in (left, right)), left | right])
