"""Answers: every page as HTML or, when asked (`.json`, `?format=json`, an Accept header), as JSON; errors in the same two forms."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from breachbook.errors import BreachbookError, RequestError
from breachbook.serve.templating import render

if TYPE_CHECKING:
    from breachbook.pipeline import Book

FORMATS = ("html", "json")
"""The values of `?format=`."""

ERROR_TITLES = {
    400: "That cannot be asked",
    404: "Not in the book",
    405: "The book can only be read",
    500: "Breachbook failed",
    503: "The book cannot be opened just now",
}
"""The headings of error pages."""


def book_of(request: Request) -> Book:
    """The book that the application serves."""
    book: Book = request.app.state.book
    return book


def wants_json(request: Request) -> bool:
    """Whether the answer is to be JSON: by the path's suffix, the parameter `format`, or the Accept header.

    Raises:
        RequestError: `format` is neither html nor json.
    """
    if request.scope.get("breachbook.json"):
        return True
    asked = request.query_params.get("format")
    if asked is not None:
        if asked not in FORMATS:
            raise RequestError(f"{asked!r} is not one of: {', '.join(FORMATS)}", subject="format")
        return asked == "json"
    accept = request.headers.get("accept", "")
    return "application/json" in accept and "text/html" not in accept


def answer(
    request: Request, template: str, *, data: Callable[[], Any], context: Callable[[], dict[str, Any]], status: int = 200
) -> Response:
    """The page in the form that was asked for; only that form is made."""
    if wants_json(request):
        return json_answer(data(), status)
    shown = {"path": request.url.path, "query": "", "as_of": None, "json_url": json_url(request), **context()}
    return HTMLResponse(render(template, shown), status_code=status)


def json_answer(data: Any, status: int = 200) -> Response:
    """Data as JSON (UTF-8, keys in the order of the record)."""
    return Response(dumps(data), status_code=status, media_type="application/json")


def json_url(request: Request) -> str:
    """The same page as JSON."""
    path = request.url.path
    return ("/index" if path == "/" else path) + ".json" + (f"?{request.url.query}" if request.url.query else "")


def error_answer(request: Request, status: int, error: BreachbookError | None, reason: str) -> Response:
    """An error as a page or as JSON, always of the one shape: status, object, property, reason."""
    shape = {"status": status, "object": error.subject if error else None, "property": error.property if error else None, "reason": reason}
    try:
        as_json = wants_json(request)
    except RequestError:
        as_json = False
    if as_json:
        return json_answer({"error": shape}, status)
    title = ERROR_TITLES.get(status, "Error")
    today = request.url.path if request.query_params.get("as_of") else None
    shown = {"path": request.url.path, "query": "", "as_of": None, "json_url": None, "title": title, "today": today, **shape}
    return HTMLResponse(render("error.html", shown), status_code=status)


def plain(thing: Any) -> Any:
    """A frozen record, or a sequence of them, as plain data for JSON."""
    if is_dataclass(thing) and not isinstance(thing, type):
        return asdict(thing)
    if isinstance(thing, (list, tuple)):
        return [plain(item) for item in thing]
    return thing


def dumps(data: Any, indent: int | None = None) -> str:
    """JSON text; lone surrogates are escaped, so that it can always be encoded."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")
