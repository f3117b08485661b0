"""The profile of a campaign: the incidents counted among one wave."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from breachbook.serve.campaign_view import with_proposals
from breachbook.serve.entities import entity_page

router = APIRouter()


@router.api_route("/campaign/{entity_id}", methods=["GET", "HEAD"])
def campaign(request: Request, entity_id: str) -> Response:
    """The profile, as a page or as JSON."""
    return entity_page(request, "campaign", entity_id, refined=with_proposals)
