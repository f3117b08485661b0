"""The JSON Lines format: every key, every wrong type, and files that are broken in places."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from breachbook.ingest.json_lines import KEYS, numbered

ROW = {
    "id": "r-1", "title": "Clinic breached", "date": "2021-04-09", "url": "https://paper.example/1", "publisher": "Lake Gazette",
    "text": "The clinic said that data of its patients was taken.",
}  # fmt: skip


def line(**changes: object) -> str:
    return json.dumps({**ROW, **changes})


def test_all_keys(take):
    (document,), refusals = take(line(role="researcher", kind="listing", author="Kim Doe", colour="blue"), "a.jsonl")
    assert refusals == []
    assert document.external_id == "r-1"
    assert (document.title, document.published, document.url) == ("Clinic breached", "2021-04-09", "https://paper.example/1")
    assert (document.publisher, document.publisher_role, document.kind, document.author) == (
        "Lake Gazette",
        "researcher",
        "listing",
        "Kim Doe",
    )
    assert document.text == "Clinic breached\n\nThe clinic said that data of its patients was taken."


def test_only_the_text_is_needed(take):
    (document,), _ = take('{"text": "A breach was found."}', "a.jsonl")
    assert (document.title, document.published, document.url, document.external_id) == (None, None, None, None)


def test_a_body_that_begins_with_its_title_is_not_given_it_twice(take):
    assert take(line(text="Clinic breached\n\nMore."), "a.jsonl")[0][0].text == "Clinic breached\n\nMore."
    assert take(line(title="Clinic", text="Clinic was breached."), "b.jsonl")[0][0].text == "Clinic\n\nClinic was breached."


@pytest.mark.parametrize("key", ["id", "title", "date", "url", "publisher", "author", "text", "role", "kind"])
@pytest.mark.parametrize("value", [1, 2.5, True, [], {}, ["x"]])
def test_wrong_types_are_refused(take, key, value):
    documents, refusals = take("\n".join((line(), line(**{key: value}), line(id="last"))), "a.jsonl")
    assert [d.external_id for d in documents] == ["r-1", "last"]
    assert [r.code for r in refusals] == ["bad_json"]
    assert "line 2" in refusals[0].detail
    assert repr(key) in refusals[0].detail


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("{", "bad_json"),
        ("[1, 2]", "bad_json"),
        ('"text"', "bad_json"),
        ("null", "bad_json"),
        ("{}", "bad_json"),
        ("{'text': 'x'}", "bad_json"),
        (line(text=None), "bad_json"),
        (line(text=" ", title=""), "no_text"),
        (line(text="\u200b", title=None), "no_text"),
        (line(date="2021-02-30"), "bad_date"),
        (line(date="0000-01-01"), "bad_date"),
        (line(date="9999-12-31"), "bad_date"),
        (line(date="12021-01-01"), "bad_date"),
        (line(date="04/09/2021"), "bad_date"),
        (line(date="last week"), "bad_date"),
        (line(date="2024-06-03"), "bad_date"),
        (line(role="boss"), "bad_role"),
        (line(role="reviewer"), "bad_role"),
        (line(kind="novel"), "bad_json"),
        ("[" * 200_000 + "]" * 200_000, "too_large"),
        ("[" * 90_000 + "]" * 90_000, "too_deep"),
        ('{"text": ' + "9" * 10_000 + "}", "bad_json"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_rest_goes_on(take, bad, code):
    documents, refusals = take(f"\ufeff{line()}\n\n{bad}\r\n{line(id='last')}\n", "a.jsonl")
    assert [d.external_id for d in documents] == ["r-1", "last"]
    assert [r.code for r in refusals] == [code]
    assert refusals[0].origin.endswith("a.jsonl:3")


def test_a_line_in_another_encoding_is_refused(take):
    data = line().encode() + b"\n" + '{"text": "Montréal"}'.encode("cp1252") + b"\n" + line(id="last").encode()
    documents, refusals = take(data, "a.jsonl")
    assert len(documents) == 2
    assert [(r.code, r.origin[-2:]) for r in refusals] == [("bad_encoding", ":2")]


def test_an_address_that_a_page_must_not_link_to_is_left_out(take):
    for url in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a b", "x" * 5000, 'https://x/"onclick="y'):
        assert take(line(url=url), "a.jsonl")[0][0].url is None


def test_names_of_ten_thousand_characters_are_cut(take):
    (document,), _ = take(line(title="T" * 10_000, publisher="P" * 10_000, author="A" * 10_000, id="I" * 10_000), "a.jsonl")
    assert all(len(value) == 500 for value in (document.title, document.publisher, document.author, document.external_id))


def test_half_characters_do_not_survive(take):
    (document,), _ = take('{"title": "a\\ud800b", "text": "c\\udfffd"}', "a.jsonl")
    assert document.text.encode() == "a\ufffdb\n\nc\ufffdd".encode()


def test_script_in_a_title_is_kept_as_text(take):
    assert take(line(title="<script>alert(1)</script>"), "a.jsonl")[0][0].title == "<script>alert(1)</script>"


def test_lines_are_known_without_a_telling_name(take):
    assert len(take(f"{line()}\n{line(id='2')}\n", "reports")[0]) == 2


def test_json_files_hold_one_object_or_a_list(take):
    assert len(take(json.dumps(ROW, indent=2), "a.json")[0]) == 1
    documents, refusals = take(json.dumps([ROW, {"name": "x"}, {**ROW, "id": "3"}], indent=1), "b.json")
    assert [d.external_id for d in documents] == ["r-1", "3"]
    assert [(r.code, r.origin[-7:]) for r in refusals] == [("bad_json", ":item 2")]


def test_the_objects_of_an_annotated_corpus_are_understood(take):
    row = {
        "content": "The clinic was breached.",
        "info": {"title": "Clinic", "date": "2018_11_9", "link": "https://paper.example/2"},
        "events": {},
    }
    (document,), _ = take(json.dumps(row), "10.json")
    assert (document.title, document.published, document.url) == ("Clinic", "2018-11-09", "https://paper.example/2")


def test_a_cut_file_loses_its_last_line_only(take):
    documents, refusals = take(f"{line()}\n{line(id='2')}"[:-20], "a.jsonl")
    assert len(documents) == 1
    assert [r.code for r in refusals] == ["bad_json"]


def test_a_line_beyond_the_limit_is_passed_over_in_pieces(tmp_path):
    path = tmp_path / "long"
    path.write_bytes(b"a\n" + b"x" * 1000 + b"\nb\n" + b"y" * 20 + b"\n" + b"z" * 21)
    with path.open("rb") as stream:
        assert [(n, len(text), cut) for n, text, cut in numbered(stream, 20)] == [
            (1, 1, False),
            (2, 21, True),
            (3, 1, False),
            (4, 20, False),
            (5, 21, True),
        ]


def test_raw_bytes_of_a_line_are_its_own(tmp_path, small):
    from breachbook.ingest.intake import intake

    path = tmp_path / "a.jsonl"
    path.write_text(f"{line()}\n{line(id='2')}\n")
    assert [outcome.raw.decode() for outcome in intake(str(path), small)] == [line(), line(id="2")]


def test_the_document_on_the_format_names_every_key_and_its_examples_go_in(take):
    text = (Path(__file__).resolve().parents[2] / "docs" / "json-lines.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z]+)` \|", text.partition("## What is refused")[0], re.MULTILINE)) == set(KEYS)
    examples = [row for row in text.splitlines() if row.startswith("{")]
    documents, refusals = take("\n".join(examples), "examples.jsonl")
    assert len(documents) == len(examples) == 2
    assert refusals == []
