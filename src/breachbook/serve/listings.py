"""What lists and the search share: the form with its choices, the chips of what is chosen, the links to other pages of the list."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from breachbook.model.listing import Filters, Listing
from breachbook.serve import words
from breachbook.serve.answers import answer, plain
from breachbook.serve.parameters import PAGE_ROWS

CHOICES_SHOWN = 100
"""Choices in one filter's menu: the most frequent; rarer values can be asked for in the address."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: its words, how many rows it would leave, and whether it is chosen."""

    value: str
    words: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """One filter with its choices."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, with the link that takes it away."""

    label: str
    words: str
    without: str


def listing_answer(request: Request, template: str, kind: str | None, found: Listing, page: int, asked: Filters) -> Response:
    """A page of a list or search, as a page or as JSON."""
    chosen = {name: value for name, value in asdict(asked).items() if value}
    last = max(1, -(-found.total // PAGE_ROWS))

    def context() -> dict[str, Any]:
        return {
            "kind": kind,
            "query": asked.query or "",
            "asked": asked,
            "found": found,
            "menus": [menu for facet in words.FACETS if (menu := _menu(facet, found, chosen.get(facet))).choices],
            "chips": [_chip(request, name, value) for name, value in chosen.items() if name != "query"],
            "page": page,
            "last": last,
            "previous": _link(request, page=page - 1) if page > 1 else None,
            "next": _link(request, page=page + 1) if page < last else None,
            "first_row": (page - 1) * PAGE_ROWS + 1,
            "kinds": [(each, _link(request, kind=each, page=None)) for each in words.PLURALS],
            "all_kinds": _link(request, kind=None, page=None),
        }

    def data() -> dict[str, Any]:
        facets = {name: dict(counts) for name, counts in found.facets.items()}
        return {"filters": chosen, "page": page, "pages": last, "total": found.total, "rows": plain(found.rows), "facets": facets}

    return answer(request, template, data=data, context=context)


def _menu(facet: str, found: Listing, chosen: str | None) -> Menu:
    counts = found.facets.get(facet, {})
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:CHOICES_SHOWN]
    choices = [Choice(value, words.facet_words(facet, value), count, value == chosen) for value, count in ordered]
    if chosen and not any(choice.chosen for choice in choices):
        choices.insert(0, Choice(chosen, words.facet_words(facet, chosen), counts.get(chosen), True))
    return Menu(facet, words.FACETS[facet], tuple(choices))


def _chip(request: Request, name: str, value: str) -> Chip:
    if name in ("since", "until"):
        return Chip(name.capitalize(), words.date_words(value), _link(request, **{name: None}, page=None))
    return Chip(words.FACETS[name], words.facet_words(name, value), _link(request, **{name: None}, page=None))


def _link(request: Request, **changes: str | int | None) -> str:
    given: dict[str, str | int | None] = {**request.query_params, **changes}
    query = urlencode({name: value for name, value in given.items() if value not in (None, "")})
    return request.url.path + (f"?{query}" if query else "")
