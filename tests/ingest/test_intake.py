"""Paths, folders, packed files: what is taken in, and that nothing gets out but documents and refusals."""

from __future__ import annotations

import gzip
import json
import os
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from breachbook.ingest.dates import tolerated
from breachbook.ingest.intake import Ingested, Outcome, intake
from breachbook.ingest.source import Given
from breachbook.ingest.sources import SOURCES
from breachbook.model.document import KINDS, Refusal
from breachbook.settings import load
from breachbook.vocab.data_files import toml_file

TODAY = date(2024, 6, 1)
TEXT = "County mail breached\n\nSomeone broke into the mail system of the county."


def codes(outcomes: list[Outcome]) -> list[str]:
    return [outcome.code for outcome in outcomes if isinstance(outcome, Refusal)]


def test_folders_are_walked_in_sorted_order(tmp_path, small):
    for name in ("b/2.txt", "b/10.txt", "a.txt", ".hidden/x.txt", ".DS_Store", "c.bin"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"\0\1\2\3" * 50 if name.endswith("bin") else TEXT.encode())
    outcomes = list(intake(str(tmp_path), small, today=TODAY))
    assert [os.path.relpath(o.origin, tmp_path) for o in outcomes] == ["a.txt", "c.bin", "b/10.txt", "b/2.txt"]
    assert codes(outcomes) == ["binary"]


def test_what_is_not_there_or_no_file_is_refused(tmp_path, small):
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    assert codes(list(intake(str(tmp_path / "no.txt"), small))) == ["not_found"]
    assert codes(list(intake("a\0b", small))) == ["not_found"]
    assert codes(list(intake(str(tmp_path / "empty"), small))) == ["empty"]
    assert codes(list(intake(str(tmp_path / "pipe"), small))) == ["unreadable"]
    assert codes(list(intake(str(tmp_path / "dangling"), small))) == ["unreadable"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_refused(tmp_path, small):
    path = tmp_path / "secret.txt"
    path.write_text(TEXT)
    path.chmod(0)
    assert codes(list(intake(str(path), small))) == ["unreadable"]


def test_the_same_bytes_give_the_same_document(take):
    assert take(TEXT, "a.txt")[0][0] == take(TEXT, "b.txt")[0][0]


def test_packed_files_are_unpacked(take):
    rows = "\n".join(json.dumps({"id": str(n), "text": "A breach."}) for n in range(3))
    assert [d.external_id for d in take(gzip.compress(rows.encode()), "a.jsonl.gz")[0]] == ["0", "1", "2"]
    assert take(gzip.compress(TEXT.encode()) + b"\0" * 100, "a.txt.gz")[0][0].title == "County mail breached"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (gzip.compress(b"\0" * 100_000_000), "bomb"),
        (gzip.compress(os.urandom(150_000).hex().encode()), "too_large"),
        (gzip.compress(TEXT.encode() * 10)[:60], "truncated"),
        (gzip.compress(TEXT.encode())[:-4] + b"xxxx", "unreadable"),
        (b"\x1f\x8b\x08" + bytes(20), "unreadable"),
        (gzip.compress(b""), "empty"),
    ],
)
def test_packed_files_that_are_bombs_or_broken_are_refused(take, data, code):
    assert [r.code for r in take(data, "a.gz")[1]] == [code]


def test_packed_in_packed_is_unpacked_so_far_and_no_further(take):
    data = TEXT.encode()
    for _ in range(6):
        data = gzip.compress(data)
    assert [r.code for r in take(data, "a.gz")[1]] == ["too_deep"]


def test_dates_may_be_of_tomorrow_where_the_sun_is_first(small, tmp_path):
    assert tolerated("2024-06-02", "2024-06-01") == "2024-06-02"
    assert tolerated("2024-06-03", "2024-06-01") is None


@pytest.mark.shared
def test_the_shared_corpora_go_in(shared: Path):
    limits = load({})
    for folder, least in (("casie", 800), ("general", 2225)):
        outcomes = list(intake(str(shared / "corpora" / folder), limits))
        assert sum(isinstance(o, Ingested) for o in outcomes) == len(outcomes) >= least
    assert set(codes(list(intake(str(shared / "corpora" / "reference"), limits)))) == {"bad_json", "table"}


def test_a_document_of_every_source_names_itself():
    assert all(type(source).__doc__ and "ccepts" in type(source).__doc__ for source in SOURCES)
    assert len({source.name for source in SOURCES}) == len(SOURCES)


HEADS = (
    b"",
    b"<html><body>",
    b"<?xml version='1.0'?><rss><channel><item>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
    b"From: a@b.c\nSubject: x\n\n",
    b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=",
    b'{"text": "',
    b"[{",
    b"\x1f\x8b\x08",
    b"\xff\xfe",
    b"Title: x\nDate: ",
    b"Update: ",
)
NAMES = ("a", "a.html", "a.eml", "a.jsonl", "a.json", "a.xml", "a.txt", "a.gz", "a.csv")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(head=st.sampled_from(HEADS), tail=st.binary(max_size=400) | st.text(max_size=300).map(str.encode), name=st.sampled_from(NAMES))
def test_arbitrary_bytes_give_documents_or_refusals(tmp_path, head, tail, name):
    path = tmp_path / name
    path.write_bytes(head + tail)
    for outcome in intake(str(path), load({}), today=TODAY):
        if isinstance(outcome, Refusal):
            assert outcome.code in toml_file("refusals.toml")["refused"]
        else:
            assert isinstance(outcome, Ingested)
            assert outcome.document.kind in KINDS
            assert outcome.document.text.strip()


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tail=st.binary(max_size=2000))
def test_arbitrary_bytes_in_a_pdf_give_a_refusal(tmp_path, tail):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n" + tail)
    assert len(list(intake(str(path), load({}), today=TODAY))) == 1


@settings(max_examples=100, deadline=None)
@given(head=st.binary(max_size=100), name=st.text(max_size=20))
def test_every_kind_can_be_asked_about_any_head(head, name):
    source_given = Given("o", name, BytesIO, head, 100, "2024-06-01")
    assert any(source.accepts(source_given) for source in SOURCES)
