"""Candidates of linking, as `breachbook link` prints them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from breachbook.text.names import latin

if TYPE_CHECKING:
    from breachbook.resolve.linking import Linked

MATCH: dict[str, bool | str] = {"same": True, "proposal": "proposal", "different": False}
"""What a decision is called on the wire."""


def linked_json(id_: str | int, found: Sequence[Linked]) -> dict[str, Any]:
    """One line: the row's id and its candidates, best first."""
    return {"id": id_, "candidates": [_candidate(linked) for linked in found]}


def _candidate(linked: Linked) -> dict[str, Any]:
    organisation = linked.organisation
    shown: dict[str, Any] = {
        "id": organisation.id,
        "name": organisation.name,
        "score": linked.match.score,
        "match": MATCH[linked.decision],
        "parts": dict(linked.match.parts),
        "reason": linked.reason,
        "source": organisation.source,
    }
    if (transliterated := latin(organisation.name)) is not None:
        shown["latin"] = transliterated
    if organisation.identifiers:
        shown["identifiers"] = dict(organisation.identifiers)
    return shown
