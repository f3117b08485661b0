"""Files of structured sources: the shapes they come in, every kind of bad row, and files that are not what they were."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from breachbook.ingest.intake import Ingested, intake
from breachbook.model.document import Refusal
from breachbook.vocab.reasons import is_note

POST = {
    "post_title": "Lake Clinic", "group_name": "redmoth", "discovered": "2023-04-02 10:00:00.123", "published": "2023-04-01 09:00:00",
    "post_url": "http://abcdef.onion/1", "website": "https://www.lake-clinic.org", "description": "We took 40 GB.", "country": "CA",
}  # fmt: skip
VICTIM = {"victim": "Lake Clinic", "group": "redmoth", "attackdate": "2023-04-01", "discovered": "2023-04-02",
          "domain": "lake-clinic.org",
          "country": "CA", "claim_url": "http://abcdef.onion/1", "activity": "Healthcare",
          "permalink": "https://tracker.example/1"}  # fmt: skip
BREACH = {
    "Name": "Lakeside", "Title": "Lakeside Forum", "Domain": "lakeside.example.org", "BreachDate": "2020-03-22",
    "AddedDate": "2020-11-15T00:59:50Z",
    "PwnCount": 8661, "Description": "In March 2020, <a href=\"https://x.example\">Lakeside</a> &amp; friends lost data.",
    "DataClasses": ["Email addresses", "Passwords"], "IsVerified": True, "IsFabricated": False,
}  # fmt: skip
HHS = {"Name": "Lake Clinic", "State": "TX", "Entity": "Healthcare Provider", "Individuals": "8620", "Breach Submission Date": "05/27/2022",
       "Type": "Hacking/IT Incident", "Location": "Email", "Web Description": "\\N"}  # fmt: skip


def table(*rows: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.fixture
def rows(tmp_path: Path, small):
    """Takes in a file: its documents, what was refused, and what was noted."""

    def taken(data, name="posts.json"):
        path = tmp_path / name
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        found = list(intake(str(path), small))
        told = [one for one in found if isinstance(one, Refusal)]
        documents = [one.document for one in found if isinstance(one, Ingested)]
        return documents, [t for t in told if not is_note(t.code)], [t for t in told if is_note(t.code)]

    return taken


def test_a_listing_is_a_document_of_the_group_with_its_words(rows):
    (document,), refused, noted = rows([POST])
    assert (refused, noted) == ([], [])
    assert (document.kind, document.publisher, document.publisher_role, document.published) == (
        "listing",
        "redmoth",
        "threat_actor",
        "2023-04-01",
    )
    assert document.external_id == "leak_posts:redmoth|Lake Clinic|2023-04-01"
    assert document.url is None
    assert document.text.startswith("Lake Clinic\n\nGroup: redmoth\nListed: 2023-04-01 09:00:00\n")
    assert document.text.endswith("\n\nWe took 40 GB.")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ([VICTIM], "a.json"),
        ({"victims": [VICTIM]}, "a.json"),
        ({"redmoth": [{k: v for k, v in POST.items() if k != "group_name"}], "tidewolf": []}, "a.json"),
        ("\n".join(json.dumps(POST) for _ in range(1)), "a.jsonl"),
        ("\ufeff" + json.dumps([POST]), "a.json"),
        (json.dumps([POST], indent=2), "noname"),
    ],
)
def test_all_shapes_that_trackers_publish(rows, data, name):
    (document,), refused, _ = rows(data, name)
    assert refused == []
    assert document.title == "Lake Clinic"
    assert "Group: redmoth" in document.text


def test_a_breach_record_without_its_markup(rows):
    (document,), refused, _ = rows([BREACH])
    assert refused == []
    assert document.text.endswith("In March 2020, Lakeside & friends lost data.")
    assert "Compromised data: Email addresses; Passwords\n" in document.text
    assert (document.publisher_role, document.published) == ("researcher", "2020-11-15")


def test_a_regulators_table(rows):
    (document,), refused, _ = rows(table(HHS), "breach_report.csv")
    assert refused == []
    assert (document.kind, document.publisher_role, document.published) == ("row", "regulator", "2022-05-27")
    assert "Individuals affected: 8620" in document.text
    assert "\\N" not in document.text


def test_an_unknown_table_is_refused_with_the_sources_that_are_known(rows):
    documents, (refused,), _ = rows(table({"Ship": "A", "Port": "B", "Load": "C"}), "ships.csv")
    assert documents == []
    assert refused.code == "table"
    assert "Have I Been Pwned" in refused.detail
    assert "structured-sources.md" in refused.detail


def test_a_changed_shape_is_refused_as_a_whole_with_the_way_out(rows):
    changed = [{("name" if key == "post_title" else key): value for key, value in POST.items()} for _ in range(200)]
    documents, (refused,), _ = rows(changed)
    assert documents == []
    assert refused.code == "changed_shape"
    assert "post_title" in refused.detail
    assert "leak_posts.toml" in refused.detail


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"post_title": ""}, "missing_column"),
        ({"post_title": "</a>"}, "missing_column"),
        ({"group_name": None}, "missing_column"),
        ({"post_title": "x", "website": ""}, "bad_name"),
        ({"post_title": "L*** C*****", "website": ""}, "bad_name"),
    ],
)
def test_rows_that_name_nobody_are_refused_and_the_others_go_on(rows, change, code):
    documents, (refused,), _ = rows([POST, {**POST, **change}, {**POST, "post_title": "Last Mill"}])
    assert [d.title for d in documents] == ["Lake Clinic", "Last Mill"]
    assert refused.code == code
    assert refused.detail.startswith("row 2: ")


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        ({"country": "XX"}, "odd_country", "Country (not usable): XX"),
        ({"published": "2199-01-01", "discovered": "2023-04-02"}, "future_date", "Listed (not usable): 2199-01-01"),
        ({"published": "2023-02-31"}, "odd_date", "Listed (not usable): 2023-02-31"),
        ({"website": "no where"}, "odd_domain", "Website (not usable): no where"),
        ({"post_title": "<b>Lake</b> Clinic"}, "markup_in_name", "Lake Clinic"),
    ],
)
def test_what_cannot_be_used_is_noted_and_kept_as_words(rows, change, code, line):
    (document,), refused, (noted,) = rows([{**POST, **change}])
    assert refused == []
    assert noted.code == code
    assert line in document.text.split("\n")
    assert document.published in ("2023-04-01", "2023-04-02")


def test_names_in_capitals_and_other_scripts_are_kept_as_they_are(rows):
    documents, refused, noted = rows([{**POST, "post_title": "LAKE CLINIC GMBH"}, {**POST, "post_title": "Озёрная клиника"}])
    assert [d.title for d in documents] == ["LAKE CLINIC GMBH", "Озёрная клиника"]
    assert (refused, noted) == ([], [])


def test_a_row_twice_is_refused_and_a_key_with_other_words_is_kept_and_noted(rows):
    documents, refused, noted = rows([POST, {**POST, "discovered": "2023-04-02 11:00:00"}, {**POST, "description": "We took 90 GB."}])
    assert [d.external_id for d in documents] == ["leak_posts:redmoth|Lake Clinic|2023-04-01"] * 2
    assert [r.code for r in refused] == ["duplicate_row"]
    assert [n.code for n in noted] == ["key_twice"]


def test_a_victim_listed_by_two_groups_is_said_to_be(rows):
    documents, _, (noted,) = rows([POST, {**POST, "group_name": "tidewolf", "published": "2023-06-01"}])
    assert len(documents) == 2
    assert noted.code == "listed_again"
    assert "redmoth on 2023-04-01" in noted.detail


@pytest.mark.parametrize("cut", [2, 30, 170, -3])
def test_a_list_that_ends_early_gives_what_came_before(rows, cut):
    whole = json.dumps([POST, {**POST, "post_title": "Last Mill"}])
    documents, refused, _ = rows(whole[:cut] if cut < 0 else json.dumps([POST])[:-1] + ", " + whole[1:cut])
    assert documents[0].title == "Lake Clinic"
    assert [r.code for r in refused] in (["truncated"], ["bad_json"])


def test_rows_that_are_no_rows(rows):
    documents, refused, _ = rows(json.dumps([POST, 3, "x"]))
    assert len(documents) == 1
    assert [r.code for r in refused] == ["bad_row", "bad_row"]
    documents, refused, _ = rows(table(HHS) + "a,b,c,d,e,f,g,h,i,j\n", "a.csv")
    assert len(documents) == 1
    assert [r.code for r in refused] == ["bad_row"]


def test_documents_of_the_projects_own_form_are_no_structured_source(rows):
    (document,), refused, _ = rows([{"text": "A breach was found.", "title": "Breach", "url": "https://paper.example"}])
    assert refused == []
    assert document.kind == "json_line"
