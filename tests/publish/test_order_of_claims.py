"""Whatever the order in which claims arrive, and whatever they say, the record is the same and all of it is backed."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from breachbook.publish.checking import check
from breachbook.publish.records import record, to_json
from breachbook.vocab import properties, terms

DATES = st.sampled_from(["2020", "2021-01", "2021-01-20", "2021-03", "2021-03-25", "2022-04-30"])
VALUES = {
    "text": st.sampled_from(["Acme", "ACME", "Accellion", "x" * 200, "Ünïted \u202e Co."]),
    "date": DATES,
    "count": st.sampled_from([1, 1545, 1547, 143_000_000, 150_000_000]),
    "bytes": st.sampled_from([0, 1, 6_500_000_000]),
    "money": st.sampled_from([1, 8_100_000]),
    "flag": st.booleans(),
}


@st.composite
def sayings(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Claims on one incident, of any property, speaker and certainty."""
    found = []
    for _ in range(draw(st.integers(1, 14))):
        prop = draw(st.sampled_from(properties.of("incident")))
        form = prop.value
        value = draw(st.sampled_from(terms.terms(form.removeprefix("term:"))) if form.startswith("term:") else VALUES[form])
        found.append(
            {
                "document": draw(st.integers(0, 3)),
                "property": prop.name,
                "value": value,
                "certainty": draw(st.sampled_from(terms.terms("certainty"))),
                "role": draw(st.sampled_from(terms.terms("speaker_role"))),
                "name": draw(st.sampled_from([None, "Somebody"])),
                "said": draw(st.one_of(st.none(), DATES)),
                "revision": draw(st.integers(0, 2)),
                "qualifier": draw(st.sampled_from([None, *terms.terms("qualifier")])),
                "linked": draw(st.booleans()),
            }
        )
    return found


def build(new_case: Any, said: list[dict[str, Any]]) -> Any:
    case = new_case()
    roles = ("press", "victim", "threat_actor", None)
    documents = [case.document(f"d{i}", role, ("2021-04", None)[i % 2]) for i, role in enumerate(roles)]
    for item in said:
        kind = "actor" if item["property"] == "actor" else "organisation"
        linked = item["linked"] and item["property"] in ("victim", "third_party", "actor", "product")
        documents[item["document"]].says(
            item["property"], item["value"], item["certainty"], role=item["role"], name=item["name"], said=item["said"],
            revision=item["revision"], qualifier=item["qualifier"], to=case.ref(kind, "Acme Holding") if linked else None,
        )  # fmt: skip
    return case


@settings(max_examples=150, deadline=None)
@given(said=sayings(), seed=st.integers(0, 10_000), day=st.one_of(st.none(), st.just(date(2021, 12, 31))))
def test_permuting_claims_changes_nothing_and_everything_is_backed(
    new_case: Any, said: list[dict[str, Any]], seed: int, day: date | None
) -> None:
    case = build(new_case, said)
    one = record(case.incident(), day)
    shuffled = list(case.claims)
    random.Random(seed).shuffle(shuffled)
    other = record(case.incident(shuffled), day)
    assert (one and to_json(one)) == (other and to_json(other))
    if one is not None:
        check(one)
        assert one.summary
        for kind in ("organisation", "actor"):
            profile = record(case.profile(case.ref(kind, "Acme Holding")), day)
            if profile is not None:
                check(profile)
                assert "  " not in " ".join(s.text for s in profile.summary)


@settings(max_examples=60, deadline=None)
@given(said=sayings())
def test_the_book_of_an_earlier_day_knows_only_what_was_said_by_then(new_case: Any, said: list[dict[str, Any]]) -> None:
    case = build(new_case, said)

    def known(day: date | None) -> set[str]:
        made = record(case.incident(), day)
        return {e.claim for f in made.fields for v in (*f.values, *f.losing) for e in v.claims} if made else set()

    days = [date(2020, 12, 31), date(2021, 3, 31), date(2022, 12, 31), None]
    for earlier, later in pairwise(days):
        assert known(earlier) <= known(later)
    assert known(None) == {c.id for c in case.claims}
