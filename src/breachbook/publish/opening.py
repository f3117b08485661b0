"""The first sentence of an incident's narrative: to whom it happened, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from breachbook.model.record import Evidence, Field, FieldValue, Sentence
from breachbook.publish.clauses import Clause, attributed, sentence, some, support_of
from breachbook.publish.speakers import Speakers
from breachbook.publish.view import IncidentView
from breachbook.publish.weighing import Weighed, evidence
from breachbook.text.display import listed


def opening(view: IncidentView, speakers: Speakers, countries: Field | None) -> Iterator[Sentence]:
    """The status as a sentence, with the victims and their countries where these are known."""
    victims = _victims(view)
    names, claims = _named(victims, countries)
    make = {"confirmed": _confirmed, "reported": _reported, "alleged": _alleged, "disputed": _disputed, "retracted": _retracted}
    text = make[view.status.name](view, speakers, names, len(victims) > 1)
    yield sentence(text, [*view.status.claims, *claims], as_is=bool(names) and text.startswith(names))


def _victims(view: IncidentView) -> tuple[FieldValue, ...]:
    """The victims; where each is denied to be one, those that were named."""
    field = view.fields.get("victim")
    return (field.values or field.losing) if field else ()


def _named(victims: Sequence[FieldValue], countries: Field | None) -> tuple[str, list[str]]:
    names, claims = [], support_of(victims)
    for victim in victims:
        where = next((c for c in (countries.values if countries else ()) if _same(c, victim)), None)
        names.append(f"{victim.display} ({where.display})" if where else victim.display)
        claims += support_of([where] if where else [])
    return some(names), claims


def _same(country: FieldValue, victim: FieldValue) -> bool:
    return country.entity is not None and victim.entity is not None and country.entity.id == victim.entity.id


def _at(names: str) -> str:
    return f"a cyber incident at {names}" if names else "a cyber incident"


def _roles(makers: Iterable[Weighed], speakers: Speakers) -> str:
    firsts: dict[str, Evidence] = {}
    for w in makers:
        firsts.setdefault(w.role, evidence(w))
    return listed([speakers.who(said) for said in firsts.values()])


def _confirmed(view: IncidentView, speakers: Speakers, names: str, several: bool) -> str:
    makers = view.status.makers
    if names and not several and all(w.role == "victim" for w in makers):
        return f"{names} has confirmed a cyber incident"
    return f"{_at(names)} is confirmed by {_roles(makers, speakers)}"


def _reported(view: IncidentView, speakers: Speakers, names: str, several: bool) -> str:
    said = evidence(view.status.makers[0])
    if said.certainty == "denied":
        return f"{speakers.who(said)} speaks of {_at(names)}"
    if not names:
        return f"{speakers.who(said)} reports a cyber incident"
    verb = "were" if several else "was"
    clause = Clause(f"{names} {verb} hit by a cyber incident", f"{names} may have been hit by a cyber incident")
    return attributed(clause, said, speakers)


def _alleged(view: IncidentView, speakers: Speakers, names: str, several: bool) -> str:
    return f"{speakers.who(evidence(view.status.makers[0]))} claims to have attacked {names or 'an organisation'}"


def _disputed(view: IncidentView, speakers: Speakers, names: str, several: bool) -> str:
    denier = speakers.who(evidence(view.status.makers[0]))
    if not view.status.against:
        return f"{denier} denies {_at(names)}"
    holder = view.status.against[0]
    if holder.role == "threat_actor":
        return f"{speakers.who(evidence(holder))} claims to have attacked {names or 'an organisation'}; {denier} denies it"
    return f"{speakers.who(evidence(holder))} reports {_at(names)}; {denier} denies it"


def _retracted(view: IncidentView, speakers: Speakers, names: str, several: bool) -> str:
    taker = view.status.makers[0]
    if not view.status.against:
        return f"{speakers.who(evidence(taker))} has taken back the report of {_at(names)}"
    holder = view.status.against[0]
    said = f"{speakers.who(evidence(holder))} {'claimed' if holder.role == 'threat_actor' else 'reported'} {_at(names)}"
    if holder.role == taker.role:
        return f"{said}, and has taken it back"
    return f"{said}; {speakers.who(evidence(taker))} says that this does not hold"
