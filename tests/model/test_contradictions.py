"""Contradictions are found on pairs and along chains, and without what is named there is none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from breachbook.model.contradictions import contradicted
from breachbook.model.judgement import DECISIONS, Judgement, latest, one_act


def judged(left: str, right: str, decision: str, day: int = 1) -> Judgement:
    return Judgement(f"doc-{left}#organisation:1", f"doc-{right}#organisation:1", decision, "Ada", f"2024-01-{day:02}", "why")


def test_the_other_decision_on_a_pair_contradicts() -> None:
    earlier = judged("a", "b", "same")
    assert contradicted([earlier], [judged("b", "a", "different")]) == [earlier]
    assert contradicted([earlier], [judged("b", "a", "unsure")]) == [earlier]
    assert contradicted([earlier], [judged("b", "a", "same", 2)]) == []


def test_a_chain_contradicts_and_its_latest_link_is_named() -> None:
    chain = [judged("a", "b", "same", 1), judged("b", "c", "same", 3), judged("c", "d", "same", 2)]
    assert contradicted(chain, [judged("a", "d", "different")]) == [chain[1]]
    assert contradicted(chain, [judged("a", "e", "different")]) == []
    ring = [*chain, judged("d", "a", "same", 4)]
    assert contradicted(ring, [judged("a", "c", "different")]) == [ring[3], ring[1]]


def test_what_comes_together_may_not_be_judged_different() -> None:
    apart = judged("a", "c", "different")
    assert contradicted([judged("a", "b", "same"), apart], [judged("b", "c", "same")]) == [apart]
    records = [["doc-a#organisation:1", "doc-x#organisation:1"], ["doc-c#organisation:1", "doc-y#organisation:1"]]
    assert contradicted([apart], [judged("x", "y", "same")], records) == [apart]


judgements = st.builds(judged, st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.sampled_from(DECISIONS), st.integers(1, 28)).filter(
    lambda j: j.left != j.right
)


@given(st.lists(judgements, max_size=25))
def test_without_what_is_contradicted_there_is_no_contradiction(told: list[Judgement]) -> None:
    standing: list[Judgement] = []
    for judgement in told:
        against = {j.id for j in contradicted(standing, [judgement])}
        standing = latest([*(j for j in standing if j.id not in against and j.pair != judgement.pair), judgement])
        parent = {side: side for j in standing for side in j.pair}

        def root(item: str, up: dict[str, str] = parent) -> str:
            return item if up[item] == item else root(up[item], up)

        for j in standing:
            if j.decision == "same":
                parent[root(j.left)] = root(j.right)
        assert not [j for j in standing if j.decision == "different" and root(j.left) == root(j.right)]


def test_an_act_of_several_has_one_id_and_a_single_one_its_own() -> None:
    several = one_act([judged("a", "b", "different"), judged("a", "c", "different")])
    assert len({j.act_id for j in several}) == 1
    assert one_act([judged("a", "b", "same")])[0].act_id == judged("b", "a", "same").id
