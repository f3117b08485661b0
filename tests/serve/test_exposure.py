"""Exposure to suppliers and products, and the suppliers of a victim, on a book of invented reports."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breachbook.errors import BreachbookError, NotFoundError, RequestError
from breachbook.pipeline import Book
from breachbook.serve import exposure_json, exposure_tables, exposure_view, vendor_list
from breachbook.serve.terminal import console
from breachbook.settings import load

REPORTS = [
    {
        "id": "pellar", "title": "Pellar Insurance customers' data taken",
        "date": "2023-06-09", "publisher": "Coast Chronicle",
        "role": "press", "text": "Pellar Insurance said that data of 310,000 customers was stolen through a "
        "vulnerability in MOVEit Transfer, a file transfer product of Progress Software. The theft took place on May 28, 2023.",
    },
    {
        "id": "tamsin", "title": "Tamsin Hospitals may be among those hit", "date": "2023-06-14", "publisher": "Health Wire",
        "role": "press", "text": "Tamsin Hospitals was hit by a data breach on May 29, 2023. It is possible that the files were stolen "
        "from the servers of its supplier Progress Software, the trust said.",
    },
    {
        "id": "orvel", "title": "Orvel Foods hit by ransomware", "date": "2023-02-01", "publisher": "Food Post", "role": "press",
        "text": "Orvel Foods was hit by a ransomware attack on January 30, 2023. Two plants stood still.",
    },
]  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    home: Path = tmp_path_factory.mktemp("exposure")
    reports = home / "reports.jsonl"
    reports.write_text("".join(json.dumps(report) + "\n" for report in REPORTS), "utf-8")
    with Book.open(load({}, home=str(home / "book"))) as opened:
        opened.add([str(reports)])
        opened.add_example()
        yield opened


def victims(found: exposure_view.Exposure) -> set[str]:
    return {victim.name for tie in found.through for victim in tie.victims}


def test_a_vendor_shows_who_was_hit_through_it_and_on_whose_word(book: Book) -> None:
    found = exposure_view.exposure(book, "Accellion")
    assert found.match == "name"
    assert {"Durham Region", "Singtel", "Washington State Auditor"} <= victims(found)
    durham = next(tie for tie in found.through if tie.victims[0].name == "Durham Region")
    assert (durham.certainty, durham.said_by[0]) == ("stated", "regulator")
    assert durham.since == "2021-04"
    assert len(durham.sources) == 2
    assert all(source.words for source in durham.sources)


def test_what_is_possible_stays_possible(book: Book) -> None:
    found = exposure_view.exposure(book, "Progress Software")
    sure = {tie.victims[0].name: tie.certainty for tie in found.through}
    assert sure["Pellar Insurance"] == "stated"
    assert sure.get("Tamsin Hospitals", "possible") == "possible"


def test_as_of_a_day_only_what_was_known_then(book: Book) -> None:
    from datetime import date

    assert victims(exposure_view.exposure(book, "Accellion", date(2021, 1, 31))) == {"Reserve Bank of New Zealand"}


@pytest.mark.parametrize("asked", ["File Transfer Appliance", "FTA"])
def test_a_product_leads_to_its_maker(book: Book, asked: str) -> None:
    found = exposure_view.exposure(book, asked)
    assert (found.match, found.vendor and found.vendor.name) == ("product", "Accellion")
    assert "Durham Region" in victims(found)
    assert found.besides >= 1


def test_a_product_of_the_table_of_makers_leads_to_its_maker(book: Book) -> None:
    found = exposure_view.exposure(book, "MOVEit")
    assert found.vendor is not None
    assert "Pellar Insurance" in victims(found)


def test_a_vendor_that_was_hit_itself_says_so(book: Book) -> None:
    found = exposure_view.exposure(book, "Orvel Foods")
    assert (found.through, len(found.own)) == ((), 1)


def test_a_name_spelt_otherwise_is_a_guess_and_says_so(book: Book) -> None:
    found = exposure_view.exposure(book, "Accelion")
    assert (found.match, found.vendor and found.vendor.name) == ("near", "Accellion")


def test_unknown_is_an_error_for_one_name_and_a_line_in_a_list(book: Book) -> None:
    with pytest.raises(NotFoundError):
        exposure_view.exposure(book, "Nobody of that name")
    found = list(exposure_view.exposures(book, ["Nobody of that name", "Accellion"]))
    assert [one.match for one in found] == ["unknown", "name"]
    out = io.StringIO()
    exposure_tables.print_exposures(console(out), found)
    assert exposure_tables.UNKNOWN in out.getvalue().splitlines()[0]


def test_the_suppliers_of_a_victim(book: Book) -> None:
    found = exposure_view.suppliers_of(book, "Durham Region")
    assert found is not None
    assert [tie.supplier.name for tie in found.ties] == ["Accellion"]
    assert found.ties[0].certainty == "stated"
    shown = exposure_json.suppliers_json(found)
    assert shown["suppliers"][0]["sources"][0]["words"]


def test_a_victim_through_nobody_has_none_and_says_so(book: Book) -> None:
    found = exposure_view.suppliers_of(book, "Orvel Foods")
    assert found is not None
    assert found.ties == ()
    out = io.StringIO()
    exposure_tables.print_suppliers(console(out), found)
    assert "No third party is named" in out.getvalue()


def test_what_is_no_victim_has_no_suppliers_to_show(book: Book) -> None:
    assert exposure_view.suppliers_of(book, "file transfer") is None


def test_json_keeps_every_tie(book: Book) -> None:
    shown: dict[str, Any] = exposure_json.exposure_json(exposure_view.exposure(book, "Accellion"))
    assert {"asked", "match", "vendor", "product", "certainty", "since", "through", "own", "besides", "candidates"} == set(shown)
    assert all(tie["certainty"] in exposure_view.CERTAINTIES for tie in shown["through"])
    json.dumps(shown)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("name\nAccellion\nProgress Software\nAccellion\n", ["Accellion", "Progress Software"]),
        ("id;Supplier\n1;Accellion\n2;\n3;Orvel\n", ["Accellion", "Orvel"]),
        ("Accellion\nOrvel Foods\n", ["Accellion", "Orvel Foods"]),
        ('\ufeffvendor,country\n"Orvel, Inc.",US\n', ["Orvel, Inc."]),
    ],
)
def test_lists_of_vendors(tmp_path: Path, text: str, names: list[str]) -> None:
    path = tmp_path / "vendors.csv"
    path.write_text(text, "utf-8")
    assert vendor_list.vendors(path) == names


@pytest.mark.parametrize("raw", [b"", b"name\n", b"\xff\xfe\x00", b"\n\n"])
def test_a_list_that_cannot_be_used_is_an_error(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "vendors.csv"
    path.write_bytes(raw)
    with pytest.raises(RequestError):
        vendor_list.vendors(path)
    with pytest.raises(RequestError):
        vendor_list.vendors(tmp_path / "missing.csv")


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_names_or_an_error(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("vendors") / "vendors.csv"
    path.write_bytes(raw)
    try:
        names = vendor_list.vendors(path)
    except BreachbookError:
        return
    assert all(name.strip() for name in names)
