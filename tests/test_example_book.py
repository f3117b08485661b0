"""The example book, end to end: the Durham case field by field, and every word of the book backed by a claim."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from breachbook.model.record import Evidence, Field, FieldValue, Record
from breachbook.pipeline import Book
from breachbook.settings import load

APRIL_8, APRIL_30 = date(2021, 4, 8), date(2021, 4, 30)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    home: Path = tmp_path_factory.mktemp("example-book")
    with Book.open(load({}, home=str(home))) as opened:
        summary = opened.add_example()
        assert (summary.added, dict(summary.refused)) == (30, {})
        yield opened


def incident_of(book: Book, name: str, as_of: date | None = None, *, year: str | None = None) -> Record:
    """The one incident in which the organisation is a victim (in `year`, where it has several)."""
    profile = book.record(book.find(name, "organisation").id, as_of)
    found = {p.incident.id for p in profile.participations if p.role == "victim" and (year is None or (p.date or "").startswith(year))}
    assert len(found) == 1, f"{name} has {len(found)} incidents"
    return book.record(found.pop(), as_of)


def field(record: Record, property: str) -> Field:
    found = record.field(property)
    assert found is not None, f"{record.name} has no {property}"
    return found


def value(record: Record, property: str) -> FieldValue:
    found = field(record, property)
    assert len(found.values) == 1, f"{property} has {[v.value for v in found.values]}"
    return found.values[0]


def roles(value: FieldValue) -> set[tuple[str, str]]:
    return {(e.speaker_role, e.certainty) for e in value.claims}


class TestDurhamToday:
    @pytest.fixture
    def durham(self, book: Book) -> Record:
        return incident_of(book, "Durham Region")

    def test_is_confirmed(self, durham: Record) -> None:
        assert durham.status == "confirmed"
        assert durham.status_claims

    def test_victim_is_one_organisation_under_its_names(self, book: Book, durham: Record) -> None:
        victim = value(durham, "victim")
        assert victim.entity is not None
        ids = {
            book.find(name, "organisation").id
            for name in ("Durham Region", "Region of Durham", "Regional Municipality of Durham", "durham.ca")
        }
        assert ids == {victim.entity.id}

    def test_supplier_is_confirmed_by_the_regulator_and_was_possible_before(self, durham: Record) -> None:
        supplier = value(durham, "third_party")
        assert str(supplier.value).startswith("Accellion")
        assert (supplier.certainty, supplier.speaker_role) == ("stated", "regulator")
        assert {("regulator", "stated"), ("researcher", "stated"), ("researcher", "possible")} <= roles(supplier)
        by_researcher = {(e.revision, e.certainty) for e in supplier.claims if e.speaker_role == "researcher"}
        assert (0, "possible") in by_researcher
        assert (1, "stated") in by_researcher

    def test_product(self, durham: Record) -> None:
        assert any("File Transfer Appliance" in str(v.value) for v in field(durham, "product").values)

    def test_actor_is_claimed_by_itself_and_likely_to_the_researcher_never_more(self, durham: Record) -> None:
        actor = value(durham, "actor")
        assert str(actor.value).upper() == "CLOP"
        assert actor.certainty == "likely"
        assert actor.speaker_role == "researcher"
        assert any(role == "threat_actor" for role, _ in roles(actor))
        assert not any(certainty == "stated" and role != "threat_actor" for role, certainty in roles(actor))
        assert value(durham, "claimed").value is True

    def test_dates(self, durham: Record) -> None:
        occurred = field(durham, "occurred_from")
        assert [v.value for v in occurred.values] == ["2021-01-20"]
        assert occurred.values[0].speaker_role == "regulator"
        assert [(str(v.value)[:7], v.speaker_role) for v in occurred.losing if str(v.value).startswith("2021-03")] == [("2021-03", "press")]
        assert value(durham, "discovered").value == "2021-03-25"
        disclosed = value(durham, "disclosed")
        assert (disclosed.value, disclosed.qualifier) == ("2021-04-09", "up_to")
        assert value(durham, "listed").value == "2021-03"

    def test_volume_is_claimed_by_the_actor_and_seen_by_the_researcher(self, durham: Record) -> None:
        volume = value(durham, "data_volume_bytes")
        assert volume.value == 6_500_000_000
        assert {role for role, _ in roles(volume)} >= {"threat_actor", "researcher"}
        assert volume.standing == "seen by a researcher, claimed by the attacker"

    def test_data_on_children_and_students(self, durham: Record) -> None:
        classes = {v.value for v in field(durham, "data_class").values}
        assert {"minors", "education", "names", "date_of_birth", "medical"} <= classes

    def test_belongs_to_the_campaign(self, book: Book, durham: Record) -> None:
        assert len(durham.campaigns) == 1
        campaign = book.record(durham.campaigns[0].id)
        assert "Accellion" in campaign.name
        assert len(campaign.participations) >= 5

    def test_what_the_statement_left_out(self, book: Book, durham: Record) -> None:
        first = [item for item in durham.left_out if item.said == "2021-04-09"]
        assert {item.property for item in first} >= {"actor", "data_volume_bytes"}
        for item in first:
            assert "third_party" not in item.property, "Accellion was not yet named by then"

    def test_no_count_is_invented(self, durham: Record) -> None:
        for property in ("people_affected", "records_affected", "ransom_demanded", "ransom_paid"):
            assert durham.field(property) is None


class TestDurhamAsOf:
    def test_on_8_april_only_the_gang_had_spoken(self, book: Book) -> None:
        durham = incident_of(book, "Durham Region", APRIL_8)
        assert durham.status == "alleged"
        assert value(durham, "data_volume_bytes").value == 6_500_000_000
        assert value(durham, "actor").speaker_role == "threat_actor"
        for unknown in ("third_party", "product", "occurred_from", "discovered", "disclosed"):
            assert durham.field(unknown) is None
        assert {s.publisher_role for s in durham.sources} == {"threat_actor"}

    def test_on_30_april_the_researcher_had_named_the_supplier(self, book: Book) -> None:
        durham = incident_of(book, "Durham Region", APRIL_30)
        assert durham.status == "confirmed"
        supplier = value(durham, "third_party")
        assert (str(supplier.value), supplier.certainty, supplier.speaker_role) == ("Accellion", "stated", "researcher")
        occurred = field(durham, "occurred_from")
        assert [(v.value, v.certainty, v.speaker_role) for v in occurred.values] == [("2021-01-21", "likely", "researcher")]
        assert [(v.value, v.speaker_role) for v in occurred.losing] == [("2021-03", "press")]
        assert value(durham, "discovered").value == "2021-03-25"
        assert "regulator" not in {s.publisher_role for s in durham.sources}

    def test_each_day_knows_less_than_the_next(self, book: Book) -> None:
        def known(as_of: date | None) -> set[str]:
            record = incident_of(book, "Durham Region", as_of)
            return {e.claim for f in record.fields for v in (*f.values, *f.losing) for e in v.claims}

        assert known(APRIL_8) < known(APRIL_30) < known(None)

    def test_the_profile_of_the_region(self, book: Book) -> None:
        profile = book.record(book.find("Durham Region", "organisation").id)
        assert value(profile, "country").value == "CA"
        assert value(profile, "sector").value == "92"
        assert profile.extra["primary_url"] == "durham[.]ca"
        told = " ".join(str(v.value) for v in field(profile, "description").values)
        assert "regional government" in told
        assert "public health" in told


class TestOtherCases:
    def test_equifax_keeps_every_number(self, book: Book) -> None:
        equifax = incident_of(book, "Equifax")
        people = field(equifax, "people_affected")
        assert people.values[0].value == 147_900_000
        assert {v.value for v in people.losing} >= {143_000_000, 145_500_000}
        assert incident_of(book, "Equifax", date(2017, 9, 30)).field("people_affected").values[0].value == 143_000_000  # type: ignore[union-attr]
        assert value(equifax, "discovered").value == "2017-07-29"
        assert "CVE-2017-5638" in {v.value for v in field(equifax, "cve").values}

    def test_namesakes_stay_apart(self, book: Book) -> None:
        hit = incident_of(book, "Memorial Health System")
        assert field(hit, "people_affected").values[0].value == 216_478
        assert any(str(v.value) == "Hive" for v in field(hit, "actor").values)
        texts = {s.title or "" for s in hit.sources}
        assert not any("Springfield" in t for t in texts)

    def test_a_denied_claim_is_disputed(self, book: Book) -> None:
        assert incident_of(book, "Mandiant").status == "disputed"

    def test_linkedin_denied(self, book: Book) -> None:
        linkedin = incident_of(book, "LinkedIn")
        assert linkedin.status == "disputed"
        assert "passwords" in {v.value for v in field(linkedin, "data_class").losing}

    def test_a_round_up_becomes_its_incidents(self, book: Book) -> None:
        numbers = {
            name: field(incident_of(book, name), "people_affected").values[0].value
            for name in ("Scripps Health", "20/20 Eye Care Network", "Forefront Dermatology")
        }
        assert numbers == {"Scripps Health": 147_267, "20/20 Eye Care Network": 3_253_822, "Forefront Dermatology": 2_400_000}

    def test_sickkids(self, book: Book) -> None:
        sickkids = incident_of(book, "Hospital for Sick Children")
        assert sickkids.status == "confirmed"
        assert value(sickkids, "ransom_paid").value is False
        assert str(value(sickkids, "occurred_from").value) == "2022-12-18"

    def test_ordinary_news_makes_no_incident(self, book: Book) -> None:
        from breachbook.model.listing import Filters

        for row in book.listing("incident", Filters(), limit=100).rows:
            sources = {s.url or "" for s in book.record(row.id).sources}
            assert not any(
                part in url for url in sources for part in ("five-habits", "patches-may", "insurers", "memorial-health-springfield")
            )


def every_record(book: Book) -> Iterator[Record]:
    from breachbook.model.listing import Filters

    for kind, view in (("incident", None), ("organisation", None), ("actor", None), ("supplier", "supplier"), ("campaign", None)):
        for row in book.listing(kind, Filters(), limit=500).rows:
            yield book.record(row.id, view=view)


def evidence_of(record: Record) -> Iterator[Evidence]:
    for f in record.fields:
        for v in (*f.values, *f.losing):
            assert v.claims, f"{record.name}: {f.property} has a value without a claim"
            yield from v.claims


def test_every_field_and_sentence_is_backed_by_words_in_its_source(book: Book) -> None:
    texts: dict[str, str] = {}
    records = 0
    for record in every_record(book):
        records += 1
        for e in evidence_of(record):
            text = texts.setdefault(e.document, book.document(e.document).text)
            assert e.words
            assert text[e.start : e.end] == e.words, f"{record.name}: {e.property} is not where it says"
        for sentence in record.summary:
            assert sentence.claims, f"{record.name}: {sentence.text!r} has no claim"
        for entry in (*record.timeline, *record.left_out, *record.participations):
            assert entry.claims
    assert records >= 35
