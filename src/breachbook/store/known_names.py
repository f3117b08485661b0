"""The index of names, kept to what the book and its reference lists hold: what changed since is exchanged, else it is made anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from breachbook.model.reference import BOOK, KnownOrganisation
from breachbook.store.engine import Database
from breachbook.store.name_index import NameIndex
from breachbook.store.reader import State
from breachbook.store.references import References
from breachbook.store.references_book import book_organisations

TOLD_EVERY = 5_000
"""Organisations between two reports of progress."""

SMALL_CHANGE = 0.5
"""When more than this share of all organisations is exchanged, the index is made anew: it is then quicker to search, too."""


class KnownNames:
    """The index of names of one book."""

    def __init__(self, database: Database, home: Path) -> None:
        self._database = database
        self.references = References(database)
        self.index = NameIndex(home)

    def current(self, state: State, done: Callable[[int], None] | None = None) -> NameIndex:
        """The index, brought up to date with the book in this state; `done` is told how many organisations were taken, now and then.

        Raises:
            StoreError: the database or the home folder fails.
        """
        sets = self.references.sets()
        wanted = {BOOK: str(state.derived), **{f"list:{found.name}": f"{found.added}/{found.organisations}" for found in sets}}
        target = json.dumps([state.book, wanted], sort_keys=True)
        now = self.index.state()
        if now == target:
            return self.index
        had = _sources(now, state.book)
        changed = sorted(source for source in {*wanted, *(had or {})} if (had or {}).get(source) != wanted.get(source))
        exchanged = sum(found.organisations for found in sets if f"list:{found.name}" in changed)
        if had is None or exchanged > SMALL_CHANGE * sum(found.organisations for found in sets):
            self.index.rebuild(target, counted(self._of(wanted), done))
        else:
            gone = [("source", _name(source)) for source in changed]
            self.index.update(str(now), target, counted(self._of(source for source in changed if source in wanted), done), gone)
        self.index.refresh()
        return self.index

    def remake(self, state: State) -> None:
        """Makes the index anew.

        Raises:
            StoreError: the database or the home folder fails.
        """
        self.index.forget()
        self.current(state)

    def _of(self, sources: Iterable[str]) -> Iterator[KnownOrganisation]:
        return chain.from_iterable(
            book_organisations(self._database) if source == BOOK else self.references.organisations(_name(source)) for source in sources
        )


def counted(organisations: Iterable[KnownOrganisation], done: Callable[[int], None] | None) -> Iterator[KnownOrganisation]:
    """The same organisations; `done` is told how many there were, now and then."""
    for number, organisation in enumerate(organisations, 1):
        yield organisation
        if done is not None and number % TOLD_EVERY == 0:
            done(number)


def _name(source: str) -> str:
    return source.removeprefix("list:")


def _sources(state: str | None, book: str) -> dict[str, str] | None:
    """What each source was when the index was made; None when it was made of another book, or is none."""
    try:
        of, sources = json.loads(state or "")
    except ValueError:
        return None
    return dict(sources) if of == book else None
