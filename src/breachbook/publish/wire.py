"""Records as plain data for JSON, and back. The format is described in docs/record.md."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from breachbook.model.dossier import EntityRef
from breachbook.model.record import (
    Evidence,
    Field,
    FieldValue,
    LeftOut,
    Participation,
    Record,
    Sentence,
    Source,
    TimelineEntry,
)


def to_json(record: Record) -> dict[str, Any]:
    """The record as plain data (dicts, lists, text, numbers, true, false, null), keys always in the same order.

    `fields` is an object by property name, in the order in which they are shown; everything else is as in `model.record`.
    """
    made: dict[str, Any] = _plain(record)
    made["fields"] = {field["property"]: field for field in made["fields"]}
    return made


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


def _plain(thing: Any) -> Any:
    if thing is None or isinstance(thing, (str, int, float)):
        return thing
    if isinstance(thing, (list, tuple)):
        return [_plain(item) for item in thing]
    if isinstance(thing, dict):
        return {str(key): _plain(value) for key, value in thing.items()}
    kind: type[Any] = type(thing)
    if is_dataclass(kind):
        return {name: _plain(getattr(thing, name)) for name in _names(kind)}
    raise TypeError(f"{kind.__name__} has no place in a record")


def from_json(data: dict[str, Any]) -> Record:
    """The record that `to_json` made the data from.

    Raises:
        KeyError, TypeError: the data is not of that form.
    """
    return Record(
        **{
            **data,
            "fields": tuple(_field(f) for f in data["fields"].values()),
            "summary": tuple(Sentence(s["text"], tuple(s["claims"])) for s in data["summary"]),
            "status_claims": tuple(data["status_claims"]),
            "timeline": tuple(TimelineEntry(**_claims(t)) for t in data["timeline"]),
            "sources": tuple(Source(**s) for s in data["sources"]),
            "left_out": tuple(LeftOut(**_claims(m)) for m in data["left_out"]),
            "participations": tuple(
                Participation(**{**_claims(p), "incident": EntityRef(**p["incident"])}) for p in data["participations"]
            ),
            "campaigns": tuple(EntityRef(**c) for c in data["campaigns"]),
            "aliases": tuple(data["aliases"]),
            "evidence": tuple(Evidence(**e) for e in data["evidence"]),
        }
    )


def _claims(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "claims": tuple(data["claims"])}


def _field(data: dict[str, Any]) -> Field:
    return Field(data["property"], data["label"], tuple(map(_value, data["values"])), tuple(map(_value, data["losing"])))


def _value(data: dict[str, Any]) -> FieldValue:
    entity = EntityRef(**data["entity"]) if data["entity"] else None
    return FieldValue(**{**data, "claims": tuple(Evidence(**e) for e in data["claims"]), "entity": entity})
