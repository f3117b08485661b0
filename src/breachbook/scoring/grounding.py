"""Whether the evidence that a reader gives stands in the text of the report, letter for letter but for white space."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from breachbook.scoring.comparing import incidents
from breachbook.scoring.fields import PROVEN


def flat(text: str) -> str:
    """A text with all white space as single blanks."""
    return " ".join(text.split())


def grounded(record: Mapping[str, Any] | None, text: str) -> tuple[int, int]:
    """How many of the filled fields of a record have evidence that stands in `text` (title and body), and how many are filled."""
    within, sound, filled = f" {flat(text)} ", 0, 0
    for incident in incidents(record or {}):
        proofs = incident.get("evidence") or {}
        for field in PROVEN:
            if incident.get(field):
                filled += 1
                sound += _stands(proofs.get(field), within)
    return sound, filled


def _stands(proof: Any, within: str) -> bool:
    """Whether a proof is there, and each of its quotes stands in the flat text."""
    quotes = proof if isinstance(proof, list) else [proof] if proof else []
    texts = [quote.get("quote") if isinstance(quote, dict) else quote for quote in quotes]
    return bool(texts) and all(isinstance(text, str) and text.strip() and _inner(text) in within for text in texts)


def _inner(quote: str) -> str:
    """A quote with white space as single blanks; one at its end must stand there in the text as well."""
    core = flat(quote)
    return f"{' ' if quote[0].isspace() else ''}{core}{' ' if quote[-1].isspace() else ''}"
