"""Books of synthetic claims: what reports say, without their texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from breachbook.model.claim import Claim, Speaker, Value
from breachbook.model.document import DocumentMeta
from breachbook.model.dossier import ReadDocument
from breachbook.model.entity import Entity, Resolution
from breachbook.model.ids import content_id
from breachbook.model.judgement import Judgement
from breachbook.resolve.resolver import resolve

NAMED = {"victims": "victim", "third_parties": "third_party"}
ON_ORGANISATION = ("alias", "domain", "country", "region", "sector")


@dataclass
class Report:
    """One document under construction."""

    id: str
    published: str | None
    role: str
    claims: list[Claim] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def local(self, kind: str) -> str:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return f"{kind}:{self.counts[kind]}"

    def claim(self, subject: str, property: str, value: Value, object: str | None = None, certainty: str = "stated") -> None:
        place = len(self.claims)
        speaker = Speaker(self.role)
        self.claims.append(
            Claim(self.id, subject, property, value, str(value), place, place + 1, speaker, certainty, self.published, 0, object)
        )

    def organisation(self, incident: str | None, property: str, told: str | Mapping[str, Any]) -> str:
        facts = {"name": told} if isinstance(told, str) else dict(told)
        local = self.local("organisation")
        if incident is not None:
            self.claim(incident, property, facts["name"], local, facts.get("certainty", "stated"))
        for name in ON_ORGANISATION:
            values = facts.get(name, [])
            for value in [values] if isinstance(values, str) else values:
                self.claim(local, name, value)
        return local

    def incident(self, told: Mapping[str, Any]) -> None:
        local = self.local("incident")
        makers = {}
        for key, value in told.items():
            values = value if isinstance(value, list) else [value]
            for item in values:
                if key in NAMED:
                    made = self.organisation(local, NAMED[key], item)
                    makers[key] = made
                elif key == "actor":
                    self.claim(local, "actor", item, self.local("actor"))
                elif key == "product":
                    self.claim(local, "product", item, makers.get("third_parties") or makers.get("victims"))
                else:
                    self.claim(local, key, item)


@dataclass
class Book:
    """Documents and judgements, and what resolving makes of them."""

    documents: list[ReadDocument] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)

    def report(self, *incidents: Mapping[str, Any], published: str | None = None, role: str = "press", salt: str = "") -> str:
        """Adds a document that tells of incidents; returns its id."""
        sequence = len(self.documents) + 1
        document = content_id("doc", sequence, repr(incidents), published, role, salt)
        report = Report(document, published, role)
        for told in incidents:
            report.incident(told)
        meta = DocumentMeta(document, sequence, "page", None, published, None, None, role, None, "2024-01-01T00:00:00Z")
        self.documents.append(ReadDocument(meta, tuple(report.claims)))
        return document

    def judge(self, left: str, right: str, decision: str, when: str = "2024-01-01T00:00:00Z", undone: str | None = None) -> None:
        """Adds a judgement on two mentions or entities."""
        self.judgements.append(Judgement(left, right, decision, "reviewer", when, "looked into it", None, undone))

    @staticmethod
    def moved(document: ReadDocument, sequence: int) -> ReadDocument:
        """The document, as if it had been added at another place."""
        return replace(document, meta=replace(document.meta, sequence=sequence))

    def resolve(self) -> Resolution:
        """Resolves it."""
        return resolve(self.documents, self.judgements)

    def entities(self, kind: str) -> list[Entity]:
        """The entities of one kind."""
        return [e for e in self.resolve().entities if e.kind == kind]

    def names(self, kind: str) -> list[str]:
        """Their names."""
        return [e.name for e in self.entities(kind)]


@pytest.fixture
def book() -> Book:
    """An empty book."""
    return Book()


@pytest.fixture
def new_book() -> Callable[[], Book]:
    """Makes empty books."""
    return Book


@pytest.fixture(scope="session")
def new_book_session() -> Callable[[], Book]:
    """Makes empty books, for tests that run many times over."""
    return Book
