"""Whether the book can be read: for whoever watches the server."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from breachbook.serve.answers import book_of, json_answer

router = APIRouter()


@router.api_route("/healthz", methods=["GET", "HEAD"])
def health(request: Request) -> Response:
    """`ok` with the book's counts; an unreadable book answers 503 as on every page."""
    return json_answer({"status": "ok", "counts": book_of(request).counts()})
