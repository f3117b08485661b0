"""The profiles: organisation, supplier, threat actor, campaign. What nobody said stays empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from breachbook.model.dossier import Dossier
from breachbook.model.record import Evidence, Field, Record
from breachbook.publish.campaign import membership, window
from breachbook.publish.fields import make_field
from breachbook.publish.participation import Part, open_views, parts_of, pooled, victims_through, with_evidence
from breachbook.publish.profile_text import actor_text, campaign_text, organisation_text, supplier_text
from breachbook.publish.sources import sources
from breachbook.publish.view import IncidentView, known_names
from breachbook.publish.weighing import Weighed, evidence, folded, weigh

CAMPAIGN_FIELDS = ("victim", "third_party", "product", "cve", "malware", "actor", "attack_type")
"""What a campaign shows out of its incidents."""

ACTOR_FIELDS = ("malware", "cve")
"""What an actor's profile shows out of its incidents, besides the victims."""

REFERENCE = "MISP galaxies"
"""The reference list that knows actors by other names than the book's sources do (`vocab/data/actors_galaxies.json`)."""


@dataclass
class Profile:
    """A profile's dossier, opened at a day (None: today)."""

    dossier: Dossier
    as_of: date | None

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What entities were called by then, where that was not their name of today."""
        found: dict[str, str] = {}
        for dossier in (*self.dossier.related, self.dossier):
            found.update(known_names(dossier, self.as_of))
        return found

    @property
    def name(self) -> str:
        """The entity's own name by then."""
        return self.names.get(self.dossier.entity.id, self.dossier.entity.name)

    @cached_property
    def own(self) -> dict[str, list[Weighed]]:
        """What is said of the entity itself, by property."""
        d = self.dossier
        return weigh(d.claims, d.documents, d.links, frozenset(d.entity.mentions), self.as_of)

    @cached_property
    def views(self) -> list[IncidentView]:
        """Its incidents of which something was known by then."""
        return open_views(self.dossier.related, self.as_of)

    @cached_property
    def parts(self) -> list[Part]:
        """Its part in them, newest first."""
        return parts_of(self.dossier.entity.id, self.views)

    def fields(self) -> dict[str, Field]:
        """Its own fields."""
        made = {name: make_field(name, given, self.names) for name, given in self.own.items()}
        return {name: field for name, field in made.items() if field is not None}

    def aliases(self) -> tuple[str, ...]:
        """Its other names; as of a day, those that had been said by then."""
        entity = self.dossier.entity
        if self.as_of is None:
            return entity.aliases
        said = {folded(str(e.value)) for part in self.parts for e in part.value.claims}
        said |= {folded(str(w.claim.value)) for name in ("alias", "actor_alias") for w in self.own.get(name, ())}
        return tuple(alias for alias in entity.aliases if folded(alias) in said and alias != self.name)

    def said(self) -> Iterator[Weighed]:
        """All that is said of it and of its incidents."""
        for weighed in (self.own, *(view.weighed for view in self.views)):
            for given in weighed.values():
                yield from given

    def rested_on(self, parts: list[Part]) -> list[list[Weighed]]:
        """The claims whose documents are its sources: on itself, and on its part in incidents."""
        cited = {e.claim for part in parts for e in part.value.claims}
        return [*self.own.values(), [w for view in self.views for given in view.weighed.values() for w in given if w.id in cited]]

    def record(self, kind: str, fields: dict[str, Field], parts: list[Part]) -> Record:
        """The record without its text."""
        return Record(
            id=self.dossier.entity.id,
            kind=kind,
            name=self.name,
            as_of=self.as_of.isoformat() if self.as_of else None,
            fields=tuple(fields.values()),
            sources=sources(self.rested_on(parts)),
            participations=tuple(part.participation() for part in parts),
            aliases=self.aliases(),
            note=self.dossier.entity.note,
        )


def organisation(dossier: Dossier, as_of: date | None) -> Record | None:
    """The profile of an organisation: what it is, by whom that is said, and the incidents it takes part in."""
    profile = Profile(dossier, as_of)
    if not profile.own and not profile.parts:
        return None
    return _organisation(profile, "organisation", profile.parts)


