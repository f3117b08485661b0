"""Certainty and speaker of the project's own sentences: how many are right, and that none is lost without being seen."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from breachbook.extract.attribution import attribute
from breachbook.extract.context import Context, Finding
from breachbook.extract.reader import context_of
from breachbook.model.document import Document
from breachbook.text.scanner import Scanner

FLOOR = 0.95
"""The share that must be right (issue "Reading")."""

TITLE = "Norvale Clinic hit by cyberattack"
ROWS: list[list[str]] = tomllib.loads(Path(__file__).with_name("hedge_sentences.toml").read_text("utf-8"))["sentences"]


def read(sentence: str) -> tuple[Context, Finding]:
    text = f"{TITLE}\n\n{sentence.replace(' / ', ' ')}"
    start, end = text.index("[["), text.index("]]") - 2
    text = text.replace("[[", "").replace("]]", "")
    context = context_of(Document("text", text, "0", title=TITLE), Scanner({}))
    return context, Finding("data_class", "names", start, end)


def judged(row: list[str]) -> tuple[str, str]:
    context, finding = read(row[2])
    speaker, certainty = attribute(context, finding)
    return certainty, speaker.role


def test_there_are_enough_sentences() -> None:
    assert len(ROWS) >= 150
    assert len({row[2] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("part", ["certainty", "speaker", "both"])
def test_nearly_all_sentences_are_judged_right(part: str) -> None:
    picked = {"certainty": slice(0, 1), "speaker": slice(1, 2), "both": slice(0, 2)}[part]
    wrong = [(row, judged(row)) for row in ROWS if list(judged(row))[picked] != row[:2][picked]]
    assert 1 - len(wrong) / len(ROWS) >= FLOOR, "\n".join(f"{got} {row}" for row, got in wrong)
