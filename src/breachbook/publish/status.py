"""The status of an incident: alleged, reported, confirmed, disputed or retracted, with the claims that make it so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from breachbook.publish.weighing import Weighed
from breachbook.vocab import precedence, properties

ByProperty = Mapping[str, Sequence[Weighed]]
"""Weighed claims by property, strongest first."""

NOT_EVENTS = frozenset(
    {"victim", "third_party", "product", "campaign", "actor", "actor_kind", "listed", "disclosed", "claimed", "retracted"}
)
"""Properties that can be stated without saying that the incident happened: a listing, a denial and a rumour name victim and actor too."""

AUTHORITIES = frozenset({"reviewer", "regulator"})
"""Speakers whose plain statement confirms an incident whatever its victim says."""

RETRACTS_FOR_OTHERS = frozenset({"reviewer", "regulator", "researcher", "press"})
"""Speakers who can withdraw what others of no higher rank said (a finding that the data is old, a correction); the rest only their own."""

MOST_CLAIMS = 6
"""Claims cited for a status; the fields have the rest."""


@dataclass(frozen=True, slots=True)
class Status:
    """A term of the vocabulary `status`, the claims that make it (those on the other side of a dispute after them)."""

    name: str
    makers: tuple[Weighed, ...]
    against: tuple[Weighed, ...] = ()

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of all its claims."""
        return tuple(dict.fromkeys(w.id for w in (*self.makers, *self.against)))


def status_of(by_property: ByProperty) -> Status:
    """The status that the claims make.

    A retraction takes down what was said by that day by speakers of no higher rank; when nothing else is left, the incident is
    `retracted`. Else a plain statement of an authority confirms; a victim's denial that its later words do not lift disputes;
    a plain statement of the victim confirms; and what remains is `alleged` when only the attacker says so, or `reported`.
    """
    retractions = [w for w in _live(by_property.get("retracted", ())) if w.key[1] is True and w.claim.certainty == "stated"]
    said = [w for name, given in by_property.items() if name != "retracted" for w in _live(given) if not _denial(w)]
    held = [w for w in said if not any(_takes_down(r, w) for r in retractions)]
    if retractions and not any(_holds(w) for w in held):
        return _status("retracted", retractions, said)
    plain = [w for w in held if w.claim.certainty == "stated"]
    if by_authority := [w for w in plain if w.role in AUTHORITIES and (_event(w) or w.claim.property == "victim")]:
        return _status("confirmed", by_authority + [w for w in plain if w.role == "victim" and _event(w)])
    if denials := _standing_denials(by_property.get("confirmed", ())):
        return _status("disputed", denials, [w for w in held if w.role != "victim" and _holds(w)])
    if by_victim := [w for w in plain if w.role == "victim" and _holds(w)]:
        return _status("confirmed", by_victim)
    others = [w for w in held if w.role != "threat_actor" and _holds(w)]
    by_actor = [w for w in held if w.role == "threat_actor"]
    if others or not by_actor:
        every = [w for given in by_property.values() for w in _live(given)]
        return _status("reported", others or held or every)
    return _status("alleged", by_actor)


def _live(given: Iterable[Weighed]) -> list[Weighed]:
    return [w for w in given if w.live]


def _denial(w: Weighed) -> bool:
    return w.claim.certainty == "denied" or w.key[:2] == ("flag", False)


def _event(w: Weighed) -> bool:
    return w.claim.property not in NOT_EVENTS


def _holds(w: Weighed) -> bool:
    """Whether the claim says that there was an incident, or whose."""
    return _event(w) or w.claim.property == "victim"


def _rank(w: Weighed) -> int:
    return precedence.speaker_rank("retracted", w.role)


def _takes_down(retraction: Weighed, w: Weighed) -> bool:
    if retraction.day < w.day:
        return False
    return retraction.role == w.role or (retraction.role in RETRACTS_FOR_OTHERS and _rank(retraction) <= _rank(w))


def _standing_denials(confirmed: Sequence[Weighed]) -> list[Weighed]:
    """The victim's denials, when its strongest word on the matter is one."""
    own = [w for w in _live(confirmed) if w.role in ("victim", "reviewer")]
    return [w for w in own if _denial(w)] if own and _denial(own[0]) else []


def _status(name: str, makers: Iterable[Weighed], against: Iterable[Weighed] = ()) -> Status:
    return Status(name, _telling(makers), _telling(against))


def _telling(given: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """The claims that tell most: on confirming and claiming first, then by speaker, then in the order of the properties."""
    rank = {name: index for index, name in enumerate(("confirmed", "claimed", "retracted", *properties.properties()))}
    return tuple(sorted(given, key=lambda w: (rank[w.claim.property] > 2, _rank(w), rank[w.claim.property], w.order))[:MOST_CLAIMS])
