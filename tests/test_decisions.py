"""People's decisions on a book: they win, are kept with what the machine showed, follow re-reading, and undo to the same bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import select

from breachbook.errors import AmbiguousError, ContradictionError, JudgementError, NotFoundError
from breachbook.model.claim import Claim
from breachbook.model.document import Document
from breachbook.model.judgement import Judgement
from breachbook.model.reading import Reading
from breachbook.pipeline import Book, Stages
from breachbook.settings import Settings, load
from breachbook.store import schema

REPORTS = (
    "victim: Orvel Foods; occurred_from: 2021-01-20; country: CA",
    "victim: Orvel Foods; occurred_from: 2021-01-21; actor: Grumbolt",
    "victim: Orvel; occurred_from: 2021-06-01; country: US",
    "victim: Zelvaro Clinic; occurred_from: 2020-03-01\nvictim: Marnet; occurred_from: 2022-05-01; actor: Zorblatt",
    "victim: Zelvaro Clinic; occurred_from: 2020-03-02; actor: Grumbolt",
    "victim: Marnet Labs; occurred_from: 2022-05-02",
)


class Renumbered:
    """Reads as the toy reader does, but numbers what it finds the other way round, and leaves out `without`."""

    name = "renumbered/1"

    def __init__(self, inner: Any, without: str = "") -> None:
        self._inner = inner
        self._without = without

    def read(self, document: Document) -> Reading:
        """The other reading."""
        reading = self._inner.read(document)
        claims = [c for c in reading.claims if not self._without or c.value != self._without]
        return Reading(document.id, self.name, tuple(self._turned(c) for c in claims))

    @staticmethod
    def _turned(claim: Claim) -> Claim:
        def turned(local: str | None) -> str | None:
            kind, colon, number = (local or "").partition(":")
            return f"{kind}:{5 - int(number)}" if colon and int(number) < 5 else local

        return replace(claim, subject=turned(claim.subject), object=turned(claim.object))


@pytest.fixture
def book(engine_settings: Settings, toys: Any) -> Iterator[Book]:
    with _open(engine_settings, toys) as opened:
        opened.add(["all"])
        yield opened


def _open(settings: Settings, toys: Any, reader: Any = None) -> Book:
    stages = toys.stages({"all": list(REPORTS)})
    real = Stages()
    stages.resolve, stages.relink, stages.record, stages.to_json = real.resolve, real.relink, real.record, real.to_json
    if reader is not None:
        plain = stages.readers
        stages.readers = lambda name, given: reader if name == "other" else plain(name, given)
    return Book.open(settings, stages)


def dump(book: Book) -> dict[str, list[tuple[Any, ...]]]:
    """All that is derived."""
    with book._database.read() as connection:
        return {t.name: [tuple(r) for r in connection.execute(select(t).order_by(*t.primary_key.columns))] for t in schema.DERIVED}


def judge(book: Book, left: str, right: str, decision: str = "same", kind: str | None = None, replace: bool = False) -> Any:
    return book.decisions.pair(left, right, decision, "looked into it", "Ada", kind, replace)


def mention(book: Book, name: str, number: int = 0) -> str:
    return book.decisions._reader.mentions(book.find(name).id)[number]


def test_a_merge_makes_one_record_that_both_ids_lead_to_and_undoing_gives_the_same_bytes(book: Book) -> None:
    before, export = dump(book), "".join(book.export("json"))
    ids = [book.find("Zelvaro Clinic").id, book.find("Marnet").id]
    came = judge(book, "Zelvaro Clinic", "Marnet")
    assert book.find(ids[0]) == book.find(ids[1]) == came.left == came.right
    merged = dump(book)
    assert merged != before
    book.rebuild()
    assert dump(book) == merged
    assert book.decisions.undo(came.id, "wrong", "Bob").left.id == ids[0]
    assert dump(book) == before
    assert "".join(book.export("json")) == export
    act = book.decisions.acts(None, None)[0]
    assert (act.who, act.why, act.undone_by, act.undone_why) == ("Ada", "looked into it", "Bob", "wrong")


def test_a_judgement_keeps_the_score_and_parts_that_the_machine_showed(book: Book) -> None:
    shown = [m for m in book.decisions.matches("Orvel Foods", None, None, 50).rows if m.decision == "same"]
    came = judge(book, shown[0].left.mention, shown[0].right.mention, "different")
    act = book.decisions.acts(came.left.id, None)[0]
    assert (act.score, act.parts, act.reason) == (shown[0].score, shown[0].parts, shown[0].reason)
    again = judge(book, shown[0].left.mention, shown[0].right.mention, "same", replace=True)
    assert (again.replaced, book.decisions.acts(None, None)[0].parts) == ((came.id,), shown[0].parts)


def test_a_split_takes_a_mention_or_a_source_out_of_a_record(book: Book) -> None:
    before, record = dump(book), book.find("Orvel Foods")
    first, second = book.decisions._reader.mentions(record.id)[:2]
    for part in (second, second.partition("#")[0]):
        came = book.decisions.split(record.id, part, "another", "Ada", None, False)
        assert came.left != came.right
        assert book.decisions._reader.entity(first) != book.decisions._reader.entity(second)
        book.decisions.undo(came.id, "no", "Ada")
        assert dump(book) == before
    with pytest.raises(NotFoundError, match="no mention or source of Orvel"):
        book.decisions.split(record.id, "doc-00000000000000000000", "x", "Ada", None, False)
    with pytest.raises(JudgementError, match="all that the record has"):
        book.decisions.split("Marnet Labs", mention(book, "Marnet Labs"), "x", "Ada", None, False)


def test_contradictions_are_told_before_anything_is_written(book: Book) -> None:
    first, second, third = (mention(book, name) for name in ("Zelvaro Clinic", "Marnet", "Marnet Labs"))
    ab, bc = judge(book, first, second), judge(book, second, third)
    held = dump(book)
    with pytest.raises(ContradictionError) as caught:
        judge(book, first, third, "different")
    assert [j.act_id for j in caught.value.earlier] == [bc.id]
    assert dump(book) == held
    apart = judge(book, first, third, "different", replace=True)
    assert apart.replaced == (bc.id,)
    with pytest.raises(ContradictionError) as caught:
        judge(book, second, third)
    assert {j.act_id for j in caught.value.earlier} == {apart.id}
    assert book.decisions.undo(apart.id, "no", "Ada").again == (bc.id,)
    assert dump(book) == held
    assert judge(book, first, second).stood
    assert {a.id for a in book.decisions.acts(None, None) if not a.undone} == {ab.id, bc.id}


def test_records_do_not_come_together_when_any_of_their_mentions_were_judged_different(book: Book) -> None:
    ours, theirs = book.decisions._reader.mentions(book.find("Orvel Foods").id)[1], mention(book, "Zelvaro Clinic", 1)
    judge(book, ours, theirs, "different")
    with pytest.raises(ContradictionError):
        judge(book, "Orvel Foods", "Zelvaro Clinic")
    assert judge(book, "Orvel Foods", "Zelvaro Clinic", replace=True).replaced


def test_what_it_replaced_does_not_stand_again_against_what_was_judged_since(book: Book) -> None:
    first, second, third = (mention(book, name) for name in ("Zelvaro Clinic", "Marnet", "Marnet Labs"))
    joined = judge(book, first, second)
    apart = judge(book, first, second, "unsure", replace=True)
    judge(book, second, third)
    judge(book, first, third, "different")
    assert book.decisions.undo(apart.id, "no", "Ada").not_again == (joined.id,)


def test_errors_say_what_is_wrong(book: Book) -> None:
    for left, right, error, told in (
        ("Zelvaro Clinic", "zelvaro clinic", JudgementError, "both are this one record"),
        ("Zelvaro Clinic", "Nobody", NotFoundError, "no organisation of this name"),
        ("Zelvaro Clinic", "doc-00000000000000000000#organisation:1", NotFoundError, "no such mention"),
        (book.find("Zelvaro Clinic").id, book.find("Zelvaro Clinic", "incident").id, JudgementError, "name two of a kind"),
        (mention(book, "Marnet"), mention(book, "Marnet"), JudgementError, "two mentions"),
    ):
        with pytest.raises(error, match=told):
            judge(book, left, right)
    with pytest.raises(JudgementError, match="lists them all"):
        book.decisions.undo("jdg-nothing", "x", "Ada")
    for why, who in (("", "Ada"), ("x", " "), ("x" * 3000, "Ada")):
        with pytest.raises(JudgementError):
            book.decisions.pair("Marnet", "Marnet Labs", "same", why, who, None, False)
    apart = book.decisions.split("Orvel Foods", mention(book, "Orvel Foods", 1), "x", "Ada", None, False)
    with pytest.raises(AmbiguousError) as caught:
        judge(book, "Orvel Foods", "Marnet")
    assert {apart.left.id, apart.right.id} == {id_ for id_, _ in caught.value.candidates}


@pytest.mark.parametrize("kind", ["organisation", "incident"])
def test_a_judgement_follows_its_document_when_another_reader_numbers_it_otherwise(engine_settings: Settings, toys: Any, kind: str) -> None:
    with _open(engine_settings, toys, Renumbered(toys.Reader())) as book:
        book.add(["all"])
        left, right = book.find("Zelvaro Clinic", kind), book.find("Marnet", kind)
        judge(book, left.id, right.id)
        before = book.decisions.acts(None, None)[0]
        assert book.reread("other") == len(REPORTS)
        after = book.decisions.acts(None, None)[0]
        assert after.left.mention != before.left.mention
        assert (after.id, after.left.names, after.right.names) == (before.id, before.left.names, before.right.names)
        assert after.left.record == after.right.record is not None
        assert book.decisions.undo(before.id, "no", "Ada").left.name != after.left.record.name or kind == "organisation"
        held = dump(book)
        book.rebuild()
        assert dump(book) == held


def test_a_side_that_a_reading_does_not_name_waits_and_comes_back(engine_settings: Settings, toys: Any) -> None:
    with _open(engine_settings, toys, Renumbered(toys.Reader(), without="Marnet")) as book:
        book.add(["all"])
        came = judge(book, "Zelvaro Clinic", "Marnet")
        merged = dump(book)
        book.reread("other")
        act = book.decisions.acts(None, None)[0]
        waits = next(party for party in (act.left, act.right) if "Marnet" in party.names)
        assert (waits.named, waits.record) == (False, None)
        book.reread()
        assert dump(book) == merged
        assert book.find("Marnet") == came.left


@dataclass(frozen=True)
class Step:
    """A judgement, a split or an undoing, of what stands at these places of the book by then."""

    what: str
    kind: str
    left: int
    right: int
    replace: bool


places = st.integers(0, 50)
steps = st.builds(
    Step,
    st.sampled_from(["same", "same", "different", "unsure", "split", "undo"]),
    st.sampled_from(["organisation", "incident", "actor"]),
    places,
    places,
    st.booleans(),
)


@examples(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=1, max_size=6), places)
def test_any_course_of_judgements_and_undos_is_the_book_that_never_had_the_undone_ones(
    book: Book, toys: Any, course: list[Step], place: int
) -> None:
    _undo_all(book, 0)
    before = dump(book)
    for step in course:
        _take(book, step)
    held = dump(book)
    book.rebuild()
    assert dump(book) == held
    with tempfile.TemporaryDirectory() as folder, _open(load({}, home=str(Path(folder) / "home")), toys) as other:
        other.add(["all"])
        _repeat(book, other)
        assert dump(other) == held
    _undo_all(book, place)
    assert dump(book) == before


def _undo_all(book: Book, place: int) -> None:
    while standing := _standing(book):
        book.decisions.undo(standing[place % len(standing)], "no", "Ada")


def _standing(book: Book) -> list[str]:
    return [act.id for act in book.decisions.acts(None, None) if not act.undone]


def _take(book: Book, step: Step) -> None:
    """Takes a step; one that cannot be taken is passed over."""
    with book._database.read() as connection:
        table = schema.entities
        ids = list(connection.execute(select(table.c.id).where(table.c.kind == step.kind).order_by(table.c.id)).scalars())
    mentions = [m for id_ in ids for m in book.decisions._reader.mentions(id_)]
    sides, standing = [*ids, *mentions], _standing(book)
    try:
        if step.what == "split":
            record = ids[step.left % len(ids)]
            of_record = book.decisions._reader.mentions(record)
            book.decisions.split(record, of_record[step.right % len(of_record)], "why", "Ada", None, step.replace)
        elif step.what != "undo":
            judge(book, sides[step.left % len(sides)], sides[step.right % len(sides)], step.what, replace=step.replace)
        elif standing:
            book.decisions.undo(standing[step.left % len(standing)], "why", "Ada")
    except JudgementError:
        return


def _repeat(book: Book, other: Book) -> None:
    """Judges in another book what stands in the first."""
    for judgement in book._reader.judgements():
        if judgement.undone is None:
            other._writer.judge(judgement)
    other._derive()


def test_judging_by_hand_of_the_book_tells_contradictions_too(book: Book) -> None:
    pair = (mention(book, "Marnet"), mention(book, "Marnet Labs"))
    book.judge(Judgement(*pair, "different", "Ada", "2024-01-01T00:00:00+00:00", "two"))
    with pytest.raises(ContradictionError):
        book.judge(Judgement(*pair, "same", "Bob", "2024-01-02T00:00:00+00:00", "one"))
