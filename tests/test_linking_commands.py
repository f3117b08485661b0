"""`breachbook reference` and `breachbook link`, and the book beneath them on both engines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from breachbook.cli import app
from breachbook.errors import IngestError, NotFoundError, RequestError
from breachbook.model.reference import Asked, RowProblem
from breachbook.pipeline import Book, Progress
from breachbook.settings import Settings

LIST = "name,country,domain\nZelvaro Foods Inc.,US,zelvaro.com\nBrantwick Quarry,GB,\nX,,\n"
DURHAM = "victim: Durham Region; country: CA; domain: durham.ca; alias: Region of Durham"


def run(home: Path, *arguments: str) -> Result:
    return CliRunner(env={"BREACHBOOK_HOME": str(home), "BREACHBOOK_DATABASE": None}).invoke(app, list(arguments), prog_name="breachbook")


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_list_is_loaded_listed_linked_to_and_removed(tmp_path: Path) -> None:
    home, file = tmp_path / "home", written(tmp_path / "suppliers.csv", LIST)
    added = run(home, "reference", "add", str(file))
    assert added.exit_code == 0, added.stderr
    assert "The list suppliers has 2 organisations." in added.stderr
    assert "row 3: left out" in added.stderr
    assert [(s["name"], s["organisations"]) for s in json.loads(run(home, "reference", "list", "--json").stdout)] == [("suppliers", 2)]
    asked = written(tmp_path / "asked.jsonl", '{"id": "a", "name": "ZELVARO FOODS"}\n{"id": 2, "name": "Brantwikc Quarry"}\n')
    linked = run(home, "link", str(asked))
    assert linked.exit_code == 0, linked.stderr
    first, second = lines(linked)
    assert (first["id"], second["id"]) == ("a", 2)
    best = first["candidates"][0]
    assert (best["name"], best["match"], best["score"], best["parts"]) == ("Zelvaro Foods Inc.", True, 0.86, {"same_name": 0.86})
    assert second["candidates"][0]["match"] == "proposal"
    assert run(home, "reference", "remove", "suppliers").exit_code == 0
    assert [row["candidates"] for row in lines(run(home, "link", str(asked)))] == [[], []]


def test_bad_rows_are_told_and_the_others_are_linked(tmp_path: Path) -> None:
    asked = written(
        tmp_path / "asked.jsonl", '{"id": 1, "name": "Zelvaro"}\nrubbish\n{"id": 3}\n{"name": "x y"}\n{"id": 5, "name": "Olbrent"}\n'
    )
    result = run(tmp_path / "home", "link", str(asked))
    assert result.exit_code == 1
    assert [row["id"] for row in lines(result)] == [1, 5]
    assert [word in result.stderr for word in ("row 2: left out", "row 3: left out: has no name", "row 4: left out: has no id")] == [
        True
    ] * 3


def test_all_problems_go_to_a_file(tmp_path: Path) -> None:
    file = written(tmp_path / "list.csv", "name\n" + "Z\n" * 30)
    result = run(tmp_path / "home", "reference", "add", str(file), "--problems", str(tmp_path / "problems.jsonl"))
    assert "10 more rows like that (short_name)" in result.stderr
    assert len((tmp_path / "problems.jsonl").read_text().splitlines()) == 30


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (("reference", "add", "missing.csv"), "there is no such file", 1),
        (("reference", "remove", "nothing"), "no such reference list", 1),
        (("link", "missing.jsonl"), "there is no such file", 1),
        (("reference",), "Usage", 2),
    ],
)
def test_mistakes_are_one_line_with_the_way_out(arguments: tuple[str, ...], words: str, code: int, tmp_path: Path) -> None:
    result = run(tmp_path / "home", *arguments)
    assert result.exit_code == code
    assert words in result.stderr + result.stdout
    assert "Traceback" not in result.stderr


def test_names_are_shown_without_control_characters(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run(
        home,
        "reference",
        "add",
        str(written(tmp_path / "x.json", json.dumps([{"name": "Zelvaro \x1b[31m Foods"}]))),
        "--name",
        "a\x1b[31mb",
    )
    assert "\x1b" not in run(home, "reference", "list").stdout
    assert "\x1b" not in run(home, "link", str(written(tmp_path / "a.jsonl", '{"id": 1, "name": "Zelvaro [31m Foods"}\n'))).stdout


def test_names_in_other_scripts_keep_theirs_beside_the_latin_form(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run(home, "reference", "add", str(written(tmp_path / "x.json", json.dumps([{"name": "Брантвик"}]))))
    best = lines(run(home, "link", str(written(tmp_path / "a.jsonl", '{"id": 1, "name": "Brantvik"}\n'))))[0]["candidates"][0]
    assert (best["name"], best["latin"], best["match"]) == ("Брантвик", "Brantvik", True)


def test_the_books_own_organisations_are_linked_to(engine_settings: Settings, toys: Any) -> None:
    stages = toys.stages({"one": [DURHAM], "two": ["victim: Olbrent Works; country: US"]})
    with Book.open(engine_settings, stages) as book:
        book.add(["one"])
        before = book.counts()
        ((_, found),) = book.link([("q", Asked("The Regional Municipality of Durham", (), ("CA",)))])
        assert (found[0].organisation.name, found[0].organisation.source, found[0].decision) == ("Durham Region", "book", "same")
        assert found[0].organisation.domains == ("durham.ca",)
        assert book.counts() == before
        book.add(["two"])
        ((_, found),) = book.link([("q", Asked("Olbrent Works"))])
        assert found[0].organisation.name == "Olbrent Works"


def test_the_list_and_the_index_stay_together_across_openings(engine_settings: Settings, toys: Any, tmp_path: Path) -> None:
    problems: list[RowProblem] = []
    steps: list[Progress] = []
    with Book.open(engine_settings, toys.stages({})) as book:
        added = book.add_reference(written(tmp_path / "list.csv", LIST), "mine", problems.append, steps.append)
        assert (added.name, added.organisations, [p.code for p in problems]) == ("mine", 2, ["short_name"])
    with Book.open(engine_settings, toys.stages({})) as book:
        assert [s.name for s in book.references()] == ["mine"]
        ((_, found),) = book.link([(1, Asked("Zelvaro Foods"))])
        assert found[0].organisation.source == "mine"
        book.add_reference(written(tmp_path / "list.csv", "name\nOlbrent\n"), "mine", problems.append)
        assert [len(c) for _, c in book.link([(1, Asked("Zelvaro Foods")), (2, Asked("Olbrent"))])] == [0, 1]
        book.reindex_names()
        assert [len(c) for _, c in book.link([(1, Asked("Zelvaro Foods")), (2, Asked("Olbrent"))])] == [0, 1]
        book.remove_reference("mine")
        with pytest.raises(NotFoundError):
            book.remove_reference("mine")


def test_a_list_cannot_take_the_books_name_and_a_bad_file_changes_nothing(settings: Settings, toys: Any, tmp_path: Path) -> None:
    with Book.open(settings, toys.stages({})) as book:
        book.add_reference(written(tmp_path / "list.csv", LIST), "mine", lambda _problem: None)
        with pytest.raises(RequestError):
            book.add_reference(tmp_path / "list.csv", "book", lambda _problem: None)
        with pytest.raises(IngestError):
            book.add_reference(written(tmp_path / "bad.csv", "place\nx\n"), "mine", lambda _problem: None)
        assert [(s.name, s.organisations) for s in book.references()] == [("mine", 2)]
