"""The book over toy stages: adding, deriving, finding, and what happens when things go wrong."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from breachbook.errors import AmbiguousError, IngestError, NotFoundError, RequestError, StoreError, VocabularyError
from breachbook.model.document import Refusal
from breachbook.model.judgement import Judgement
from breachbook.model.listing import LISTS, Filters
from breachbook.pipeline import Book, Progress, read_documents
from breachbook.settings import Settings
from breachbook.store import schema
from breachbook.store.engine import open_database

DURHAM = (
    "victim: Durham Region; alias: Region of Durham; country: CA; sector: 92; domain: durham.ca; actor: CLOP; occurred_from: 2021-01-20"
)
SINGTEL = "victim: Singtel; country: SG; third_party: Accellion; campaign: FTA; data_class: national_id; disclosed: 2021-02-11"
KROGER = "victim: Kroger; country: US; third_party: Accellion; campaign: FTA; actor: CLOP"

ADDER = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("toys", sys.argv[1])
toys = importlib.util.module_from_spec(spec)
sys.modules["toys"] = toys
spec.loader.exec_module(toys)
from breachbook.pipeline import Book
from breachbook.settings import load
from breachbook.store import adding
adding.BATCH_DOCUMENTS = 7
first, last = int(sys.argv[4]), int(sys.argv[5])
lines = [f"victim: Company {n % 40}; country: CA; actor: Gang {n % 7}; malware: Locker {n}" for n in range(first, last)]
with Book.open(load({}, home=sys.argv[2], database=sys.argv[3]), toys.Toys.stages({"all": lines})) as book:
    print(book.add(["all"]).added)
"""


@pytest.fixture
def opened(engine_settings: Settings, toys: Any) -> Iterator[Callable[..., Book]]:
    """Opens the test's book over what its origins are to give."""
    books = []

    def open_book(**origins: Any) -> Book:
        books.append(Book.open(engine_settings, toys.stages(origins)))
        return books[-1]

    yield open_book
    for book in books:
        book.close()


