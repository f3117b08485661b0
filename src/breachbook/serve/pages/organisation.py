"""The profile of an organisation: what it is, and what happened to it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from breachbook.serve.entities import entity_page

router = APIRouter()


@router.api_route("/organisation/{entity_id}", methods=["GET", "HEAD"])
def organisation(request: Request, entity_id: str) -> Response:
    """The profile, as a page or as JSON."""
    return entity_page(request, "organisation", entity_id)
