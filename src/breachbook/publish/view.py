"""An incident as known by a day: its weighed claims, its status, its fields. Records, profiles and campaigns are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from breachbook.model.claim import Claim
from breachbook.model.dossier import Dossier, EntityRef
from breachbook.model.record import Field, FieldValue
from breachbook.publish.fields import make_field
from breachbook.publish.status import Status, status_of
from breachbook.publish.weighing import BY_ENTITY, Weighed, folded, known_day, weigh
from breachbook.publish.wording import words
from breachbook.text.display import listed

DATE_PROPERTIES = ("occurred_from", "discovered", "listed", "disclosed")
"""An incident's date in a list is the first of these that is known; lists of the store go by the same order."""

NAMING = BY_ENTITY | {"alias", "actor_alias"}
"""Properties whose value is a name of an entity."""


def known_names(dossier: Dossier, as_of: date | None) -> dict[str, str]:
    """What entities were called by a day, where their name of today had not been said by then; empty for today."""
    if as_of is None:
        return {}
    said: dict[str, dict[str, tuple[str, date]]] = {}
    for claim in (*dossier.claims, *dossier.about):
        entity = _named(claim, dossier.links)
        if entity is None or not isinstance(claim.value, str):
            continue
        day = known_day(claim, dossier.documents[claim.document])
        if day <= as_of:
            forms = said.setdefault(entity.id, {})
            form = folded(claim.value)
            forms[form] = min(forms.get(form, (claim.value, day)), (claim.value, day), key=lambda pair: (pair[1], pair[0]))
    names = {ref.id: ref.name for ref in dossier.links.values()}
    return {
        entity: min(forms.values(), key=lambda pair: (-len(pair[0]), pair[0]))[0]
        for entity, forms in said.items()
        if folded(names[entity]) not in forms
    }


def _named(claim: Claim, links: Mapping[str, EntityRef]) -> EntityRef | None:
    if claim.property not in NAMING:
        return None
    return links.get(claim.object_mention if claim.property in BY_ENTITY and claim.object_mention else claim.mention)


@dataclass
class IncidentView:
    """One incident's dossier, opened at a day (None: today). Everything else is derived on demand, once."""

    dossier: Dossier
    as_of: date | None = None

    @cached_property
    def names(self) -> dict[str, str]:
        """What entities were called by then, where that was not their name of today."""
        return known_names(self.dossier, self.as_of)

    @cached_property
    def weighed(self) -> dict[str, list[Weighed]]:
        """What was said of the incident by then, by property, strongest first."""
        d = self.dossier
        return weigh(d.claims, d.documents, d.links, frozenset(d.entity.mentions), self.as_of)

    @cached_property
    def status(self) -> Status:
        """The status by then."""
        return status_of(self.weighed)

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The incident's own fields by property, in the order in which they are shown."""
        made = {name: make_field(name, given, self.names) for name, given in self.weighed.items()}
        return {name: field for name, field in made.items() if field is not None}

    @property
    def known(self) -> bool:
        """Whether anything was known of it by then."""
        return bool(self.weighed)

    @property
    def ref(self) -> EntityRef:
        """A link to the incident, under its name of that day."""
        return EntityRef(self.dossier.entity.id, "incident", self.name)

    @cached_property
    def name(self) -> str:
        """The name by then: that of today, or made from the victims and the date known then, which the name of today may give away."""
        if self.as_of is None:
            return self.dossier.entity.name
        victims = [v.display for v in self.values("victim")]
        day = self.date
        return ", ".join([_several(victims) or "Unnamed organisation", *([words("disclosed", day)] if day else [])])

    def values(self, property: str) -> tuple[FieldValue, ...]:
        """The values of a field that stand; none when nothing is known."""
        field = self.fields.get(property)
        return field.values if field else ()

    @cached_property
    def date(self) -> str | None:
        """The incident's best partial date; without one, that of its first dated source."""
        for name in DATE_PROPERTIES:
            if self.values(name):
                return str(self.values(name)[0].value)
        return min((w.meta.published for given in self.weighed.values() for w in given if w.meta.published), default=None)

    def of_entity(self, property: str, entity_id: str) -> FieldValue | None:
        """The value of a field that is the given entity."""
        field = self.fields.get(property)
        every = (*field.values, *field.losing) if field else ()
        return next((v for v in every if v.entity is not None and v.entity.id == entity_id), None)


def _several(names: list[str]) -> str:
    return f"{names[0]} and {len(names) - 1} more" if len(names) > 3 else listed(names)
