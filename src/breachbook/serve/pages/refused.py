"""What was turned away or left unread, and why."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from breachbook.serve.answers import answer, book_of, plain
from breachbook.serve.rules import refusal_words

router = APIRouter()


@router.api_route("/refused", methods=["GET", "HEAD"])
def refused(request: Request) -> Response:
    """The newest refusals."""
    rows = book_of(request).refused()
    return answer(request, "refused.html", data=lambda: plain(rows), context=lambda: {"rows": rows, "reasons": refusal_words()})
