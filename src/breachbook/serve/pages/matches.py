"""Why what several sources say is one record: its matches, and what people judged about it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from breachbook.serve.answers import answer, book_of, plain
from breachbook.serve.entities import find_entity, moved

router = APIRouter()

SHOWN = 100
"""Matches and judgements on one page; the command `matches` has all."""


@router.api_route("/matches/{entity_id}", methods=["GET", "HEAD"])
def matches(request: Request, entity_id: str) -> Response:
    """The matches and judgements of one record, as a page or as JSON.

    Raises:
        NotFoundError: the book holds no such record.
    """
    found = find_entity(request, entity_id)
    if found.id != entity_id:
        return moved(request, "matches", found.id)
    decisions = book_of(request).decisions
    shown, acts = decisions.matches(found.id, None, None, SHOWN), decisions.acts(found.id, None)
    return answer(
        request,
        "matches.html",
        data=lambda: {
            "id": found.id,
            "name": found.name,
            "total": shown.total,
            "matches": plain(shown.rows),
            "judgements": plain(acts[:SHOWN]),
        },
        context=lambda: {"entity": found, "matches": shown, "acts": acts[:SHOWN], "more_acts": max(0, len(acts) - SHOWN)},
    )
