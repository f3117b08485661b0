"""How an entity takes part in incidents: in which role, how sure that is, by which claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from breachbook.model.dossier import Dossier
from breachbook.model.record import Evidence, Field, FieldValue, Participation, Record
from breachbook.publish.fields import make_field
from breachbook.publish.view import IncidentView
from breachbook.publish.weighing import Weighed, evidence, ordered
from breachbook.text.partial_dates import latest
from breachbook.vocab import precedence

ROLES = {"victim": "victim", "third_party": "third_party", "product": "third_party", "actor": "actor"}
"""The role that a property of an incident gives to the entity it names; whose product was exploited is a third party."""


@dataclass(frozen=True, slots=True)
class Part:
    """An incident in which an entity has a role, the property that says so, and the value that is the entity."""

    view: IncidentView
    role: str
    property: str
    value: FieldValue

    def participation(self) -> Participation:
        """As a record shows it."""
        v = self.view
        claims = tuple(e.claim for e in self.value.claims)
        return Participation(v.ref, self.role, self.value.certainty, v.status.name, v.date, claims)


def parts_of(entity_id: str, views: Iterable[IncidentView]) -> list[Part]:
    """The parts that an entity has, newest incident first; one for each incident and role."""
    found: dict[tuple[str, str], Part] = {}
    for view in views:
        for property, role in ROLES.items():
            value = view.of_entity(property, entity_id)
            if value is not None:
                found.setdefault((view.dossier.entity.id, role), Part(view, role, property, value))
    return sorted(found.values(), key=newest_first)


def newest_first(part: Part) -> tuple[object, ...]:
    """The place of a part in a list: by its incident's date, undated ones last."""
    day = part.view.date
    return -latest(day).toordinal() if day else 0, part.view.dossier.entity.id, part.role


def pooled(property: str, views: Sequence[IncidentView], names: Mapping[str, str], keep: str | None = None) -> Field | None:
    """One field out of what is said in several incidents; denials are left to the incidents' own records.

    Args:
        property: a property of incidents that can have many values.
        views: the incidents.
        names: what entities were called by the day of the record.
        keep: only values of this entity (the products of one supplier).
    """
    said: list[Weighed] = []
    for view in views:
        standing = {e.claim for value in view.values(property) for e in value.claims}
        said += [w for w in view.weighed.get(property, ()) if w.id in standing and (keep is None or (w.entity and w.entity.id == keep))]
    return make_field(property, ordered(property, said), names)


def victims_through(parts: Sequence[Part]) -> Field | None:
    """The victims of the incidents in which an entity takes part, each no surer than its part in them is."""
    values: dict[str, FieldValue] = {}
    for part in parts:
        if part.value.certainty == "denied":
            continue
        for victim in part.view.values("victim"):
            key = victim.entity.id if victim.entity else victim.display
            values[key] = _joined(values.get(key), _through(victim, part))
    return Field("victim", "Victim", tuple(values.values())) if values else None


def _through(victim: FieldValue, part: Part) -> FieldValue:
    part_is_weaker = precedence.certainty_rank(part.value.certainty) >= precedence.certainty_rank(victim.certainty)
    weaker, other = (part.value, victim) if part_is_weaker else (victim, part.value)
    return replace(
        victim,
        certainty=weaker.certainty,
        speaker_role=weaker.speaker_role,
        speaker_name=weaker.speaker_name,
        said=weaker.said,
        claims=(*weaker.claims, *other.claims),
        standing=weaker.standing,
        reason=weaker.reason,
    )


def _joined(one: FieldValue | None, other: FieldValue) -> FieldValue:
    """The surer of two values of one victim, with the claims of both."""
    if one is None:
        return other
    first, second = sorted((one, other), key=lambda v: precedence.certainty_rank(v.certainty))
    claims = {e.claim: e for e in (*first.claims, *second.claims)}
    return replace(first, claims=tuple(claims.values()))


def cited_ids(record: Record) -> list[str]:
    """Every claim id that a record cites outside of its fields, in the order in which it does."""
    ids = [*record.status_claims]
    for cited in (record.summary, record.timeline, record.left_out, record.participations):
        ids += [claim for item in cited for claim in item.claims]
    ids += list(record.extra.get("window", {}).get("claims", ()))
    ids += [claim for victim in record.extra.get("victims", ()) for claim in victim["claims"]]
    return list(dict.fromkeys(ids))


def with_evidence(record: Record, said: Iterable[Weighed]) -> Record:
    """The record with the words of every claim that it cites and that stands in none of its fields."""
    shown = {e.claim for f in record.fields for v in (*f.values, *f.losing) for e in v.claims}
    pool = {w.id: w for w in said}
    extra: list[Evidence] = [evidence(pool[claim]) for claim in cited_ids(record) if claim not in shown and claim in pool]
    return replace(record, evidence=tuple(extra))


def open_views(dossiers: Iterable[Dossier], as_of: date | None) -> list[IncidentView]:
    """The incidents of which something was known by a day."""
    return [view for view in (IncidentView(dossier, as_of) for dossier in dossiers) if view.known]
