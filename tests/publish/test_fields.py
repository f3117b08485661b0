"""Which value of a field stands, which loses, and the reason in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from breachbook.model.record import Field, Record
from breachbook.publish.records import record


def field(case: Any, property: str, day: date | None = None) -> Field:
    made = record(case.incident(), day)
    assert isinstance(made, Record)
    found = made.field(property)
    assert found is not None
    return found


def shown(found: Field) -> tuple[list[str], list[str]]:
    return [v.display for v in found.values], [v.display for v in found.losing]


@pytest.fixture
def case(new_case: Any) -> Any:
    return new_case()


def test_two_counts_are_both_shown(case: Any) -> None:
    case.document("one", "press", "2021-05-01").says("people_affected", 1545)
    case.document("two", "press", "2021-05-02").says("people_affected", 1547)
    found = field(case, "people_affected")
    assert shown(found) == (["1,547"], ["1,545"])
    assert found.values[0].reason == "Same kind of speaker; said later."


def test_numbers_revised_by_the_victim_stand_with_the_earlier_ones_beside_them(case: Any) -> None:
    case.document("first", "victim", "2017-09-07").says("people_affected", 143_000_000, "possible", qualifier="about")
    case.document("second", "press", "2017-10-02").says("people_affected", 145_500_000, role="victim")
    third = case.document("third", "press", "2018-03-01")
    third.says("people_affected", 2_400_000, role="victim")
    third.says("people_affected", 147_900_000, role="victim")
    found = field(case, "people_affected")
    assert shown(found) == (["147.9 million"], ["2.4 million", "145.5 million", "about 143 million"])
    early = field(case, "people_affected", date(2017, 9, 30))
    assert [v.value for v in early.values] == [143_000_000]


def test_a_rounded_number_of_a_stronger_speaker_gives_way_to_the_exact_one_it_rounds(case: Any) -> None:
    case.document("company", "victim", "2018-03-01").says("people_affected", 147_900_000)
    case.document("court", "regulator", "2020-02-10").says("people_affected", 150_000_000, qualifier="about")
    found = field(case, "people_affected")
    assert shown(found) == (["147.9 million"], ["about 150 million"])
    assert found.losing[0].reason == "Less exact than the value shown, and in agreement with it."


def test_a_bound_is_not_refined_by_a_number_far_from_it(case: Any) -> None:
    case.document("company", "victim", "2018-03-01").says("people_affected", 500_000, qualifier="up_to")
    case.document("paper", "press", "2018-03-02").says("people_affected", 200)
    assert shown(field(case, "people_affected")) == (["up to 500,000"], ["200"])


def test_a_regulator_outweighs_the_press_however_sure(case: Any) -> None:
    case.document("paper", "press", "2021-05-01").says("discovered", "2021-04-01")
    case.document("office", "regulator", "2021-04-20").says("discovered", "2021-03-25", "likely")
    found = field(case, "discovered")
    assert shown(found) == (["25 March 2021"], ["1 April 2021"])
    assert found.values[0].reason == found.losing[0].reason == "A regulator outweighs the press."


def test_the_attacker_knows_best_what_it_lists(case: Any) -> None:
    case.document("paper", "press", "2021-05-01").says("listed", "2021-04-03")
    case.document("site", "threat_actor", "2021-04-01").says("listed", "2021-04-01")
    assert shown(field(case, "listed")) == (["1 April 2021"], ["3 April 2021"])


def test_a_stronger_speaker_less_exact_shows_the_exact_day_within_it(case: Any) -> None:
    case.document("office", "regulator", "2021-06-01").says("occurred_from", "2021-01")
    case.document("blog", "researcher", "2021-04-01").says("occurred_from", "2021-01-20")
    case.document("paper", "press", "2021-04-01").says("occurred_from", "2021-01-15")
    found = field(case, "occurred_from")
    assert shown(found) == (["20 January 2021"], ["15 January 2021"])
    assert found.values[0].reason == "More exact than what a regulator says, and in agreement with it."


def test_a_guess_does_not_refine_a_statement(case: Any) -> None:
    case.document("office", "regulator", "2021-06-01").says("occurred_from", "2021-01")
    case.document("paper", "press", "2021-04-01").says("occurred_from", "2021-01-15", "possible")
    assert shown(field(case, "occurred_from")) == (["January 2021"], [])


def test_a_date_before_a_bound_agrees_with_it(case: Any) -> None:
    case.document("notice", "victim", "2021-04-09").says("disclosed", "2021-04-09", qualifier="up_to")
    case.document("paper", "press", "2021-04-20").says("disclosed", "2021-04-07")
    case.document("late", "press", "2021-04-21").says("disclosed", "2021-04-12")
    assert shown(field(case, "disclosed")) == (["by 9 April 2021"], ["12 April 2021"])


def test_an_update_raises_what_the_text_above_it_said(case: Any) -> None:
    blog = case.document("blog", "press", "2021-04")
    supplier = case.ref("organisation", "Accellion")
    blog.says("third_party", "Accellion", "possible", to=supplier)
    blog.says("third_party", "Accellion", role="researcher", to=supplier, revision=1)
    value = field(case, "third_party").values[0]
    assert value.certainty == "stated"
    assert [(e.revision, e.certainty) for e in value.claims] == [(1, "stated"), (0, "possible")]
    assert value.standing == "stated by a researcher"


def test_an_update_lowers_and_withdraws_what_the_text_above_it_said(case: Any) -> None:
    blog = case.document("blog", "press", "2021-04")
    blog.says("malware", "Qakbot")
    blog.says("malware", "Qakbot", "possible", revision=1)
    blog.says("cve", "CVE-2021-1234")
    blog.says("cve", "CVE-2021-1234", "denied", revision=2)
    blog.says("people_affected", 100)
    blog.says("people_affected", 90, revision=1)
    assert field(case, "malware").values[0].certainty == "possible"
    withdrawn = field(case, "cve")
    assert shown(withdrawn) == ([], ["CVE-2021-1234"])
    assert withdrawn.losing[0].reason == "A later update of the same document withdraws it."
    people = field(case, "people_affected")
    assert shown(people) == (["90"], ["100"])
    assert people.losing[0].reason == "A later update of the same document replaces it."


def test_an_update_does_not_replace_what_somebody_else_is_quoted_with(case: Any) -> None:
    paper = case.document("paper", "press", "2021-04")
    paper.says("people_affected", 100, role="victim")
    paper.says("people_affected", 900, revision=1)
    assert shown(field(case, "people_affected")) == (["100"], ["900"])


def test_kinds_of_data_denied_are_visible_as_not_affected(case: Any) -> None:
    notice = case.document("notice", "victim", "2021-05-01")
    notice.says("data_class", "names")
    notice.says("data_class", "payment_card", "denied")
    case.document("paper", "press", "2021-05-02").says("data_class", "payment_card", "possible")
    found = field(case, "data_class")
    assert shown(found) == (["Names"], ["Payment cards"])
    lost = found.losing[0]
    assert (lost.certainty, lost.standing.split(",")[0]) == ("denied", "denied by the victim")
    assert lost.reason == "Explicitly denied by the victim."
    assert {e.speaker_role for e in lost.claims} == {"victim", "press"}
    made = record(case.incident())
    assert made is not None
    assert "The victim says that payment cards were not affected." in [s.text for s in made.summary]


def test_a_denial_that_is_outweighed_stays_beside_the_value(case: Any) -> None:
    case.document("notice", "victim", "2021-05-01").says("data_class", "medical", "denied")
    case.document("office", "regulator", "2021-07-01").says("data_class", "medical")
    found = field(case, "data_class")
    assert [(v.value, v.certainty) for v in found.values] == [("medical", "stated")]
    assert [(v.value, v.certainty, v.reason) for v in found.losing] == [("medical", "denied", "A regulator outweighs the victim.")]


def test_forms_of_one_name_are_one_value(case: Any) -> None:
    one = case.ref("actor", "CLOP")
    case.document("a", "press", "2021-05-01").says("actor", "Cl0p", to=one)
    case.document("b", "press", "2021-05-02").says("actor", "CLOP", to=one)
    case.document("c", "press", "2021-05-01").says("cve", "CVE-2021-27101")
    case.document("d", "press", "2021-05-01").says("cve", "cve-2021-27101")
    assert [v.value for v in field(case, "actor").values] == ["CLOP"]
    assert len(field(case, "cve").values) == 1


def test_a_name_that_leads_nowhere_joins_the_one_entity_called_so(case: Any) -> None:
    clop = case.ref("actor", "CLOP")
    case.document("a", "press", "2021-05-01").says("actor", "Cl0p", to=clop)
    case.document("b", "press", "2021-05-02").says("actor", "clop")
    found = field(case, "actor")
    assert [(v.value, v.entity) for v in found.values] == [("CLOP", clop)]
    assert len(found.values[0].claims) == 2


def test_a_name_without_end_is_cut_in_words_only(case: Any) -> None:
    case.document("a", "press", "2021-05-01").says("victim", "A" * 10_000)
    value = field(case, "victim").values[0]
    assert len(str(value.value)) == 10_000
    assert len(value.display) == 600


@pytest.mark.parametrize(
    ("role", "certainty"), [("threat_actor", "possible"), ("press", "likely"), ("researcher", "likely"), ("regulator", "stated")]
)
def test_how_sure_an_actor_is_depends_on_who_names_it(case: Any, role: str, certainty: str) -> None:
    case.document("a", role, "2021-05-01").says("actor", "Hive", to=case.ref("actor", "Hive"))
    value = field(case, "actor").values[0]
    assert value.certainty == certainty
    assert value.claims[0].certainty == "stated"
