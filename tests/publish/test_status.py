"""The status of an incident, and the claims that make it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from breachbook.model.record import Record
from breachbook.publish.checking import check
from breachbook.publish.records import record


@pytest.fixture
def case(new_case: Any) -> Any:
    return new_case()


def opened(case: Any, day: date | None = None) -> Record:
    made = record(case.incident(), day)
    assert made is not None
    return check(made)


def listing(case: Any, name: str = "Mandiant", day: str = "2022-06-06") -> Any:
    site = case.document("site", "threat_actor", day, "LockBit leak site")
    site.says("victim", name, to=case.ref("organisation", name))
    site.says("actor", "LockBit", to=case.ref("actor", "LockBit"))
    site.says("claimed", True)
    site.says("listed", day)
    return site


def test_alleged_when_only_the_attacker_says_so(case: Any) -> None:
    listing(case)
    made = opened(case)
    assert made.status == "alleged"
    assert made.summary[0].text == "LockBit claims to have attacked Mandiant."


def test_still_alleged_when_the_press_reports_the_claim_as_the_attackers(case: Any) -> None:
    listing(case)
    paper = case.document("paper", "press", "2022-06-07")
    paper.says("victim", "Mandiant", role="threat_actor", name="LockBit", to=case.ref("organisation", "Mandiant"))
    paper.says("actor", "LockBit", to=case.ref("actor", "LockBit"))
    assert opened(case).status == "alleged"


def test_reported_when_others_say_so(case: Any) -> None:
    paper = case.document("paper", "press", "2022-06-07", "The Post")
    paper.says("victim", "Acme", to=case.ref("organisation", "Acme"))
    paper.says("attack_type", "ransomware")
    made = opened(case)
    assert made.status == "reported"
    assert made.summary[0].text == "Acme was hit by a cyber incident, according to the press (The Post)."


def test_what_may_have_happened_is_not_told_as_a_fact(case: Any) -> None:
    paper = case.document("paper", "press", "2022-06-07", "The Post")
    paper.says("victim", "Acme", "possible", to=case.ref("organisation", "Acme"))
    made = opened(case)
    assert made.summary[0].text == "Acme may have been hit by a cyber incident, according to the press (The Post)."


def test_a_guarded_word_of_the_victim_does_not_confirm(case: Any) -> None:
    case.document("paper", "press", "2022-06-07").says("effect", "data_exposed", "possible", role="victim")
    assert opened(case).status == "reported"


def test_a_regulator_confirms(case: Any) -> None:
    case.document("office", "regulator", "2022-06-07").says("people_affected", 500)
    made = opened(case)
    assert made.status == "confirmed"
    assert made.summary[0].text == "A cyber incident is confirmed by a regulator (Office)."


def test_disputed_when_the_victim_denies_what_others_hold(case: Any) -> None:
    listing(case)
    paper = case.document("paper", "press", "2022-06-07")
    paper.says("confirmed", True, "denied", role="victim", name="Mandiant")
    made = opened(case)
    assert made.status == "disputed"
    assert made.summary[0].text == "LockBit claims to have attacked Mandiant; the victim denies it."
    assert len(made.status_claims) > 1
    field = made.field("confirmed")
    assert field is not None
    assert [(v.value, v.certainty, v.display) for v in field.values] == [(False, "denied", "no")]
    assert opened(case, date(2022, 6, 6)).status == "alleged"


def test_a_later_confirmation_lifts_the_denial(case: Any) -> None:
    listing(case)
    case.document("paper", "press", "2022-06-07").says("confirmed", True, "denied", role="victim")
    case.document("notice", "victim", "2022-07-01").says("confirmed", True)
    assert opened(case).status == "confirmed"
    assert opened(case, date(2022, 6, 30)).status == "disputed"


def test_an_authority_confirms_against_the_victims_denial(case: Any) -> None:
    case.document("paper", "press", "2022-06-07").says("confirmed", True, "denied", role="victim")
    case.document("office", "regulator", "2022-07-01").says("effect", "data_exposed")
    assert opened(case).status == "confirmed"


def test_an_apology_of_the_gang_does_not_undo_what_the_hospital_confirms(case: Any) -> None:
    hospital = case.ref("organisation", "SickKids")
    notice = case.document("notice", "victim", "2022-12-22", "SickKids")
    notice.says("victim", "SickKids", to=hospital)
    notice.says("confirmed", True)
    notice.says("occurred_from", "2022-12-18")
    notice.says("attack_type", "ransomware")
    notice.says("data_class", "medical", "denied")
    agency = case.document("agency", "press", "2023-01-02")
    agency.says("retracted", True, role="threat_actor", name="LockBit", said="2022-12-31")
    agency.says("actor", "LockBit", role="threat_actor", name="LockBit", said="2022-12-31", to=case.ref("actor", "LockBit"))
    agency.says("ransom_paid", False, role="victim")
    made = opened(case)
    assert made.status == "confirmed"
    text = " ".join(s.text for s in made.summary)
    assert "No ransom was paid, according to the victim." in text
    assert "The victim says that medical information was not affected." in text
    assert "LockBit has taken back what was said." in text


def test_retracted_when_the_only_one_who_said_it_takes_it_back(case: Any) -> None:
    site = listing(case, "Acme", "2022-12-01")
    site.says("retracted", True, revision=1, said="2022-12-05")
    made = opened(case)
    assert made.status == "retracted"
    assert made.summary[0].text == "LockBit claimed a cyber incident at Acme, and has taken it back."
    assert opened(case, date(2022, 12, 4)).status == "alleged"


def test_recycled_old_data_retracts_a_listing(case: Any) -> None:
    listing(case, "Acme", "2021-06-20")
    blog = case.document("blog", "researcher", "2021-06-29", "The Notebook")
    blog.says("retracted", True)
    made = opened(case)
    assert made.status == "retracted"
    assert made.summary[0].text == "LockBit claimed a cyber incident at Acme; a researcher (The Notebook) says that this does not hold."


def test_the_victim_cannot_take_back_what_others_say(case: Any) -> None:
    case.document("paper", "press", "2021-06-20").says("effect", "data_exposed")
    case.document("notice", "victim", "2021-06-29").says("retracted", True)
    assert opened(case).status == "reported"


def test_a_victims_own_statement_confirms(case: Any) -> None:
    notice = case.document("notice", "victim", "2022-06-07", "Acme")
    notice.says("victim", "Acme", to=case.ref("organisation", "Acme"))
    made = opened(case)
    assert made.status == "confirmed"
    assert made.summary[0].text == "Acme has confirmed a cyber incident."


def test_a_leak_site_speaks_for_the_actor_whose_name_it_bears(case: Any) -> None:
    site = case.document("site", "threat_actor", "2022-06-06", "CLOP leak site")
    site.says("victim", "Acme", name="CLOP leak site", to=case.ref("organisation", "Acme"))
    site.says("actor", "CLOP", name="CLOP leak site", to=case.ref("actor", "CLOP"))
    assert opened(case).summary[0].text == "CLOP claims to have attacked Acme."
