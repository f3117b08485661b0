"""Namesakes stay apart, and what is one is found, when names are linked: every pair, with nothing forgiven (see namesakes.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from breachbook.model.reference import Asked, KnownOrganisation
from breachbook.resolve.linking import link
from breachbook.resolve.organisation_facts import plain_facts
from breachbook.resolve.organisation_match import compare
from breachbook.text.likeness import plain_rarity

PAIRS: dict[str, list[list[Any]]] = tomllib.loads((Path(__file__).parent / "namesakes.toml").read_text("utf-8"))

FEWEST_APART, FEWEST_SAME = 60, 40
"""Pairs that the set must have for its figures to mean anything."""


def facts(side: Any) -> tuple[str, tuple[tuple[str, ...], ...]]:
    given = {"name": side} if isinstance(side, str) else side
    return given["name"], tuple((given[field],) if field in given else () for field in ("domain", "country", "region", "sector"))


class OnlyThis:
    """A list of one organisation, which every look-up finds."""

    def __init__(self, organisation: KnownOrganisation) -> None:
        self.all = [organisation]

    def with_keys(self, keys: Sequence[str], limit: int) -> list[KnownOrganisation]:
        return self.all

    def near_keys(self, key: str, limit: int) -> list[KnownOrganisation]:
        return self.all

    def with_words(self, known: Sequence[str], misspelt: Sequence[str], short: Sequence[str], limit: int) -> list[KnownOrganisation]:
        return self.all

    def rarity(self, word: str) -> float:
        return plain_rarity(word)

    def is_known(self, word: str) -> bool:
        return True


def decision(left: Any, right: Any) -> str:
    """What linking the left side to the right one comes to."""
    (asked, told), (name, known) = facts(left), facts(right)
    found = link(Asked(asked, *told), OnlyThis(KnownOrganisation("right", "list", name, (), *known)))
    return found[0].decision if found else "different"


def test_the_set_is_large_enough() -> None:
    assert len(PAIRS["apart"]) >= FEWEST_APART
    assert len(PAIRS["same"]) >= FEWEST_SAME


@pytest.mark.parametrize(("left", "right"), PAIRS["apart"])
def test_namesakes_are_no_match(left: Any, right: Any) -> None:
    assert decision(left, right) != "same"
    assert decision(right, left) != "same"


@pytest.mark.parametrize(("left", "right"), PAIRS["apart"])
def test_namesakes_are_not_joined_in_the_book(left: Any, right: Any) -> None:
    (asked, told), (name, known) = facts(left), facts(right)
    found = compare(plain_facts("left", (asked,), *told), plain_facts("right", (name,), *known))
    assert found is None or found.decision != "same"


@pytest.mark.parametrize(("left", "right"), PAIRS["same"])
def test_one_organisation_is_a_match(left: Any, right: Any) -> None:
    assert decision(left, right) == "same"
    assert decision(right, left) == "same"
