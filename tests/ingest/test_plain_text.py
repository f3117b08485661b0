"""Plain text: encodings, headlines, head lines, and what is no text at all."""

from __future__ import annotations

import pytest

BODY = "The county said on Tuesday that someone broke into its mail system.\n\nIt has told the police."


def test_a_headline_is_the_title(take):
    (document,), _ = take(f"County mail system breached\n\n{BODY}\n")
    assert document.title == "County mail system breached"
    assert document.text == f"County mail system breached\n\n{BODY}"
    assert [p.kind for p in document.passages] == ["title", "body"]


@pytest.mark.parametrize("first", ["The county was hit.", "x" * 400, "County mail system breached\nnot alone", "12 / 34 - 56"])
def test_what_is_no_headline_is_no_title(take, first):
    assert take(f"{first}\n\n{BODY}")[0][0].title is None


def test_head_lines(take):
    text = f"Title: Mail breached\nDate: 9 April 2021\nURL: https://county.example/n/1\nPublisher: Lake Gazette\n\n{BODY}"
    (document,), _ = take(text)
    assert (document.title, document.published, document.url) == ("Mail breached", "2021-04-09", "https://county.example/n/1")
    assert (document.publisher, document.publisher_role) == ("Lake Gazette", "press")
    assert document.text == f"Mail breached\n\n{BODY}"


def test_a_date_line_of_its_own_gives_the_date(take):
    assert take(f"County mail system breached\n\nPosted on April 9, 2021\n\n{BODY}")[0][0].published == "2021-04-09"
    assert take(f"County mail system breached\n\n{BODY} It was found on April 9, 2021.")[0][0].published is None


@pytest.mark.parametrize("date", ["31 February 2021", "0000-00-00", "9999-12-31", "soon"])
def test_a_stated_date_that_cannot_be_one_is_refused(take, date):
    documents, refusals = take(f"Title: X\nDate: {date}\n\n{BODY}")
    assert documents == []
    assert [r.code for r in refusals] == ["bad_date"]


def test_a_stated_role_is_held_against_the_vocabulary(take):
    assert take(f"Title: X\nRole: victim\n\n{BODY}")[0][0].publisher_role == "victim"
    assert [r.code for r in take(f"Title: X\nRole: reviewer\n\n{BODY}")[1]] == ["bad_role"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(take, encoding):
    (document,), _ = take(f"Café “Zoë” breached – what we know\n\n{BODY}".encode(encoding))
    assert document.title == "Café “Zoë” breached – what we know"


@pytest.mark.parametrize("encoding", ["shift-jis", "koi8-r", "gb18030", "cp1251"])
def test_other_encodings_are_refused_and_not_guessed(take, encoding):
    text = {"shift-jis": "情報漏えいについてのお知らせ。", "gb18030": "关于数据泄露的通知。"}.get(
        encoding, "Уведомление об утечке данных. "
    )
    assert [r.code for r in take((text * 20).encode(encoding))[1]] == ["bad_encoding"]


def test_a_few_faulty_bytes_do_not_lose_a_text(take):
    assert take(("é" * 3000 + BODY).encode() + b"\xc3")[1] == []
    (document,), _ = take(("Zoë said. " * 300).encode() + b"\xff\xfe" + BODY.encode())
    assert "Zoë" in document.text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "unsupported"),
        (b"PK\x03\x04" + bytes(100), "unsupported"),
        (b"\x7fELF" + bytes(100), "unsupported"),
        (b"<?xml version='1.0'?><catalog><book/></catalog>", "unsupported"),
        (b"name,state,people\n" + b"County,TX,500\n" * 10, "table"),
    ],
)
def test_what_is_no_text_is_refused(take, data, code):
    documents, refusals = take(data)
    assert documents == []
    assert [r.code for r in refusals] == [code]


def test_fifty_megabytes_of_one_line_are_refused(take, settings):
    assert [r.code for r in take(b"breach " * 7_500_000, settings=settings)[1]] == ["too_large"]


def test_invisible_and_turning_characters_are_taken_out(take):
    (document,), _ = take(
        "County\u202e mail\u200b sys\u00adtem bre\0ached\n\n\u2066Names\u2069 of\u00a0people\x07 were taken.\r\nMore\rhere\u2028there"
    )
    assert document.title == "County mail system breached"
    assert document.text.endswith("Names of\u00a0people were taken.\nMore\nhere\nthere")


def test_an_update_gets_its_own_date(take):
    later = "UPDATE (April 12): It was the supplier.\n\nUpdated 3 May 2021 — It was 1,500 people."
    text = f"Title: Mail breached\nDate: 2021-04-08\n\n{BODY}\n\n{later}"
    updates = [p for p in take(text)[0][0].passages if p.kind == "update"]
    assert [(p.revision, p.said) for p in updates] == [(1, "2021-04-12"), (2, "2021-05-03")]


def test_updates_with_the_newest_first_are_numbered_in_time(take):
    text = f"Title: Mail breached\nDate: 2021-04-08\n\nUpdate, April 14: More.\n\nUpdate, April 12: Some.\n\n{BODY}"
    (document,), _ = take(text)
    assert [(p.kind, p.revision, p.said) for p in document.passages] == [
        ("title", 0, None), ("update", 2, "2021-04-14"), ("update", 1, "2021-04-12"), ("body", 0, None),
    ]  # fmt: skip
