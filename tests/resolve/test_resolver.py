"""The whole: judgements, ids that stay, and an order of input that does not count."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breachbook.model.entity import Resolution, entity_id
from breachbook.resolve.resolver import resolve


def partition(resolution: Resolution, kind: str) -> set[frozenset[str]]:
    return {frozenset(e.mentions) for e in resolution.entities if e.kind == kind}


def two(book: Any, left: str = "Orvel", right: str = "Orvel") -> tuple[str, str]:
    first = book.report({"victims": left}, published="2020-01-01", salt="1")
    second = book.report({"victims": right}, published="2020-01-01", salt="2")
    return f"{first}#organisation:1", f"{second}#organisation:1"


def test_a_person_can_join_what_the_machine_leaves_apart(book: Any) -> None:
    left, right = two(book, "Orvel", "Zelvaro")
    book.judge(left, right, "same")
    assert len(book.entities("organisation")) == 1
    assert any(m.parts == (("judgement", 1.0),) and "looked into it" in m.reason for m in book.resolve().matches)


def test_a_person_can_keep_apart_what_the_machine_joins(book: Any) -> None:
    left, right = two(book)
    assert len(book.entities("organisation")) == 1
    book.judge(left, right, "different")
    assert len(book.entities("organisation")) == 2


def test_what_is_judged_different_does_not_come_together_by_a_third(book: Any) -> None:
    left, right = two(book)
    book.report({"victims": "Orvel"}, published="2020-01-01", salt="3")
    book.judge(left, right, "different")
    assert sorted(len(e.mentions) for e in book.entities("organisation")) == [1, 2]


def test_an_undone_judgement_is_none(book: Any) -> None:
    left, right = two(book)
    book.judge(left, right, "different", undone="2024-02-01T00:00:00Z")
    assert len(book.entities("organisation")) == 1


def test_the_later_judgement_stands(book: Any) -> None:
    left, right = two(book)
    book.judge(left, right, "different", when="2024-01-01T00:00:00Z")
    book.judge(left, right, "same", when="2024-01-02T00:00:00Z")
    assert len(book.entities("organisation")) == 1


def test_a_judgement_can_name_entities(book: Any) -> None:
    left, right = two(book, "Orvel", "Zelvaro")
    book.judge(entity_id("organisation", left), entity_id("organisation", right), "same")
    assert len(book.entities("organisation")) == 1


def test_judgements_join_incidents_and_actors_too(book: Any) -> None:
    first = book.report({"victims": "a hospital", "actor": "Zorblatt"}, published="2020-01-01")
    second = book.report({"victims": "a clinic", "actor": "Grumbolt"}, published="2023-01-01")
    book.judge(f"{first}#incident:1", f"{second}#incident:1", "same")
    book.judge(f"{first}#actor:1", f"{second}#actor:1", "same")
    assert len(book.entities("incident")) == 1
    assert len(book.entities("actor")) == 1


def test_a_judgement_on_what_is_not_there_waits(book: Any) -> None:
    left, _ = two(book)
    book.judge(left, "doc-gone#organisation:1", "same")
    assert len(book.entities("organisation")) == 1


def test_ids_stay_when_documents_are_added(book: Any) -> None:
    two(book)
    before = {e.id for e in book.resolve().entities}
    book.report({"victims": "Orvel Group", "actor": "CLOP"}, published="2020-01-03")
    book.report({"victims": "Zelvaro"}, published="2020-01-03")
    assert before <= {e.id for e in book.resolve().entities}


def test_clop_is_one_actor_under_the_name_most_used(book: Any) -> None:
    for number, name in enumerate(["Cl0p", "CLOP", "CLOP", "the Clop ransomware gang", "FIN11"]):
        book.report({"victims": f"Victim{number}", "actor": name})
    assert [(e.name, len(e.mentions)) for e in book.entities("actor")] == [("CLOP", 4), ("FIN11", 1)]
    assert "kept apart" in str(book.entities("actor")[1].note)


def test_every_mention_is_in_one_entity_of_its_kind(book: Any) -> None:
    mixed(book, 40, random.Random(3))
    resolution = book.resolve()
    for kind in ("organisation", "actor", "incident"):
        mentions = [m for e in resolution.entities if e.kind == kind for m in e.mentions]
        said = {m for d in book.documents for c in d.claims for m in (c.mention, c.object_mention) if m and f"#{kind}:" in m}
        assert len(mentions) == len(set(mentions))
        assert set(mentions) == said


def test_joins_explain_themselves(book: Any) -> None:
    mixed(book, 60, random.Random(4))
    resolution = book.resolve()
    for kind in ("organisation", "actor", "incident"):
        joins = [m for m in resolution.matches if m.decision == "same" and f"#{kind}:" in m.left]
        expected = sum(len(e.mentions) - 1 for e in resolution.entities if e.kind == kind)
        assert len(joins) == expected
        assert all(m.reason and m.parts for m in joins)


def mixed(book: Any, number: int, rng: random.Random) -> None:
    """Reports on few names, so that much is joined and much contradicts."""
    names = ["Orvel", "Orvel Group", "Orvel Inc", "orvel.com", "Memorial Hospital", "Wayne County", "County of Wayne", "Zelvaro", "a bank"]
    for _ in range(number):
        victim: dict[str, Any] = {"name": rng.choice(names)}
        if rng.random() < 0.4:
            victim["country"] = rng.choice(["US", "FR"])
        if rng.random() < 0.4:
            victim["region"] = rng.choice(["Ohio", "Illinois"])
        if rng.random() < 0.2:
            victim["domain"] = rng.choice(["orvel.com", "zelvaro.com"])
        facts: dict[str, Any] = {"victims": victim, "attack_type": rng.choice(["ransomware", "phishing"])}
        if rng.random() < 0.5:
            facts["actor"] = rng.choice(["CLOP", "Cl0p", "FIN11", "hackers"])
        if rng.random() < 0.3:
            facts["third_parties"] = "Accellion"
        if rng.random() < 0.5:
            facts["occurred_from"] = f"20{rng.randrange(19, 24)}-0{rng.randrange(1, 10)}"
        book.report(facts, published=f"20{rng.randrange(19, 24)}-0{rng.randrange(1, 10)}-1{rng.randrange(10)}", salt=str(rng.random()))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_input_does_not_count(new_book_session: Callable[[], Any], seed: int) -> None:
    rng = random.Random(seed)
    book = new_book_session()
    mixed(book, 30, rng)
    mentions = sorted(
        {c.object_mention for d in book.documents for c in d.claims if c.object_mention and "organisation" in c.object_mention}
    )
    for number in range(4):
        left, right = rng.sample(mentions, 2)
        book.judge(left, right, rng.choice(["same", "different"]), when=f"2024-01-0{number + 1}T00:00:00Z")
    before = book.resolve()
    documents, judgements = list(book.documents), list(book.judgements)
    rng.shuffle(documents)
    rng.shuffle(judgements)
    after = resolve(documents, judgements)
    assert after == before
    assert all(partition(after, kind) == partition(before, kind) for kind in ("organisation", "incident", "actor", "campaign"))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_order_in_which_documents_were_added_changes_no_group(new_book_session: Callable[[], Any], seed: int) -> None:
    rng = random.Random(seed)
    book = new_book_session()
    mixed(book, 30, rng)
    before = book.resolve()
    places = list(range(1, len(book.documents) + 1))
    rng.shuffle(places)
    moved = [book.moved(document, place) for document, place in zip(book.documents, places, strict=True)]
    after = resolve(moved, [])
    for kind in ("organisation", "incident", "actor", "campaign"):
        assert partition(after, kind) == partition(before, kind)


@pytest.mark.parametrize("empty", [[], ()])
def test_an_empty_book_has_nothing(empty: Any) -> None:
    assert resolve(empty, empty) == Resolution(())
