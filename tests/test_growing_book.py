"""A book that grows one document after the other is the book that is made of all of them at once."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import select

from breachbook.model.document import Document
from breachbook.model.judgement import Judgement
from breachbook.model.reading import Reading
from breachbook.pipeline import Book, Stages
from breachbook.resolve import weights
from breachbook.settings import Settings, load
from breachbook.store import schema
from breachbook.vocab.data_files import toml_file

NAMES = [
    "Orvel", "Orvell", "Orvel Group", "Orvel Steel Group", "OSG", "orvel.com", "Memorial Hospital", "Wayne County", "County of Wayne",
    "Zelvaro", "Zelvaro Systems", "Zelvaro Industries", "Accellion", "Accellion Inc", "a bank",
]  # fmt: skip

FACTS = {
    "country": (0.3, ["US", "FR"]),
    "domain": (0.2, ["orvel.com", "zelvaro.com"]),
    "sector": (0.3, ["62", "92"]),
    "alias": (0.15, ["Orvel", "OSG", "Zelvaro"]),
    "actor": (0.4, ["CLOP", "Cl0p", "FIN11", "hackers"]),
    "third_party": (0.2, ["Accellion", "Orvel", "Zelvaro"]),
    "product": (0.2, ["Accellion FTA", "Zelvaro Transfer", "FTA"]),
    "campaign": (0.1, ["the Accellion hacks", "FTA"]),
    "occurred_from": (0.5, [f"20{year}-0{month}" for year in (19, 20, 21) for month in range(1, 9)]),
    "people_affected": (0.3, ["1200", "54321"]),
    "attack_type": (0.3, ["ransomware", "phishing"]),
}

NUMBERS = ("people_affected",)

SMALL = {"largest": 4, "anchors": 2, "proposals": 2}
"""Blocks so small that a few documents fill them."""


class Reader:
    """The toy reader, which knows numbers too; `spared` finds only some of what else a line says than victims."""

    def __init__(self, toys: Any, spared: random.Random | None = None) -> None:
        self.name = "toy/2" if spared else "toy/1"
        self._toy = toys.Reader()
        self._spared = spared

    def read(self, document: Document) -> Reading:
        """The claims of the lines."""
        claims = [replace(c, value=int(str(c.value))) if c.property in NUMBERS else c for c in self._toy.read(document).claims]
        if self._spared:
            claims = [c for c in claims if c.property == "victim" or self._spared.random() < 0.5]
        return Reading(document.id, self.name, tuple(claims), "other_language" if "unread" in document.text else None)


class Growing:
    """A book under test: the real linking and publishing, over readers that find what lines say."""

    def __init__(self, settings: Settings, toys: Any, rng: random.Random) -> None:
        self.rng = rng
        self.toys = toys
        self.origins: dict[str, list[Document]] = {}
        toy, stages = toys.stages(self.origins), Stages()
        stages.intake, stages.report_record = toy.intake, toy.report_record
        stages.readers = lambda name, settings: Reader(toys)
        self.book = Book.open(settings, stages)
        self.documents: list[Document] = []
        self.judgements: list[Judgement] = []
        self.whole = 0
        made = self.book._derive_all

        def counted(*given: Any) -> Any:
            self.whole += 1
            return made(*given)

        self.book._derive_all = counted  # type: ignore[method-assign]

    def line(self) -> str:
        """What a document says of one incident."""
        said = [f"victim: {self.rng.choice(NAMES)}"]
        said += [f"{name}: {self.rng.choice(values)}" for name, (share, values) in FACTS.items() if self.rng.random() < share]
        return "; ".join(said)

    def add(self, number: int) -> None:
        """Adds documents of one or two incidents."""
        rng, fresh = self.rng, []
        for _ in range(number):
            text = "\n".join(self.line() for _ in range(rng.choice([1, 1, 1, 2]))) if rng.random() < 0.95 else "unread"
            published = f"20{rng.randrange(19, 22)}-0{rng.randrange(1, 10)}-1{rng.randrange(10)}"
            place = str(len(self.documents) + len(fresh))
            role = rng.choice(["press", "victim", "threat_actor", None])
            fresh.append(self.toys.document(text, published=published, publisher="A", publisher_role=role, external_id=place))
        self.documents += fresh
        self.origins[f"origin {len(self.documents)}"] = fresh
        assert self.book.add([f"origin {len(self.documents)}"]).refused == {}

    def judge(self) -> None:
        """Decides on two mentions, or entities, of one kind."""
        table = schema.mentions
        kind = self.rng.choice(["organisation", "incident", "actor"])
        with self.book._database.read() as connection:
            rows = connection.execute(select(table).where(table.c.kind == kind).order_by(table.c.own_id)).all()
        if len(rows) < 2:
            return
        left, right = (f"{r.document}#{r.subject}" if self.rng.random() < 0.7 else r.own_id for r in self.rng.sample(rows, 2))
        when = f"2024-01-01T00:00:{len(self.judgements):02d}Z"
        self.judgements.append(Judgement(left, right, self.rng.choice(["same", "different", "unsure"]), "reviewer", when, "looked"))
        self.book.judge(self.judgements[-1])

    def undo(self) -> None:
        """Takes a judgement back."""
        if self.judgements:
            one = self.judgements.pop(self.rng.randrange(len(self.judgements)))
            self.book._writer.undo(one.id, "2024-02-01T00:00:00Z")
            self.book._derive()

    def read_again(self) -> None:
        """A reader finds less in a document than the last one did."""
        document = self.rng.choice(self.documents)
        self.book._writer.add_reading(document, Reader(self.toys, self.rng).read(document))
        self.book._derive()

    def step(self) -> None:
        """One change of any kind."""
        drawn = self.rng.random()
        if drawn < 0.6 or not self.documents:
            self.add(self.rng.choice([1, 1, 2, 5, 12]))
        elif drawn < 0.85:
            self.judge()
        elif drawn < 0.93:
            self.undo()
        else:
            self.read_again()

    def derived(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that the derived tables hold."""
        with self.book._database.read() as connection:
            return {t.name: [tuple(r) for r in connection.execute(select(t).order_by(*t.primary_key.columns))] for t in schema.DERIVED}


