"""Whether a file is what its source's earlier files led to expect."""

from __future__ import annotations

from datetime import date, timedelta

from breachbook.ingest.feed_health import GONE, Glance, examine
from breachbook.model.feed import KnownRow

TODAY = "2024-06-01"


def day(number: int) -> str:
    return str(date(2024, 1, 1) + timedelta(days=number))


def listing(number: int, *, on: str | None = None) -> Glance:
    name, when = f"Mill {number}", on or day(number)
    return Glance(f"leak_posts:redmoth|{name}|{when}", name, "redmoth", when)


def known(*rows: Glance) -> list[KnownRow]:
    return [KnownRow(row.key, row.group, row.victim, row.published) for row in rows]


HUNDRED = [listing(n) for n in range(100)]


def codes(rows, held=None, today=TODAY):
    return examine(rows, known(*(held or HUNDRED)), listings=True, today=today)


def test_the_same_file_and_some_more_rows_are_healthy():
    health = codes([*HUNDRED, *(listing(n) for n in range(100, 130))])
    assert (health.notes, health.held, health.gone) == ([], set(), [])


def test_a_first_file_and_a_few_known_rows_are_not_judged():
    assert codes(HUNDRED, HUNDRED[:10]).notes == []


def test_a_source_that_lists_all_anew_is_held_back():
    again = [listing(n, on="2024-05-20") for n in range(100)]
    health = codes(again)
    assert [code for code, _ in health.notes] == ["feed_doubled"]
    assert health.held == {row.key for row in again}
    assert health.gone == []


def test_one_busy_day_is_held_back_and_a_backfill_of_many_days_is_not():
    busy = [listing(n, on="2024-05-20") for n in range(1000, 1200)]
    health = codes([*HUNDRED, *busy])
    assert [code for code, _ in health.notes] == ["feed_doubled"]
    assert health.held == {row.key for row in busy}
    assert codes([*HUNDRED, *(listing(n, on=day(-n)) for n in range(1000, 1200))]).held == set()


def test_a_source_that_brings_nothing_new_for_long_has_stopped():
    assert [code for code, _ in codes(HUNDRED, today="2024-09-01").notes] == ["feed_stopped"]
    assert codes(HUNDRED, today="2024-04-12").notes == []


def test_a_listing_that_is_missing_is_gone_once():
    health = codes([row for row in HUNDRED if row.victim != "Mill 40"])
    assert [one.title for one in health.gone] == ["Mill 40"]
    later = [*known(*HUNDRED), KnownRow(HUNDRED[40].key + GONE, "redmoth", "Mill 40", TODAY)]
    assert examine([row for row in HUNDRED if row.victim != "Mill 40"], later, listings=True, today=TODAY).gone == []


def test_a_file_of_the_newest_only_takes_nothing_down():
    assert codes(HUNDRED[90:]).gone == []


def test_a_selection_takes_nothing_down_and_says_so():
    health = codes([row for n, row in enumerate(HUNDRED) if n % 5 == 0 or n == 99], today="2024-04-12")
    assert health.gone == []
    assert [code for code, _ in health.notes] == ["feed_shrank"]


def test_a_register_of_notices_takes_nothing_down():
    assert examine(HUNDRED[:50] + HUNDRED[51:], known(*HUNDRED), listings=False, today=TODAY).gone == []
