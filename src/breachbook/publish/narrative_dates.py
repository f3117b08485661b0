"""The sentences on dates: first and last access, discovery, listing, disclosure, notice; with the dates that contradict them."""

from __future__ import annotations

from collections.abc import Iterator

from breachbook.model.record import FieldValue, Sentence
from breachbook.publish.clauses import Clause, attributed, by_saying, sentence, support, support_of, when
from breachbook.publish.speakers import Speakers
from breachbook.publish.view import IncidentView
from breachbook.text.display import listed
from breachbook.vocab import precedence

CLAUSES = {
    "discovered": ("the victim became aware of it {}", "the victim may have become aware of it {}"),
    "listed": ("it was listed on a leak site {}", "it may have been listed on a leak site {}"),
    "disclosed": ("it became public {}", "it may have become public {}"),
    "notified": ("the people affected or the authorities were told {}", "the people affected or the authorities may have been told {}"),
}
"""How each date is said, as a fact and as a possibility."""

INEXACT = precedence.reason("inexact")
"""The reason of a losing value that does not contradict the one shown."""


def date_sentences(view: IncidentView, speakers: Speakers) -> Iterator[Sentence]:
    """First access with its contradictions, then the other dates in the order in which they happen."""
    yield from _access(view, speakers)
    found = {view.values(name)[0].claims[0].claim: name for name in CLAUSES if view.values(name)}
    for group in by_saying([view.values(name)[0] for name in found.values()], speakers):
        clauses = [_clause(found[value.claims[0].claim], value) for value in group]
        if group[0].claims[0].speaker_role == "threat_actor" and [found[v.claims[0].claim] for v in group] == ["listed"]:
            who = speakers.who(group[0].claims[0])
            yield sentence(f"{who} listed it on a leak site {when(group[0])}", support_of(group))
            continue
        both = Clause(listed([c.fact for c in clauses]), listed([c.possibility for c in clauses]))
        others, claims = _contradictions([lost for v in group for lost in view.fields[found[v.claims[0].claim]].losing], speakers)
        yield sentence(attributed(both, group[0].claims[0], speakers) + others, [*support_of(group), *claims])


def _clause(name: str, value: FieldValue) -> Clause:
    fact, possibility = CLAUSES[name]
    return Clause(fact.format(when(value)), possibility.format(when(value)))


def _access(view: IncidentView, speakers: Speakers) -> Iterator[Sentence]:
    for name, verb in (("occurred_from", "first access was"), ("occurred_to", "the last access was")):
        for value in view.values(name):
            clause = Clause(f"{verb} {when(value)}", f"{verb[:-3]}may have been {when(value)}")
            others, claims = _contradictions(list(view.fields[name].losing), speakers)
            yield sentence(attributed(clause, value.claims[0], speakers) + others, [*support(value), *claims])


def _contradictions(losing: list[FieldValue], speakers: Speakers) -> tuple[str, list[str]]:
    """`; the press (Lantern) says March 2021`, for each date that cannot be true beside the one shown."""
    real = [v for v in losing if v.certainty != "denied" and v.reason != INEXACT and v.claims[0].certainty != "denied"]
    texts = [f"{speakers.who(v.claims[0])} {_says(v)} {v.display}" for v in real]
    return "".join(f"; {text}" for text in texts), support_of(real)


def _says(value: FieldValue) -> str:
    certainty = value.claims[0].certainty
    if value.claims[0].speaker_role == "threat_actor":
        return "claims"
    return {"likely": "calls likely", "possible": "calls possible"}.get(certainty, "says")
