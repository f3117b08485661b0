"""Who came to harm through whom: the incidents through a supplier or product, a supplier's own, and the suppliers of a victim.

Every tie keeps how sure it is said to be: what is possible stays possible, and what is denied says so. That the book knows nothing
of a name is told as that, not as safety.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from breachbook.errors import AmbiguousError, NotFoundError
from breachbook.extract.suppliers import known_supplier
from breachbook.model.dossier import EntityRef
from breachbook.model.listing import Filters
from breachbook.model.record import Evidence, FieldValue, Participation, Record
from breachbook.resolve.campaigns import product_words
from breachbook.serve import numbering
from breachbook.text.domains import registered
from breachbook.text.names import parse
from breachbook.text.partial_dates import earliest

if TYPE_CHECKING:
    from breachbook.pipeline import Book

CERTAINTIES = ("stated", "likely", "possible", "denied")
"""How sure a tie may be, the surest first."""

PRODUCT_HITS = 10
"""Suppliers that a search for a product's name looks into."""


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation as the book names it; `id` is None when nothing but the name is known."""

    id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that says so, with the words that do."""

    document: str
    publisher: str | None
    title: str | None
    url: str | None
    said: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Tie:
    """One incident that ties victims to a supplier.

    `role` is the supplier's part in it: `third_party`, or `victim` when it was hit itself. `certainty` is that of the tie, by
    the word of `said_by` (a role, and a name where there is one); `since` is the first day on which anybody said so; `products`
    are those of the supplier that the incident names.
    """

    incident: EntityRef
    status: str
    date: str | None
    role: str
    supplier: Party
    victims: tuple[Party, ...]
    products: tuple[str, ...]
    certainty: str
    said_by: tuple[str, str | None]
    since: str | None
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Exposure:
    """What the book knows of a supplier.

    `match` says how the name led to it: `name`, `near` (spelt otherwise, a guess), `product`, `known_as` (another name of it by the
    table of makers), `unknown` (the book knows nothing of it) or `several` (then `candidates` has id and name of each). `through` are
    incidents of others through it, `own` incidents of its own, both newest first. Asked for a product, `through` has the incidents
    that name it, and `besides` counts the others through its maker.
    """

    asked: str
    match: str
    vendor: Party | None = None
    product: str | None = None
    through: tuple[Tie, ...] = ()
    own: tuple[Tie, ...] = ()
    besides: int = 0
    candidates: tuple[tuple[str, str], ...] = ()

    @property
    def surest(self) -> str | None:
        """How sure the surest tie of others to it is."""
        return min((tie.certainty for tie in self.through), key=CERTAINTIES.index, default=None)

    @property
    def since(self) -> str | None:
        """The first day on which anybody said that others came to harm through it."""
        return _first(tie.since for tie in self.through)


@dataclass(frozen=True, slots=True)
class Suppliers:
    """The suppliers through which a victim came to harm, newest first; `incidents` counts all its own."""

    victim: Party
    incidents: int
    ties: tuple[Tie, ...]


def exposure(book: Book, asked: str, day: date | None = None) -> Exposure:
    """The incidents that came through a vendor or product, and the vendor's own, as of a day.

    Raises:
        NotFoundError: the book knows nothing of the name.
        AmbiguousError: the name fits several organisations, or is a product of several makers.
    """
    ref, match = _vendor(book, asked, day)
    vendor = Party(ref.id, ref.name)
    as_supplier, as_itself = _record(book, ref.id, day, "supplier"), _record(book, ref.id, day)
    through = tuple(_through(book, vendor, as_supplier, day)) if as_supplier else ()
    own = tuple(_own(vendor, as_itself)) if as_itself else ()
    if match != "product":
        return Exposure(asked, match, vendor, through=through, own=own)
    named = tuple(tie for tie in through if any(_same_product(asked, product) for product in tie.products))
    return Exposure(asked, match, vendor, asked, named, own, len(through) - len(named))


def exposures(book: Book, names: Sequence[str], day: date | None = None) -> Iterator[Exposure]:
    """The same for each of a list of names, in its order; a name that leads to none or to several says so."""
    for name in names:
        try:
            yield exposure(book, name, day)
        except NotFoundError:
            yield Exposure(name, "unknown")
        except AmbiguousError as error:
            yield Exposure(name, "several", candidates=error.candidates)


def suppliers_of(book: Book, name: str) -> Suppliers | None:
    """The suppliers of a victim; None when the name is no victim's, or is a supplier's that nobody else supplies.

    Raises:
        AmbiguousError: several organisations have the name.
    """
    try:
        ref = book.find(name, "organisation")
    except NotFoundError:
        return None
    record = _record(book, ref.id, None)
    hit = [p for p in record.participations if p.role == "victim"] if record else []
    ties = tuple(tie for p in hit for tie in _suppliers_in(book, Party(ref.id, ref.name), p))
    if not hit or (not ties and _record(book, ref.id, None, "supplier") is not None):
        return None
    return Suppliers(Party(ref.id, ref.name), len(hit), ties)


def _record(book: Book, id_: str, day: date | None, view: str | None = None) -> Record | None:
    try:
        return book.record(id_, day, view)
    except NotFoundError:
        return None


