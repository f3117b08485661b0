"""What the pages of entities share: from an address to the record, its evidence numbered; earlier ids lead on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from breachbook.errors import NotFoundError
from breachbook.model.dossier import EntityRef
from breachbook.model.record import Record
from breachbook.publish.records import to_json
from breachbook.serve import numbering, parameters
from breachbook.serve.answers import answer, book_of
from breachbook.serve.lookup import ENTITY_ID
from breachbook.serve.templating import url

if TYPE_CHECKING:
    from breachbook.pipeline import Book


def find_entity(request: Request, entity_id: str) -> EntityRef:
    """The entity of an id in an address.

    Raises:
        NotFoundError: the book holds no such entity.
    """
    if not ENTITY_ID.fullmatch(entity_id):
        raise NotFoundError("the book holds no record with this id", subject=entity_id)
    return book_of(request).find(entity_id)


def moved(request: Request, *path: str) -> Response:
    """A lasting redirect (308) to where the record is now, in the form and as of the date that were asked for."""
    suffix = ".json" if request.scope.get("breachbook.json") else ""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(url(*path) + suffix + query, status_code=308)


def as_of(request: Request) -> date | None:
    """The day that the page is asked for.

    Raises:
        RequestError: it is not a day.
    """
    return parameters.as_of(request.query_params.get("as_of"))


def entity_page(
    request: Request,
    kind: str,
    entity_id: str,
    more: Callable[[Record], dict[str, Any]] | None = None,
    refined: Callable[[Book, Record, date | None], Record] | None = None,
) -> Response:
    """The page of one record: `TEMPLATES/<kind>.html`, or its JSON; `more` adds to what the template is given, `refined` to the record.

    Raises:
        NotFoundError: the book holds no such record, or nothing was known of it on that day.
        RequestError: the date is not a day.
    """
    day = as_of(request)
    found = find_entity(request, entity_id)
    shown_as = kind if found.kind == "organisation" and kind == "supplier" else found.kind
    if (found.id, shown_as) != (entity_id, kind):
        return moved(request, shown_as, found.id)
    record = book_of(request).record(found.id, day, "supplier" if kind == "supplier" else None)
    record = refined(book_of(request), record, day) if refined else record

    def context() -> dict[str, Any]:
        evidence = numbering.numbered(record)
        return {
            "record": record,
            "kind": kind,
            "evidence": evidence,
            "as_of": record.as_of,
            **(more(record) if more else {}),
        }

    return answer(request, f"{kind}.html", data=lambda: to_json(record), context=context)
