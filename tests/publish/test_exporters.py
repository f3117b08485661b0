"""The wire format, the gate before publishing, and the exporters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from breachbook import __version__
from breachbook.errors import ModelError
from breachbook.model.record import Evidence, Field, FieldValue, LeftOut, Participation, Record, Sentence, Source, TimelineEntry
from breachbook.publish.checking import check
from breachbook.publish.exporters import EXPORTERS, JsonDocument, JsonLines
from breachbook.publish.records import from_json, record, to_json


@pytest.fixture(scope="module")
def made(durham_once: Any) -> Record:
    found = record(durham_once.incident())
    assert found is not None
    return found


def test_a_record_comes_back_from_json_as_it_was(made: Record, durham_once: Any) -> None:
    profile = record(durham_once.profile(durham_once.ref("organisation", "Durham Region")))
    assert profile is not None
    for each in (made, profile):
        assert from_json(json.loads(json.dumps(to_json(each)))) == each


def test_fields_are_found_by_name_in_the_order_shown(made: Record) -> None:
    data = to_json(made)
    assert list(data["fields"]) == [f.property for f in made.fields]
    assert data["fields"]["occurred_from"]["losing"][0]["value"] == "2021-03"


def test_the_format_is_described(made: Record) -> None:
    described = (Path(__file__).parents[2] / "docs" / "record.md").read_text("utf-8")
    for kind in (Record, Field, FieldValue, Evidence, TimelineEntry, Source, LeftOut, Participation):
        for key in fields(kind):
            assert f"`{key.name}`" in described or re.search(rf"`\{{[^}}]*\b{key.name}\b[^}}]*\}}`", described), (
                f"{kind.__name__}.{key.name}"
            )


def test_one_json_document(made: Record) -> None:
    for count in (0, 1, 3):
        data = json.loads("".join(JsonDocument().write([made] * count)))
        assert list(data) == ["breachbook", "records"]
        assert data["breachbook"] == __version__
        assert len(data["records"]) == count


def test_json_lines(made: Record, new_case: Any) -> None:
    case = new_case("Line\u2028break\u0085 \ud800")
    case.document("a", "press", "2021-05-01").says("victim", "Acme", to=case.ref("organisation", "Acme"))
    odd = record(case.incident())
    assert odd is not None
    text = "".join(JsonLines().write([made, odd]))
    assert text.isascii()
    assert [json.loads(line)["name"] for line in text.splitlines()] == [made.name, odd.name]


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda e: e.name)
def test_nothing_half_checked_is_published(exporter: Any, made: Record) -> None:
    unbacked = replace(made, summary=(Sentence("It was terrible.", ()),))
    pieces: list[str] = []
    with pytest.raises(ModelError, match="has no claim"):
        pieces.extend(exporter.write([made, unbacked, made]))
    assert "terrible" not in "".join(pieces[:2])


def test_a_document_that_fails_halfway_is_valid_json_and_says_so(made: Record) -> None:
    def records() -> Iterator[Record]:
        yield made
        yield replace(made, status_claims=())

    pieces: list[str] = []
    with pytest.raises(ModelError):
        pieces.extend(JsonDocument().write(records()))
    data = json.loads("".join(pieces))
    assert len(data["records"]) == 1
    assert "status" in data["error"]


def test_a_claim_that_the_record_does_not_show_is_refused(made: Record) -> None:
    with pytest.raises(ModelError, match="does not show"):
        check(replace(made, summary=(Sentence("Something.", ("clm-elsewhere",)),)))


def test_values_without_claims_and_claims_without_words_are_refused(made: Record) -> None:
    field = made.fields[0]
    value = field.values[0]
    for broken in (replace(value, claims=()), replace(value, display=""), replace(value, claims=(replace(value.claims[0], words=""),))):
        with pytest.raises(ModelError):
            check(replace(made, fields=(replace(field, values=(broken,)), *made.fields[1:])))
