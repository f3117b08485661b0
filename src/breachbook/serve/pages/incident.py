"""The record of an incident: status, summary, every field with what lost to it, timeline, sources, what was left out."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from breachbook.model.record import LeftOut, Record
from breachbook.serve.entities import entity_page

router = APIRouter()


@router.api_route("/incident/{entity_id}", methods=["GET", "HEAD"])
def incident(request: Request, entity_id: str) -> Response:
    """The record, as a page or as JSON."""
    return entity_page(request, "incident", entity_id, _more)


def _more(record: Record) -> dict[str, Any]:
    classes = record.field("data_class")
    affected = classes.values if classes else ()
    lost = classes.losing if classes else ()
    return {
        "fields": tuple(item for item in record.fields if item.property != "data_class"),
        "data_affected": tuple(value for value in affected if value.certainty != "denied"),
        "data_denied": tuple(value for value in (*affected, *lost) if value.certainty == "denied"),
        "data_withdrawn": tuple(value for value in lost if value.certainty != "denied"),
        "left_out": left_out_by_statement(record),
    }


def left_out_by_statement(record: Record) -> dict[str, list[LeftOut]]:
    """What each statement of the victim did not say, by the id of the statement's document, in the record's order."""
    found: dict[str, list[LeftOut]] = {}
    for gap in record.left_out:
        found.setdefault(gap.statement, []).append(gap)
    return found
