"""The commands with `--reader llm`, against an endpoint on loopback."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from breachbook.cli import app
from breachbook.extract.reader import OfflineReader

OFFLINE = OfflineReader.name


@pytest.fixture
def reports(tmp_path: Path, report: Any) -> Path:
    """Three reports and a piece of ordinary news, as JSON Lines."""
    body = report.text.removeprefix(report.title).strip()
    rows = [
        {"id": f"r-{number}", "title": report.title, "date": "2021-03-20", "text": f"{body}\n\nPart {number}."} for number in range(1, 4)
    ]
    rows.append({"id": "r-4", "title": "Cup final", "date": "2021-03-20", "text": "The football club won the cup on Sunday in the rain."})
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def run(server: Any, step: Any, tmp_path: Path) -> Callable[..., Result]:
    def made(*arguments: str, **given: str | None) -> Result:
        environment: dict[str, str | None] = {
            "BREACHBOOK_HOME": str(tmp_path / "home"), "BREACHBOOK_DATABASE": None, "BREACHBOOK_READER": None,
            "BREACHBOOK_LLM_URL": server.url, "BREACHBOOK_LLM_MODEL": "small", "BREACHBOOK_LLM_KEY": step.KEY,
            "BREACHBOOK_LLM_RETRIES": "0", **given,
        }  # fmt: skip
        return CliRunner(env=environment).invoke(app, list(arguments), prog_name="breachbook")

    return made


def test_read_prints_records_and_says_what_was_dropped(server: Any, step: Any, run: Any, reports: Path, right: Any) -> None:
    right["incidents"][0]["cves"].append({"value": "CVE-1999-0001", "quote": "no such words"})
    server.steps = [step.says(right)]
    result = run("read", str(reports), "--jsonl", "--reader", "llm")
    assert result.exit_code == 0, result.stderr
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["relevant"] for record in records] == [True, True, True, False]
    assert records[0]["incidents"][0]["third_parties"][0]["name"] == "Tailspin Software"
    assert "r-1: 21 of 22 suggested values kept; dropped: 1 the quote does not stand in the text" in result.stderr
    assert len(server.requests) == 3


def test_read_falls_back_and_says_so(server: Any, step: Any, run: Any, reports: Path) -> None:
    server.steps = [step.fails(503, "busy")]
    result = run("read", str(reports), "--jsonl", "--reader", "llm")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 4
    assert f"r-1: read by {OFFLINE}, not by the language model: it answers 503: busy" in result.stderr
    assert step.KEY not in result.stderr + result.stdout
    assert run("read", str(reports), "--jsonl", BREACHBOOK_READER="offline").stdout == result.stdout


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"BREACHBOOK_LLM_URL": None}, "--reader offline"),
        ({"BREACHBOOK_LLM_MODEL": None}, "BREACHBOOK_LLM_MODEL"),
        ({"BREACHBOOK_LLM_TIMEOUT": "soon"}, "BREACHBOOK_LLM_TIMEOUT"),
    ],
)
@pytest.mark.parametrize("command", ["read", "add"])
def test_without_settings_nothing_is_sent(
    server: Any, run: Any, reports: Path, command: str, given: dict[str, str | None], words: str
) -> None:
    result = run(command, str(reports), "--reader", "llm", **given)
    assert (result.exit_code, result.stdout, server.requests) == (1, "", [])
    assert words in result.stderr


@pytest.mark.parametrize("command", ["read", "add"])
def test_a_wrong_key_ends_the_command_in_one_line(server: Any, step: Any, run: Any, reports: Path, command: str) -> None:
    server.steps = [step.fails(401, f"Incorrect API key provided: {step.KEY}")]
    result = run(command, str(reports), "--reader", "llm")
    assert result.exit_code == 1
    assert "refuses the key" in result.stderr
    assert step.KEY not in result.stderr
    assert "Traceback" not in result.stderr
    assert len(server.requests) == 1


@pytest.mark.parametrize("command", ["read", "add"])
def test_an_unknown_reader_is_a_wrong_use(run: Any, reports: Path, command: str) -> None:
    result = run(command, str(reports), "--reader", "oracle")
    assert result.exit_code == 2
    assert "offline, llm" in result.stderr


def test_a_book_is_filled_offline_and_read_again_by_the_model(server: Any, step: Any, run: Any, reports: Path, right: Any) -> None:
    assert run("add", str(reports)).exit_code == 0
    assert server.requests == []
    server.steps = [step.says(right)]
    again = run("add", str(reports), "--reader", "llm")
    assert "4 read again" in again.stderr.replace("\n", " ")
    asked = len(server.requests)
    assert asked == 3
    shown = json.loads(run("show", "Northwind Hospital", "--json").stdout)
    assert shown["name"] == "Northwind Hospital"
    assert run("add", str(reports)).exit_code == 0
    assert "4 already there" in run("add", str(reports), "--reader", "llm").stderr
    assert len(server.requests) == asked


def test_a_slow_endpoint_costs_its_time_and_no_document(server: Any, step: Any, run: Any, reports: Path) -> None:
    server.steps = [step.waits(5)]
    start = time.monotonic()
    result = run("add", str(reports), "--reader", "llm", BREACHBOOK_LLM_TIMEOUT="0.1")
    assert time.monotonic() - start < 60
    assert "4 documents added" in result.stderr
    assert "did not answer within 0.1 seconds" in result.stderr


def test_the_key_is_not_shown(run: Any, step: Any) -> None:
    for arguments in (("settings",), ("settings", "--json")):
        result = run(*arguments)
        assert step.KEY not in result.stdout
        assert "***" in result.stdout
    assert "***" not in run("settings", BREACHBOOK_LLM_KEY=None).stdout
