"""A small book in memory: what pages show of it is known to the last word, and every call to it is counted."""

from __future__ import annotations

import asyncio
import dataclasses
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import httpx
import pytest

from breachbook.errors import NotFoundError, StoreError
from breachbook.model.claim import Claim, Speaker
from breachbook.model.document import Document, DocumentMeta, Passage
from breachbook.model.dossier import DocumentPage, EntityRef
from breachbook.model.listing import LISTS, Filters, Listing, RefusedRow, Row
from breachbook.model.record import Evidence, Field, FieldValue, LeftOut, Participation, Record, Sentence, Source, TimelineEntry
from breachbook.serve.app import create_app
from breachbook.vocab import properties

BLOG_TEXT = (
    "Durham Region hit by attack\n\n"
    "There is a strong likelihood of a link to CLOP, who claim 6.5 GB of data of Durham Region.\n"
    "It is possible, but not clear, that the provider is Accellion.\n\n"
    "Update: yes, this is the Accellion breach. Much of it concerns children."
)
REGULATOR_TEXT = "The attack on Durham Region happened on or around 20 January 2021 through the Accellion File Transfer Appliance."
INCIDENT, ORGANISATION, ACTOR, SUPPLIER, CAMPAIGN = (
    f"{prefix}-{digit * 20}" for prefix, digit in (("inc", "1"), ("org", "2"), ("act", "3"), ("org", "4"), ("cmp", "5"))
)
OLD_INCIDENT = "inc-" + "9" * 20
HOSTILE = (
    "<script>document.title='owned'</script>\"'><img src=x onerror=\"document.title='owned'\"> {{7*7}} </title></textarea>"
    "\u202egnp.exe\u2066 javascript:alert(1) \x1b[31m\x00 & " + "long" * 300
)


