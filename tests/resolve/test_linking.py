"""A name finds its organisation in a list, in spite of noise; what else is known decides between namesakes; doubt is a proposal."""

from __future__ import annotations

from pathlib import Path

import pytest

from breachbook.model.reference import Asked, KnownOrganisation
from breachbook.resolve.linking import Linked, link
from breachbook.store.name_index import NameIndex

LIST = [
    KnownOrganisation("zelvaro", "a", "Zelvaro Foods International Inc.", ("ZFI Retail",), ("zelvaro.com",), ("US",)),
    KnownOrganisation("zelvaro-de", "a", "Zelvaro Foods GmbH", (), (), ("DE",)),
    KnownOrganisation("brantwick", "a", "University of Brantwick", (), ("brantwick.edu",), ("US",)),
    KnownOrganisation("authority", "a", "Brantwick Fen Authority"),
    KnownOrganisation("olbrent", "a", "Olbrent Quarry Works"),
    KnownOrganisation("domain", "a", "www.fyrrikworks.org"),
    KnownOrganisation("cyrillic", "a", "Брантвик Судострой"),
    *(KnownOrganisation(f"county-{code}", "a", "Washington County", (), (), ("US",), (code,)) for code in ("OR", "UT", "PA", "TX", "OH")),
    *(KnownOrganisation(f"bank-{n}", "b", "First National Bank", (), (f"fnb{n}.example.com",), ("US",)) for n in range(40)),
    *(
        KnownOrganisation(f"other-{n}", "b", f"{word} Holdings")
        for n, word in enumerate(("Karrow", "Mintle", "Dessor", "Pralle", "Gunvik"))
    ),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> NameIndex:
    made = NameIndex(tmp_path_factory.mktemp("names"))
    made.rebuild("list", LIST)
    return made


def first(found: list[Linked]) -> str | None:
    return found[0].organisation.id if found else None


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("ZELVARO FOODS INTERNATIONAL", "zelvaro"),
        ("Zelvaro Foods Intl", "zelvaro"),
        ("Zelvraro Foods International", "zelvaro"),
        ("ZFI Retail Ltd", "zelvaro"),
        ("Brantwick, University of", "brantwick"),
        ("Univ. of Brantwikc", "brantwick"),
        ("Olbrent Works", "olbrent"),
        ("Olbernt Quary Works", "olbrent"),
        ("OlbrentQuarryWorks", "olbrent"),
        ("Fyrrik Works", "domain"),
        ("fyrrikwork.org", "domain"),
        ("Brantvik Sudostroi", "cyrillic"),
        ("БРАНТВИК СУДОСТРОЙ", "cyrillic"),
        ("BFA", "authority"),
    ],
)
def test_noise_is_seen_through(index: NameIndex, name: str, id_: str) -> None:
    assert first(link(Asked(name), index)) == id_


def test_a_domain_finds_what_the_name_does_not(index: NameIndex) -> None:
    found = link(Asked("Alimentos del Norte", ("zelvaro.com",), ("US",)), index)
    assert (first(found), found[0].decision) == ("zelvaro", "proposal")


def test_the_country_decides(index: NameIndex) -> None:
    assert first(link(Asked("Zelvaro Foods", (), ("DE",)), index)) == "zelvaro-de"
    assert first(link(Asked("Zelvaro Foods International", (), ("US",)), index)) == "zelvaro"


def test_of_many_namesakes_the_one_with_the_fact_is_found(index: NameIndex) -> None:
    found = link(Asked("Washington County", (), ("US",), ("Utah",)), index)
    assert (first(found), found[0].decision) == ("county-UT", "same")
    assert [f.organisation.id for f in found if f.decision == "same"] == ["county-UT"]
    found = link(Asked("First National Bank", ("fnb33.example.com",)), index)
    assert first(found) is not None
    assert [f.organisation.id for f in found if f.decision == "same"] in ([], ["bank-33"])


def test_namesakes_without_a_fact_are_no_match(index: NameIndex) -> None:
    assert not [f for f in link(Asked("Washington County"), index) if f.decision == "same"]
    assert not [f for f in link(Asked("First National Bank"), index) if f.decision == "same"]


def test_two_that_fit_equally_are_put_forward_with_the_number_of_rivals(tmp_path: Path) -> None:
    made = NameIndex(tmp_path)
    made.rebuild("two", [KnownOrganisation(code, "a", "Zelvaro Foods", (), (), (code,)) for code in ("US", "FR", "DE")])
    found = link(Asked("Zelvaro Foods"), made)
    assert {(f.decision, f.rivals) for f in found} == {("proposal", 2)}
    assert "2 others fit as well" in found[0].reason
    assert [f.decision for f in link(Asked("Zelvaro Foods", (), ("FR",)), made)] == ["same", "different", "different"]


def test_one_organisation_in_two_lists_is_a_match_in_both(tmp_path: Path) -> None:
    made = NameIndex(tmp_path)
    made.rebuild("two", [KnownOrganisation("1", "a", "Zelvaro Foods", (), (), ("US",)), KnownOrganisation("2", "b", "Zelvaro Foods Inc.")])
    assert [f.decision for f in link(Asked("Zelvaro Foods"), made)] == ["same", "same"]


def test_the_score_is_the_sum_of_its_parts_and_falls(index: NameIndex) -> None:
    found = link(Asked("Zelvaro Food", (), ("US",)), index)
    assert [f.match.score for f in found] == sorted((f.match.score for f in found), reverse=True)
    for linked in found:
        assert linked.match.score == round(min(1.0, max(0.0, sum(value for _, value in linked.match.parts))), 3)


@pytest.mark.parametrize("name", ["", " ", "x", "*****", "a hospital", "several banks", "((", "\ud800", "ф" * 400, "a " * 500])
def test_what_names_nobody_is_no_match(index: NameIndex, name: str) -> None:
    assert not [f for f in link(Asked(name), index) if f.decision == "same"]


def test_linking_finds_the_same_each_time(index: NameIndex) -> None:
    asked = Asked("Washington Cuonty", (), ("US",))
    assert [f.organisation.id for f in link(asked, index)] == [f.organisation.id for f in link(asked, index)]
