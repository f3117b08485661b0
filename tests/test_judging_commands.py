"""The commands about matches and judgements, on the example book."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from breachbook.cli import app
from breachbook.serve import judging_commands

HEALTH, OTHER = "Memorial Health System", "Reserve Bank of New Zealand"

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a book that holds the example case file."""
    made = tmp_path_factory.mktemp("book")
    assert call(made, "example").exit_code == 0
    return made


@pytest.fixture
def run(example: Path, tmp_path: Path) -> Run:
    """Runs a command on a copy of the example book."""
    home = tmp_path / "home"
    shutil.copytree(example, home)
    return lambda *arguments: call(home, *arguments)


def call(home: Path, *arguments: str) -> Result:
    return CliRunner(env={"BREACHBOOK_HOME": str(home), "BREACHBOOK_DATABASE": None}).invoke(app, list(arguments), prog_name="breachbook")


def told(run: Run, *arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_matches_show_both_sides_with_names_sources_score_parts_and_reason(run: Run) -> None:
    found = told(run, "matches", "Durham Region")
    assert found["total"] == len(found["matches"]) >= 5
    match = found["matches"][0]
    assert {"left", "right", "decision", "score", "parts", "reason"} == match.keys()
    for side in (match["left"], match["right"]):
        assert side["names"] and side["title"] and side["publisher"] and side["record"]["name"] == "Durham Region"  # noqa: PT018
    shown = run("matches", "Durham Region").stdout
    assert "same_name" in shown and "+0.86" in shown and "durham.ca is the domain of the other" in shown  # noqa: PT018
    assert all(m["decision"] == "proposal" for m in told(run, "matches", "--proposals")["matches"])
    assert "--limit shows more" in run("matches", "--limit", "1").stdout


def test_merge_judgements_undo(run: Run) -> None:
    before = run("export").stdout
    ids = [told(run, "show", name)["id"] for name in (HEALTH, OTHER)]
    merged = run("merge", HEALTH, OTHER, "--why", "one system", "--who", "Ada")
    assert merged.exit_code == 0, merged.stderr
    assert "Both are the record" in merged.stdout
    assert "breachbook undo jdg-" in merged.stderr
    assert {told(run, "show", id_)["id"] for id_ in ids} in ({ids[0]}, {ids[1]})
    (act,) = told(run, "judgements")["judgements"]
    assert (act["who"], act["why"], act["decision"], act["undone"]) == ("Ada", "one system", "same", None)
    assert "by Ada" in run("judgements", HEALTH).stdout
    assert "stands already" in run("same", act["left"]["mention"], act["right"]["mention"], "--why", "again").stdout
    assert run("rebuild").exit_code == 0
    undone = run("undo", act["id"], "--why", "two places", "--who", "Bob")
    assert "are two records" in undone.stdout
    assert run("export").stdout == before
    assert "undone by Bob" in run("judgements").stdout
    assert told(run, "judgements", "--standing")["judgements"] == []
    again = run("undo", act["id"], "--why", "x")
    assert (again.exit_code, again.stdout) == (1, "")
    assert "was undone before" in again.stderr
    assert "by Bob" in again.stderr


def test_a_contradiction_is_refused_with_the_way_out_and_replaced_when_told_to(run: Run) -> None:
    split = told(run, "split", "Durham Region", "CLOP leak site", "--why", "another Durham")
    refused = run("merge", split["left"]["id"], split["right"]["id"], "--why", "no, one", "--json")
    assert (refused.exit_code, refused.stdout) == (1, "")
    for part in ("contradicts", split["id"], "another Durham", "--replace"):
        assert part in refused.stderr
    merged = told(run, "merge", split["left"]["id"], split["right"]["id"], "--why", "no, one", "--replace")
    assert merged["replaced"] == [split["id"]]
    assert merged["left"] == merged["right"]


@pytest.mark.parametrize("answer", [True, False])
def test_a_contradiction_asks_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, answer: bool) -> None:
    split = told(run, "split", "Durham Region", "CLOP leak site", "--why", "another Durham")

    class Terminal:
        def isatty(self) -> bool:
            return True

    class Sys:
        stdin, stderr = Terminal(), Terminal()

        def __getattr__(self, name: str) -> Any:
            return getattr(__import__("sys"), name)

    asked = []
    monkeypatch.setattr(judging_commands, "sys", Sys())
    monkeypatch.setattr(typer, "confirm", lambda question, **_: asked.append(question) or answer)
    result = run("merge", split["left"]["id"], split["right"]["id"], "--why", "one", "--who", "Ada")
    assert asked == ["Undo what it contradicts?"]
    assert result.exit_code == (0 if answer else 1)
    assert ("is undone" in result.stderr) == answer


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("merge", HEALTH, "memorial health system", "--why", "x"), "both are this one record"),
        (("merge", HEALTH, "Nobody Inc", "--why", "x"), "Nobody Inc: the book holds no"),
        (("merge", HEALTH, "clop", "--kind", "river", "--why", "x"), "not one of: organisation, actor, incident"),
        (("merge", "Equifax", "clop", "--why", "x", "--kind", "organisation"), "clop"),
        (("split", "Durham Region", "no such source", "--why", "x"), "no mention or source of Durham Region"),
        (("undo", "jdg-1", "--why", "x"), "no such judgement"),
        (("unsure", HEALTH, OTHER, "--why", " "), "must not be empty"),
        (("matches", "Nobody Inc"), "holds nothing of this name"),
    ],
)
def test_errors_are_one_line_with_what_is_wrong(run: Run, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code in (1, 2)
    assert result.stdout == ""
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_an_ambiguous_name_lists_what_it_could_mean(run: Run) -> None:
    found = told(run, "matches", "Equifax")["matches"]
    mention = found[0]["right"]["mention"]
    apart = told(run, "split", "Equifax", mention, "--why", "a namesake")
    result = run("merge", "Equifax", "Accellion", "--why", "x")
    assert result.exit_code == 1
    for side in ("left", "right"):
        assert apart[side]["id"] in result.stderr


@pytest.mark.parametrize("command", ["matches", "merge", "split", "same", "different", "unsure", "undo", "judgements"])
def test_help_has_an_example(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert f"breachbook {command}" in result.stdout.split("Example:")[1]


def test_the_worked_example_of_the_guide(run: Run, tmp_path: Path) -> None:
    note = {
        "id": "note-1", "title": "Scripps Health Foundation tells donors of a data breach", "date": "2021-06-03",
        "text": "Scripps Health Foundation said on Thursday that a data breach in May 2021 exposed the names of 4,200 donors. "
        "Hackers had broken into a mailbox.",
    }  # fmt: skip
    (tmp_path / "note.jsonl").write_text(json.dumps(note), "utf-8")
    assert run("add", str(tmp_path / "note.jsonl")).exit_code == 0
    (proposal,) = told(run, "matches", "--proposals")["matches"]
    before = run("export").stdout
    merged = told(run, "merge", "Scripps Health", "Scripps Health Foundation", "--why", "one organisation")
    assert merged["left"] == merged["right"]
    (act,) = told(run, "judgements", "Scripps Health")["judgements"]
    assert (act["score"], act["parts"], act["reason"]) == (proposal["score"], proposal["parts"], proposal["reason"])
    assert told(run, "matches", "--proposals")["total"] == 0
    assert run("undo", act["id"], "--why", "separate bodies").exit_code == 0
    assert run("export").stdout == before
    assert run("different", "Scripps Health", "Scripps Health Foundation", "--why", "separate bodies").exit_code == 0
    assert told(run, "matches", "--proposals")["total"] == 0
