"""Whatever a model says, what is kept keeps the rules of claims, and everything is counted."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from breachbook.extract import reconcile
from breachbook.extract.language_model.evidence import Evidence
from breachbook.extract.language_model.schema import answer_schema
from breachbook.extract.language_model.suggestions import Suggestions
from breachbook.extract.reader import EXTRACTORS, context_of
from breachbook.text.scanner import Scanner, default_cache

SCANNER = Scanner({name: pattern for e in EXTRACTORS for name, pattern in e.patterns.items()}, cache=default_cache())

WORDS = st.sampled_from(
    [
        "Northwind Hospital",
        "Conti",
        "2021-03-12",
        "12 March 2021",
        "48,200",
        "names",
        "yes",
        "unknown",
        "USD",
        "GB",
        "\ud800",
        "",
        "x" * 3000,
    ]
)
NUMBERS = st.sampled_from([0, -1, 2, 48200, 6_500_000_000, 2_000_000, 2_000_000.0, 1e300, 10**30, True, 48200.0])
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "quote", "name", "victims", "dates", "ransom", "paid", "amount"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside an answer."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for key, one in inside for path in paths(one, (*at, key)))]


def changed(answer: Any, path: tuple[Any, ...], value: Any) -> Any:
    made = copy.deepcopy(answer)
    place = made
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return made


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(data=st.data())
def test_any_answer_is_counted_and_its_claims_keep_the_rules(report: Any, right: Any, data: st.DataObject) -> None:
    answer = right
    for _ in range(data.draw(st.integers(1, 4))):
        places = [path for path in paths(answer) if path and path not in (("relevant",), ("incidents",))]
        answer = changed(answer, data.draw(st.sampled_from(places)), data.draw(JSON))
    context = context_of(report, SCANNER)
    suggestions = Suggestions(Evidence(context))
    story = suggestions.story(answer)
    made = reconcile.claims(context, story, ())  # raises when one breaks a rule
    assert suggestions.tally.kept >= sum(c.subject.startswith("incident") for c in made) - len(story.incidents)
    assert (suggestions.tally.sentence() is None) == (suggestions.tally.dropped.total() == 0)
    json.dumps([c.value for c in made])


def test_a_number_of_another_type_is_no_number(report: Any, right: Any) -> None:
    right["incidents"][0]["ransom"]["demanded"]["amount"] = 2_000_000.0
    right["incidents"][0]["people_affected"]["value"] = 48200.0
    suggestions = Suggestions(Evidence(context_of(report, SCANNER)))
    suggestions.story(right)
    assert suggestions.tally.dropped == {"other_value": 2}


def test_the_schema_asks_for_every_field_and_nothing_else(right: Any) -> None:
    def fits(value: Any, schema: Any) -> None:
        if "anyOf" in schema:
            return fits(value, schema["anyOf"][0]) if value is not None else None
        if schema["type"] == "object":
            assert set(value) == set(schema["properties"]) == set(schema["required"])
            assert schema["additionalProperties"] is False
            for name, one in value.items():
                fits(one, schema["properties"][name])
        elif schema["type"] == "array":
            for one in value:
                fits(one, schema["items"])
        else:
            assert isinstance(value, {"string": str, "integer": int, "boolean": bool}[schema["type"]])
            assert value in schema.get("enum", [value])
        return None

    fits(right, answer_schema())


@pytest.mark.parametrize(
    "text", ["Acme Corp was hacked in May.\ud800 Acme Corp said so.", "Acme Corp\x00 was hacked.", "Acme Corp was hacked." + " x" * 3000]
)
def test_strange_letters_can_be_sent(server: Any, step: Any, reader: Any, make_document: Any, text: str) -> None:
    server.steps = [step.says({"relevant": False, "incidents": []})]
    assert reader().read(replace(make_document(text), language="en")).reader.startswith("llm/")
    assert len(server.requests) == 1
