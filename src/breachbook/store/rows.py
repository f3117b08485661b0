"""Rows of lists, made from published records; a profile's row takes its filters from the rows of its incidents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from breachbook.model.document import DocumentMeta
from breachbook.model.ids import content_id
from breachbook.model.listing import Row
from breachbook.model.record import FieldValue, Record
from breachbook.vocab import terms

FACETS = ("country", "sector", "status", "attack_type", "actor", "data_class")
"""What lists and searches can be filtered by; each is a filter of `Filters`, and a count in `Listing.facets`."""

DATE_FIELDS = ("occurred_from", "discovered", "listed", "disclosed")
"""An incident's date in lists is the first of these that is known."""

SEARCHED_FIELDS = ("victim", "third_party", "product", "actor", "campaign", "malware", "cve", "description")
"""Fields whose values the search index takes beside the record's narrative."""

DETAIL_LENGTH = 200
"""Characters of a row's short line."""

TEXT_LENGTH = 20_000
"""Characters of a record's text that the search index takes."""


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row with what only the store needs: statuses to filter by (a profile has those of its incidents), other names and
    text to search, the digest of what the record was made from, and of the record."""

    row: Row
    statuses: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    text: str = ""
    inputs: str = ""
    digest: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """(list, id)."""
        return self.row.kind, self.row.id

    def facets(self) -> dict[str, tuple[str, ...]]:
        """The values of each facet."""
        row = self.row
        values = (row.countries, row.sectors, self.statuses, row.attack_types, row.actors, row.data_classes)
        return dict(zip(FACETS, values, strict=True))


def place(record: Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The countries and sectors that an organisation's record shows."""
    return _terms(record, "country"), _terms(record, "sector")


def incident_row(record: Record, victims: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> StoredRow:
    """The row of an incident; `victims` gives countries and sectors of each of its victims."""
    places = list(victims)
    row = Row(
        id=record.id,
        kind="incident",
        name=record.name,
        status=record.status,
        date=_incident_date(record),
        countries=_union(p[0] for p in places),
        sectors=_union(p[1] for p in places),
        attack_types=_terms(record, "attack_type"),
        actors=_names(record, "actor"),
        data_classes=_terms(record, "data_class"),
        sources=len(record.sources),
        detail=_short(_names(record, "victim")),
    )
    return StoredRow(row, (record.status,) if record.status else (), _incident_names(record), _text(record))


def profile_row(record: Record, kind: str, incidents: Mapping[str, StoredRow]) -> StoredRow:
    """The row of a profile in the list `kind`; `incidents` are the rows of the incidents it takes part in."""
    own = [incidents[p.incident.id] for p in record.participations if p.incident.id in incidents]
    countries, sectors = place(record) if kind in ("organisation", "supplier") else _places(own)
    bare = Row(id=record.id, kind=kind, name=record.name, incidents=len({p.incident.id for p in record.participations}))
    row = replace(_inherit(bare, own), countries=countries, sectors=sectors)
    row = replace(row, sources=len(record.sources), detail=_profile_detail(record, kind))
    return StoredRow(row, _statuses(own), (*record.aliases, *_terms(record, "domain")), _text(record))


def document_row(meta: DocumentMeta, incidents: Iterable[StoredRow]) -> StoredRow:
    """The row of a document; `incidents` are the rows of the incidents it reports."""
    own = list(incidents)
    countries, sectors = _places(own)
    bare = Row(id=meta.id, kind="document", name=meta.title or meta.url or meta.id, incidents=len(own), sources=1)
    row = replace(_inherit(bare, own), date=meta.published, countries=countries, sectors=sectors, detail=_short((meta.publisher or "",)))
    return StoredRow(row, _statuses(own), digest=content_id("row", meta.title, meta.published, meta.publisher, meta.url, meta.unread))


def _inherit(row: Row, incidents: list[StoredRow]) -> Row:
    dates = [stored.row.date for stored in incidents if stored.row.date]
    return replace(
        row,
        date=max(dates, default=None),
        attack_types=_union(stored.row.attack_types for stored in incidents),
        actors=_union(stored.row.actors for stored in incidents),
        data_classes=_union(stored.row.data_classes for stored in incidents),
    )


def _places(incidents: list[StoredRow]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return _union(stored.row.countries for stored in incidents), _union(stored.row.sectors for stored in incidents)


def _statuses(incidents: list[StoredRow]) -> tuple[str, ...]:
    return _union(stored.statuses for stored in incidents)


def _union(values: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({value for several in values for value in several}))


def _incident_date(record: Record) -> str | None:
    for name in DATE_FIELDS:
        field = record.field(name)
        if field and field.values:
            return str(field.values[0].value)
    return min((source.published for source in record.sources if source.published), default=None)


def _values(record: Record, prop: str, of: Callable[[FieldValue], str]) -> tuple[str, ...]:
    field = record.field(prop)
    return tuple(dict.fromkeys(of(value) for value in field.values if value.certainty != "denied")) if field else ()


def _terms(record: Record, prop: str) -> tuple[str, ...]:
    return _values(record, prop, lambda value: str(value.value))


def _names(record: Record, prop: str) -> tuple[str, ...]:
    return _values(record, prop, lambda value: value.entity.name if value.entity else value.display)


def _incident_names(record: Record) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_names(record, "victim"), *_terms(record, "victim"), *record.aliases)))


def _text(record: Record) -> str:
    fields = (record.field(name) for name in SEARCHED_FIELDS)
    values = (value.display for field in fields if field for value in field.values)
    return "\n".join((*(sentence.text for sentence in record.summary), *values))[:TEXT_LENGTH]


def _profile_detail(record: Record, kind: str) -> str:
    if kind == "supplier" and (products := _terms(record, "product")):
        return _short(products)
    if kind in ("organisation", "supplier"):
        return _short((*_values(record, "country", lambda v: v.display), *(terms.label("sector", s) for s in _terms(record, "sector"))))
    return _short(tuple(alias for alias in record.aliases if alias != record.name))


def _short(parts: tuple[str, ...]) -> str:
    line = ", ".join(part for part in parts if part)
    return line if len(line) <= DETAIL_LENGTH else line[: DETAIL_LENGTH - 1] + "…"
