"""Threat actors' names: one actor under many names, disputed ones apart, the table as the installed package makes it."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.resolve.actor_names import TABLE, actor_key, canonical_actor, names_nobody
from breachbook.resolve.build_actor_names import text
from breachbook.vocab.data_files import json_file


def key(name: str) -> str | None:
    found = canonical_actor(name)
    return found.key if found else None


@pytest.mark.parametrize("name", ["CLOP", "Cl0p", "Clop", "the CL0P ransomware gang", "Clop ransomware group", "clop operators"])
def test_clop_is_one(name: str) -> None:
    assert key(name) == "clop"


@pytest.mark.parametrize("name", ["FIN11", "TA505", "UNC2546", "UNC2582", "Lace Tempest"])
def test_groups_that_overlap_clop_are_not_clop(name: str) -> None:
    assert key(name) not in (None, "clop")


def test_groups_that_overlap_are_not_one_another() -> None:
    assert len({key(name) for name in ("FIN11", "TA505", "UNC2546", "UNC2582", "Lace Tempest")}) == 5


@pytest.mark.parametrize("name", ["LockBit", "LockBit 2.0", "LockBit 3.0", "lockbit3", "the LockBit gang"])
def test_versions_of_a_brand_are_the_brand(name: str) -> None:
    assert key(name) == "lockbit"


def test_numbers_that_are_no_versions_stay() -> None:
    assert key("APT28") == key("APT 28") == key("Fancy Bear") != key("APT29")


def test_a_disputed_name_stays_apart_and_says_so() -> None:
    disputed = next(iter(json_file(TABLE)["disputed"]))
    found = canonical_actor(disputed)
    assert found is not None
    assert found.disputed
    assert found.key == disputed
    assert "several actors" in str(found.note)


def test_an_own_name_goes_before_anothers_alias_and_says_so() -> None:
    found = canonical_actor("FIN11")
    assert found is not None
    assert not found.disputed
    assert "kept apart" in str(found.note)


def test_an_affiliate_is_not_the_group() -> None:
    found = canonical_actor("a CLOP affiliate")
    assert found is not None
    assert found.key != "clop"
    assert found.note == "Who works with Clop is not Clop."


def test_an_unknown_name_makes_its_own_actor() -> None:
    found = canonical_actor("the Zorblatt ransomware gang")
    assert found is not None
    assert (found.key, found.name, found.aliases) == ("zorblatt", "Zorblatt", ())


@pytest.mark.parametrize(
    "name", ["hackers", "unknown attackers", "Chinese state-sponsored hackers", "a former employee", "", "ransomware gang", "42"]
)
def test_descriptions_name_nobody(name: str) -> None:
    assert canonical_actor(name) is None
    assert names_nobody(name)


def test_two_names_in_one() -> None:
    assert key("BlackCat/ALPHV") == key("BlackCat")


def test_the_table_is_what_the_installed_package_makes() -> None:
    assert files("breachbook.vocab").joinpath("data", TABLE).read_text("utf-8") == text()


def test_aliases_lead_to_one_actor_only() -> None:
    owners: dict[str, set[str]] = {}
    for actor, row in json_file(TABLE)["actors"].items():
        for alias in row[2:]:
            owners.setdefault(actor_key(alias), set()).add(actor)
    assert {alias: found for alias, found in owners.items() if len(found) > 1} == {}


@given(st.text(max_size=300))
def test_any_text_can_be_asked(text: str) -> None:
    found = canonical_actor(text)
    assert found is None or isinstance(found.key, str)


def test_those_who_share_a_disputed_name_say_so() -> None:
    disputed, claimants = next(iter(json_file(TABLE)["disputed"].items()))
    for claimant in claimants:
        found = canonical_actor(json_file(TABLE)["actors"][claimant][0])
        assert found is not None
        assert f'Shares the name "{disputed}"' in str(found.note)


def test_a_brand_says_that_it_is_no_group() -> None:
    brand, group = canonical_actor("LockBit"), canonical_actor("APT28")
    assert brand is not None
    assert group is not None
    assert "brand of ransomware" in str(brand.note)
    assert "brand of ransomware" not in str(group.note)
