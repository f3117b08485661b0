"""The lists: incidents, organisations, actors, suppliers, campaigns; each with filters, counts and pages."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from breachbook.serve import parameters
from breachbook.serve.answers import book_of
from breachbook.serve.listings import listing_answer

router = APIRouter()


def _answer(request: Request, kind: str) -> Response:
    asked = parameters.filters({**request.query_params, "query": request.query_params.get("q")})
    page = parameters.page(request.query_params.get("page"))
    found = book_of(request).listing(kind, asked, parameters.PAGE_ROWS, (page - 1) * parameters.PAGE_ROWS)
    return listing_answer(request, "list.html", kind, found, page, asked)


@router.api_route("/incidents", methods=["GET", "HEAD"])
def incidents(request: Request) -> Response:
    """Incidents, newest first."""
    return _answer(request, "incident")


@router.api_route("/organisations", methods=["GET", "HEAD"])
def organisations(request: Request) -> Response:
    """Organisations."""
    return _answer(request, "organisation")


@router.api_route("/actors", methods=["GET", "HEAD"])
def actors(request: Request) -> Response:
    """Threat actors."""
    return _answer(request, "actor")


@router.api_route("/suppliers", methods=["GET", "HEAD"])
def suppliers(request: Request) -> Response:
    """Suppliers."""
    return _answer(request, "supplier")


@router.api_route("/campaigns", methods=["GET", "HEAD"])
def campaigns(request: Request) -> Response:
    """Campaigns."""
    return _answer(request, "campaign")
