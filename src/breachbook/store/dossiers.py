"""Dossiers, built in memory from documents, claims and entities: the whole book's, or just what one entity needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from breachbook.model.claim import Claim
from breachbook.model.document import DocumentMeta
from breachbook.model.dossier import Dossier, EntityRef, ReadDocument
from breachbook.model.entity import Entity
from breachbook.model.ids import content_id

MEMBER = "member"
"""The role in which an incident takes part in a campaign."""

ROLES: Mapping[str, str] = {"victim": "victim", "third_party": "third_party", "product": "third_party", "actor": "actor"}
"""The role in which an incident's claim brings in its object, by the claim's property; others take the property's name."""

OWN_CLAIMS_LIMIT = 300
"""A participant with more claims of its own than this (a gang named in thousands of reports) brings into an incident's
`about` only those from the incident's own documents; else every incident of the gang would carry them all."""


class World:
    """Documents with claims, and the entities made of them.

    `readings` names the reading of each document that its claims come from. Entities whose documents are only partly
    here must not be asked for.
    """

    def __init__(self, documents: Iterable[ReadDocument], entities: Iterable[Entity], readings: Mapping[str, str]) -> None:
        self.entities = {entity.id: entity for entity in sorted(entities, key=lambda entity: entity.id)}
        self.documents = tuple(documents)
        self.metas: dict[str, DocumentMeta] = {}
        self._readings = readings
        self._claims: dict[str, list[tuple[int, Claim]]] = defaultdict(list)
        self._entity_of: dict[str, str] = {}
        self._campaigns_of: dict[str, list[str]] = defaultdict(list)
        self._dossiers: dict[str, Dossier] = {}
        self._inputs: dict[str, str] = {}
        self.claims = cache(self._claims_of)
        """The claims that have a mention of the entity as subject or object, in the order of documents and text."""
        self.parts = cache(self._parts_of)
        """Who takes part in an incident, as (entity id, role), in the order of its claims, then its campaigns."""
        self.incidents_of = cache(self._incidents_of)
        """The incidents that a profile's entity takes part in, in the order of its claims."""
        self.own_claims = cache(self._own_claims_of)
        """The claims on the entity itself, in the same order."""
        self._index(self.documents)

    def _index(self, documents: Iterable[ReadDocument]) -> None:
        rank = 0
        for document in documents:
            self.metas[document.meta.id] = document.meta
            for claim in document.claims:
                rank += 1
                self._claims[claim.mention].append((rank, claim))
                if claim.object_mention and claim.object_mention != claim.mention:
                    self._claims[claim.object_mention].append((rank, claim))
        for entity in self.entities.values():
            for mention in entity.mentions:
                if entity.kind == "campaign":
                    self._campaigns_of[mention].append(entity.id)
                else:
                    self._entity_of[mention] = entity.id

    def ref(self, entity_id: str) -> EntityRef:
        """A link to an entity that is here."""
        entity = self.entities[entity_id]
        return EntityRef(entity.id, entity.kind, entity.name)

    def links(self, claims: Iterable[Claim]) -> dict[str, EntityRef]:
        """The entity of every mention that the claims name."""
        named = {mention: None for claim in claims for mention in (claim.mention, claim.object_mention) if mention}
        return {mention: self.ref(self._entity_of[mention]) for mention in named if mention in self._entity_of}

    def _claims_of(self, entity_id: str) -> tuple[Claim, ...]:
        ranked = {rank: claim for mention in self.entities[entity_id].mentions for rank, claim in self._claims.get(mention, ())}
        return tuple(claim for _, claim in sorted(ranked.items()))

    def _own_claims_of(self, entity_id: str) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.claims(entity_id) if self._entity_of.get(claim.mention) == entity_id)

    def _parts_of(self, incident_id: str) -> tuple[tuple[str, str], ...]:
        found: dict[tuple[str, str], None] = {}
        for claim in self.claims(incident_id):
            entity = self._entity_of.get(claim.object_mention or "")
            if entity and entity != incident_id:
                found[entity, ROLES.get(claim.property, claim.property)] = None
        for mention in self.entities[incident_id].mentions:
            for campaign in self._campaigns_of.get(mention, ()):
                found[campaign, MEMBER] = None
        return tuple(found)

    def _incidents_of(self, entity_id: str) -> tuple[str, ...]:
        entity = self.entities[entity_id]
        if entity.kind == "campaign":
            mentions: Iterable[str] = entity.mentions
        else:
            mentions = (claim.mention for claim in self.claims(entity_id) if claim.object_mention)
        found = {self._entity_of[m]: None for m in mentions if m in self._entity_of}
        return tuple(i for i in found if self.entities[i].kind == "incident")

    def dossier(self, entity_id: str) -> Dossier:
        """The dossier of an entity; each is built once."""
        if entity_id not in self._dossiers:
            self._dossiers[entity_id] = self._build(self.entities[entity_id])
        return self._dossiers[entity_id]

    def _build(self, entity: Entity) -> Dossier:
        claims = self.claims(entity.id)
        about: tuple[Claim, ...] = ()
        related: tuple[Dossier, ...] = ()
        campaigns: tuple[EntityRef, ...] = ()
        if entity.kind == "incident":
            about, campaigns = self._about(entity, claims), self._campaigns(entity)
        else:
            related = tuple(self.dossier(incident) for incident in self.incidents_of(entity.id))
        documents = {claim.document: self.metas[claim.document] for claim in (*claims, *about)}
        links = self.links((*claims, *about))
        return Dossier(entity, claims, documents, links, about, related, campaigns)

    def _about(self, incident: Entity, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        """The claims on the incident's victims, suppliers and actors themselves."""
        here = {claim.document for claim in claims}
        about: list[Claim] = []
        for entity, role in dict(self.parts(incident.id)).items():
            if role == MEMBER:
                continue
            own = self.own_claims(entity)
            about += own if len(own) <= OWN_CLAIMS_LIMIT else [c for c in own if c.document in here]
        return tuple(about)

    def _campaigns(self, incident: Entity) -> tuple[EntityRef, ...]:
        found = {campaign: None for mention in incident.mentions for campaign in self._campaigns_of.get(mention, ())}
        return tuple(self.ref(campaign) for campaign in found)

    def inputs(self, entity_id: str, salt: str) -> str:
        """A digest of all that the entity's record is made from; `salt` names the code that makes it.

        A document's claims are a function of its reading, so that naming the readings names every claim.
        """
        if entity_id not in self._inputs:
            self._inputs[entity_id] = self._digest_inputs(entity_id, salt)
        return self._inputs[entity_id]

    def _digest_inputs(self, entity_id: str, salt: str) -> str:
        dossier = self.dossier(entity_id)
        related = [self.inputs(part.entity.id, salt) for part in dossier.related]
        entity = dossier.entity
        return content_id(
            "inp", salt, entity.id, entity.kind, entity.name, entity.mentions, entity.aliases, entity.note, entity.reference_names,
            [self._readings.get(document) for document in dossier.documents],
            sorted((mention, ref.id, ref.name) for mention, ref in dossier.links.items()),
            [(ref.id, ref.name) for ref in dossier.campaigns], related,
        )  # fmt: skip

    def __iter__(self) -> Iterator[Dossier]:
        """All dossiers, in the order of the entities."""
        return (self.dossier(entity_id) for entity_id in self.entities)


def supplies(world: World, entity_id: str) -> bool:
    """Whether an organisation takes part in an incident as a third party."""
    return any((entity_id, "third_party") in world.parts(incident) for incident in world.incidents_of(entity_id))
