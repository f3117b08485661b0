"""The search over everything: records and sources, in the order of how well they fit."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from breachbook.model.listing import LISTS, Listing
from breachbook.serve import parameters
from breachbook.serve.answers import book_of
from breachbook.serve.listings import listing_answer

router = APIRouter()


@router.api_route("/search", methods=["GET", "HEAD"])
def search(request: Request) -> Response:
    """What fits the query; without a query, the form alone."""
    given = request.query_params
    asked = parameters.filters({**given, "query": given.get("q")})
    kind = parameters.one_of("kind", given["kind"], LISTS) if given.get("kind") else None
    page = parameters.page(given.get("page"))
    rows = parameters.PAGE_ROWS
    found = book_of(request).search(asked, (kind,) if kind else LISTS, rows, (page - 1) * rows) if asked.query else Listing((), 0)
    return listing_answer(request, "search.html", kind, found, page, asked)
