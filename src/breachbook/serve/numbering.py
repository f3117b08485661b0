"""The numbers of evidence on a page: each claim has one, in the order in which the page first rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from breachbook.model.record import Evidence, Field, Record


@dataclass(frozen=True, slots=True)
class Numbered:
    """A piece of evidence with its number on the page."""

    number: int
    evidence: Evidence


def field_evidence(fields: Iterable[Field]) -> dict[str, Evidence]:
    """The evidence of fields by claim id, winning values first."""
    found: dict[str, Evidence] = {}
    for item in fields:
        for value in (*item.values, *item.losing):
            for evidence in value.claims:
                found.setdefault(evidence.claim, evidence)
    return found


def claims_in_order(record: Record) -> Iterator[str]:
    """Every claim that the record rests on, in the order in which its page shows them."""
    for sentence in record.summary:
        yield from sentence.claims
    yield from record.status_claims
    yield from field_evidence(record.fields)
    for participation in record.participations:
        yield from participation.claims
    for entry in record.timeline:
        yield from entry.claims
    for gap in record.left_out:
        yield from gap.claims


def numbered(record: Record) -> dict[str, Numbered]:
    """The record's evidence by claim id, numbered from 1."""
    known = {item.claim: item for item in record.evidence} | field_evidence(record.fields)
    order = dict.fromkeys(claim for claim in claims_in_order(record) if claim in known)
    return {claim: Numbered(number, known[claim]) for number, claim in enumerate(order, start=1)}
