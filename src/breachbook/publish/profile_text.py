"""The sentences of profiles: what an entity is, quoted and cited; where it is; its part in incidents, by how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from breachbook.model.record import Field, FieldValue, Record, Sentence
from breachbook.publish.clauses import sentence, some, support, support_of
from breachbook.publish.participation import Part
from breachbook.text.display import in_country
from breachbook.vocab import precedence

MOST_QUOTED = 4
"""Descriptions quoted in a profile; the field has all."""

Fields = Mapping[str, Field]


def organisation_text(record: Record, fields: Fields, parts: Sequence[Part]) -> Iterator[Sentence]:
    """What it is, where, in which sector; then its part in incidents."""
    yield from _quoted(fields)
    yield from _place(record.name, fields)
    yield from _counted(record.name, [p for p in parts if p.role == "victim"], "named as a victim in")
    yield from _counted(record.name, [p for p in parts if p.role == "third_party"], "named as the third party in")


def supplier_text(record: Record, fields: Fields, parts: Sequence[Part]) -> Iterator[Sentence]:
    """The incidents through it or its products, by how sure that is."""
    yield from _quoted(fields)
    yield from _counted(record.name, parts, "named as the third party in")
    if "product" in fields and fields["product"].values:
        products = fields["product"].values
        yield sentence(f"{some([p.display for p in products])} {'is' if len(products) == 1 else 'are'} named as the product",
                       support_of(products), as_is=True)  # fmt: skip


def actor_text(record: Record, fields: Fields, parts: Sequence[Part]) -> Iterator[Sentence]:
    """The incidents laid at its door, by whose word and how surely."""
    claimed = [p for p in parts if _own_word(p)]
    others = [p for p in parts if not _own_word(p)]
    yield from _counted(record.name, others, "named as the attacker in")
    if claimed:
        also = "also claims" if others else "claims"
        yield sentence(
            f"{record.name} {also} {_incidents(claimed)}, by its own word alone: {_names(claimed)}", _claims(claimed), as_is=True
        )


def _own_word(part: Part) -> bool:
    """Whether only the attacker says that it was at work."""
    return all(e.speaker_role == "threat_actor" for e in part.value.claims)


def campaign_text(record: Record, fields: Fields, parts: Sequence[Part], found: Mapping[str, Any] | None) -> Iterator[Sentence]:
    """How many incidents, through what, when, and who is behind it."""
    counts = _by_certainty(parts)
    verb = "belongs" if len(parts) == 1 else "belong"
    yield sentence(f"{_incidents(parts)} {verb} to the {record.name}{counts}", _claims(parts))
    for name, one, more in (("product", "the product is", "the products are"), ("cve", "the vulnerability is", "the vulnerabilities are"),
                            ("third_party", "the third party is", "the third parties are")):  # fmt: skip
        values = _sure(fields.get(name))
        if values:
            yield sentence(f"{one if len(values) == 1 else more} {some([v.display for v in values])}", support_of(values))
    if found:
        span = f"between {found['display'].replace(' to ', ' and ')}" if found["from"] != found["to"] else found["display"]
        yield sentence(f"first access in its incidents is dated {span}", found["claims"])
    for value in fields["actor"].values if "actor" in fields else ():
        yield sentence(f"{value.display} is named as an attacker, {value.standing}", [e.claim for e in value.claims], as_is=True)


def _sure(field: Field | None) -> list[FieldValue]:
    """The values that somebody states; what is only likely or possible is left to the fields."""
    return [v for v in field.values if v.certainty == "stated"] if field else []


def _quoted(fields: Fields) -> Iterator[Sentence]:
    for value in (fields["description"].values if "description" in fields else ())[:MOST_QUOTED]:
        by = value.claims[0].publisher or precedence.words(value.speaker_role)
        yield Sentence(f"“{value.display.rstrip('.')}” ({by}).", tuple(support(value)))


def _place(name: str, fields: Fields) -> Iterator[Sentence]:
    region, country, sector = ((fields[p].values[:1] if p in fields else ()) for p in ("region", "country", "sector"))
    where = [*region, *country]
    places = list(dict.fromkeys([*(v.display for v in region), *(in_country(str(v.value)) for v in country)]))
    parts = [f"{name} is {_hedge(where)}in {', '.join(places)}"] if where else []
    if sector:
        owner = "its sector" if where else f"the sector of {name}"
        parts.append(f"{owner} is {_hedge(sector)}{sector[0].display.lower()}")
    if parts:
        yield sentence("; ".join(parts), support_of([*where, *sector]), as_is=bool(where))


def _hedge(values: Sequence[FieldValue]) -> str:
    """`probably ` or `possibly `, by the least sure of the values."""
    weakest = max((v.certainty for v in values), key=precedence.certainty_rank)
    return {"likely": "probably ", "possible": "possibly "}.get(weakest, "")


def _counted(name: str, parts: Sequence[Part], verb: str) -> Iterator[Sentence]:
    told = [p for p in parts if p.value.certainty != "denied"]
    if told:
        yield sentence(f"{name} is {verb} {_incidents(told)}{_by_certainty(told)}: {_names(told)}", _claims(told), as_is=True)


def _incidents(parts: Sequence[Part]) -> str:
    return "1 incident" if len(parts) == 1 else f"{len(parts):,} incidents"


def _by_certainty(parts: Sequence[Part]) -> str:
    """` (3 stated, 1 likely)`, or ` (likely)`, where not all are stated."""
    counts = {c: sum(p.value.certainty == c for p in parts) for c in ("stated", "likely", "possible")}
    if counts["stated"] == len(parts):
        return ""
    if len(parts) == 1:
        return f" ({parts[0].value.certainty})"
    return f" ({', '.join(f'{n} {c}' for c, n in counts.items() if n)})"


def _names(parts: Sequence[Part]) -> str:
    return some([f"{p.view.name} ({p.view.status.name})" for p in parts])


def _claims(parts: Sequence[Part]) -> list[str]:
    return [e.claim for p in parts for e in p.value.claims]
