"""The report record with a quote for every value, as a JSON schema made from the vocabularies.

Only what all endpoints know of JSON Schema is used: every field required, nothing additional, null where unknown.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from breachbook.extract.report_record import DATES, LISTS
from breachbook.vocab import properties, terms

Schema = dict[str, Any]

ORGANISATION_FACTS = ("domain", "country", "sector")
"""Facts of a victim in a report record, by property."""
COUNTS = ("people_affected", "records_affected")
SAID = {"confirmed_by_victim": ("yes", "denied"), "claimed_by_actor": ("yes",)}
"""Fields on who says that it happened, with what may be said; silence is null."""
PAID = ("yes", "no")

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}


def _object(**fields: Schema) -> Schema:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _quoted(value: Schema) -> Schema:
    return _object(value=value, quote=TEXT)


def _one_of(values: tuple[str, ...]) -> Schema:
    return {"type": "string", "enum": list(values)}


def value_schema(property: str) -> Schema:
    """The form of a property's value.

    Raises:
        VocabularyError: there is no such property.
    """
    form = properties.get(property).value
    if form.startswith("term:"):
        return _one_of(terms.terms(form.removeprefix("term:")))
    if form == "sector":
        return _one_of(terms.terms("sector"))
    return NUMBER if form in ("count", "bytes", "money") else TEXT


def _incident() -> Schema:
    facts = {name: _or_null(_quoted(value_schema(name))) for name in ORGANISATION_FACTS}
    victim = _object(name=TEXT, quote=TEXT, aliases=_list(_quoted(TEXT)), **facts)
    party = _object(name=TEXT, quote=TEXT, product=_or_null(_quoted(TEXT)))
    count = _object(value=NUMBER, qualifier=_one_of(terms.terms("qualifier")), quote=TEXT)
    money = _object(amount=NUMBER, currency=TEXT, quote=TEXT)
    return _object(
        victims=_list(victim),
        third_parties=_list(party),
        **{field: _list(_quoted(value_schema(property))) for field, property in LISTS.items()},
        actor_kind=_or_null(_quoted(value_schema("actor_kind"))),
        dates=_object(**{name: _or_null(_quoted(TEXT)) for name in DATES}),
        **{name: _or_null(count) for name in COUNTS},
        data_volume_bytes=_or_null(_quoted(NUMBER)),
        data_classes=_list(_quoted(value_schema("data_class"))),
        data_classes_denied=_list(_quoted(value_schema("data_class"))),
        ransom=_object(demanded=_or_null(money), paid=_or_null(_quoted(_one_of(PAID))), paid_amount=_or_null(money)),
        **{name: _or_null(_quoted(_one_of(values))) for name, values in SAID.items()},
    )


@cache
def answer_schema() -> Schema:
    """The form of an answer; do not change what it returns."""
    return _object(relevant={"type": "boolean"}, incidents=_list(_incident()), background_victims=_list(_quoted(TEXT)))
