"""All extractors of values: their patterns keep the scanner's rules, their words stand where they say, their cost is linear."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]

import pytest

from breachbook.extract.context import Context, Finding
from breachbook.extract.reader import context_of
from breachbook.extract.value_extractors import patterns, value_extractors
from breachbook.model.document import Document
from breachbook.text.scanner import Scanner, default_cache, hyperscan
from breachbook.vocab import properties, terms


@cache
def scanner() -> Scanner:
    return Scanner(patterns(), cache=default_cache())


def context(text: str, title: str | None = None, published: str | None = "2021-04-29", role: str | None = None) -> Context:
    whole = f"{title}\n\n{text}" if title else text
    return context_of(Document("text", whole, "0", title=title, published=published, publisher_role=role), scanner())


def findings(text: str, title: str | None = None, published: str | None = "2021-04-29") -> list[Finding]:
    made = context(text, title, published)
    return [finding for extractor in value_extractors() for finding in extractor.find(made)]


def values(text: str, property: str, title: str | None = None, published: str | None = "2021-04-29") -> list[object]:
    return [f.value for f in findings(text, title, published) if f.property == property]


def reports() -> Iterator[str]:
    shared = Path(os.environ.get("BREACHBOOK_SHARED") or Path(__file__).resolve().parents[3] / "shared")
    paths = sorted((shared / "corpora" / "casie").glob("*.json"))[::16]
    if not paths:
        pytest.skip("the corpora are not here")
    for path in paths:
        yield json.loads(path.read_text("utf-8"))["content"]


@pytest.mark.skipif(hyperscan is None, reason="Hyperscan has no wheel here")
def test_no_pattern_is_left_to_the_slow_engine() -> None:
    assert scanner().refused == ()


def test_every_pattern_is_bounded_and_matches_something() -> None:
    for name, pattern in patterns().items():
        least, most = _parser.parse(pattern, re.IGNORECASE | re.ASCII).getwidth()
        assert least > 0, name
        assert most < 1000, f"{name} has an open quantifier"


def test_names_of_patterns_begin_with_their_extractor() -> None:
    assert all(name.split(".")[0] for name in patterns())


@pytest.mark.shared
def test_words_stand_where_they_say_and_values_keep_their_form() -> None:
    for text in reports():
        for finding in findings(text):
            assert 0 <= finding.start < finding.end <= len(text)
            assert finding.certainty in (None, *terms.terms("certainty"))
            form = properties.get(finding.property).value
            if form.startswith("term:"):
                terms.check(form.removeprefix("term:"), str(finding.value))


def test_findings_are_the_same_every_time() -> None:
    text = "Hackers stole names and passwords of 4,200 customers on 3 March 2021, the bank said. A ransom of $50,000 was demanded."
    assert findings(text) == findings(text)


@pytest.mark.parametrize("text", ["", " ", "\x00\n\x01", "((((", "1," * 500, "ransom " * 500, "A" * 50_000, "\u202e\u200b" * 100])
def test_hostile_text_is_read_like_any_other(text: str) -> None:
    findings(text)


def test_ordinary_text_has_no_values() -> None:
    found = findings("The bakery on Mill Lane opened a second shop on Monday. It sells bread.", "Bakery opens")
    assert {f.property for f in found} <= {"disclosed"}
