"""`breachbook score`: the table, one report side by side, and errors that say what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from breachbook.cli import app

TEXT = "Northwind Clinic in Leeds said on Friday that hackers broke into its servers and stole the names of 1,545 patients."
INCIDENT = {
    "victims": [{"name": "Northwind Clinic", "aliases": [], "domain": None, "country": "GB", "sector": "62"}],
    "effects": ["data_exposed"],
    "people_affected": {"value": 1545, "qualifier": "exact"},
    "evidence": {"victims": "Northwind Clinic in Leeds", "effects": "stole the names", "people_affected": "1,545 patients"},
}


def lines(path: Path, *rows: Any) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A label, its document with one that has no label, and a record that got the country wrong."""
    report = {"id": "r-1", "title": "Northwind Clinic hit by hackers", "date": "2021-05-07", "text": TEXT}
    wrong = {**INCIDENT, "victims": [{**INCIDENT["victims"][0], "country": "IE"}]}  # type: ignore[dict-item]
    return {
        "gold": lines(tmp_path / "gold.jsonl", {"id": "r-1", "relevant": True, "incidents": [INCIDENT]}),
        "documents": lines(tmp_path / "reports.jsonl", report, {"id": "r-2", "text": "A new bridge was opened."}),
        "predicted": lines(tmp_path / "records.jsonl", {"id": "r-1", "relevant": True, "incidents": [wrong]}),
    }


def run(files: dict[str, Path], *more: str, columns: int = 100) -> Result:
    options = [part for name, path in files.items() for part in (f"--{name}", str(path))]
    home = str(next(iter(files.values())).parent / "home")
    environment = {"BREACHBOOK_HOME": home, "BREACHBOOK_DATABASE": None, "BREACHBOOK_READER": None, "COLUMNS": str(columns)}
    return CliRunner(env=environment).invoke(app, ["score", *options, *more], prog_name="breachbook")


def test_the_table_has_every_field_and_the_rest_is_said_beside_it(files: dict[str, Path]) -> None:
    result = run(files)
    assert result.exit_code == 0, result.stderr
    rows = {line.split()[0]: line.split()[1:] for line in result.stdout.splitlines() if len(line.split()) == 7}
    assert rows["country"] == ["0.000", "0.000", "0.000", "0", "1", "1"]
    assert rows["sector"] == ["1.000", "1.000", "1.000", "1", "1", "1"]
    assert "1 document read by records.jsonl" in result.stdout
    assert "1 document without a label passed over" in result.stderr


def test_the_offline_reader_is_scored(files: dict[str, Path]) -> None:
    result = run({name: files[name] for name in ("gold", "documents")}, "--reader", "offline", "--json")
    scored = json.loads(result.stdout)
    assert scored["reader"] == "offline"
    assert scored["fields"]["relevant"]["f1"] == 1.0
    assert (scored["documents"], scored["ignored"], scored["refused"]) == (1, 1, 0)


def test_the_worst_are_listed_with_their_fields(files: dict[str, Path]) -> None:
    assert "2  r-1  country ~1" in run(files, "--worst", "3").stdout
    assert json.loads(run(files, "--worst", "3", "--json").stdout)["worst"] == [{"id": "r-1", "mistakes": 2, "fields": {"country": "~1"}}]


@pytest.mark.parametrize("columns", [40, 60, 100, 180])
def test_one_report_side_by_side_at_any_width(files: dict[str, Path], columns: int) -> None:
    result = run(files, "--show", "r-1", columns=columns)
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= columns
    words = " ".join(result.stdout.split())
    for shown in ("2 mistakes", "~ country", "= sector", "gb", "ie", "Northwind Clinic in"):
        assert shown in words, shown


def test_one_report_as_json(files: dict[str, Path]) -> None:
    shown = json.loads(run(files, "--show", "r-1", "--json").stdout)
    assert {"field": "country", "part": "Northwind Clinic", "incident": 0, "sign": "~", "ours": "ie", "gold": "gb"} in shown["marks"]


def test_nothing_of_a_text_reaches_the_terminal(files: dict[str, Path]) -> None:
    hostile = "[red]\x1b[31mevil\u202e[/red]"
    incident = {**INCIDENT, "actors": [hostile], "evidence": {"actors": hostile}}
    lines(files["gold"], {"id": "r-1", "relevant": True, "incidents": [incident]})
    lines(files["documents"], {"id": "r-1", "title": "x [bold]y[/bold]", "text": f"Clinic {hostile} {TEXT}"})
    result = run(files, "--show", "r-1", columns=200)
    assert result.exit_code == 0
    assert not set("\x1b\u202e") & set(result.stdout)
    assert "[red]\\u001b[31mevil\\u202e[/red]" in result.stdout
    assert "x [bold]y[/bold]" in result.stdout


def test_a_folder_of_annotated_reports(files: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    info = {"title": "Northwind Clinic hit by hackers", "date": "2021_05_07", "link": "https://paper.example/1"}
    lines(folder / "17.json", {"content": TEXT, "info": info})
    lines(folder / "18.json", {"content": TEXT, "info": info})
    lines(files["gold"], {"id": "corpus:17", "relevant": True, "incidents": [INCIDENT]})
    result = run({"gold": files["gold"], "documents": folder}, "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["fields"]["victims"]["right"] == 1
    assert json.loads(result.stdout)["ignored"] == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gold", "{", "line 1"),
        ("gold", {"id": "r-1", "relevant": True, "incidents": [{"effects": 3}]}, "'effects' of incident 1"),
        ("gold", {"id": "r-9", "relevant": False}, "1 of 1 labels have no document there: r-9"),
        ("predicted", "[]", "line 1"),
    ],
)
def test_a_wrong_file_is_an_error_that_names_the_place(files: dict[str, Path], name: str, content: Any, said: str) -> None:
    lines(files[name], content)
    result = run(files)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_bad_line_of_documents_is_said(files: dict[str, Path]) -> None:
    with files["documents"].open("a", encoding="utf-8") as file:
        file.write("{\n")
    result = run(files)
    assert result.exit_code == 0
    assert "bad_json: line 3" in result.stderr
    assert "1 refused" in result.stderr


def test_an_unknown_id_names_those_near_it(files: dict[str, Path]) -> None:
    result = run(files, "--show", "r-11")
    assert result.exit_code == 2
    assert "near it: r-1" in result.stderr


def test_two_documents_of_one_id_are_an_error(files: dict[str, Path]) -> None:
    lines(files["documents"], {"id": "r-1", "text": TEXT}, {"id": "r-1", "text": TEXT})
    assert "several documents have this id" in run(files).stderr


def test_an_unknown_reader_and_a_missing_folder(files: dict[str, Path], tmp_path: Path) -> None:
    both = {name: files[name] for name in ("gold", "documents")}
    assert "not one of" in run(both, "--reader", "oracle").stderr
    assert "no such file or folder" in run({**both, "documents": tmp_path / "none"}).stderr