def derived(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    """All that the derived tables hold, and the documents without the moment they were added."""
    database = open_database(settings.database)
    with database.read() as connection:
        dump = {t.name: [tuple(r) for r in connection.execute(select(t).order_by(*t.primary_key.columns))] for t in schema.DERIVED}
        documents = connection.execute(select(schema.documents.c.id, schema.documents.c.sequence).order_by(schema.documents.c.id))
        dump["documents"] = [tuple(row) for row in documents]
        dump["claims"] = [tuple(row) for row in connection.execute(select(schema.claims).order_by(schema.claims.c.id))]
    database.close()
    return dump


def names(book: Book, kind: str, **filters: str) -> list[str]:
    return [row.name for row in book.listing(kind, Filters(**filters)).rows]


def test_adding_tells_what_became_of_everything(opened: Any) -> None:
    book = opened(a=[DURHAM, "unread", "boom"], b=[Refusal("b#2", "empty", "nothing in it"), SINGTEL, DURHAM])
    told: list[Progress] = []
    summary = book.add(["a", "b"], told.append)
    assert (summary.added, summary.already_there, summary.unread) == (3, 1, {"other_language": 1})
    assert summary.refused == {"empty": 1, "internal_error": 1}
    assert len(summary.incidents_new) == 2
    assert summary.incidents_changed == ()
    assert [progress.done for progress in told] == [1, 2, 3, 4, 5, 6]
    assert sorted(progress.outcome for progress in told) == [
        "added", "added", "already_there", "refused:empty", "refused:internal_error", "unread:other_language",
    ]  # fmt: skip
    assert {row.code for row in book.refused()} == {"empty", "internal_error", "other_language"}
    assert "a defect" in next(row.detail for row in book.refused() if row.code == "internal_error")


def test_adding_again_changes_nothing(opened: Any, engine_settings: Settings) -> None:
    book = opened(a=[DURHAM, SINGTEL])
    book.add(["a"])
    before = derived(engine_settings)
    summary = book.add(["a"])
    assert (summary.added, summary.already_there, summary.incidents_new, summary.incidents_changed) == (0, 2, (), ())
    assert derived(engine_settings) == before


def test_more_on_an_incident_changes_it_and_no_other(opened: Any) -> None:
    book = opened(a=[DURHAM, SINGTEL], b=["victim: Durham Region; data_class: minors"])
    book.add(["a"])
    durham = book.find("Durham Region", "incident").id
    assert book.add(["b"]).incidents_changed == (durham,)


def test_rebuilding_gives_the_same_bytes(opened: Any, engine_settings: Settings) -> None:
    book = opened(a=[DURHAM], b=[SINGTEL, KROGER], c=["victim: Durham Region; data_class: minors"])
    for origin in "abc":
        book.add([origin])
    step_by_step = derived(engine_settings)
    book.rebuild()
    assert derived(engine_settings) == step_by_step


def test_order_of_batches_does_not_matter(opened: Any, engine_settings: Settings, toys: Any, home: Path, tmp_path: Path) -> None:
    opened(a=[DURHAM, SINGTEL, KROGER]).add(["a"])
    other = replace(engine_settings, home=tmp_path / "other", database=f"sqlite:///{tmp_path / 'other.sqlite'}")
    with Book.open(other, toys.stages({"a": [DURHAM], "b": [SINGTEL, KROGER]})) as book:
        book.add(["a"])
        book.add(["b"])
    assert derived(other) == derived(engine_settings)


def test_lists_filters_and_facets(opened: Any) -> None:
    book = opened(a=[DURHAM, SINGTEL, KROGER])
    book.add(["a"])
    assert names(book, "incident") == ["Singtel incident", "Durham Region incident", "Kroger incident"]
    assert names(book, "incident", country="ca") == ["Durham Region incident"]
    assert names(book, "incident", actor="clop", country="US") == ["Kroger incident"]
    assert names(book, "incident", since="2021-02") == ["Singtel incident"]
    assert names(book, "incident", until="2021-01") == ["Durham Region incident"]
    assert names(book, "incident", data_class="national_id") == ["Singtel incident"]
    assert names(book, "organisation", sector="92") == ["Durham Region"]
    assert names(book, "supplier") == ["Accellion"]
    assert names(book, "actor", country="CA") == ["CLOP"]
    assert names(book, "campaign", status="reported") == ["FTA"]
    assert names(book, "document", country="SG") != []
    listing = book.listing("incident", Filters(), limit=1, offset=1)
    assert (listing.total, len(listing.rows)) == (3, 1)
    assert listing.facets["country"] == {"CA": 1, "SG": 1, "US": 1}
    assert listing.facets["actor"] == {"CLOP": 2}


def test_search_meets_names_with_errors_and_words_by_stem(opened: Any) -> None:
    book = opened(a=[DURHAM, SINGTEL, KROGER, "victim: Acme; it was attacked"])
    book.add(["a"])
    assert book.search(Filters(query="durhm")).rows[0].name in ("Durham Region", "Durham Region incident")
    assert {row.kind for row in book.search(Filters(query="attacking")).rows} == {"document"}
    assert names(book, "organisation", query="durham[.]ca") == ["Durham Region"]
    assert names(book, "organisation", query='"durham region"') == ["Durham Region"]
    assert names(book, "organisation", query='"region durham"') == []
    assert names(book, "organisation", query="kroger", country="SG") == []
    found = book.search(Filters(query="accellion"), kinds=("supplier", "document"))
    assert found.total == len(found.rows) == 3
    assert found.facets["country"] == {"SG": 1, "US": 1}


@pytest.mark.parametrize("query", ['"', "(", "AND OR", "*", "name:x^2", "\x00", "\ud800", "a" * 10_000, "x y " * 5000, "[TO]", "''"])
def test_no_query_is_an_error(opened: Any, query: str) -> None:
    book = opened(a=[DURHAM])
    book.add(["a"])
    assert book.search(Filters(query=query)).total >= 0


def test_what_cannot_be_asked_is_refused(opened: Any) -> None:
    book = opened()
    for wrong in (Filters(since="soon"), Filters(until="2021-13")):
        with pytest.raises(RequestError):
            book.search(wrong)
    with pytest.raises(VocabularyError):
        book.search(Filters(status="perhaps"))
    with pytest.raises(RequestError, match="not one of"):
        book.listing("things", Filters())
    assert book.listing("incident", Filters(), limit=-1, offset=-1).total == 0


def test_finding(opened: Any) -> None:
    book = opened(a=[DURHAM, SINGTEL, KROGER, "victim: Kroger Health"])
    book.add(["a"])
    durham = book.find("Durham Region")
    assert (durham.kind, durham.name) == ("organisation", "Durham Region")
    for query in ("  durham REGION ", "Region of Durham", "Regional Municipality of Durham", "Durhm Region", "durham.ca",
                  "hxxps://www.durham[.]ca/", durham.id):  # fmt: skip
        assert book.find(query) == durham
    incident = book.find("Durham Region", "incident")
    assert (incident.kind, incident.name) == ("incident", "Durham Region incident")
    assert book.find(durham.id, "incident") == book.find("durham[.]ca", kind="incident") == book.find(incident.id) == incident
    assert book.find("Accellion", "supplier").kind == "organisation"
    assert (book.find("clop").kind, book.find("FTA").kind) == ("actor", "campaign")
    with pytest.raises(AmbiguousError) as caught:
        book.find("CLOP", "incident")
    assert sorted(name for _, name in caught.value.candidates) == ["Durham Region incident", "Kroger incident"]
    for missing in ("Nobody Inc", "inc-00000000000000000000", "", "\x00", "x" * 5000, "org-x"):
        with pytest.raises(NotFoundError):
            book.find(missing)


def test_namesakes_are_ambiguous_and_an_alias_gives_way_to_a_name(opened: Any) -> None:
    book = opened(a=["victim: Memorial; alias: MH", "victim: memorial!", "victim: MH"])
    book.add(["a"])
    with pytest.raises(AmbiguousError):
        book.find("Memorial")
    assert book.find("mh").name == "MH"


def test_ids_published_before_a_merge_lead_on(opened: Any, toys: Any) -> None:
    first, second = toys.document(DURHAM), toys.document("victim: Durham Region; data_class: minors")
    book = opened(a=[first, second])
    book.add(["a"])
    joined = book.find("Durham Region")
    pair = (f"{first.id}#organisation:1", f"{second.id}#organisation:1")
    book.judge(Judgement(*pair, "different", "me", "2021-01-01T00:00:00+00:00", "namesakes"))
    with pytest.raises(AmbiguousError) as caught:
        book.find("Durham Region")
    apart = [id_ for id_, _ in caught.value.candidates]
    assert joined.id in apart
    other = next(id_ for id_ in apart if id_ != joined.id)
    book._writer.undo(book._reader.judgements()[0].id, "2021-01-02T00:00:00+00:00")
    book.rebuild()
    assert book.find(other) == joined
    assert book.record(other).id == joined.id


def test_records_and_why(opened: Any) -> None:
    book = opened(a=[DURHAM, SINGTEL])
    book.add(["a"])
    incident = book.find("Durham Region", "incident")
    assert [value.value for value in book.why(incident.id, "actor").values] == ["CLOP"]
    evidence = book.why(incident.id, "occurred_from").values[0].claims[0]
    page = book.document(evidence.document)
    assert page.text[evidence.start : evidence.end] == evidence.words == "2021-01-20"
    assert page.links[page.claims[0].mention] == incident
    with pytest.raises(NotFoundError, match="nothing is known of it"):
        book.why(incident.id, "cve")
    with pytest.raises(VocabularyError):
        book.why(incident.id, "colour")
    with pytest.raises(NotFoundError):
        book.record("inc-00000000000000000000")
    with pytest.raises(NotFoundError):
        book.document("doc-00000000000000000000")


def test_counts(opened: Any) -> None:
    book = opened(a=[DURHAM, SINGTEL, "unread"])
    assert set(book.counts().values()) == {0}
    book.add(["a"])
    counts = book.counts()
    assert set(counts) == {*LISTS, "unread", "claim", "judgement", "refusal"}
    assert (counts["incident"], counts["organisation"], counts["document"], counts["unread"]) == (2, 3, 3, 1)


def test_the_dossier_of_one_is_that_of_the_whole_book(opened: Any) -> None:
    book = opened(a=[DURHAM, SINGTEL + "\n" + KROGER, "victim: Durham Region; actor: CLOP; country: CA", KROGER])
    book.add(["a"])
    whole = list(book._reader.world())
    assert {dossier.entity.kind for dossier in whole} == {"incident", "organisation", "actor", "campaign"}
    for dossier in whole:
        assert book._reader.dossier(dossier.entity.id) == dossier
    clop = next(d for d in whole if d.entity.name == "CLOP")
    assert sorted(d.entity.name for d in clop.related) == ["Durham Region incident", "Kroger incident"]
    singtel = next(d for d in whole if d.entity.name == "Singtel incident")
    assert [ref.name for ref in singtel.campaigns] == ["FTA"]
    assert {claim.property for claim in singtel.about} == {"country"}


def test_one_document_that_fails_loses_no_other(opened: Any, monkeypatch: pytest.MonkeyPatch, toys: Any) -> None:
    original, bad = toys.Reader.read, toys.document("victim: Bad")

    def read(self: Any, document: Any) -> Any:
        reading = original(self, document)
        if document == bad:
            return replace(reading, claims=(replace(reading.claims[0], original="not there"),))
        return reading

    monkeypatch.setattr(toys.Reader, "read", read)
    book = opened(a=[DURHAM, bad, SINGTEL], b=[KROGER, RecursionError("deep")], c=[IngestError("bad_pdf", "torn")])
    summary = book.add(["a", "b", "c"])
    assert (summary.added, summary.refused) == (3, {"bad_pdf": 1, "internal_error": 2})


def test_an_origin_that_the_intake_does_not_know_is_a_refusal(opened: Any) -> None:
    assert opened().add(["nothing"]).refused == {"internal_error": 1}


def test_one_record_that_fails_loses_no_other(opened: Any) -> None:
    book = opened(a=["victim: unpublishable", SINGTEL])
    assert len(book.add(["a"]).incidents_new) == 1
    assert names(book, "incident") == ["Singtel incident"]
    assert [row.code for row in book.refused()] == ["internal_error"] * 2


def test_a_store_that_fails_is_not_blamed_on_a_document(opened: Any, home: Path) -> None:
    book = opened(a=[DURHAM])
    home.mkdir(exist_ok=True)
    (home / "documents").write_text("in the way")
    with pytest.raises(StoreError):
        book.add(["a"])
    assert book.refused() == []


def test_validators_are_kept_only_when_all_is_in_the_book(opened: Any, toys: Any) -> None:
    url = "https://feed.example/rss"
    item = toys.Ingested(toys.document(DURHAM), DURHAM.encode(), url, etag='"1"')
    book = opened(**{url: [item, ValueError("torn")]})
    book.add([url])
    assert book._reader.validators(url) is None
    bad = toys.Ingested(toys.document("boom"), b"boom", url, etag='"1"')
    book = opened(**{url: [item, bad]})
    book.add([url])
    assert book._reader.validators(url) is None
    book = opened(**{url: [item]})
    book.add([url])
    assert book._reader.validators(url) == ('"1"', None)
    book = opened(**{url: [toys.NotModified(url)]})
    assert book.add([url]).not_modified == 1


def test_reading_stores_nothing(engine_settings: Settings, toys: Any) -> None:
    stages = toys.stages({"a": [DURHAM, "boom", Refusal("a#3", "empty", "")]})
    read = list(read_documents(engine_settings, ["a"], stages))
    assert [type(item).__name__ for item in read] == ["tuple", "Refusal", "Refusal"]
    assert read[0][2]["claims"] == 7
    assert not engine_settings.home.exists()


def test_rereading_with_a_newer_reader(opened: Any, toys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    book = opened(a=[DURHAM, "unread"])
    book.add(["a"])
    assert book.reread() == 0
    monkeypatch.setattr(toys.Reader, "name", "toy/2")
    assert book.reread() == 2
    assert book.reread() == 0


def test_a_book_that_was_cut_short_is_derived_when_it_is_opened(
    opened: Any, engine_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = opened(a=[DURHAM], b=[SINGTEL])
    book.add(["a"])
    monkeypatch.setattr(Book, "_derive", lambda self: pytest.fail("killed"))
    with pytest.raises(BaseException, match="killed"):
        book.add(["b"])
    monkeypatch.undo()
    assert names(book, "incident") == ["Durham Region incident"]
    assert names(opened(), "incident") == ["Singtel incident", "Durham Region incident"]


def test_an_index_that_is_gone_or_damaged_is_made_again(opened: Any, home: Path) -> None:
    book = opened(a=[DURHAM])
    book.add(["a"])
    for path in (home / "index").iterdir():
        if path.is_dir():
            for file in path.iterdir():
                file.unlink()
    again = opened()
    assert names(again, "organisation", query="durham") == ["Durham Region"]
    (home / "index" / "current").unlink()
    assert names(again, "organisation", query="durham") == ["Durham Region"]
    (home / "index" / "current").write_text("../../somewhere")
    assert names(again, "organisation", query="durham") == ["Durham Region"]


def test_an_index_that_fell_behind_is_brought_up_when_the_book_is_opened(opened: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    book = opened(a=[DURHAM], b=[SINGTEL])
    book.add(["a"])
    monkeypatch.setattr(Book, "_update_index", lambda *_: True)
    book.add(["b"])
    assert names(book, "organisation", query="singtel") == []
    monkeypatch.undo()
    assert names(opened(), "organisation", query="singtel") == ["Singtel"]


def test_another_process_that_replaced_the_index_is_followed(opened: Any) -> None:
    one, other = opened(a=[DURHAM]), opened(b=[SINGTEL])
    one.add(["a"])
    other.add(["b"])
    assert names(one, "organisation", query="singtel") == ["Singtel"]
    other.rebuild()
    assert names(one, "organisation", query="durham") == ["Durham Region"]


def _start(settings: Settings, first: int, last: int) -> subprocess.Popen[str]:
    toys = str(Path(__file__).parent / "conftest.py")
    command = [sys.executable, "-c", ADDER, toys, str(settings.home), settings.database, str(first), str(last)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _run(settings: Settings, first: int, last: int) -> int:
    process = _start(settings, first, last)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return int(out)


def test_killed_at_any_moment_a_second_run_completes_it(engine_settings: Settings, tmp_path: Path, toys: Any) -> None:
    undisturbed = replace(engine_settings, home=tmp_path / "undisturbed", database=f"sqlite:///{tmp_path / 'undisturbed.sqlite'}")
    began = time.monotonic()
    assert _run(undisturbed, 0, 200) == 200
    whole = time.monotonic() - began
    moments = random.Random(2021)
    for _ in range(3):
        process = _start(engine_settings, 0, 200)
        time.sleep(whole * moments.uniform(0.3, 1.0))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
    _run(engine_settings, 0, 200)
    assert _run(engine_settings, 0, 200) == 0
    assert derived(engine_settings) == derived(undisturbed)
    with Book.open(engine_settings, toys.stages({})) as book:
        assert book.search(Filters(query="company")).total == 40 + 40 + 200
    assert len(list((engine_settings.home / "documents").rglob("*.zst"))) == 200


def test_two_processes_adding_at_once_lose_and_double_nothing(engine_settings: Settings, toys: Any) -> None:
    several = [_start(engine_settings, 0, 120), _start(engine_settings, 60, 180), _start(engine_settings, 0, 180)]
    added = 0
    for process in several:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        added += int(out)
    assert added == 180
    dump = derived(engine_settings)
    assert sorted(sequence for _, sequence in dump["documents"]) == list(range(1, 181))
    assert len([row for row in dump["rows"] if row[0] == "incident"]) == 40
    with Book.open(engine_settings, toys.stages({})) as book:
        assert book.search(Filters(query="company")).total == 40 + 40 + 180
        book.rebuild()
    assert derived(engine_settings) == dump
