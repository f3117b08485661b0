"""About the book: what a claim, a certainty and a status are, and the table that decides which value stands."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from breachbook.serve.answers import answer, book_of, plain
from breachbook.serve.rules import rules
from breachbook.vocab import terms

router = APIRouter()


@router.api_route("/about", methods=["GET", "HEAD"])
def about(request: Request) -> Response:
    """The words and rules of the book."""
    counts = book_of(request).counts()
    vocabularies = {name: {term: terms.label(name, term) for term in terms.terms(name)} for name in ("status", "certainty", "speaker_role")}

    def context() -> dict[str, Any]:
        return {"counts": counts, "vocabularies": vocabularies, "all_rules": rules()}

    return answer(request, "about.html", data=lambda: {"counts": counts, "precedence": plain(rules()), **vocabularies}, context=context)