def supplier(dossier: Dossier, as_of: date | None) -> Record | None:
    """An organisation in its part as a third party: the incidents through it or its products, and their victims."""
    profile = Profile(dossier, as_of)
    parts = [part for part in profile.parts if part.role == "third_party"]
    return _organisation(profile, "supplier", parts) if parts else None


def _organisation(profile: Profile, kind: str, parts: list[Part]) -> Record:
    fields = profile.fields()
    products = pooled("product", profile.views, profile.names, keep=profile.dossier.entity.id)
    if products:
        fields["product"] = products
    record = profile.record(kind, fields, parts)
    extra: dict[str, object] = {}
    if "domain" in fields and fields["domain"].values:
        extra["primary_url"] = fields["domain"].values[0].display
    if kind == "supplier":
        extra["victims"] = _victims(parts)
    text = supplier_text if kind == "supplier" else organisation_text
    return with_evidence(replace(record, extra=extra, summary=tuple(text(record, fields, parts))), profile.said())


def _victims(parts: list[Part]) -> list[dict[str, object]]:
    """The victims through a supplier or at an actor's hand: who, in which incident, how sure the tie is, and its claims."""
    return [
        {
            "id": victim.entity.id if victim.entity else None,
            "name": victim.display,
            "incident": part.view.dossier.entity.id,
            "status": part.view.status.name,
            "certainty": part.value.certainty,
            "standing": part.value.standing,
            "claims": [e.claim for e in part.value.claims],
        }
        for part in parts
        for victim in part.view.values("victim")
    ]


def actor(dossier: Dossier, as_of: date | None) -> Record | None:
    """The profile of a threat actor: its names in the sources, and the incidents laid at its door, by whom and how surely."""
    profile = Profile(dossier, as_of)
    if not profile.own and not profile.parts:
        return None
    fields = profile.fields()
    if victims := victims_through(profile.parts):
        fields["victim"] = victims
    for name in ACTOR_FIELDS:
        surely = [part.view for part in profile.parts if part.value.certainty in ("stated", "likely")]
        if made := pooled(name, surely, profile.names):
            fields[name] = made
    record = profile.record("actor", fields, profile.parts)
    extra: dict[str, object] = {"called": _called(profile)}
    if profile.dossier.entity.reference_names:
        extra["reference_names"] = {"source": REFERENCE, "names": list(profile.dossier.entity.reference_names)}
    return with_evidence(replace(record, extra=extra, summary=tuple(actor_text(record, fields, profile.parts))), profile.said())


def _called(profile: Profile) -> list[dict[str, object]]:
    """What each source calls an actor: the names in the words of the sources, those of most documents first, with who uses them."""
    found: dict[str, dict[str, Evidence]] = {}
    said = [e for part in profile.parts if part.property == "actor" for e in part.value.claims]
    said += [evidence(w) for w in profile.own.get("actor_alias", ())]
    for e in said:
        if e.property in ("actor", "actor_alias"):
            found.setdefault(str(e.value), {}).setdefault(e.document, e)
    return [
        {
            "name": name,
            "sources": [
                {"document": e.document, "publisher": e.publisher, "title": e.title, "said": e.said, "claim": e.claim}
                for e in sorted(by_document.values(), key=lambda e: (e.said or "", e.document))
            ],
        }
        for name, by_document in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def campaign(dossier: Dossier, as_of: date | None) -> Record | None:
    """The profile of a campaign: its incidents, how surely each belongs to it, the product and vulnerabilities, its window, its actors."""
    profile = Profile(dossier, as_of)
    parts = membership(dossier.entity, profile.views)
    if not parts or (len(parts) == 1 and parts[0].property != "campaign"):
        return None
    made = {name: pooled(name, [part.view for part in parts], profile.names) for name in CAMPAIGN_FIELDS}
    fields = {name: field for name, field in made.items() if field is not None}
    record = profile.record("campaign", fields, parts)
    found = window([part.view for part in parts])
    extra = {"window": found} if found else {}
    return with_evidence(replace(record, extra=extra, summary=tuple(campaign_text(record, fields, parts, found))), profile.said())
