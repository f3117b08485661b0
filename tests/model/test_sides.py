"""Sides of judgements are found again by their names, never by a number alone."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from breachbook.model.claim import Claim, Speaker
from breachbook.model.sides import present, side, waiting

DOCUMENT = "doc-0123456789abcdef0123"


def claim(subject: str, property: str, value: object, object: str | None = None) -> Claim:
    return Claim(DOCUMENT, subject, property, value, str(value), 0, 1, Speaker("press"), "stated", object=object)  # type: ignore[arg-type]


def victim(number: int, name: str, incident: int = 1) -> Claim:
    return claim(f"incident:{incident}", "victim", name, f"organisation:{number}")


def test_a_side_has_the_names_that_its_document_uses() -> None:
    claims = [victim(1, "Region of Orvel"), victim(1, "Orvel"), claim("organisation:1", "alias", "RoO"), victim(2, "Zelvaro")]
    found = side(f"{DOCUMENT}#organisation:1", claims)
    assert found is not None
    assert (found.names, found.alone) == (("Orvel", "Region of Orvel", "RoO"), False)
    assert side(f"{DOCUMENT}#organisation:7", claims) is None
    incident = side(f"{DOCUMENT}#incident:1", claims)
    assert incident is not None
    assert (incident.names, incident.alone) == (("Orvel", "Region of Orvel", "Zelvaro"), True)


def test_a_number_alone_decides_nothing() -> None:
    judged = side(f"{DOCUMENT}#organisation:1", [victim(1, "Orvel Region"), victim(2, "Zelvaro")])
    assert judged is not None
    assert present(judged, [victim(1, "Zelvaro"), victim(2, "Region of Orvel")]) == f"{DOCUMENT}#organisation:2"
    assert present(judged, [victim(1, "Zelvaro")]) == waiting(judged.mention)
    assert present(judged, []) == waiting(judged.mention)


def test_what_cannot_be_told_apart_waits_unless_it_has_the_same_number() -> None:
    judged = side(f"{DOCUMENT}#organisation:1", [victim(1, "Orvel"), victim(2, "Zelvaro")])
    assert judged is not None
    assert present(judged, [victim(2, "Orvel"), victim(3, "Orvel", 2)]) == waiting(judged.mention)
    assert present(judged, [victim(1, "Orvel"), victim(3, "Orvel", 2)]) == judged.mention


def test_two_incidents_of_one_victim_are_told_apart_by_their_dates() -> None:
    def told(first: int, second: int) -> list[Claim]:
        early = [victim(1, "Orvel", first), claim(f"incident:{first}", "occurred_from", "2017-05")]
        return [*early, victim(1, "Orvel", second), claim(f"incident:{second}", "occurred_from", "2021-03")]

    judged = side(f"{DOCUMENT}#incident:1", told(1, 2))
    assert judged is not None
    assert present(judged, told(2, 1)) == f"{DOCUMENT}#incident:2"


def test_the_only_incident_of_a_document_stays_it_whatever_its_victim_is_called() -> None:
    judged = side(f"{DOCUMENT}#incident:1", [victim(1, "State Auditor")])
    assert judged is not None
    assert present(judged, [victim(3, "Office of the Auditor", 4)]) == f"{DOCUMENT}#incident:4"
    assert present(judged, [victim(3, "Orvel", 4), victim(2, "Zelvaro", 5)]) == waiting(judged.mention)


def test_an_incident_without_a_victim_is_found_by_its_number_while_it_has_none() -> None:
    nameless = [claim("incident:1", "attack_type", "ransomware"), claim("incident:2", "attack_type", "phishing")]
    judged = side(f"{DOCUMENT}#incident:2", nameless)
    assert judged is not None
    assert present(judged, nameless) == judged.mention
    assert present(replace(judged, alone=False), [victim(1, "Orvel", 2)]) == waiting(judged.mention)


@given(st.lists(st.tuples(st.integers(1, 9), st.text(min_size=1, max_size=12), st.integers(1, 3)), min_size=1, max_size=8), st.data())
def test_any_side_is_itself_in_the_same_reading(told: list[tuple[int, str, int]], data: st.DataObject) -> None:
    claims = [victim(*one) for one in told]
    mention = data.draw(st.sampled_from([str(c.object_mention) for c in claims] + [c.mention for c in claims]))
    judged = side(mention, claims)
    assert judged is not None
    assert present(judged, claims) == mention