class CountingBook:
    """Answers as `pipeline.Book` does; `calls` counts by method."""

    def __init__(self, change: Callable[[str], str] = lambda text: text) -> None:
        self.calls: Counter[str] = Counter()
        self.broken = False
        self._change = change
        self._make()

    def _make(self) -> None:
        change = self._change
        blog_text = "\n".join(change(line) if line else "" for line in BLOG_TEXT.split("\n"))
        regulator_text = change(REGULATOR_TEXT)
        update = blog_text.index("Update: yes")
        passages = (
            Passage("title", 0, blog_text.index("\n")),
            Passage("body", blog_text.index("\n"), update),
            Passage("update", update, len(blog_text), 1),
        )
        self.blog = Document(
            "page",
            blog_text,
            "0" * 64,
            change("Durham Region hit"),
            "2021-04",
            f"https://example.org/{change('a')}",
            change("A blog"),
            "researcher",
            change("A writer"),
            passages=passages,
        )
        self.finding = Document(
            "pdf", regulator_text, "1" * 64, change("Finding"), "2022-04-02", "javascript:alert(1)", change("Commissioner"), "regulator"
        )
        self.claims: dict[str, list[Claim]] = {self.blog.id: [], self.finding.id: []}
        self.links = {
            "organisation:1": EntityRef(ORGANISATION, "organisation", change("Durham Region")),
            "organisation:2": EntityRef(SUPPLIER, "organisation", change("Accellion")),
            "actor:1": EntityRef(ACTOR, "actor", change("CLOP")),
            "incident:1": EntityRef(INCIDENT, "incident", change("Durham Region, January 2021")),
        }
        blog, finding = self.blog, self.finding
        victim = self._field(
            "victim",
            change("Durham Region"),
            [self._claim(blog, "victim", "Durham Region", "Durham Region", "researcher", object="organisation:1")],
            entity="organisation:1",
        )
        possible = self._claim(
            blog,
            "third_party",
            "Accellion",
            "possible, but not clear, that the provider is Accellion",
            "researcher",
            "possible",
            object="organisation:2",
        )
        updated = self._claim(
            blog, "third_party", "Accellion", "yes, this is the Accellion breach", "researcher", revision=1, object="organisation:2"
        )
        nested = self._claim(blog, "campaign", "Accellion FTA breach", "Accellion breach", "researcher", revision=1)
        confirmed = self._claim(
            finding, "third_party", "Accellion", "Accellion File Transfer Appliance", "regulator", object="organisation:2"
        )
        supplier = self._field("third_party", change("Accellion"), [confirmed, updated, possible], entity="organisation:2")
        actor = self._field(
            "actor",
            change("CLOP"),
            [self._claim(blog, "actor", "CLOP", "strong likelihood of a link to CLOP", "researcher", "likely", object="actor:1")],
            entity="actor:1",
        )
        volume = self._field(
            "data_volume_bytes",
            6_500_000_000,
            [self._claim(blog, "data_volume_bytes", 6_500_000_000, "6.5 GB", "threat_actor")],
            display="6.5 GB",
        )
        minors = self._field(
            "data_class",
            "minors",
            [self._claim(blog, "data_class", "minors", "children", "researcher", revision=1)],
            display="Data on children",
        )
        denied = self._value(
            "passwords", [self._claim(finding, "data_class", "passwords", "attack", "regulator", "denied")], "Passwords", None
        )
        minors = dataclasses.replace(minors, losing=(denied,))
        occurred = self._field(
            "occurred_from",
            "2021-01-20",
            [self._claim(finding, "occurred_from", "2021-01-20", "20 January 2021", "regulator")],
            display="20 January 2021",
        )
        late = self._value("2021-03", [self._claim(blog, "occurred_from", "2021-03", "attack", "researcher")], "March 2021", None)
        occurred = dataclasses.replace(occurred, losing=(late,))
        told = (confirmed.id,)
        self.texts = {blog.id: blog, finding.id: finding}
        part = Participation(self.links["incident:1"], "victim", "stated", "confirmed", "2021-01-20", told)
        evidence = (self._evidence(confirmed),)
        incident = Record(
            INCIDENT, "incident", change("Durham Region, January 2021"), None,
            (victim, supplier, actor, occurred, volume, minors),
            summary=(Sentence(change("Durham Region was hit through Accellion."), (confirmed.id, updated.id)),),
            status="confirmed", status_claims=told,
            timeline=(
                TimelineEntry("2021-01-20", "happened", change("The attackers got in."), told),
                TimelineEntry("2021-04", "known", change("A blog wrote of it."), (nested.id,)),
            ),
            sources=tuple(Source(d.id, d.title, d.publisher, d.publisher_role, d.published, d.url, 3) for d in (blog, finding)),
            left_out=(LeftOut(finding.id, "2022-04-02", "actor", "Threat actor", change("CLOP"), (actor.values[0].claims[0].claim,)),),
            campaigns=(EntityRef(CAMPAIGN, "campaign", change("Accellion FTA breach")),),
            aliases=(change("Region of Durham"),), note=change("A note."), evidence=(self._evidence(nested),),
        )  # fmt: skip
        organisation = Record(ORGANISATION, "organisation", change("Durham Region"), None, (), (Sentence(change("It is a region."), told),),
                              participations=(part,), extra={"primary_url": "durham[.]ca"}, evidence=evidence)  # fmt: skip
        self.records = {
            INCIDENT: incident,
            ORGANISATION: organisation,
            ACTOR: dataclasses.replace(organisation, id=ACTOR, kind="actor", name=change("CLOP"), extra={}),
            SUPPLIER: dataclasses.replace(organisation, id=SUPPLIER, name=change("Accellion"), extra={}),
            CAMPAIGN: dataclasses.replace(organisation, id=CAMPAIGN, kind="campaign", name=change("Accellion FTA breach"), extra={}),
        }

    def _claim(self, document: Document, property: str, value: Any, words: str, role: str, certainty: str = "stated", **more: Any) -> Claim:
        start = document.text.index(words)
        value = self._change(value) if isinstance(value, str) and properties.get(property).value == "text" else value
        subject = "incident:1"
        made = Claim(
            document.id,
            subject,
            property,
            value,
            words,
            start,
            start + len(words),
            Speaker(role, self._change("A name")),
            certainty,
            document.published,
            **more,
        )
        self.claims[document.id].append(made)
        return made

    def _evidence(self, claim: Claim) -> Evidence:
        document = self.blog if claim.document == self.blog.id else self.finding
        return Evidence(
            claim.id, claim.property, claim.value, claim.original, document.id, document.title, document.publisher, document.url,
            claim.start, claim.end, claim.speaker.role, claim.speaker.name, claim.certainty, claim.said, claim.revision,
        )  # fmt: skip

    def _value(self, value: Any, claims: Sequence[Claim], display: str, entity: str | None) -> FieldValue:
        first = claims[0]
        return FieldValue(
            value, display, first.certainty, first.speaker.role, first.speaker.name, first.said,
            tuple(map(self._evidence, claims)), "A regulator outweighs the press.", entity=self.links[entity] if entity else None,
        )  # fmt: skip

    def _field(self, property: str, value: Any, claims: Sequence[Claim], display: str | None = None, entity: str | None = None) -> Field:
        return Field(property, properties.get(property).label, (self._value(value, claims, display or str(value), entity),))

    def _called(self, name: str) -> None:
        self.calls[name] += 1
        if self.broken:
            raise StoreError("the database cannot be read", subject="book.sqlite")

    # What `pipeline.Book` has.

    def find(self, query: str, kind: str | None = None) -> EntityRef:
        self._called("find")
        found = self.records.get(INCIDENT if query == OLD_INCIDENT else query)
        if found is None:
            raise NotFoundError("the book holds no such record", subject=query)
        return EntityRef(found.id, found.kind, found.name)

    def record(self, entity_id: str, as_of: date | None = None, view: str | None = None) -> Record:
        self._called("record")
        if as_of and as_of.year < 2021:
            raise NotFoundError("nothing was known of it by then", subject=entity_id)
        return dataclasses.replace(
            self.records[entity_id], kind=view or self.records[entity_id].kind, as_of=as_of.isoformat() if as_of else None
        )

    def why(self, entity_id: str, property: str, as_of: date | None = None) -> Field:
        self._called("why")
        found = self.records[entity_id].field(property)
        if found is None:
            raise NotFoundError("nothing is known of it", subject=entity_id, property=property)
        return found

    def document(self, document_id: str) -> DocumentPage:
        self._called("document")
        if document_id not in self.texts:
            raise NotFoundError("the book holds no such document", subject=document_id)
        document = self.texts[document_id]
        meta = DocumentMeta(document.id, 1, document.kind, document.title, document.published, document.url, document.publisher,
                            document.publisher_role, document.author, "2026-01-01T00:00:00Z")  # fmt: skip
        links = {f"{document.id}#{local}": ref for local, ref in self.links.items()}
        return DocumentPage(meta, document.text, document.passages, tuple(self.claims[document_id]), links)

    def _rows(self, kinds: Sequence[str]) -> tuple[Row, ...]:
        rows = [
            Row(
                r.id,
                kind,
                r.name,
                r.status,
                "2021-01-20",
                ("CA",),
                ("92",),
                ("ransomware",),
                (self._change("CLOP"),),
                ("minors",),
                1,
                2,
                self._change("detail"),
            )
            for r in self.records.values()
            for kind in (r.kind, "supplier")
            if kind in kinds and (kind != "supplier" or r.id == SUPPLIER)
        ]
        return (*rows, *(Row(d.id, "document", d.title or "") for d in self.texts.values() if "document" in kinds))

    def listing(self, kind: str, filters: Filters, limit: int = 50, offset: int = 0) -> Listing:
        self._called("listing")
        facets = {"status": {"confirmed": 1}, "country": {"CA": 1}, "sector": {"92": 1}, "actor": {self._change("CLOP"): 1}}
        return Listing(self._rows((kind,)), 120 if offset else 1, facets)

    def search(self, filters: Filters, kinds: Sequence[str] = LISTS, limit: int = 20, offset: int = 0) -> Listing:
        self._called("search")
        rows = self._rows(kinds)
        return Listing(rows, len(rows), {"country": {"CA": 1}})

    def refused(self, limit: int = 200) -> list[RefusedRow]:
        self._called("refused")
        return [RefusedRow("2026-01-01T00:00:00Z", self._change("report.bin"), "binary", self._change("not text"))]

    def counts(self) -> dict[str, int]:
        self._called("counts")
        return dict.fromkeys(LISTS, 1) | {"claim": 12}


