"""Mails: head, body, attachments, and broken ones."""

from __future__ import annotations

from email.message import EmailMessage

import pytest


def mail(body: str = "We were told of a breach at our supplier.", **heads: str) -> EmailMessage:
    message = EmailMessage()
    given = {"From": "Clinic Privacy Office <privacy@clinic.example>", "To": "x@y.example", "Subject": "Notice of a data breach",
             "Date": "Fri, 09 Apr 2021 10:00:00 +0000", "Message-ID": "<1@clinic.example>"} | heads  # fmt: skip
    for name, value in given.items():
        message[name] = value
    message.set_content(body)
    return message


def test_a_plain_mail(take):
    (document,), refusals = take(bytes(mail()), "letter.eml")
    assert refusals == []
    assert (document.kind, document.title, document.published) == ("mail", "Notice of a data breach", "2021-04-09")
    assert (document.publisher, document.author, document.external_id) == (
        "Clinic Privacy Office",
        "Clinic Privacy Office",
        "1@clinic.example",
    )
    assert document.text.endswith("We were told of a breach at our supplier.")


def test_the_kind_is_known_by_content(take):
    assert take(bytes(mail()), "letter.txt")[0][0].kind == "mail"


def test_a_text_with_head_lines_of_its_own_is_no_mail(take):
    assert take("Date: 2021-04-09\nTitle: Mail from: the county\n\nText.", "a.txt")[0][0].kind == "text"


def test_the_html_body_where_there_is_no_plain_one(take):
    message = mail()
    message.set_content(
        "<html><head><script>steal()</script></head><body><p>Your <b>records</b></p><p>were taken.</p></body></html>", subtype="html"
    )
    assert take(bytes(message), "a.eml")[0][0].text == "Notice of a data breach\n\nYour records\n\nwere taken."


def test_the_plain_body_goes_before_the_html_one(take):
    message = mail("The plain one.")
    message.add_alternative("<p>The other one.</p>", subtype="html")
    assert take(bytes(message), "a.eml")[0][0].text.endswith("The plain one.")


def test_attachments_become_documents_with_the_date_of_the_mail(take, pdf):
    message = mail()
    message.add_attachment(
        pdf.of_lines(["Notice to residents", "", "Records were taken."]), maintype="application", subtype="pdf", filename="notice.pdf"
    )
    message.add_attachment("<html><body><p>A page on the breach.</p></body></html>", subtype="html", filename="page.html")
    message.add_attachment(b"MZ\x90\0" + bytes(200), maintype="application", subtype="octet-stream", filename="../run.exe")
    message.add_attachment(b"\x89PNG\r\n\x1a\n" + bytes(50), maintype="image", subtype="png", filename="logo.png", disposition="inline")
    documents, refusals = take(bytes(message), "a.eml")
    assert [(d.kind, d.published) for d in documents] == [("mail", "2021-04-09"), ("pdf", "2021-04-09"), ("page", "2021-04-09")]
    assert [(r.code, r.origin.partition("#")[2]) for r in refusals] == [("unsupported", "../run.exe")]


def test_mails_in_mails_are_unpacked_so_far_and_no_further(take):
    message = mail("innermost")
    for number in range(6):
        outer = mail(f"mail {number}")
        outer.add_attachment(message)
        message = outer
    documents, refusals = take(bytes(message), "a.eml")
    assert [d.kind for d in documents] == ["mail"] * 4
    assert [r.code for r in refusals] == ["too_deep"]


@pytest.mark.parametrize(
    "date", ["Fri, 09 Apr 0000 10:00:00 +0000", "Fri, 31 Dec 9999 23:00:00 +0000", "now", "Fri, 99 Apr 2021 10:00:00 +0000", ""]
)
def test_a_date_that_cannot_be_one_is_left_out(take, date):
    assert take(bytes(mail()).replace(b"Fri, 09 Apr 2021 10:00:00 +0000", date.encode()), "a.eml")[0][0].published is None


@pytest.mark.parametrize("length", [10, 60, 150, 250, 300])
def test_a_cut_mail_is_read_or_refused(take, length):
    documents, refusals = take(bytes(mail())[:length], "a.eml")
    assert len(documents) + len(refusals) == 1
    assert not refusals or refusals[0].code in ("no_text", "bad_mail")


def test_coded_and_broken_heads(take):
    (document,), _ = take(bytes(mail()).replace(b"Notice of a data breach", b"=?utf-8?q?Caf=C3=A9?= =?x-none?b?####?="), "a.eml")
    assert document.title.startswith("Café") or "=?" in document.title
    assert take(bytes(mail()).replace(b"Notice of a data breach", b"Z\xfcrich \xff"), "b.eml")[0][0].kind == "mail"


def test_many_nested_parts_do_not_break_it(take):
    nested = b"From: a@b.example\nSubject: deep\nMIME-Version: 1.0\n"
    for number in range(3000):
        nested += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number)
    documents, refusals = take(nested + b"Content-Type: text/plain\n\nend", "deep.eml")
    assert len(documents) + len(refusals) >= 1


def test_a_sender_is_an_authority_by_address_and_not_by_name(take):
    assert take(bytes(mail(From="CNIL <a@evil.example>")), "a.eml")[0][0].publisher_role is None
    assert take(bytes(mail(From="CNIL <a@cnil.fr>")), "b.eml")[0][0].publisher_role == "regulator"
