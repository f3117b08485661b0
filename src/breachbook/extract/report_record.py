"""The report record (the fields that `breachbook read` prints) from the claims of a reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from breachbook.model.claim import Claim
from breachbook.model.document import Document
from breachbook.model.reading import Reading

MOST_INCIDENTS = 5
"""A report record holds at most this many incidents, the most prominent first."""
DATES = ("occurred_from", "occurred_to", "discovered", "disclosed", "notified")
LISTS = {"attack_types": "attack_type", "effects": "effect", "cves": "cve", "malware": "malware", "actors": "actor"}
CERTAINTY_RANK = ("stated", "likely", "possible", "denied")


class _Claims:
    """The claims of one subject, looked up by property."""

    def __init__(self, claims: Iterable[Claim], evidence: dict[str, str]) -> None:
        self._by: dict[str, list[Claim]] = {}
        self.evidence = evidence
        for claim in claims:
            self._by.setdefault(claim.property, []).append(claim)

    def all(self, property: str, denied: bool = False) -> list[Claim]:
        """The claims of a property that are (or are not) denials, the surer and then the later said first."""
        found = [c for c in self._by.get(property, ()) if (c.certainty == "denied") == denied]
        return sorted(found, key=lambda c: (CERTAINTY_RANK.index(c.certainty), -c.revision, c.start))

    def one(self, property: str, field: str) -> Claim | None:
        """The claim that stands for a single-valued property, its words noted as evidence of the field.

        What was said later wins, then what the reader is surer to have read aright, then what the words are surer of: a hedged
        number of those affected ("may have exposed 4,000 people") tells more than a plain one of something else.
        """
        found = sorted(self.all(property), key=lambda c: (-c.revision, -c.confidence))
        if found:
            self.evidence.setdefault(field, found[0].original)
        return found[0] if found else None

    def many(self, property: str, field: str, denied: bool = False) -> list[str]:
        """The distinct values of a many-valued property, in the order of the text."""
        found = sorted(self.all(property, denied), key=lambda c: c.start)
        if found:
            self.evidence.setdefault(field, found[0].original)
        return list(dict.fromkeys(str(c.value) for c in found))


def report_record(document: Document, reading: Reading) -> dict[str, Any]:
    """What one report says, in the format of a report record: `id`, `relevant`, `incidents`, `background_victims`."""
    by_subject: dict[str, list[Claim]] = {}
    for claim in reading.claims:
        by_subject.setdefault(claim.subject, []).append(claim)
    incidents = sorted((s for s in by_subject if s.startswith("incident:")), key=_number)
    background = [str(c.value) for c in by_subject.get("document", ()) if c.property == "background_victim"]
    return {
        "id": document.external_id or document.id,
        "relevant": reading.relevant,
        "incidents": [_incident(by_subject, subject) for subject in incidents[:MOST_INCIDENTS]],
        "background_victims": list(dict.fromkeys(background)),
    }


def _number(subject: str) -> int:
    return int(subject.partition(":")[2])


def _incident(by_subject: dict[str, list[Claim]], subject: str) -> dict[str, Any]:
    evidence: dict[str, str] = {}
    claims = _Claims(by_subject[subject], evidence)
    kind = claims.one("actor_kind", "actor_kind")
    volume = claims.one("data_volume_bytes", "data_volume_bytes")
    record: dict[str, Any] = {
        "victims": _victims(claims, by_subject),
        "third_parties": _third_parties(claims),
        "actor_kind": kind.value if kind else "unknown",
        **{field: claims.many(property, field) for field, property in LISTS.items()},
        "dates": {name: found.value if (found := claims.one(name, name)) else None for name in DATES},
        "people_affected": _count(claims.one("people_affected", "people_affected")),
        "records_affected": _count(claims.one("records_affected", "records_affected")),
        "data_volume_bytes": volume.value if volume else None,
        "data_classes": claims.many("data_class", "data_classes"),
        "data_classes_denied": claims.many("data_class", "data_classes_denied", denied=True),
        "ransom": _ransom(claims),
        "confirmed_by_victim": _confirmed(claims),
        "claimed_by_actor": claims.one("claimed", "claimed_by_actor") is not None,
    }
    return {**record, "evidence": evidence}


def _victims(claims: _Claims, by_subject: dict[str, list[Claim]]) -> list[dict[str, Any]]:
    victims: dict[str, dict[str, Any]] = {}
    for claim in sorted(claims.all("victim"), key=lambda c: (_number(c.object or ":0"), c.start)):
        if claim.object in victims:
            continue
        about = _Claims(by_subject.get(claim.object or "", ()), {})
        claims.evidence.setdefault("victims", claim.original)
        single = {p: found.value if (found := about.one(p, p)) else None for p in ("domain", "country", "sector")}
        victims[claim.object or ""] = {"name": claim.value, "aliases": about.many("alias", "aliases"), **single}
    return list(victims.values())


def _third_parties(claims: _Claims) -> list[dict[str, Any]]:
    products = {c.object: c.value for c in claims.all("product") if c.object}
    rows = {
        str(c.value): {"name": c.value, "product": products.get(c.object or "")} for c in claims.all("third_party") if c.object or c.value
    }
    claims.many("third_party", "third_parties")
    return list(rows.values())


def _count(claim: Claim | None) -> dict[str, Any] | None:
    return {"value": claim.value, "qualifier": claim.qualifier or "exact"} if claim else None


def _money(claim: Claim | None) -> dict[str, Any] | None:
    return {"amount": claim.value, "currency": claim.unit} if claim else None


def _ransom(claims: _Claims) -> dict[str, Any] | None:
    demanded, paid = claims.one("ransom_demanded", "ransom"), claims.one("ransom_paid", "ransom")
    amount = claims.one("ransom_paid_amount", "ransom")
    refused = claims.all("ransom_paid", denied=True)
    if not (demanded or paid or amount or refused):
        return None
    if refused:
        claims.evidence.setdefault("ransom", refused[0].original)
    answer = ("yes" if paid.value else "no") if paid else "yes" if amount else "no" if refused else "unknown"
    return {"demanded": _money(demanded), "paid": answer, "paid_amount": _money(amount)}


def _confirmed(claims: _Claims) -> str:
    if claims.one("confirmed", "confirmed_by_victim"):
        return "yes"
    denied = claims.all("confirmed", denied=True)
    if denied:
        claims.evidence.setdefault("confirmed_by_victim", denied[0].original)
    return "denied" if denied else "unknown"
