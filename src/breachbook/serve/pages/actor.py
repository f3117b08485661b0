"""The profile of a threat actor: its names, and what is laid at its door, by whom."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from breachbook.serve.entities import entity_page

router = APIRouter()


@router.api_route("/actor/{entity_id}", methods=["GET", "HEAD"])
def actor(request: Request, entity_id: str) -> Response:
    """The profile, as a page or as JSON."""
    return entity_page(request, "actor", entity_id)
