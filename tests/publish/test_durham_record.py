"""The Durham case from hand-made claims: every field, as of three days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from breachbook.model.record import FieldValue, Record
from breachbook.publish.checking import check
from breachbook.publish.records import record

APRIL_8, APRIL_30 = date(2021, 4, 8), date(2021, 4, 30)


@pytest.fixture(scope="module")
def today(durham_once: Any) -> Record:
    made = record(durham_once.incident())
    assert made is not None
    return check(made)


def opened(case: Any, day: date) -> Record:
    made = record(case.incident(), day)
    assert made is not None
    return check(made)


def one(made: Record, property: str) -> FieldValue:
    field = made.field(property)
    assert field is not None
    assert len(field.values) == 1
    return field.values[0]


def text(made: Record) -> str:
    return " ".join(s.text for s in made.summary)


def test_status_is_confirmed_by_victim_and_regulator(today: Record) -> None:
    assert today.status == "confirmed"
    assert "is confirmed by a regulator (Information and Privacy Commissioner of Ontario) and the victim" in text(today)


def test_supplier_is_stated_and_the_doubt_before_it_stays_visible(today: Record) -> None:
    supplier = one(today, "third_party")
    assert (supplier.certainty, supplier.speaker_role) == ("stated", "regulator")
    assert supplier.standing == "confirmed by a regulator, stated by a researcher"
    assert [(e.speaker_role, e.certainty, e.revision) for e in supplier.claims] == [
        ("regulator", "stated", 0),
        ("researcher", "stated", 1),
        ("researcher", "possible", 0),
    ]


def test_actor_is_likely_whoever_claims_it(today: Record) -> None:
    actor = one(today, "actor")
    assert (actor.value, actor.certainty, actor.speaker_role) == ("CLOP", "likely", "researcher")
    assert actor.standing == "judged likely by a researcher, claimed by the attacker"
    assert "CLOP claims the attack; a researcher (The Breach Notebook) calls it likely that CLOP was behind it." in text(today)


def test_first_access_by_the_regulator_with_the_newspapers_month_beside_it(today: Record) -> None:
    field = today.field("occurred_from")
    assert field is not None
    assert [(v.value, v.certainty, v.speaker_role) for v in field.values] == [("2021-01-20", "likely", "regulator")]
    assert [(v.value, v.display, v.reason) for v in field.losing] == [("2021-03", "March 2021", "A regulator outweighs the press.")]


def test_disclosed_by_a_day_at_the_latest(today: Record) -> None:
    disclosed = one(today, "disclosed")
    assert (disclosed.value, disclosed.qualifier, disclosed.display) == ("2021-04-09", "up_to", "by 9 April 2021")


def test_volume_is_claimed_by_one_and_seen_by_the_other(today: Record) -> None:
    volume = one(today, "data_volume_bytes")
    assert (volume.display, volume.standing) == ("6.5 GB", "seen by a researcher, claimed by the attacker")
    assert "CLOP claims to hold 6.5 GB of data; the researcher has seen them." in text(today)


def test_a_day_within_a_month_is_the_more_exact_word_not_a_contradiction(today: Record) -> None:
    notified = one(today, "notified")
    assert notified.value == "2021-04-26"
    assert {e.value for e in notified.claims} == {"2021-04-26", "2021-04"}
    assert today.field("notified").losing == ()  # type: ignore[union-attr]


def test_the_first_statement_left_out_what_the_gang_had_said_and_no_more(today: Record) -> None:
    gaps = {g.property: g.display for g in today.left_out}
    assert gaps == {
        "actor": "CLOP (claimed by the attacker)",
        "listed": "March 2021 (claimed by the attacker)",
        "data_volume_bytes": "6.5 GB (claimed by the attacker)",
    }
    assert {g.statement for g in today.left_out} == {"doc-statement"}


def test_on_8_april_only_the_gang_had_spoken(durham_once: Any) -> None:
    early = opened(durham_once, APRIL_8)
    assert early.status == "alleged"
    assert early.name == "The Regional Municipality of Durham, March 2021"
    assert [s.publisher_role for s in early.sources] == ["threat_actor"]
    assert early.campaigns == ()
    assert one(early, "actor").certainty == "possible"
    for unknown in ("third_party", "product", "occurred_from", "discovered", "disclosed", "country"):
        assert early.field(unknown) is None
    assert "Durham Region, 20 January" not in str(early)


def test_on_30_april_the_researcher_had_named_the_supplier(durham_once: Any) -> None:
    later = opened(durham_once, APRIL_30)
    assert later.status == "confirmed"
    supplier = one(later, "third_party")
    assert (supplier.value, supplier.certainty, supplier.speaker_role) == ("Accellion", "stated", "researcher")
    assert one(later, "occurred_from").value == "2021-03"
    assert text(later).startswith("Durham Region (Canada) has confirmed a cyber incident.")


def test_each_day_knows_less_than_the_next(durham_once: Any, today: Record) -> None:
    def known(made: Record) -> set[str]:
        return {e.claim for f in made.fields for v in (*f.values, *f.losing) for e in v.claims}

    assert known(opened(durham_once, APRIL_8)) < known(opened(durham_once, APRIL_30)) < known(today)


def test_nothing_known_is_no_record(durham_once: Any) -> None:
    assert record(durham_once.incident(), date(2021, 3, 30)) is None


def test_timeline_has_two_lanes_in_order(today: Record) -> None:
    happened = [e.date for e in today.timeline if e.lane == "happened"]
    known = [(e.date, e.text.partition(":")[0]) for e in today.timeline if e.lane == "known"]
    assert happened == ["2021-01-20", "2021-03", "2021-03-25", "2021-04-09", "2021-04-26"]
    assert known[0] == ("2021-03", "CLOP leak site (attacker)")
    assert known.index(("2021-04", "The Breach Notebook (researcher)")) < known.index(
        ("2021-04", "The Breach Notebook (researcher) in an update")
    )
    assert known[-1] == ("2022-04", "Information and Privacy Commissioner of Ontario (regulator)")


def test_hedges_are_kept(today: Record) -> None:
    assert "Medical information was affected and names and dates of birth may have been, according to the victim." in text(today)
    assert "calls it likely that first access was on 20 January 2021; the press (The Uxbridge Lantern) says March 2021." in text(today)