def _vendor(book: Book, asked: str, day: date | None) -> tuple[EntityRef, str]:
    """The organisation that a vendor's or product's name means, and how it was found."""
    try:
        found = book.find(asked, "organisation")
    except NotFoundError:
        found = None
    if found is not None and _goes_by(book, found, asked):
        return found, "name"
    maker = _maker(book, asked, day)
    if maker is not None:
        return maker
    if found is None:
        raise NotFoundError("the book knows no vendor or product of this name", subject=asked[:200])
    return found, "near"


def _goes_by(book: Book, ref: EntityRef, asked: str) -> bool:
    """Whether an organisation is called so, or has this id or domain; else the name was only nearly its own."""
    record = _record(book, ref.id, None)
    domains = {v.value for v in field.values} if record and (field := record.field("domain")) else set()
    key = parse(asked).key
    return asked.strip() == ref.id or registered(asked) in domains or any(
        parse(name).key == key for name in (ref.name, *(record.aliases if record else ()))
    )  # fmt: skip


def _maker(book: Book, product: str, day: date | None) -> tuple[EntityRef, str] | None:
    """The maker of a product, as the incidents of the book have it, else by the table of makers; that table knows other names too.

    Raises:
        AmbiguousError: the book has products of this name of several makers.
    """
    found = {}
    for row in book.search(Filters(query=product), ("supplier",), limit=PRODUCT_HITS).rows:
        record = _record(book, row.id, day, "supplier")
        field = record.field("product") if record else None
        if field and any(_same_product(product, value.display) for value in field.values):
            found[row.id] = EntityRef(row.id, "organisation", row.name)
    if len(found) > 1:
        candidates = tuple((ref.id, ref.name) for ref in found.values())
        raise AmbiguousError(f"is a product of {len(found)} makers", subject=product[:200], candidates=candidates)
    if found:
        return next(iter(found.values())), "product"
    known = known_supplier(product)
    try:
        return (book.find(known.maker, "organisation"), "product" if known.is_product else "known_as") if known else None
    except NotFoundError:
        return None


def _same_product(asked: str, product: str) -> bool:
    """Whether a product's name has all words that are asked for ("MOVEit" and "MOVEit Transfer"), or the one's initials the other's."""
    words, initials = set(parse(asked).key.split()), parse(asked).acronym
    return words <= product_words(product) or bool(initials and initials in parse(product).key.split())


def _through(book: Book, vendor: Party, record: Record, day: date | None) -> Iterator[Tie]:
    evidence = {claim: numbered.evidence for claim, numbered in numbering.numbered(record).items()}
    victims: dict[str, list[Party]] = {}
    for victim in record.extra.get("victims", ()):
        victims.setdefault(victim["incident"], []).append(Party(victim["id"], victim["name"]))
    has_products = record.field("product") is not None
    for part in record.participations:
        incident = _record(book, part.incident.id, day) if has_products else None
        products = tuple(v.display for v in _values(incident, "product") if v.entity and v.entity.id == vendor.id)
        hit = tuple(v for v in victims.get(part.incident.id, ()) if v.id != vendor.id)
        yield _tie(part, vendor, hit, products, [evidence[c] for c in part.claims if c in evidence], part.certainty)


def _own(vendor: Party, record: Record) -> Iterator[Tie]:
    evidence = {claim: numbered.evidence for claim, numbered in numbering.numbered(record).items()}
    for part in record.participations:
        if part.role == "victim":
            yield _tie(part, vendor, (vendor,), (), [evidence[c] for c in part.claims if c in evidence], part.certainty)


def _suppliers_in(book: Book, victim: Party, part: Participation) -> Iterator[Tie]:
    """The ties of one incident of a victim, denied ones last."""
    incident = _record(book, part.incident.id, None)
    products = _values(incident, "product")
    for value in (*_values(incident, "third_party"), *_denied(incident)):
        if value.entity and value.entity.id == victim.id:
            continue
        supplier = Party(value.entity.id, value.entity.name) if value.entity else Party(None, value.display)
        own = tuple(p.display for p in products if p.entity and p.entity.id == supplier.id)
        yield _tie(part, supplier, (victim,), own, value.claims, value.certainty)


def _values(record: Record | None, property: str) -> tuple[FieldValue, ...]:
    field = record.field(property) if record else None
    return field.values if field else ()


def _denied(record: Record | None) -> list[FieldValue]:
    field = record.field("third_party") if record else None
    return [value for value in field.losing if value.certainty == "denied"] if field else []


def _tie(
    part: Participation, supplier: Party, victims: tuple[Party, ...], products: tuple[str, ...], claims: Sequence[Evidence], certainty: str
) -> Tie:
    cited: dict[str, Cited] = {}
    for e in claims:
        cited.setdefault(e.document, Cited(e.document, e.publisher, e.title, e.url, e.said, e.words))
    first = claims[0] if claims else None
    return Tie(
        incident=part.incident,
        status=part.status,
        date=part.date,
        role="victim" if supplier in victims else "third_party",
        supplier=supplier,
        victims=victims,
        products=products,
        certainty=certainty,
        said_by=(first.speaker_role, first.speaker_name) if first else ("", None),
        since=_first(e.said for e in claims),
        sources=tuple(cited.values()),
    )


def _first(dates: Iterator[str | None]) -> str | None:
    return min((d for d in dates if d), key=lambda d: (earliest(d), d), default=None)
