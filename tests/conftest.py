"""Fixtures for all tests: a home of its own for each, both database engines, the shared corpora, and toy stages."""

from __future__ import annotations

import glob
import json
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from breachbook.model.claim import Claim, Speaker
from breachbook.model.document import Document, Refusal
from breachbook.model.dossier import Dossier, ReadDocument
from breachbook.model.entity import Entity, Match, Resolution, entity_id
from breachbook.model.ids import digest
from breachbook.model.judgement import Judgement
from breachbook.model.reading import Reading
from breachbook.model.record import Evidence, FieldValue, Participation, Record, Source
from breachbook.model.record import Field as RecordField
from breachbook.pipeline import Stages
from breachbook.settings import Settings, load

REPOSITORY = Path(__file__).resolve().parent.parent


def unavailable(reason: str) -> None:
    """Skips the test, saying why; fails it in CI, where everything must be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def shared() -> Path:
    """The folder of corpora and gold records: BREACHBOOK_SHARED, else `../shared` beside the repository."""
    folder = Path(os.environ.get("BREACHBOOK_SHARED") or REPOSITORY.parent / "shared")
    if not (folder / "corpora").is_dir():
        pytest.skip(f"the shared corpora are not at {folder}; set BREACHBOOK_SHARED")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    return tmp_path / "home"


@pytest.fixture
def settings(home: Path) -> Settings:
    """Settings of a book of its own, in SQLite."""
    return load({}, home=str(home))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine_url(request: pytest.FixtureRequest, home: Path) -> Iterator[str]:
    """The URL of an empty database, on each engine in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{home / 'book.sqlite'}"
        return
    yield from _fresh_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
