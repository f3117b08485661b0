"""The start page: the search box, the latest incidents, the largest campaigns, how much the book holds."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from breachbook.model.listing import Filters
from breachbook.serve.answers import answer, book_of, plain

router = APIRouter()

LATEST = 10
"""Incidents on the start page."""

CAMPAIGNS = 5
"""Campaigns on the start page."""

CAMPAIGNS_LOOKED_AT = 200
"""Campaigns among which the largest are chosen: the newest, since old waves are rarely what one comes for."""


@router.api_route("/", methods=["GET", "HEAD"])
def start(request: Request) -> Response:
    """The start page, or what it shows as JSON."""
    book = book_of(request)
    counts = book.counts()
    latest = book.listing("incident", Filters(), limit=LATEST)
    newest = book.listing("campaign", Filters(), limit=CAMPAIGNS_LOOKED_AT).rows
    largest = sorted(newest, key=lambda row: -row.incidents)[:CAMPAIGNS]

    def data() -> dict[str, Any]:
        return {"counts": counts, "latest": plain(latest.rows), "statuses": latest.facets.get("status", {}), "campaigns": plain(largest)}

    return answer(
        request,
        "start.html",
        data=data,
        context=lambda: {"counts": counts, "latest": latest.rows, "statuses": latest.facets.get("status", {}), "campaigns": largest},
    )
