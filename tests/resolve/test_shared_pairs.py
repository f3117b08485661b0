"""Figures on labelled pairs, where the shared corpora are there. Floors are below what was measured, and are not aimed at."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from breachbook.model.entity import Match
from breachbook.resolve.organisation_facts import OrganisationFacts
from breachbook.resolve.organisation_match import compare
from breachbook.text.names import forms

NAME_PAIRS_FLOOR = 0.78
"""F1 of `same` or `proposal` on pairs of organisations' names; 0.82 when set. Many pairs labelled the same are one letter apart."""

NAME_PAIRS_JOINED_PRECISION = 0.95
"""Share of right ones among pairs that names alone join; 0.99 when set."""

PRESS_LEAK_FLOOR = 0.70
"""Share of press victims joined to the listing of the same victim; 0.75 when set."""

PRESS_LEAK_WRONG = 0.01
"""Share of press victims joined to a listing of another victim, at most."""


def facts(mention: str, name: str) -> OrganisationFacts:
    names = tuple(n for n in forms(name) if not n.described)
    none: frozenset[Any] = frozenset()
    domains = frozenset(n.domain for n in names if n.domain)
    generic = all(n.generic for n in names)
    return OrganisationFacts(mention, names, (), domains, none, none, none, none, (), none, none, none, none, generic)


@pytest.mark.shared
def test_pairs_of_names(shared: Path, record_property: Callable[[str, object], None]) -> None:
    with (shared / "corpora" / "reference" / "name_pairs.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["schema"] in ("Company", "Organization", "LegalEntity")]
    matches: list[Match | None] = [compare(facts("a", r["name1"]), facts("b", r["name2"])) for r in rows]
    truth = [r["is_match"] == "true" for r in rows]
    found = [m is not None and m.decision != "different" for m in matches]
    joined = [t for m, t in zip(matches, truth, strict=True) if m is not None and m.decision == "same"]
    right = sum(f and t for f, t in zip(found, truth, strict=True))
    f1 = 2 * right / (sum(found) + sum(truth))
    record_property("f1", f1)
    assert f1 >= NAME_PAIRS_FLOOR
    assert sum(joined) / len(joined) >= NAME_PAIRS_JOINED_PRECISION


@pytest.mark.shared
def test_press_victims_meet_their_listings(shared: Path, new_book: Callable[[], Any]) -> None:
    with (shared / "gold" / "press_leak_pairs.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    book, press, listings = new_book(), {}, {}
    for number, row in enumerate(rows):
        victim = {k: v for k, v in {"name": row["press_victim"], "domain": row["domain"], "country": row["country"]}.items() if v}
        press[number] = book.report({"victims": victim}, published=row["press_date"], salt=str(number)) + "#organisation:1"
        told = {"victims": row["leak_victim"], "actor": row["leak_group"], "listed": row["press_date"]}
        listings[number] = book.report(told, published=row["press_date"], role="threat_actor", salt=str(number)) + "#organisation:1"
    entity = {m: e.id for e in book.entities("organisation") for m in e.mentions}
    joined = sum(entity[press[n]] == entity[listings[n]] for n in press)
    names = {entity[press[n]]: {rows[k]["domain"] for k in press if entity[press[k]] == entity[press[n]]} for n in press}
    wrong = sum(
        entity[press[n]] == entity[listings[k]] and rows[k]["domain"] not in names[entity[press[n]]]
        for n in press
        for k in listings
        if n != k
    )
    assert joined / len(rows) >= PRESS_LEAK_FLOOR
    assert wrong / len(rows) <= PRESS_LEAK_WRONG
