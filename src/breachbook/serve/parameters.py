"""Reads what a user asks with (filters, dates, fields, pages), for pages and the command line alike; wrong values list the valid ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from breachbook.errors import RequestError
from breachbook.model.listing import Filters
from breachbook.text import partial_dates
from breachbook.vocab import properties, terms

PAGE_ROWS = 50
"""Rows on a page of a list."""

LAST_PAGE = 100_000
"""Pages beyond this are refused: 5 million rows, more than the largest book aimed at."""

QUERY_LENGTH = 500
"""Characters of a query that are used; what people type is far shorter."""


def filters(given: Mapping[str, str | None]) -> Filters:
    """The filters in `given` (names as in `model.listing.Filters`; empty values mean any).

    Raises:
        RequestError: a value is not in its vocabulary, or a date is none; the message lists the valid ones.
    """
    wanted = {name: value.strip() for name, value in given.items() if value and value.strip()}
    return Filters(
        query=wanted["query"][:QUERY_LENGTH] if "query" in wanted else None,
        country=country(wanted["country"]) if "country" in wanted else None,
        sector=term("sector", wanted.get("sector")),
        status=term("status", wanted.get("status")),
        attack_type=term("attack_type", wanted.get("attack_type")),
        actor=wanted["actor"][:QUERY_LENGTH] if "actor" in wanted else None,
        data_class=term("data_class", wanted.get("data_class")),
        since=bound("since", wanted.get("since")),
        until=bound("until", wanted.get("until")),
    )


def term(vocabulary: str, value: str | None) -> str | None:
    """A term of a closed vocabulary, also when written with hyphens or capitals.

    Raises:
        RequestError: it is none; lists the terms.
    """
    if not value:
        return None
    return one_of(vocabulary, value, terms.terms(vocabulary))


def one_of(name: str, value: str, valid: Iterable[str]) -> str:
    """The valid value that `value` means (case, and hyphen for underscore, do not matter).

    Raises:
        RequestError: it is none of them; lists them.
    """
    choices = tuple(valid)
    folded = value.strip().casefold()
    for choice in choices:
        if folded in (choice.casefold(), choice.casefold().replace("_", "-")):
            return choice
    raise RequestError(f"{value!r} is not one of: {', '.join(choices)}", subject=name)


def country(value: str) -> str:
    """The ISO 3166-1 alpha-2 code of a code or an English name.

    Raises:
        RequestError: ISO 3166 has no such country; lists the codes.
    """
    import pycountry

    try:
        return str(pycountry.countries.lookup(value.strip()).alpha_2)
    except LookupError:
        codes = ", ".join(sorted(entry.alpha_2 for entry in pycountry.countries))
        raise RequestError(f"{value!r} is not a country of ISO 3166-1; its codes are: {codes}", subject="country") from None


def bound(name: str, value: str | None) -> str | None:
    """An ISO date from a partial one: the first day it may mean for `since`, the last for `until`.

    Raises:
        RequestError: it is not a date of the calendar.
    """
    if not value:
        return None
    if not partial_dates.is_partial_date(value):
        raise RequestError(f"{value!r} is not a date; write YYYY-MM-DD, YYYY-MM or YYYY, such as 2021-04-08", subject=name)
    edge = partial_dates.latest if name == "until" else partial_dates.earliest
    return edge(value).isoformat()


def as_of(value: str | None) -> date | None:
    """The day to open the book at, or None for today.

    Raises:
        RequestError: it is not a day of the calendar.
    """
    if not value or not value.strip():
        return None
    text = value.strip()
    if len(text) != len("YYYY-MM-DD") or not partial_dates.is_partial_date(text):
        raise RequestError(f"{text!r} is not a day of the calendar; write YYYY-MM-DD, such as 2021-04-08", subject="as-of date")
    return date.fromisoformat(text)


def page(value: str | None) -> int:
    """The number of a page of a list, from 1.

    Raises:
        RequestError: it is not a number from 1 to `LAST_PAGE`.
    """
    if not value:
        return 1
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= LAST_PAGE):
        raise RequestError(f"{value!r} is not a page number from 1 to {LAST_PAGE}", subject="page")
    return int(value)


def property_name(value: str) -> str:
    """The name of a property from its name or its label (`third_party`, `third-party`, `Third party`).

    Raises:
        RequestError: there is no such property; lists them.
    """
    known = properties.properties()
    by_label = {prop.label.casefold(): prop.name for prop in known.values() if prop.subject == "incident"}
    if value.strip().casefold() in by_label:
        return by_label[value.strip().casefold()]
    return one_of("field", value, (name for name, prop in known.items() if prop.subject != "document"))
