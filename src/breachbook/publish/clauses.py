"""Building blocks of sentences: a clause with its speaker and its hedge, and the sentence with its claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from breachbook.model.record import Evidence, FieldValue, Sentence
from breachbook.publish.speakers import Speakers
from breachbook.text.display import listed

AND_MORE = 3
"""Names that a sentence lists before it says how many more there are."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What is said, as a fact (`ransomware was used`) and as a possibility (`ransomware may have been used`)."""

    fact: str
    possibility: str


def was(subject: str, predicate: str, *, plural: bool = False) -> Clause:
    """`X was PREDICATE`, `X may have been PREDICATE`."""
    return Clause(f"{subject} {'were' if plural else 'was'} {predicate}", f"{subject} may have been {predicate}")


def attributed(clause: Clause, said: Evidence, speakers: Speakers) -> str:
    """The clause with who says it and how sure: what is possible is never said as a fact."""
    who = speakers.who(said)
    possible = said.certainty == "possible"
    if said.speaker_role == "threat_actor":
        return f"{who} claims that {clause.possibility if possible else clause.fact}"
    if said.certainty == "likely":
        return f"{who} calls it likely that {clause.fact}"
    return f"{clause.possibility if possible else clause.fact}, according to {who}"


def sentence(text: str, claims: Iterable[str], *, as_is: bool = False) -> Sentence:
    """A sentence with its full stop; its first letter is made a capital unless it begins with a name (`as_is`)."""
    start = text[:1] if as_is else text[:1].upper()
    return Sentence(start + text[1:] + ("" if text.endswith((".", "!", "?")) else "."), tuple(dict.fromkeys(claims)))


def support(value: FieldValue) -> list[str]:
    """The claims that say a value as surely as its strongest claim does, which is how a sentence says it."""
    return [e.claim for e in value.claims if e.certainty == value.claims[0].certainty]


def support_of(values: Iterable[FieldValue]) -> list[str]:
    """The claims behind several values."""
    return [claim for value in values for claim in support(value)]


def by_saying(values: Iterable[FieldValue], speakers: Speakers) -> list[list[FieldValue]]:
    """Values in groups of one speaker and one certainty, so that one sentence can say all of a group."""
    groups: dict[tuple[str, str | None, str], list[FieldValue]] = {}
    for value in values:
        best = value.claims[0]
        groups.setdefault((best.speaker_role, speakers.name(best), best.certainty), []).append(value)
    return list(groups.values())


def some(names: Sequence[str], what: str = "others") -> str:
    """The first names, and how many more there are."""
    if len(names) <= AND_MORE + 1:
        return listed(names)
    return f"{', '.join(names[:AND_MORE])} and {len(names) - AND_MORE:,} {what}"


def when(value: FieldValue) -> str:
    """A date with its preposition: `on 20 January 2021`, `in January 2021`, `by 9 April 2021`, `on or about 20 January 2021`."""
    exact = len(str(value.value)) == len("2021-01-20")
    preposition = "on" if exact else "in"
    if value.qualifier == "up_to":
        return value.display
    if value.qualifier == "about":
        return f"{preposition} or {value.display}"
    if value.qualifier == "at_least":
        return f"{preposition} {value.display.removesuffix(' or later')} or later"
    return f"{preposition} {value.display}"
