"""Whether a file of a structured source is what its earlier files led to expect: repeated, swollen, shrunk or stopped feeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from statistics import median

from breachbook.model.feed import KnownRow
from breachbook.text.names import together
from breachbook.text.partial_dates import earliest

FEWEST_KNOWN = 50
"""Rows that the book must have of a source before a file of it is judged: fewer tell nothing of what is usual."""
FEW = 20
"""Repeated or vanished rows that are ordinary in any file: groups do list victims again and take posts down."""
MOST_REPEATED = 0.1
"""Share of the known rows above which repeated ones are a mishap: of 6,574 posts of two years 41 were of a victim and group seen before."""
MOST_GONE = 0.5
"""Share of the known rows in a file's window above which the missing ones are a selection or a mishap, and not taken down."""
BUSIEST = 2
"""Times the busiest day so far above which a day's new rows are a mishap; the busiest day of two years had 133, the next 104."""
LONGEST_GAPS = 10
"""Times the usual gap between days with rows after which a source that brings nothing new has stopped."""
SHORTEST_STOP = 14
"""Days below which no source has stopped: registers are published once a week or less."""
SHORTEST_NAME = 4
"""Letters and digits of a name by which a victim is known again; shorter ones are names of many."""
GONE = "|taken down"
"""What ends the key of the row that says that a listing is gone."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a file's row is, at first sight: its key, its victim, its group, its partial date."""

    key: str
    victim: str
    group: str
    published: str | None

    @property
    def who(self) -> tuple[str, str]:
        """The listing, whenever it was: its group and victim."""
        return self.group.casefold(), together(self.victim) or self.victim.casefold()


@dataclass(slots=True)
class Health:
    """What a file is held to be: notes (code and detail), keys of rows to hold back with the reason why, and rows that are gone."""

    notes: list[tuple[str, str]] = field(default_factory=list)
    held: set[str] = field(default_factory=set)
    why_held: str = ""
    gone: list[KnownRow] = field(default_factory=list)


def examine(rows: Sequence[Glance], known: Sequence[KnownRow], *, listings: bool, today: str) -> Health:
    """Holds a file's rows against the rows of its source that the book has."""
    health, there = Health(), {row.key for row in known}
    standing = [row for row in known if not row.key.endswith(GONE)]
    if len(standing) < FEWEST_KNOWN:
        return health
    fresh = [row for row in rows if row.key not in there]
    if listings:
        _repeated(health, fresh, standing)
    _swollen(health, [row for row in fresh if row.key not in health.held], standing)
    _stopped(health, rows, standing, today)
    if listings:
        _vanished(health, rows, standing, there)
    return health


def seen_before(rows: Iterable[KnownRow]) -> dict[str, tuple[str, str]]:
    """Who listed each victim last, and when, by the letters and digits of its name."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        remember(found, row.title or "", row.publisher or "", row.published)
    return found


def remember(found: dict[str, tuple[str, str]], victim: str, group: str, published: str | None) -> tuple[str, str] | None:
    """Puts a listing down; gives who listed the same victim before, and when, if anyone did."""
    name = together(victim)
    if len(name) < SHORTEST_NAME:
        return None
    before = found.get(name)
    found[name] = (group, published or "an unknown day")
    return before


def _repeated(health: Health, fresh: Sequence[Glance], known: Sequence[KnownRow]) -> None:
    """A tracker that begins anew lists all it had again with the day it began: no new victims."""
    listed = {Glance(row.key, row.title or "", row.publisher or "", None).who for row in known}
    again = [row for row in fresh if row.who in listed]
    if len(again) > max(FEW, MOST_REPEATED * len(known)):
        health.held |= {row.key for row in again}
        health.why_held = f"{len(again):,} listings that the book has come again under another date"
        health.notes.append(("feed_doubled", health.why_held))


def _swollen(health: Health, fresh: Sequence[Glance], known: Sequence[KnownRow]) -> None:
    """Far more new rows on one day than there ever were."""
    usual = Counter(row.published for row in known if row.published)
    limit = max(FEWEST_KNOWN, BUSIEST * max(usual.values(), default=0))
    days = {day: number for day, number in Counter(row.published for row in fresh if row.published).items() if number > limit}
    if days:
        health.held |= {row.key for row in fresh if row.published in days}
        busiest = max(days, key=lambda day: days[day])
        health.why_held = f"{days[busiest]:,} new rows of {busiest}, where the busiest day so far had {max(usual.values(), default=0):,}"
        health.notes.append(("feed_doubled", health.why_held))


def _stopped(health: Health, rows: Sequence[Glance], known: Sequence[KnownRow], today: str) -> None:
    """Nothing newer than what the book has, for far longer than usual."""
    days = sorted({earliest(row.published) for row in known if row.published})
    newest = max((earliest(row.published) for row in rows if row.published), default=None)
    if len(days) < FEW or newest is None or newest > days[-1]:
        return
    gap = median((later - sooner).days for sooner, later in pairwise(days))
    age = (date.fromisoformat(today) - newest).days
    if age > max(SHORTEST_STOP, LONGEST_GAPS * gap):
        health.notes.append(("feed_stopped", f"its newest row is of {newest}, {age:,} days ago; usually there is one every {gap:g} days"))


def _vanished(health: Health, rows: Sequence[Glance], known: Sequence[KnownRow], there: set[str]) -> None:
    """Listings of the book that the file, where it covers their group and day, does not have any more."""
    windows: dict[str, tuple[str, str]] = {}
    for row in rows:
        if row.published:
            first, last = windows.get(row.who[0], (row.published, row.published))
            windows[row.who[0]] = min(first, row.published), max(last, row.published)
    listed, covered, gone = {row.who for row in rows}, 0, []
    for one in known:
        who = Glance(one.key, one.title or "", one.publisher or "", None).who
        first, last = windows.get(who[0], ("", ""))
        if not one.published or not first <= one.published <= last:
            continue
        covered += 1
        if who not in listed and one.key + GONE not in there:
            gone.append(one)
    if len(gone) > max(FEW, MOST_GONE * covered):
        health.notes.append(("feed_shrank", f"{len(gone):,} of {covered:,} listings of its days are missing; none is taken for taken down"))
    else:
        health.gone = gone
