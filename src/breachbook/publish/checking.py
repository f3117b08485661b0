"""The gate before anything is published: every value, sentence and entry rests on claims, and every claim has its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from breachbook.errors import ModelError
from breachbook.model.record import Evidence, Record


def check(record: Record) -> Record:
    """The record itself, when all of it is backed.

    Raises:
        ModelError: a value, sentence or entry has no claim, cites one that the record does not show, or a claim has no words.
    """
    known = {e.claim for e in _evidence(record)}
    for e in _evidence(record):
        if not e.words:
            raise ModelError("a claim has no words", subject=record.id, property=e.property)
    for field in record.fields:
        for value in (*field.values, *field.losing):
            if not value.claims:
                raise ModelError(f"the value {value.display!r} has no claim", subject=record.id, property=field.property)
            if not value.display:
                raise ModelError("a value has no words", subject=record.id, property=field.property)
    for what, text, claims in _cited(record):
        if not text:
            raise ModelError(f"an entry of the {what} is empty", subject=record.id, property=what)
        if not claims:
            raise ModelError(f"{text!r} has no claim", subject=record.id, property=what)
        if not known.issuperset(claims):
            raise ModelError(f"{text!r} rests on a claim that the record does not show", subject=record.id, property=what)
    return record


def _evidence(record: Record) -> Iterator[Evidence]:
    yield from record.evidence
    for field in record.fields:
        for value in (*field.values, *field.losing):
            yield from value.claims


def _cited(record: Record) -> Iterator[tuple[str, str, Iterable[str]]]:
    """What the record says outside of its fields, as (part, text, claims)."""
    if record.status is not None:
        yield "status", record.status, record.status_claims
    for sentence in record.summary:
        yield "summary", sentence.text, sentence.claims
    for entry in record.timeline:
        yield "timeline", entry.text, entry.claims
    for gap in record.left_out:
        yield "left_out", gap.display, gap.claims
    for part in record.participations:
        yield "participations", part.incident.name, part.claims
    for victim in record.extra.get("victims", ()):
        yield "extra", victim["name"], victim["claims"]
    if "window" in record.extra:
        yield "extra", record.extra["window"]["display"], record.extra["window"]["claims"]
