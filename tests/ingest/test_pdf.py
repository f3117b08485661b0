"""PDFs: text, title, date; and everything that a PDF can do to the one who opens it."""

from __future__ import annotations

import zlib

import pytest

from breachbook.ingest import pdf as pdf_source
from breachbook.ingest.pdf_child import MOST_INFLATED, inflated

LETTER = [
    "Notice of Data Breach",
    "",
    "April 9, 2021",
    "",
    "On March 25, 2021 we learned of an incident at the provider of our file transfer",
    "service. Names and dates of birth of some residents may have been accessed by a",
    "person who had no right to them.",
]


def test_a_letter_gives_text_title_and_date(take, pdf):
    documents, refusals = take(pdf.of_lines(LETTER), "notice.pdf")
    assert refusals == []
    (document,) = documents
    assert (document.kind, document.title, document.published, document.language) == ("pdf", "Notice of Data Breach", "2021-04-09", "en")
    assert "file transfer service. Names and dates of birth of some residents may have been accessed by a person" in document.text


def test_the_kind_is_known_by_content_and_not_by_name(take, pdf):
    assert take(pdf.of_lines(LETTER), "notice.txt")[0][0].kind == "pdf"


def test_a_title_that_a_program_wrote_is_none(take, pdf):
    assert take(pdf.of_lines(LETTER, title="Microsoft Word - letter_v3.docx"), "a.pdf")[0][0].title == "Notice of Data Breach"
    assert take(pdf.of_lines(LETTER, title="Notice to residents"), "b.pdf")[0][0].title == "Notice to residents"


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_is_refused(take, pdf, layers):
    bomb = pdf.of_pages([b"q Q " * 20_000_000], layers=layers)
    assert len(bomb) < 400_000
    assert [r.code for r in take(bomb[:400_000], "bomb.pdf", None if len(bomb) < 200_000 else _wide())[1]] == ["bomb"]


def _wide():
    from breachbook.settings import load

    return load({}, document_limit="1000000")


def test_inflating_stops_soon_after_the_limit(pdf):
    bomb = pdf.of_pages([b"\0" * 100_000_000] * 3)
    assert MOST_INFLATED < inflated(bomb) < MOST_INFLATED + 200_000


def test_images_do_not_count_as_bombs():
    packed = zlib.compress(b"\0" * 70_000_000)
    data = b"<< /Subtype /Image /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream"
    assert inflated(b"1 0 obj\n" + data) == 0


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_pdf_is_read_or_refused_with_a_reason(take, pdf, share):
    whole = pdf.of_pages([pdf.page([f"Line {n} of a report on a breach." for n in range(40)])] * 5)
    documents, refusals = take(whole[: int(len(whole) * share)], "cut.pdf")
    assert len(documents) + len(refusals) == 1
    assert not refusals or refusals[0].code in ("bad_pdf", "no_text")


def test_a_pdf_with_a_password_is_refused(take, pdf):
    assert [r.code for r in take(pdf.of_pages([pdf.page(LETTER)], encrypt=True), "locked.pdf")[1]] == ["encrypted"]


def test_a_scan_is_refused_with_the_way_out(take, pdf):
    _, (refusal,) = take(pdf.of_pages([b"0 0 m 100 100 l S"]), "scan.pdf")
    assert refusal.code == "no_text"
    assert "OCR" in refusal.detail


def test_garbage_behind_the_mark_is_refused(take):
    assert [r.code for r in take(b"%PDF-1.7\n" + bytes(range(256)) * 40, "x.pdf")[1]] == ["bad_pdf"]


def test_a_pdf_that_takes_too_long_is_ended(take, pdf, monkeypatch):
    monkeypatch.setattr(pdf_source, "SECONDS", 0.001)
    assert [r.code for r in take(pdf.of_lines(LETTER), "slow.pdf")[1]] == ["too_complex"]


def test_a_crash_of_the_process_is_a_refusal(take, pdf, monkeypatch):
    monkeypatch.setattr(pdf_source.sys, "executable", "/bin/false")
    assert [r.code for r in take(pdf.of_lines(LETTER), "crash.pdf")[1]] == ["bad_pdf"]


def test_lines_of_the_layout_are_joined_and_those_of_the_writer_kept():
    page = (
        "Dear resident,\r\nwe write to tell you that on the day of the incident some\r\nof your informa\ufffe\r\n"
        "tion was taken by others.\r\nSincerely,\r\nThe Region"
    )
    assert pdf_source.reflow(page).split("\n\n") == [
        "Dear resident, we write to tell you that on the day of the incident some of your information was taken by others.",
        "Sincerely,",
        "The Region",
    ]
