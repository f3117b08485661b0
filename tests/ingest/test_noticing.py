"""What is noticed of a document: its language, its publisher's role, whether it has incident words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.ingest import incident_words
from breachbook.ingest.incident_words import may_be_incident
from breachbook.ingest.language import language
from breachbook.ingest.publishers import publisher_role
from breachbook.vocab import terms
from breachbook.vocab.data_files import toml_file, word_list


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The hospital said on Monday that the records of its patients had been taken by a group of criminals.", "en"),
        ("L'hôpital a déclaré lundi que les dossiers de ses patients avaient été volés par un groupe de pirates informatiques.", "fr"),
        ("Das Krankenhaus teilte am Montag mit, dass die Akten seiner Patienten von einer Gruppe Krimineller gestohlen wurden.", "de"),
        ("病院は月曜日、患者の記録が犯罪者グループによって盗まれたと発表した。", "ja"),
        ("Qilin Ransomware Hits Alternativa de Moda SAS and the Ayuntamiento de Valdemoro in an attack on the weekend", "en"),
        ("Berlin Brandenburgische Wohnungsbaugenossenschaft reported a ransomware. Attributed to the group Qilin.", "en"),
        ("", None),
        ("durham.ca", None),
        ("12345 67890 " * 50, None),
    ],
)
def test_language(text, code):
    assert language(text) == code


def test_a_huge_text_is_looked_at_by_its_start():
    assert language("The clinic said that it was hit by an attack. " * 100 + "x" * 10_000_000) == "en"


@pytest.mark.parametrize(
    ("publisher", "address", "role"),
    [
        ("Information and Privacy Commissioner of Ontario", None, "regulator"),
        ("California Attorney General", None, "regulator"),
        ("Information Commissioner's Office", "https://ico.org.uk/action", "regulator"),
        ("Commission Nationale de l'Informatique et des Libertés", None, "regulator"),
        ("CNIL", None, "regulator"),
        (None, "https://www.hhs.gov/x", "regulator"),
        ("CLOP leak site", "http://leaksite.example/x", "threat_actor"),
        (None, "http://abcdefghijklmnop.onion/post", "threat_actor"),
        ("LockBit", None, "threat_actor"),
        ("DataBreaches.net", None, "researcher"),
        (None, "https://krebsonsecurity.com/2020/x", "researcher"),
        ("Durham Radio News", None, "press"),
        ("Lake Gazette", None, "press"),
        ("Reuters", None, "press"),
        ("Region of Durham", "https://www.durham.ca/en", None),
        ("Icon Hotels", None, None),
        ("Hive Bakery", None, None),
        (None, None, None),
        (None, "not an address", None),
    ],
)
def test_publisher_role(publisher, address, role):
    assert publisher_role(publisher, address) == role


def test_an_authority_by_name_alone_is_believed_when_stated_or_on_its_own_address():
    assert publisher_role("Information Commissioner", "https://evil.example/") is None
    assert publisher_role("Information Commissioner", "https://evil.example/", stated=True) == "regulator"
    assert publisher_role("Information Commissioner", "https://www.oic.qld.gov.au/") == "regulator"


def test_the_table_names_roles_of_the_vocabulary_and_nothing_twice():
    table = toml_file("ingest_publishers.toml")
    assert set(table) <= set(terms.terms("speaker_role"))
    for kind in ("names", "domains", "words"):
        every = [value for row in table.values() for value in row.get(kind, ())]
        assert len(every) == len(set(every))


@given(st.binary(max_size=200), st.sampled_from((*word_list("ingest_incident_words.txt"), "")), st.binary(max_size=200))
def test_both_ways_to_scan_find_the_same(before, word, after):
    one_by_one = incident_words._one_by_one(tuple(w.encode() for w in word_list("ingest_incident_words.txt")))
    data = before + word.upper().encode() + after
    assert may_be_incident(data) == one_by_one(data)
    assert may_be_incident(data) or not word


def test_incident_words():
    assert may_be_incident(b"<p>A CyberAttack on the region</p>")
    assert not may_be_incident(b"<html><body><p>It will rain on the coast all week long.</p></body></html>")


@pytest.mark.shared
def test_hardly_a_report_is_without_incident_words_and_most_ordinary_news_is(shared: Path):
    reports = [json.loads(path.read_text())["content"] for path in sorted((shared / "corpora" / "casie").glob("*.json"))]
    news = [json.loads(line)["text"] for line in (shared / "corpora" / "general" / "bbc.jsonl").read_text().splitlines()]
    assert sum(may_be_incident(text.encode()) for text in reports) >= 0.995 * len(reports)
    assert sum(may_be_incident(text.encode()) for text in news) <= 0.35 * len(news)
