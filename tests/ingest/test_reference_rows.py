"""Lists of organisations: every kind of file gives the same rows, and what is wrong with a row is told and costs no other row."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from breachbook.errors import IngestError
from breachbook.ingest.asked_rows import asked_rows
from breachbook.ingest.reference_rows import country_code, organisations
from breachbook.ingest.reference_shapes import shape_of, shapes
from breachbook.model.reference import KnownOrganisation, RowProblem
from breachbook.vocab.data_files import toml_file

ROWS: list[dict[str, Any]] = [
    {"name": "Zelvaro Inc.", "aliases": "Zelvaro; ZVR | Zelvaro Foods", "domain": "www.zelvaro.com", "country": "US", "lei": "LEI1"},
    {"name": "Université de Brantwick", "aliases": "", "domain": "", "country": "FRA", "lei": ""},
    {"name": "ブラント株式会社", "aliases": "", "domain": "", "country": "Japan", "lei": ""},
]


def csv_file(path: Path, rows: list[dict[str, Any]], delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def parquet_file(path: Path, rows: list[dict[str, Any]]) -> Path:
    parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    return path


KINDS: dict[str, Callable[[Path], Path]] = {
    "csv": lambda p: csv_file(p / "list.csv", ROWS),
    "semicolons": lambda p: csv_file(p / "list.csv", [{**row, "aliases": row["aliases"].replace(";", "|")} for row in ROWS], ";"),
    "tabs": lambda p: csv_file(p / "list.csv", ROWS, "\t"),
    "array": lambda p: written(p / "list.json", json.dumps(ROWS)),
    "object of objects": lambda p: written(p / "list.json", json.dumps({str(i): row for i, row in enumerate(ROWS)})),
    "lines": lambda p: written(p / "list.jsonl", "".join(json.dumps(row) + "\n" for row in ROWS)),
    "parquet": lambda p: parquet_file(p / "list.parquet", ROWS),
}


def load(path: Path, name: str | None = None) -> tuple[str, list[KnownOrganisation], list[RowProblem]]:
    problems: list[RowProblem] = []
    label, found = organisations(path, name, problems.append)
    return label, list(found), problems


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_gives_the_same_organisations(kind: str, tmp_path: Path) -> None:
    label, found, problems = load(KINDS[kind](tmp_path))
    assert (label, problems) == ("list", [])
    assert [o.name for o in found] == [row["name"] for row in ROWS]
    assert set(found[0].aliases) == {"Zelvaro", "ZVR", "Zelvaro Foods"}
    assert [o.countries for o in found] == [("US",), ("FR",), ("JP",)]
    assert found[0].domains == ("zelvaro.com",)
    assert found[0].identifiers == (("lei", "LEI1"),)


def test_ids_come_from_the_content(tmp_path: Path) -> None:
    one, two = (load(csv_file(tmp_path / name, ROWS), "same")[1] for name in ("a.csv", "b.csv"))
    assert [o.id for o in one] == [o.id for o in two]
    assert {o.id for o in one}.isdisjoint(o.id for o in load(csv_file(tmp_path / "a.csv", ROWS), "other")[1])


BAD = [
    ({"name": ""}, "no_name", False),
    ({"name": None}, "no_name", False),
    ({"name": {"nested": 1}}, "no_name", False),
    ({"other": "Zelvaro"}, "no_name", False),
    ({"name": "Z"}, "short_name", False),
    ({"name": "Zelvaro " * 100}, "long_name", False),
    ({"name": "<b>Zelvaro</b> &amp; Sons"}, "html_in_name", True),
    ({"name": "Zelvaro", "country": "ZZ"}, "bad_country", True),
    ({"name": "Zelvaro", "domain": "not a domain"}, "bad_domain", True),
    ({"name": "Zelvaro", "sector": "99"}, "bad_sector", True),
]


@pytest.mark.parametrize(("row", "code", "kept"), BAD)
def test_a_bad_row_is_told_and_the_others_are_taken(row: dict[str, Any], code: str, kept: bool, tmp_path: Path) -> None:
    lines = [{"name": "First Quarry"}, row, {"name": "Last Quarry"}]
    _, found, problems = load(written(tmp_path / "x.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    assert [(p.row, p.code, p.kept) for p in problems] == [(2, code, kept)]
    assert [o.name for o in found][:: len(found) - 1] == ["First Quarry", "Last Quarry"]
    assert len(found) == 2 + kept
    assert all(problem.code in toml_file("refusals.toml")["row"] for problem in problems)


def test_html_is_taken_out_of_a_name(tmp_path: Path) -> None:
    _, found, _ = load(written(tmp_path / "x.json", json.dumps([{"name": "<b>Zelvaro</b>&nbsp;&amp; Sons<br/>"}])))
    assert [o.name for o in found] == ["Zelvaro & Sons"]


def test_columns_of_one_name_are_told_and_the_last_counts(tmp_path: Path) -> None:
    _, found, problems = load(written(tmp_path / "x.csv", "name,name,country\nOlbrent,Zelvaro,US\n"))
    assert [o.name for o in found] == ["Zelvaro"]
    assert [(p.row, p.code, p.kept) for p in problems] == [(0, "duplicate_column", True)]


def test_the_first_row_need_not_have_all_columns(tmp_path: Path) -> None:
    _, found, problems = load(written(tmp_path / "x.jsonl", '{"country": "US"}\n{"name": "Zelvaro"}\n'))
    assert [o.name for o in found] == ["Zelvaro"]
    assert [(p.row, p.code) for p in problems] == [(1, "no_name")]


def test_duplicates_are_told(tmp_path: Path) -> None:
    _, found, problems = load(written(tmp_path / "x.json", json.dumps([ROWS[0], ROWS[0], {**ROWS[0], "country": "CA"}])))
    assert [o.countries for o in found] == [("US",), ("CA",)]
    assert [(p.row, p.code) for p in problems] == [(2, "duplicate")]


def test_lines_that_are_no_json_and_rows_too_long_are_told(tmp_path: Path) -> None:
    _, found, problems = load(written(tmp_path / "x.jsonl", '{"name": "Zelvaro"}\nrubbish\n[1]\n\n{"name": "Brantwick"}\n'))
    assert [o.name for o in found] == ["Zelvaro", "Brantwick"]
    assert [(p.row, p.code) for p in problems] == [(2, "bad_row"), (3, "bad_row")]
    _, found, problems = load(written(tmp_path / "x.csv", "name,country\nZelvaro,US\nBrantwick,US,1,2\nOlbrent,US\n"))
    assert [o.name for o in found] == ["Zelvaro", "Olbrent"]
    assert [(p.row, p.code) for p in problems] == [(2, "bad_row")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        ("place,size\nx,1\n", "bad_list"),
        ("[1, 2", "bad_list"),
        ("[[[", "bad_list"),
        ("[" * 5000, "bad_list"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(text: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(IngestError) as caught:
        load(written(tmp_path / "x", text))
    assert caught.value.code == code


def test_missing_damaged_and_misencoded_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "damaged").write_bytes(b"PAR1 and nothing more")
    (tmp_path / "latin").write_bytes("name\nUniversit\xe9\n".encode("latin-1"))
    for name, code in (("missing", "not_found"), ("damaged", "bad_list"), ("latin", "bad_encoding")):
        with pytest.raises(IngestError) as caught:
            load(tmp_path / name)
        assert caught.value.code == code


def test_known_shapes_are_told_by_their_columns() -> None:
    assert shape_of(["cik_str", "ticker", "title"]).name == "sec-tickers"
    assert shape_of(["\ufeffx", "Domain name", "Domain type", "Organization name"]).name == "us-gov-domains"
    assert shape_of(["NAME ", "x"]).name == "plain"
    assert all(shape.about and shape.columns["name"] for shape in shapes())


def test_a_shape_gives_what_holds_for_every_row(tmp_path: Path) -> None:
    rows = {"0": {"cik_str": 7, "ticker": "ZLV", "title": "ZELVARO CORP"}}
    label, found, _ = load(written(tmp_path / "x.json", json.dumps(rows)))
    assert label == "sec-tickers"
    assert found[0].identifiers == (("cik", "7"), ("ticker", "ZLV"))
    rows = [{"name": "Brantwick University", "domains": ["brantwick.edu"], "alpha_two_code": "US", "country": "United States"}]
    _, found, _ = load(written(tmp_path / "y.json", json.dumps(rows)))
    assert (found[0].domains, found[0].countries, found[0].sectors) == (("brantwick.edu",), ("US",), ("61",))


@pytest.mark.parametrize(("written_as", "code"), [("us", "US"), ("DEU", "DE"), ("germany", "DE"), ("Atlantis", None), ("", None)])
def test_countries(written_as: str, code: str | None) -> None:
    assert country_code(written_as) == code


def test_rows_that_ask(tmp_path: Path) -> None:
    lines = [{"id": 7, "name": "Zelvaro", "country": "us"}, {"name": "x y"}, {"id": "8", "name": ""}, {"id": 7, "name": "Brantwick"}]
    problems: list[RowProblem] = []
    found = list(asked_rows(written(tmp_path / "x.jsonl", "".join(json.dumps(line) + "\n" for line in lines)), problems.append))
    assert [(id_, asked.name) for id_, asked in found] == [(7, "Zelvaro"), (7, "Brantwick")]
    assert found[0][1].countries == ("US",)
    assert [(p.row, p.code) for p in problems] == [(2, "no_id"), (3, "no_name"), (4, "duplicate_id")]


cells = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=40), lambda c: st.lists(c, max_size=3), max_leaves=5)


@given(st.lists(st.dictionaries(st.sampled_from(["name", "aliases", "domain", "country", "sector", "id"]), cells), min_size=1, max_size=5))
def test_whatever_a_row_holds_it_is_taken_or_told(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]) -> None:
    path = tmp_path_factory.mktemp("any") / "x.jsonl"
    path.write_text(json.dumps({"name": "First Quarry"}) + "\n" + "".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    _, found, problems = load(path)
    left_out = [problem for problem in problems if not problem.kept]
    assert len(found) + len(left_out) == len(rows) + 1
