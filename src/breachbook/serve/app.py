"""The application: the pages in one tuple, the errors as pages, the headers around all."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from breachbook.errors import BreachbookError, NotFoundError, RequestError, StoreError
from breachbook.serve.answers import error_answer
from breachbook.serve.headers import SECURITY_HEADERS, BookHeaders
from breachbook.serve.pages import (
    about,
    actor,
    campaign,
    document,
    health,
    incident,
    lists,
    matches,
    organisation,
    refused,
    search,
    start,
    supplier,
    why,
)

if TYPE_CHECKING:
    from breachbook.pipeline import Book

PAGES = (start, lists, incident, organisation, actor, supplier, campaign, document, search, why, matches, refused, about, health)
"""Every page: a module of `pages/` with a `router`."""


def create_app(book: Book) -> FastAPI:
    """The application that serves `book`; it only ever reads it."""
    app = FastAPI(title="Breachbook", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.book = book
    for page in PAGES:
        app.include_router(page.router)
    app.mount("/static", StaticFiles(directory=str(files("breachbook.serve").joinpath("static"))), name="static")
    app.add_exception_handler(BreachbookError, _book_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _defect)
    app.add_middleware(BookHeaders)
    return app


def status_of(error: BreachbookError) -> int:
    """The HTTP status that says what kind of error it is."""
    if isinstance(error, RequestError):
        return 400
    if isinstance(error, NotFoundError):
        return 404
    return 503 if isinstance(error, StoreError) else 500


def _book_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, BreachbookError)
    return error_answer(request, status_of(error), error, error.reason)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    reasons = {404: "There is no such page.", 405: "Pages can be read, not written."}
    return error_answer(request, error.status_code, None, reasons.get(error.status_code, str(error.detail)))


def _defect(request: Request, error: Exception) -> Response:
    answer = error_answer(request, 500, None, "This is a defect; the server's log says more. Please report it.")
    answer.headers.update(SECURITY_HEADERS)  # defects are answered outside the middleware that adds them elsewhere
    return answer
