"""Why a field says what it says: every claim behind it, which value won, and the rule."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from breachbook.serve import parameters
from breachbook.serve.answers import answer, book_of, plain
from breachbook.serve.entities import as_of, find_entity, moved
from breachbook.serve.rules import rule
from breachbook.vocab import properties

router = APIRouter()


@router.api_route("/why/{entity_id}/{property}", methods=["GET", "HEAD"])
def why(request: Request, entity_id: str, property: str) -> Response:
    """The claims behind one field of one record.

    Raises:
        NotFoundError: the book holds no such record, or nothing is known of this field.
        RequestError: there is no such field, or the date is not a day.
    """
    day = as_of(request)
    name = parameters.property_name(property)
    found = find_entity(request, entity_id)
    if (found.id, name) != (entity_id, property):
        return moved(request, "why", found.id, name)
    field = book_of(request).why(found.id, name, day)
    return answer(
        request,
        "why.html",
        data=lambda: {"id": found.id, "name": found.name, "as_of": day.isoformat() if day else None, **plain(field)},
        context=lambda: {
            "entity": found,
            "field": field,
            "about": properties.get(name),
            "rule": rule(name),
            "as_of": day.isoformat() if day else None,
        },
    )
