"""The first look: what may be about an incident at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from breachbook.extract.linear_model import load
from breachbook.extract.relevance import FIRST_LOOK, LEAD_CHARACTERS, SIGNED_LOOK, SURE_SIGNS, first_look_features, may_be_relevant

MOST_LOST = 0.005
"""Share of reports about incidents that the first look may turn away."""
OWN = (Path(__file__).parents[1] / "quality", Path(__file__).parents[2] / "training" / "reports")


def reports() -> list[tuple[str, bool]]:
    """The project's own labelled reports: text, and whether it is about an incident. Those of `quality` are learned from by nothing."""
    labels = {row["id"]: row["relevant"] for row in map(json.loads, (OWN[0] / "labels.jsonl").read_text("utf-8").splitlines())}
    rows = [
        json.loads(line) for path in (OWN[0] / "reports.jsonl", *OWN[1].glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    return [(f"{r['title']}\n\n{r['text']}", r["label"]["relevant"] if "label" in r else labels[r["id"]]) for r in rows]


@pytest.mark.parametrize(
    "text",
    [
        "A Hacker broke in.",
        "Their data were LEAKED after an attack on the servers of the company, and its customers' passwords are affected.",
        "unauthorised access to the files",
        "The council said that personal information was compromised in the incident, and that it has told those affected.",
    ],
)
def test_words_of_incidents_open_the_gate(text: str) -> None:
    assert may_be_relevant(text)


def test_ordinary_words_do_not() -> None:
    news = (
        "The team won by two goals, and the mayor opened a new park on Sunday. He said that the season would be the best for years, "
        "and that fans from all over the country will come to see the club play in the cup. The match against Rovers is on Friday. "
    )
    assert not may_be_relevant(news)
    assert not may_be_relevant(news * 40)


def test_reports_about_incidents_pass_the_first_look() -> None:
    about = [text for text, relevant in reports() if relevant]
    lost = [text[:60] for text in about if not may_be_relevant(text)]
    assert len(about) > 150
    assert len(lost) <= MOST_LOST * len(about), lost


def test_the_first_look_scores_the_features_that_it_was_learned_from() -> None:
    model = load("first_look")["yes"]
    for text, _ in reports():
        signed = any(sign in text[:LEAD_CHARACTERS].lower() for sign in SURE_SIGNS)
        by_name = model.score(first_look_features(text)) >= (SIGNED_LOOK if signed else FIRST_LOOK)
        assert may_be_relevant(text) is by_name
