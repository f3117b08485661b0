"""One report's record against its label: a list of marks, from which the table, the worst reports and the view of one are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from breachbook.scoring.fields import COUNTS, DATES, NAMED, OF_VICTIMS, TERMS
from breachbook.scoring.names import entity, plain, same_entity
from breachbook.scoring.pairing import pair, pair_incidents

NOTHING: Mapping[str, Any] = {"relevant": False, "incidents": []}
"""The record of a report that was not read."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One value compared: the reader's, the label's (None: there is none), and whether they are the same.

    `part` says which of several it is where a field has named parts (`discovered` of `dates`), or whose it is (the victim of a
    `sector`). `incident` numbers the pairs of incidents from 0; None is for the report as a whole.
    """

    field: str
    ours: str | None
    gold: str | None
    right: bool
    incident: int | None = None
    part: str | None = None

    @property
    def mistakes(self) -> int:
        """0 when right, 2 when both sides have a value and they differ (one extra, one missed), else 1."""
        return (self.ours is not None) + (self.gold is not None) - 2 * self.right

    @property
    def sign(self) -> str:
        """`=` right, `~` different, `+` only the reader has it, `-` only the label has it."""
        if self.right:
            return "="
        if self.ours is not None and self.gold is not None:
            return "~"
        return "+" if self.gold is None else "-"


@dataclass(frozen=True, slots=True)
class Comparison:
    """All marks of one report, in the order of the fields."""

    id: str
    marks: tuple[Mark, ...]

    @property
    def mistakes(self) -> int:
        """How many values are missed or extra."""
        return sum(mark.mistakes for mark in self.marks)


def compare(id: str, ours: Mapping[str, Any] | None, gold: Mapping[str, Any]) -> Comparison:
    """Compares the reader's record (None: it was not read) with the label."""
    record = ours or NOTHING
    return Comparison(id, tuple(mark for mark in _marks(record, gold) if mark.ours is not None or mark.gold is not None))


def incidents(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The incidents that count: those of a record that calls its report relevant."""
    return list(record.get("incidents") or ()) if record.get("relevant") else []


def _marks(ours: Mapping[str, Any], gold: Mapping[str, Any]) -> Iterator[Mark]:
    mine, theirs = ("yes" if record.get("relevant") else None for record in (ours, gold))
    yield Mark("relevant", mine, theirs, bool(mine and theirs))
    got, want = incidents(ours), incidents(gold)
    victims = [[victim for incident in side for victim in incident.get("victims") or ()] for side in (got, want)]
    for a, b in pair(victims[0], victims[1], same_entity):
        yield Mark("victims", _name(a), _name(b), a is not None and b is not None)
    for number, (a, b) in enumerate(pair_incidents(got, want)):
        yield from _incident_marks(number, a, b)


def _incident_marks(number: int, ours: Mapping[str, Any], gold: Mapping[str, Any]) -> Iterator[Mark]:
    for field in OF_VICTIMS:
        for victim in gold.get("victims") or ():
            twin: Mapping[str, Any] = next((v for v in ours.get("victims") or () if same_entity(v, victim)), {})
            # Codes and host names: their case says nothing, and the empty text is no value.
            a, b = ((side.get(field) or "").lower() or None for side in (twin, victim))
            yield Mark(field, a, b, a is not None and a == b, number, victim.get("name"))
    for field in NAMED:
        sides = [[entity(value) for value in side.get(field) or ()] for side in (ours, gold)]
        for a, b in pair(sides[0], sides[1], same_entity):
            yield Mark(field, _name(a), _name(b), a is not None and b is not None, number)
    for field in TERMS:
        yield from _term_marks(field, number, ours, gold)
    yield from _single_marks(number, ours, gold)


def _term_marks(field: str, number: int, ours: Mapping[str, Any], gold: Mapping[str, Any]) -> Iterator[Mark]:
    mine, theirs = ({plain(value): value for value in side.get(field) or ()} for side in (ours, gold))
    for key in dict.fromkeys((*theirs, *mine)):
        yield Mark(field, mine.get(key), theirs.get(key), key in mine and key in theirs, number)


def _single_marks(number: int, ours: Mapping[str, Any], gold: Mapping[str, Any]) -> Iterator[Mark]:
    mine, theirs = ours.get("dates") or {}, gold.get("dates") or {}
    for part in DATES:
        a, b = (str(side[part]) if side.get(part) else None for side in (mine, theirs))
        yield Mark("dates", a, b, a is not None and b is not None and a[: len(b)] == b, number, part)
    for part in COUNTS:
        a, b = ((side.get(part) or {}).get("value") for side in (ours, gold))
        yield _equal("counts", a, b, number, part)
    yield _equal("data_volume", ours.get("data_volume_bytes"), gold.get("data_volume_bytes"), number)
    mine, theirs = ours.get("ransom") or {}, gold.get("ransom") or {}
    yield _equal("ransom", _amount(mine.get("demanded")), _amount(theirs.get("demanded")), number, "demanded")
    yield _equal("ransom", _of(("yes", "no"), mine.get("paid")), _of(("yes", "no"), theirs.get("paid")), number, "paid")
    a, b = (_of(("yes", "denied"), side.get("confirmed_by_victim")) for side in (ours, gold))
    yield _equal("confirmed", a, b, number)
    a, b = ("yes" if side.get("claimed_by_actor") else None for side in (ours, gold))
    yield _equal("claimed", a, b, number)


def _equal(field: str, ours: Any, gold: Any, number: int, part: str | None = None) -> Mark:
    a, b = (None if value is None else f"{value:,}" if isinstance(value, int) else str(value) for value in (ours, gold))
    return Mark(field, a, b, ours is not None and ours == gold, number, part)


def _amount(money: Any) -> int | None:
    """A sum in whole units; the currency is not scored."""
    return round(float(money["amount"])) if isinstance(money, dict) and money.get("amount") is not None else None


def _of(known: tuple[str, ...], value: Any) -> Any:
    """The value where it says something; `unknown` and silence do not."""
    return value if value in known else None


def _name(thing: Mapping[str, Any] | None) -> str | None:
    return None if thing is None else str(thing.get("name") or "")
