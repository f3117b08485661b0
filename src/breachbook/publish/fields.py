"""Fields from weighed claims: which values stand, which lost to them, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from breachbook.model.claim import Value
from breachbook.model.dossier import EntityRef
from breachbook.model.record import Field, FieldValue
from breachbook.publish.refining import inexact, more_exact
from breachbook.publish.weighing import Key, Weighed, agree, evidence
from breachbook.publish.wording import standing, words
from breachbook.vocab import precedence, properties, terms

Names = Mapping[str, str]
"""What an entity was called by the day the record is opened at, by its id; others have their name of today."""


@dataclass(slots=True)
class _Position:
    """All weighed claims on one value, those that affirm it and those that deny it, each strongest first."""

    affirming: list[Weighed] = field(default_factory=list)
    denying: list[Weighed] = field(default_factory=list)

    @property
    def every(self) -> list[Weighed]:
        """The winning side first."""
        return self.affirming + self.denying if self.holds else self.denying + self.affirming

    @property
    def holds(self) -> bool:
        """Whether the strongest affirmation outweighs the strongest denial."""
        affirmed, denied = _live(self.affirming), _live(self.denying)
        return affirmed is not None and (denied is None or affirmed.order < denied.order)


def _live(given: Sequence[Weighed]) -> Weighed | None:
    return given[0] if given and given[0].live else None


def make_field(property: str, given: Sequence[Weighed], names: Names | None = None) -> Field | None:
    """The field of a property from its weighed claims (strongest first, as `weigh` gives them); None when there are none."""
    if not given:
        return None
    positions: dict[Key, _Position] = {}
    for weighed in given:
        position = positions.setdefault(weighed.key, _Position())
        (position.denying if weighed.denies else position.affirming).append(weighed)
    maker = _Maker(property, names or {})
    make = maker.many if properties.get(property).many else maker.single
    values, losing = make(list(positions.values()))
    return Field(property, properties.get(property).label, tuple(values), tuple(losing))


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the values of one property."""

    property: str
    names: Names

    def many(self, positions: list[_Position]) -> tuple[list[FieldValue], list[FieldValue]]:
        """Each value that holds; what is denied by a stronger or later word, or was withdrawn, is losing."""
        values, losing = [], []
        for position in positions:
            if position.holds:
                values.append(self._affirmed(position))
            losing += self._denials(position)
        form = properties.get(self.property).value
        if form.startswith("term:"):
            rank = {term: index for index, term in enumerate(terms.terms(form.removeprefix("term:")))}
            values.sort(key=lambda v: rank[str(v.value)])
            losing.sort(key=lambda v: rank[str(v.value)])
        return values, losing

    def single(self, positions: list[_Position]) -> tuple[list[FieldValue], list[FieldValue]]:
        """The one value that wins, with what agrees with it; every other value is losing."""
        losing = [lost for position in positions for lost in self._denials(position)]
        replaced = [p.affirming for p in positions if not p.holds and not p.denying]
        holding = [p.affirming for p in positions if p.holds]
        if not holding:
            return [], losing
        first = min((group[0] for group in holding), key=lambda t: t.order)
        shown = more_exact(first, [t for group in holding for t in group])
        winning = [group for group in holding if agree(group[0], shown)]
        other = [group for group in holding if not agree(group[0], shown)]
        beaten = sorted(other + replaced, key=lambda group: (not group[0].live, group[0].order))
        rest = sorted((t for g in winning for t in g if t.key != shown.key), key=lambda t: (not t.live, t.order))
        claims = [t for g in winning for t in g if t.key == shown.key] + rest
        reason = self._reason_of_winner(first, shown, claims, [g[0] for g in beaten])
        losers = [self._value(group, _why_lost(first, shown, group[0])) for group in beaten]
        return [self._value(claims, reason)], losers + losing

    def _reason_of_winner(self, first: Weighed, shown: Weighed, claims: list[Weighed], beaten: list[Weighed]) -> str:
        if shown.key != first.key:
            return precedence.reason("exact", winner=first.role)
        others = [t for t in beaten if not inexact(t, shown)]
        if others:
            return why(first, others[0])
        return precedence.reason("agree" if len({t.claim.document for t in claims}) > 1 else "alone")

    def _affirmed(self, position: _Position) -> FieldValue:
        best, denial = position.affirming[0], _live(position.denying)
        sources = len({t.claim.document for t in position.affirming})
        if denial is not None:
            reason = precedence.reason("affirmed", winner=best.role, loser=denial.role)
        elif sources > 1:
            reason = precedence.reason("several", count=sources)
        else:
            reason = precedence.reason("single", winner=best.role)
        return self._value(position.affirming, reason)

    def _denials(self, position: _Position) -> list[FieldValue]:
        """The value as denied: with what affirmed it, when the denial holds; alone beside the value, when it does not."""
        if not position.denying:
            return []
        denial = position.denying[0]
        if position.holds:
            return [self._value(position.denying, why(position.affirming[0], denial))]
        withdrawn = position.affirming and all(not t.live for t in position.affirming)
        reason = precedence.reason("withdrawn" if withdrawn else "denied", winner=denial.role)
        return [self._value(position.every, reason)]

    def _value(self, claims: Sequence[Weighed], reason: str) -> FieldValue:
        best = claims[0]
        claim = best.claim
        entity = self._entity(best)
        value: Value = best.key[1] if best.key[0] == "flag" else claim.value
        shown = words(self.property, value, claim.qualifier, claim.unit)
        if entity is not None and best.key[0] == "entity":
            value = shown = entity.name
        return FieldValue(
            value=value,
            display=shown,
            certainty=precedence.limited(self.property, best.role, claim.certainty),
            speaker_role=best.role,
            speaker_name=claim.speaker.name,
            said=claim.said,
            claims=tuple(evidence(t) for t in claims),
            reason=reason,
            qualifier=claim.qualifier,
            unit=claim.unit,
            entity=entity,
            standing=standing(self.property, claims),
        )

    def _entity(self, given: Weighed) -> EntityRef | None:
        entity = given.entity
        if entity is None or entity.id not in self.names:
            return entity
        return replace(entity, name=self.names[entity.id])


def _why_lost(first: Weighed, shown: Weighed, loser: Weighed) -> str:
    if inexact(loser, shown):
        return precedence.reason("inexact")
    return why(first, loser)


def why(winner: Weighed, loser: Weighed) -> str:
    """Why one claim stands before another on the same property: the first step at which they differ, as a sentence."""
    if not loser.live:
        return precedence.reason("replaced")
    for step, left, right in zip(precedence.steps(winner.claim.property), winner.order, loser.order, strict=False):
        if left == right:
            continue
        if step == "certainty":
            return precedence.reason("certainty_stated" if left == precedence.certainty_rank("stated") else "certainty_likely")
        return precedence.reason(step, winner=winner.role, loser=loser.role)
    return precedence.reason("position")
