"""Exposures and suppliers as plain data for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from breachbook.serve.exposure_view import Exposure, Party, Suppliers, Tie


def tie_json(tie: Tie) -> dict[str, Any]:
    """A tie as plain data."""
    return {
        "incident": {"id": tie.incident.id, "name": tie.incident.name, "status": tie.status, "date": tie.date},
        "role": tie.role,
        "supplier": _party(tie.supplier),
        "victims": [_party(victim) for victim in tie.victims],
        "products": list(tie.products),
        "certainty": tie.certainty,
        "said_by": {"role": tie.said_by[0], "name": tie.said_by[1]},
        "since": tie.since,
        "sources": [
            {"document": s.document, "publisher": s.publisher, "title": s.title, "url": s.url, "said": s.said, "words": s.words}
            for s in tie.sources
        ],
    }


def exposure_json(found: Exposure) -> dict[str, Any]:
    """An exposure as plain data."""
    return {
        "asked": found.asked,
        "match": found.match,
        "vendor": _party(found.vendor) if found.vendor else None,
        "product": found.product,
        "certainty": found.surest,
        "since": found.since,
        "through": [tie_json(tie) for tie in found.through],
        "own": [tie_json(tie) for tie in found.own],
        "besides": found.besides,
        "candidates": [{"id": id_, "name": name} for id_, name in found.candidates],
    }


def suppliers_json(found: Suppliers) -> dict[str, Any]:
    """The suppliers of a victim as plain data."""
    return {"victim": _party(found.victim), "incidents": found.incidents, "suppliers": [tie_json(tie) for tie in found.ties]}


def _party(party: Party) -> Mapping[str, str | None]:
    return {"id": party.id, "name": party.name}