ADDRESSES = (
    "/", "/incidents", "/organisations", "/actors", "/suppliers", "/campaigns", "/about", "/refused", "/search", "/search?q=durham",
    f"/incident/{INCIDENT}", f"/incident/{INCIDENT}?as_of=2021-04-08", f"/organisation/{ORGANISATION}", f"/actor/{ACTOR}",
    f"/supplier/{SUPPLIER}", f"/campaign/{CAMPAIGN}", f"/why/{INCIDENT}/third_party", f"/why/{INCIDENT}/occurred_from",
)  # fmt: skip


@pytest.fixture
def book() -> CountingBook:
    return CountingBook()


@pytest.fixture
def hostile_book() -> CountingBook:
    """The same book with hostile text in front of and behind every text that a source could choose."""
    return CountingBook(lambda text: f"{HOSTILE} {text} {HOSTILE}")


@pytest.fixture
def addresses(book: CountingBook) -> tuple[str, ...]:
    """One address of every page."""
    return (*ADDRESSES, *(f"/document/{document}" for document in book.texts))


@pytest.fixture
def hostile_addresses(hostile_book: CountingBook) -> tuple[str, ...]:
    """One address of every page of the hostile book."""
    return (*ADDRESSES, *(f"/document/{document}" for document in hostile_book.texts))


class Client:
    """Asks an application as a browser would, without a server. Redirects are not followed."""

    def __init__(self, book: CountingBook) -> None:
        self._app = create_app(book)  # type: ignore[arg-type]

    def get(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://book") as client:
                return await client.request(method, path, headers=headers)

        return asyncio.run(ask())


@pytest.fixture
def client(book: CountingBook) -> Client:
    return Client(book)


@pytest.fixture
def hostile_client(hostile_book: CountingBook) -> Client:
    return Client(hostile_book)


@pytest.fixture(scope="session")
def client_of() -> Callable[[Any], Client]:
    """A client for any book."""
    return Client
