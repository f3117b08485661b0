"""The command line on the example book: data on standard output, messages on standard error, errors in one line with the way out."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from breachbook import __version__
from breachbook.cli import LIST_HELP, app

COMMANDS = (
    "example", "add", "read", "incidents", "organisations", "actors", "suppliers", "campaigns", "show", "why", "search", "export",
    "refused", "rebuild", "reindex", "score", "serve", "settings",
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a book that holds the example case file."""
    made = tmp_path_factory.mktemp("book")
    result = run(made, "example")
    assert result.exit_code == 0, result.stderr
    assert "added" in result.stderr
    return made


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report of the documented form, as JSON Lines."""
    text = "Northwind Clinic in Leeds said on Friday that hackers broke into its servers and stole the names of 1,545 patients."
    path = tmp_path / "reports.jsonl"
    path.write_text(
        json.dumps({"id": "r-1", "title": "Northwind Clinic hit by hackers", "date": "2021-05-07", "text": text}) + "\n", "utf-8"
    )
    return path


def run(home: Path, *arguments: str) -> Result:
    return CliRunner(env={"BREACHBOOK_HOME": str(home), "BREACHBOOK_DATABASE": None}).invoke(app, list(arguments), prog_name="breachbook")


def process(home: Path, *arguments: str, **more: object) -> subprocess.Popen[str]:
    """The command in a process of its own, which heeds Ctrl-C also where the tests run in the background of a shell that ignores it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    environment = {**os.environ, "BREACHBOOK_HOME": str(home)}
    environment.pop("BREACHBOOK_DATABASE", None)
    return subprocess.Popen(
        [sys.executable, "-m", "breachbook", *arguments],
        env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more,  # type: ignore[call-overload]
    )  # fmt: skip


def one_line(result: Result) -> str:
    """The message of an error: one line, no traceback, nothing on standard output."""
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    assert "Traceback" not in result.stderr
    return result.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(tmp_path: Path, command: str) -> None:
    result = run(tmp_path, command, "--help")
    assert result.exit_code == 0
    assert f"Example: breachbook {command}" in result.stdout


