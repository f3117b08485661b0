"""Builders of hand-made claims: a case of documents, what is said in each, and the dossiers that come of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from breachbook.model.claim import Claim, Speaker, Value
from breachbook.model.document import DocumentMeta
from breachbook.model.dossier import Dossier, EntityRef
from breachbook.model.entity import Entity


@dataclass
class Said:
    """A document in which things are said; `says` adds a claim with words of its own."""

    case: Case
    meta: DocumentMeta
    length: int = 0

    def says(
        self, property: str, value: Value, certainty: str = "stated", *, role: str | None = None, name: str | None = None,
        said: str | None = None, revision: int = 0, to: EntityRef | None = None, about: EntityRef | None = None,
        qualifier: str | None = None, unit: str | None = None, words: str | None = None, incident: int = 1,
    ) -> Claim:  # fmt: skip
        original = words or f"{property} {value}"
        start, self.length = self.length, self.length + len(original) + 1
        subject = f"{about.kind}:{about.id}" if about else f"incident:{incident}"
        target = f"{to.kind}:{to.id}" if to else None
        speaker = Speaker(role or self.meta.publisher_role or "press", name)
        claim = Claim(self.meta.id, subject, property, value, original, start, start + len(original), speaker, certainty,
                      said or self.meta.published, revision, target, qualifier, unit)  # fmt: skip
        self.case.claims.append(claim)
        for ref, mention in ((about, claim.mention), (to, claim.object_mention)):
            if ref and mention:
                self.case.links[mention] = ref
        return claim


@dataclass
class Case:
    """Documents and claims; every `incident:1` is the one incident, `incident:2` another."""

    name: str = "The case"
    claims: list[Claim] = field(default_factory=list)
    documents: dict[str, DocumentMeta] = field(default_factory=dict)
    links: dict[str, EntityRef] = field(default_factory=dict)
    campaigns: tuple[EntityRef, ...] = ()

    def document(self, name: str, role: str | None, published: str | None, publisher: str | None = None) -> Said:
        sequence = len(self.documents) + 1
        meta = DocumentMeta(f"doc-{name}", sequence, "page", name.title(), published, f"https://{name}.example/", publisher or name.title(),
                            role, None, "2024-05-01T10:00:00+00:00")  # fmt: skip
        self.documents[meta.id] = meta
        return Said(self, meta)

    def ref(self, kind: str, name: str) -> EntityRef:
        return EntityRef(f"{kind[:3]}-{name.lower().replace(' ', '-')}", kind, name)

    def incident(self, claims: Iterable[Claim] | None = None, number: int = 1) -> Dossier:
        every = list(self.claims if claims is None else claims)
        subject = f"incident:{number}"
        own = [c for c in every if c.subject == subject]
        mentions = tuple(sorted({c.mention for c in own}))
        entity = Entity(f"inc-{number}", "incident", self.name, mentions)
        links = {**self.links, **{m: EntityRef(entity.id, "incident", self.name) for m in mentions}}
        about = tuple(c for c in every if not c.subject.startswith("incident"))
        return Dossier(entity, tuple(own), self.documents, links, about, campaigns=self.campaigns)

    def profile(self, ref: EntityRef, *, incidents: Iterable[int] = (1,), aliases: tuple[str, ...] = ()) -> Dossier:
        mentions = tuple(sorted(mention for mention, linked in self.links.items() if linked.id == ref.id))
        claims = tuple(c for c in self.claims if c.mention in mentions or c.object_mention in mentions)
        related = tuple(d for d in (self.incident(number=n) for n in incidents) if d.claims)
        return Dossier(Entity(ref.id, ref.kind, ref.name, mentions, aliases), claims, self.documents, self.links, related=related)

    def campaign(self, name: str, incidents: Iterable[int]) -> Dossier:
        related = tuple(self.incident(number=n) for n in incidents)
        mentions = tuple(m for d in related for m in d.entity.mentions)
        return Dossier(Entity("cmp-1", "campaign", name, mentions), tuple(self.claims), self.documents, self.links, related=related)


@pytest.fixture(scope="session")
def new_case() -> type[Case]:
    return Case


def durham_case() -> Case:
    """The Durham case as its reports tell it, each claim by hand."""
    case = Case("Durham Region, 20 January 2021")
    region, accellion = case.ref("organisation", "Durham Region"), case.ref("organisation", "Accellion")
    clop = case.ref("actor", "CLOP")
    case.campaigns = (EntityRef("cmp-1", "campaign", "Accellion FTA breach"),)

    listing = case.document("listing", "threat_actor", "2021-03", "CLOP leak site")
    listing.says("victim", "The Regional Municipality of Durham", to=region)
    listing.says("actor", "CLOP", to=clop)
    listing.says("claimed", True)
    listing.says("listed", "2021-03")
    listing.says("data_volume_bytes", 6_500_000_000)
    listing.says("domain", "durham.ca", about=region)

    statement = case.document("statement", "victim", "2021-04-09", "Region of Durham")
    statement.says("victim", "Region of Durham", to=region)
    statement.says("confirmed", True)
    statement.says("discovered", "2021-03-25")
    statement.says("disclosed", "2021-04-09", qualifier="up_to")
    statement.says("attack_type", "third_party")
    statement.says("domain", "durham.ca", about=region)

    radio = case.document("radio", "press", "2021-04", "Lakeshore Radio News")
    radio.says("victim", "Durham Region", to=region)
    radio.says("confirmed", True, role="victim")

    blog = case.document("blog", "researcher", "2021-04", "The Breach Notebook")
    blog.says("victim", "Durham Region", to=region)
    blog.says("third_party", "Accellion", "possible", to=accellion)
    blog.says("actor", "CLOP", "likely", to=clop)
    blog.says("actor", "CLOP", role="threat_actor", name="CLOP", to=clop)
    blog.says("data_volume_bytes", 6_500_000_000, role="threat_actor", name="CLOP")
    blog.says("third_party", "Accellion", to=accellion, revision=1)
    blog.says("campaign", "Accellion FTA breach", revision=1)
    blog.says("data_volume_bytes", 6_500_000_000, revision=1)
    blog.says("data_class", "minors", revision=1)
    blog.says("data_class", "education", revision=1)
    blog.says("country", "CA", about=region)

    paper = case.document("paper", "press", "2021-04-29", "The Uxbridge Lantern")
    paper.says("victim", "Durham Region", to=region)
    paper.says("occurred_from", "2021-03")
    paper.says("notified", "2021-04-26")
    for kind in ("names", "date_of_birth"):
        paper.says("data_class", kind, "possible", role="victim")
    paper.says("data_class", "medical", role="victim")

    finding = case.document("finding", "regulator", "2022-04", "Information and Privacy Commissioner of Ontario")
    finding.says("victim", "Regional Municipality of Durham", to=region)
    finding.says("third_party", "Accellion", to=accellion)
    finding.says("product", "File Transfer Appliance", to=accellion)
    finding.says("occurred_from", "2021-01-20", "likely")
    finding.says("discovered", "2021-03-25")
    finding.says("attack_type", "exploited_vulnerability")
    finding.says("notified", "2021-04")
    return case


@pytest.fixture
def durham() -> Case:
    return durham_case()


@pytest.fixture(scope="session")
def durham_once() -> Case:
    """The same, for tests that only read it."""
    return durham_case()
