"""A value in words, by the form of its property; and on whose word it stands."""

from __future__ import annotations

from collections.abc import Iterable

from breachbook.model.claim import Value
from breachbook.publish.weighing import Weighed
from breachbook.text import display
from breachbook.vocab import precedence, properties, terms
from breachbook.vocab.data_files import toml_file

LONGEST_TEXT = 600
"""Characters of a text in words: a long sentence of description, and an end to names that have none. The value itself is whole."""

LONGEST_STANDING = 4
"""Parts that a standing names; a value said in a hundred places needs no more."""


def words(property: str, value: Value, qualifier: str | None = None, unit: str | None = None) -> str:
    """A value of a property for people."""
    form = properties.get(property).value
    if isinstance(value, bool):
        return display.flag(value)
    if isinstance(value, int):
        return _number(form, value, qualifier, unit)
    if form == "date":
        return display.date(value, qualifier)
    if form == "country":
        return display.country(value)
    if form == "sector" or form.startswith("term:"):
        return terms.label(form.removeprefix("term:"), value)
    text = " ".join(value.split()) or value
    shown = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    return display.defanged(shown) if property == "domain" else shown


def _number(form: str, value: int, qualifier: str | None, unit: str | None) -> str:
    if form == "bytes":
        return display.size(value, qualifier)
    return display.money(value, unit, qualifier) if form == "money" else display.count(value, qualifier)


def standing(property: str, given: Iterable[Weighed]) -> str:
    """On whose word a value stands, strongest first: `confirmed by a regulator and the victim, claimed by the attacker`."""
    speakers: dict[str, list[str]] = {}
    pairs = list(dict.fromkeys((w.role, w.claim.certainty) for w in given if w.live))
    for role, certainty in pairs[:LONGEST_STANDING]:
        speakers.setdefault(_phrase(property, role, certainty), []).append(precedence.words(role))
    return ", ".join(phrase.format(who=display.listed(who)) for phrase, who in speakers.items())


def _phrase(property: str, role: str, certainty: str) -> str:
    """How one speaker stands behind a value; only an incident can be confirmed, a country is just stated."""
    table = toml_file("phrases.toml")["standing"]
    own, by_role = table.get(property, {}).get(role, {}), table.get(role, {})
    if properties.get(property).subject != "incident" and role != "threat_actor":
        by_role = {}
    phrase: str = own.get(certainty) or by_role.get(certainty) or table[certainty]
    return phrase