@pytest.fixture
def growing(engine_settings: Settings, toys: Any) -> Iterator[Callable[[int], Growing]]:
    """Makes a book on each engine, with what happens to it by a seed."""
    opened: list[Growing] = []

    def make(seed: int) -> Growing:
        opened.append(Growing(engine_settings, toys, random.Random(seed)))
        return opened[-1]

    yield make
    for one in opened:
        one.book.close()


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Blocks that few documents fill, so that all rules on large ones count."""
    for name, number in SMALL.items():
        monkeypatch.setitem(toml_file(weights.WEIGHTS)["block"], name, number)
    weights.block.cache_clear()
    yield
    weights.block.cache_clear()


def unlike(left: dict[str, list[tuple[Any, ...]]], right: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each table that only one has."""
    return {name: sorted(set(left[name]) ^ set(right[name]), key=repr)[:3] for name in left if left[name] != right[name]}


@pytest.mark.parametrize("seed", range(2))
def test_a_book_that_grew_is_the_book_made_at_once(growing: Any, seed: int) -> None:
    grown = growing(seed)
    for _ in range(8):
        grown.step()
        step_by_step = grown.derived()
        assert grown.whole == 0
        grown.book.rebuild()
        assert unlike(step_by_step, grown.derived()) == {}
        grown.whole = 0


@pytest.mark.parametrize("seed", range(10, 12))
def test_it_is_so_where_many_share_a_key(growing: Any, small_blocks: None, seed: int) -> None:
    grown = growing(seed)
    for _ in range(6):
        grown.add(6)
        grown.step()
        step_by_step = grown.derived()
        grown.book.rebuild()
        assert unlike(step_by_step, grown.derived()) == {}


@examples(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_whatever_happens_to_it(toys_class: Any, seed: int) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        grown = Growing(load({}, home=str(Path(folder))), toys_class, random.Random(seed))
        for _ in range(6):
            grown.step()
        step_by_step = grown.derived()
        assert grown.whole == 0
        grown.book.rebuild()
        assert unlike(step_by_step, grown.derived()) == {}
        grown.book.close()


def test_one_by_one_in_batches_and_at_once_are_one(engine_settings: Settings, toys: Any, tmp_path: Path) -> None:
    books = []
    for number, sizes in enumerate([[1] * 24, [7, 1, 16], [24]]):
        given = engine_settings if not number else load({}, home=str(tmp_path / str(number)))
        grown = Growing(given, toys, random.Random(5))
        for size in sizes:
            grown.add(size)
        books.append(grown.derived())
        grown.book.close()
    assert unlike(books[0], books[1]) == {}
    assert unlike(books[0], books[2]) == {}


def test_an_adding_that_touches_too_much_links_the_whole_book(growing: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("breachbook.resolve.resolver.LARGEST", 0)
    grown = growing(1)
    grown.add(3)
    assert grown.whole == 1
    step_by_step = grown.derived()
    grown.book.rebuild()
    assert unlike(step_by_step, grown.derived()) == {}


def test_an_older_book_is_linked_when_it_is_opened(growing: Any, engine_settings: Settings) -> None:
    grown = growing(2)
    grown.add(5)
    with grown.book._database.write() as connection:
        connection.execute(schema.meta.delete().where(schema.meta.c.key == "linked"))
    grown.add(1)
    assert grown.whole == 1
    grown.add(1)
    assert grown.whole == 1


def test_what_changed_is_told(growing: Any) -> None:
    grown = growing(3)
    grown.origins |= {
        "first": [grown.toys.document("victim: Orvel; occurred_from: 2020-01", published="2020-02-01", external_id="1")],
        "other": [grown.toys.document("victim: Zelvaro; occurred_from: 2020-01", published="2020-02-01", external_id="2")],
        "more": [
            grown.toys.document("victim: Orvel; occurred_from: 2020-01; people_affected: 1200", published="2020-02-03", external_id="3")
        ],
    }
    incident = grown.book.add(["first"]).incidents_new
    assert len(incident) == 1
    assert len(grown.book.add(["other"]).incidents_new) == 1
    summary = grown.book.add(["more"])
    assert (summary.incidents_new, summary.incidents_changed) == ((), incident)