def engine_settings(engine_url: str, home: Path) -> Settings:
    """Settings of a book of its own, on each engine in turn."""
    return load({}, home=str(home), database=engine_url)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server: BREACHBOOK_TEST_POSTGRES, else one started for these tests and thrown away."""
    if given := os.environ.get("BREACHBOOK_TEST_POSTGRES"):
        yield given
        return
    programs = sorted(glob.glob("/usr/lib/postgresql/*/bin")) + [str(Path(p).parent) for p in [shutil.which("pg_ctl")] if p]
    folder = next((p for p in reversed(programs) if all((Path(p) / n).exists() for n in ("initdb", "pg_ctl"))), None)
    if folder is None:
        unavailable("PostgreSQL is not installed (no initdb); set BREACHBOOK_TEST_POSTGRES to use a running one")
    with tempfile.TemporaryDirectory(prefix="bb-pg-", dir="/tmp", ignore_cleanup_errors=True) as place:
        as_user: list[str] = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(place, "postgres", "postgres")
            as_user = ["runuser", "-u", "postgres", "--"]

        def run(*command: str) -> None:
            subprocess.run([*as_user, *command], check=True, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=120)

        data = f"{place}/data"
        options = f"-k {place} -c listen_addresses='' -c fsync=off -c max_connections=50"
        try:
            run(f"{folder}/initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
            run(f"{folder}/pg_ctl", "-D", data, "-w", "-l", f"{place}/log", "-o", options, "start")
        except (subprocess.SubprocessError, OSError, LookupError) as error:
            unavailable(f"PostgreSQL cannot be started: {error} {getattr(error, 'stderr', b'')!r}")
        try:
            yield f"postgresql://postgres@/postgres?host={place}"
        finally:
            run(f"{folder}/pg_ctl", "-D", data, "-m", "immediate", "stop")


def _fresh_database(server: str) -> Iterator[str]:
    name = f"breachbook_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
    head, _, query = server.partition("?")
    yield f"{head.rpartition('/')[0]}/{name}{'?' if query else ''}{query}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


# Toy stages: documents of lines such as `victim: Durham Region; country: CA; actor: CLOP; occurred_from: 2021-01-20`.


@dataclass(frozen=True)
class ToyIngested:
    """As what intake gives."""

    document: Document
    raw: bytes
    origin: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class ToyNotModified:
    """As what intake gives."""

    origin: str


def toy_document(text: str, **given: Any) -> Document:
    """A document of toy lines."""
    return Document(**{"kind": "json_line", "text": text, "raw_digest": digest(text.encode("utf-8", "surrogatepass")), **given})


class ToyReader:
    """Reads each line as one incident."""

    name = "toy/1"

    def read(self, document: Document) -> Reading:
        """The claims of the lines; a line `boom` fails, `unread` leaves it unread."""
        if "boom" in document.text:
            raise RuntimeError("a defect")
        if "unread" in document.text:
            return Reading(document.id, self.name, (), unread="other_language")
        claims: list[Claim] = []
        place = 0
        for number, line in enumerate(document.text.split("\n"), 1):
            for part in line.split("; "):
                claims += self._claims(document, number, part, place)
                place += len(part) + 2
            place -= 1
        return Reading(document.id, self.name, tuple(claims))

    def _claims(self, document: Document, number: int, part: str, place: int) -> list[Claim]:
        name, colon, value = part.partition(": ")
        if not colon or not value:
            return []
        start = place + len(name) + 2
        subject, obj = f"incident:{number}", None
        if name in ("country", "sector", "domain", "alias"):
            subject = f"organisation:{number}"
        elif name in ("victim", "actor"):
            obj = f"{'organisation' if name == 'victim' else name}:{number}"
        elif name == "third_party":
            obj = f"organisation:{number + 1000}"
        speaker = Speaker("press")
        return [Claim(document.id, subject, name, value, value, start, start + len(value), speaker, "stated", object=obj)]


def toy_resolve(documents: Sequence[ReadDocument], judgements: Sequence[Judgement]) -> Resolution:
    """Joins what has the same name; incidents of one victim are one; `campaign` values make campaigns."""
    apart = {frozenset((j.left, j.right)) for j in judgements if j.decision == "different" and j.undone is None}
    groups: dict[tuple[str, str], list[str]] = {}
    names: dict[tuple[str, str], str] = {}
    aliases: dict[str, list[str]] = {}
    matches: list[Match] = []
    for claim in (claim for document in documents for claim in document.claims):
        if claim.property == "alias":
            aliases.setdefault(claim.mention, []).append(str(claim.value))
        wanted = {"victim": ("incident", "organisation"), "actor": ("actor",), "third_party": ("organisation",), "campaign": ("campaign",)}
        for kind in wanted.get(claim.property, ()):
            mention = claim.mention if kind in ("incident", "campaign") else claim.object_mention
            key = (kind, str(claim.value).casefold())
            if any(frozenset((mention, other)) in apart for other in groups.get(key, ())):
                key = (kind, f"{key[1]} {mention}")
            if mention not in groups.setdefault(key, []):
                if groups[key]:
                    matches.append(Match(groups[key][0], str(mention), 1.0, (("name", 1.0),), "same name", "same"))
                groups[key].append(str(mention))
            names.setdefault(key, str(claim.value) if kind != "incident" else f"{claim.value} incident")
    return Resolution(
        tuple(
            Entity(entity_id(k[0], ms[0]), k[0], names[k], tuple(ms), tuple(sorted({a for m in ms for a in aliases.get(m, ())})))
            for k, ms in groups.items()
        ),
        tuple(matches),
    )


def toy_record(dossier: Dossier, as_of: Any = None, *, view: str | None = None) -> Record | None:
    """A record with one field for each property, its values in the order of the claims."""
    if "unpublishable" in dossier.entity.name:
        raise ValueError("a defect")
    values: dict[str, dict[Any, list[Claim]]] = {}
    for claim in (*dossier.claims, *dossier.about):
        values.setdefault(claim.property, {}).setdefault(claim.value, []).append(claim)
    fields = tuple(
        RecordField(name, name, tuple(_toy_value(value, claims, dossier) for value, claims in several.items()))
        for name, several in sorted(values.items())
    )
    parts = tuple(
        Participation(dossier.links[r.claims[0].mention], "victim", "stated", "reported", None, ()) for r in dossier.related if r.claims
    )
    sources = tuple(Source(m.id, m.title, m.publisher, m.publisher_role, m.published, m.url, 1) for m in dossier.documents.values())
    entity = dossier.entity
    status = "reported" if entity.kind == "incident" else None
    return Record(
        entity.id, entity.kind, entity.name, None, fields, status=status, sources=sources, participations=parts, aliases=entity.aliases
    )


def _toy_value(value: Any, claims: list[Claim], dossier: Dossier) -> FieldValue:
    entity = dossier.links.get(claims[0].object_mention or "")
    evidence = tuple(
        Evidence(c.id, c.property, c.value, c.original, c.document, None, None, None, c.start, c.end, "press", None, c.certainty, None, 0)
        for c in claims
    )
    return FieldValue(value, str(value), "stated", "press", None, None, evidence, "", entity=entity)


class ToyIntake:
    """Gives what it was told to give for an origin; an exception among the items is raised."""

    def __init__(self, origins: Mapping[str, Sequence[Any]]) -> None:
        self.origins = origins
        self.asked: list[Any] = []

    def __call__(self, origin: str, settings: Settings, *, validators: Any = None, fetcher: Any = None, known: Any = None) -> Iterator[Any]:
        self.asked.append(validators(origin) if validators and origin.startswith("http") else None)
        for item in self.origins[origin]:
            if isinstance(item, BaseException):
                raise item
            if isinstance(item, Document):
                yield ToyIngested(item, item.text.encode("utf-8", "surrogatepass"), origin)
            elif isinstance(item, str):
                yield ToyIngested(toy_document(item), item.encode(), origin)
            else:
                yield item


class Toys:
    """The toy stages, and what makes their documents."""

    Ingested, NotModified, Refusal, Reader = ToyIngested, ToyNotModified, Refusal, ToyReader
    document = staticmethod(toy_document)

    @staticmethod
    def stages(origins: Mapping[str, Sequence[Any]]) -> Stages:
        """Stages over what each origin is to give."""
        stages = Stages()
        stages.intake = ToyIntake(origins)
        reader = ToyReader()
        stages.readers = lambda name, settings: reader
        stages.report_record = lambda document, reading: {"id": document.id, "claims": len(reading.claims)}
        stages.resolve = toy_resolve
        stages.record = toy_record
        stages.to_json = lambda record: json.loads(json.dumps(record, default=_plain))
        return stages


def _plain(thing: Any) -> Any:
    return {name: getattr(thing, name) for name in thing.__dataclass_fields__}


@pytest.fixture(scope="session")
def toys_class() -> type[Toys]:
    """The same, for tests that run many times over."""
    return Toys


@pytest.fixture
def toys() -> type[Toys]:
    """Toy stages: a reader, a resolver and a publisher of a few lines each, for tests of the store and the pipeline."""
    return Toys
