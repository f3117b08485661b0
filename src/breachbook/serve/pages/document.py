"""A source: its text with every piece of evidence marked in place, and for each who says it, how sure, and when."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from breachbook.errors import RequestError
from breachbook.model.claim import Claim
from breachbook.model.dossier import DocumentPage
from breachbook.publish import wording
from breachbook.serve import marking
from breachbook.serve.answers import answer, book_of, plain

router = APIRouter()


@router.api_route("/document/{document_id}", methods=["GET", "HEAD"])
def document(request: Request, document_id: str) -> Response:
    """The source, as a page or as JSON.

    Raises:
        NotFoundError: the book holds no such document.
        RequestError: it has no such part.
    """
    page = book_of(request).document(document_id)
    claim_id = request.query_params.get("claim")
    part = _part(page, claim_id, request.query_params.get("part"))
    numbers = {claim.id: number for number, claim in enumerate(sorted(page.claims, key=lambda claim: (claim.start, claim.end)), start=1)}

    def context() -> dict[str, Any]:
        return {
            "page": page,
            "meta": page.meta,
            "paragraphs": marking.paragraphs(page.text, page.claims, page.passages, part),
            "numbers": numbers,
            "value_words": _value,
            "target": claim_id,
            "part": part,
            "parts_count": marking.parts(page.text),
            "linked": {ref.id: ref for ref in page.links.values()}.values(),
        }

    return answer(request, "document.html", data=lambda: _data(page), context=context)


def _part(page: DocumentPage, claim_id: str | None, given: str | None) -> int:
    count = marking.parts(page.text)
    if given:
        if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= count):
            raise RequestError(f"{given!r} is not a part from 1 to {count}", subject="part")
        return int(given)
    wanted = next((claim for claim in page.claims if claim.id == claim_id), None)
    return marking.part_of(wanted) if wanted else 1


def _data(page: DocumentPage) -> dict[str, Any]:
    return {
        "meta": plain(page.meta),
        "text": page.text,
        "passages": plain(page.passages),
        "claims": [{"id": claim.id, **plain(claim)} for claim in page.claims],
        "links": {mention: plain(ref) for mention, ref in page.links.items()},
    }


def _value(claim: Claim) -> str:
    return wording.words(claim.property, claim.value, claim.qualifier, claim.unit)