def test_version_and_help_are_quick_because_they_load_little() -> None:
    code = (
        "import sys; sys.argv = ['breachbook', '--version']\n"
        "from breachbook.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code\n"
        "print(sorted({'sqlalchemy', 'fastapi', 'rich', 'trafilatura', 'numpy', 'tantivy', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"breachbook {__version__}\n[]\n"


def test_nothing_at_all_shows_the_help(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert "Usage: breachbook" in result.output


@pytest.mark.parametrize("arguments", [("nonsense",), ("show",), ("serve", "--port", "70000"), ("incidents", "--limit", "0"), ("add",)])
def test_wrong_usage_is_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = run(tmp_path, *arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("arguments", "valid"),
    [
        (("incidents", "--status", "true"), "alleged, reported"),
        (("incidents", "--country", "Atlantis"), "AD, AE"),
        (("organisations", "--sector", "13"), "31-33"),
        (("incidents", "--since", "soon"), "YYYY-MM-DD"),
        (("incidents", "--attack-type", "magic"), "ransomware"),
        (("incidents", "--data-class", "gossip"), "medical"),
        (("show", "Durham Region", "--as-of", "2021-02-30"), "YYYY-MM-DD"),
        (("show", "Durham Region", "--kind", "cat"), "supplier"),
        (("why", "Durham Region", "nonsense"), "third_party"),
        (("export", "--format", "xml"), "jsonl"),
    ],
)
def test_wrong_values_list_the_valid_ones(tmp_path: Path, arguments: tuple[str, ...], valid: str) -> None:
    result = run(tmp_path, *arguments)
    assert result.exit_code == 2
    assert valid in one_line(result)


def test_what_is_not_there_is_said(home: Path) -> None:
    for arguments in (
        ("show", "No Such Organisation At All"),
        ("show", "Durham Region", "--as-of", "2001-01-01"),
        ("why", "Durham Region", "malware"),
    ):
        result = run(home, *arguments)
        assert result.exit_code == 1
        assert one_line(result).startswith("breachbook: error: ")


def test_a_bad_database_is_said(tmp_path: Path) -> None:
    result = run(tmp_path, "--database", "nonsense://x", "incidents")
    assert result.exit_code == 1
    assert "Traceback" not in result.stderr


def test_lists_and_filters(home: Path) -> None:
    for kind in LIST_HELP:
        result = run(home, f"{kind}s", "--limit", "5")
        assert result.exit_code == 0
        lines = result.stdout.splitlines()
        assert 0 < len(lines) <= 5, kind
        assert {line.split("\t")[1] for line in lines} == {kind}
    canadian = json.loads(run(home, "incidents", "durham", "--country", "CA", "--since", "2021-01-01", "--json").stdout)
    assert any("Durham" in row["name"] for row in canadian["rows"])
    assert all("CA" in row["countries"] for row in canadian["rows"])


def test_nothing_found_is_no_error(home: Path) -> None:
    result = run(home, "incidents", "--country", "AQ")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Nothing" in result.stderr


def test_show_an_organisation_shows_its_incident(home: Path) -> None:
    shown = run(home, "show", "Durham Region").stdout
    for words in ("durham[.]ca", "confirmed", "Accellion", "6.5 GB", "Timeline", "Evidence", "also said"):
        assert words in shown
    before = run(home, "show", "Durham Region", "--as-of", "2021-04-08").stdout
    assert "As known on 8 April 2021" in before
    assert "alleged" in before
    assert "Accellion" not in before


def test_show_as_json_is_the_record(home: Path) -> None:
    record = json.loads(run(home, "show", "Durham Region", "--json").stdout)
    assert record["kind"] == "organisation"
    by_id = json.loads(run(home, "show", record["id"], "--json").stdout)
    assert by_id == record
    assert json.loads(run(home, "show", "Accellion", "--kind", "supplier", "--json").stdout)["kind"] == "supplier"


def test_why_shows_who_said_it_and_what_won(home: Path) -> None:
    shown = run(home, "why", "Durham Region", "occurred_from").stdout
    for words in ("What stands", "20 January 2021", "What lost to it", "March 2021", "outweighs"):
        assert words in shown
    data = json.loads(run(home, "why", "Durham Region", "Third party", "--json").stdout)
    assert data["property"] == "third_party"
    assert {claim["certainty"] for value in data["values"] for claim in value["claims"]} >= {"possible", "stated"}


def test_search(home: Path) -> None:
    found = json.loads(run(home, "search", "file transfer appliance", "--json").stdout)
    assert found["total"] > 0
    assert {"id", "kind", "name"} <= set(found["rows"][0])


def test_export_whole_or_not_at_all(home: Path, tmp_path: Path) -> None:
    lines = run(home, "export", "--format", "jsonl").stdout.splitlines()
    assert any(json.loads(line)["kind"] == "incident" for line in lines)
    target = tmp_path / "book.json"
    result = run(home, "export", "--output", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    json.loads(target.read_text("utf-8"))
    missing = run(home, "export", "--output", str(tmp_path / "none" / "book.json"))
    assert missing.exit_code == 2
    assert "cannot be written" in missing.stderr
    assert list(tmp_path.iterdir()) == [target]


def test_read_stores_nothing_and_opens_no_database(tmp_path: Path, report: Path) -> None:
    home = tmp_path / "none"
    result = run(home, "read", str(report), str(tmp_path / "missing.html"), "--jsonl")
    assert result.exit_code == 1
    assert "not_found" in result.stderr
    (line,) = result.stdout.splitlines()
    record = json.loads(line)
    assert record["id"] == "r-1"
    assert "relevant" in record
    assert "incidents" in record
    assert not home.exists()
    pretty = run(home, "read", str(report))
    assert pretty.exit_code == 0
    assert json.loads(pretty.stdout) == record
    assert pretty.stdout.count("\n") > 5


def test_add_twice_and_refusals(tmp_path: Path, report: Path) -> None:
    binary = tmp_path / "report.bin"
    binary.write_bytes(bytes(range(256)) * 20)
    first = run(tmp_path / "home", "add", str(report), str(binary))
    assert first.exit_code == 1
    assert "1 document added" in first.stderr
    assert "refused" in first.stderr
    second = run(tmp_path / "home", "add", str(report))
    assert second.exit_code == 0
    assert "1 already there" in second.stderr
    assert (first.stdout, second.stdout) == ("", "")
    refused = run(tmp_path / "home", "refused").stdout.splitlines()
    assert [line.split("\t")[1] for line in refused] == ["binary"]
    assert json.loads(run(tmp_path / "home", "refused", "--json").stdout)[0]["code"] == "binary"


def test_rebuild_and_reindex_change_nothing(home: Path) -> None:
    before = run(home, "incidents", "--json").stdout
    for command in ("rebuild", "reindex"):
        assert run(home, command).exit_code == 0
    assert run(home, "incidents", "--json").stdout == before


def test_settings_mask_the_password(tmp_path: Path) -> None:
    result = run(tmp_path, "--database", "postgresql://me:secret@host/book", "settings")
    assert result.exit_code == 0
    assert "secret" not in result.stdout
    assert f"BREACHBOOK_HOME={tmp_path}" in result.stdout
    assert set(json.loads(run(tmp_path, "settings", "--json").stdout)) >= {"BREACHBOOK_HOME", "BREACHBOOK_DATABASE", "BREACHBOOK_PORT"}


def test_a_reader_that_goes_away_is_no_error(home: Path) -> None:
    running = process(home, "export", "--format", "jsonl")
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.readline()
    running.stdout.close()
    assert running.stderr.read() == ""
    assert running.wait(60) in (0, 141)
    running.stderr.close()


def test_serve_says_where_and_stops_on_ctrl_c(home: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = process(home, "serve", "--port", str(port))
    assert running.stderr is not None
    line = running.stderr.readline()
    assert f"http://127.0.0.1:{port}" in line
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30) as answer:
        assert json.load(answer)["status"] == "ok"
    taken = run(home, "serve", "--port", str(port))
    assert taken.exit_code == 1
    assert "--port" in taken.stderr
    running.send_signal(signal.SIGINT)
    _, rest = running.communicate(timeout=30)
    assert "Traceback" not in rest


def test_ctrl_c_while_adding_is_said_without_a_traceback(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    text = "Northwind Clinic said that hackers stole the names of 1,545 patients. " * 20
    many.write_text(
        "".join(json.dumps({"id": str(n), "title": f"Report {n}", "text": f"{n} {text}"}) + "\n" for n in range(20_000)), "utf-8"
    )
    running = process(tmp_path / "home", "add", str(many))
    time.sleep(4)
    running.send_signal(signal.SIGINT)
    _, messages = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Stopped" in messages
    assert "Traceback" not in messages
