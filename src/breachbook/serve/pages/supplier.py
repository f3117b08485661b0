"""The profile of a supplier: the incidents that went through it or its products."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from breachbook.serve.entities import entity_page

router = APIRouter()


@router.api_route("/supplier/{entity_id}", methods=["GET", "HEAD"])
def supplier(request: Request, entity_id: str) -> Response:
    """The profile, as a page or as JSON."""
    return entity_page(request, "supplier", entity_id)
