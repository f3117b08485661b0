"""The templates: one environment, autoescaped, strict about what it is not given, with the words and links that pages share."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from breachbook.model.ids import digest
from breachbook.serve import rules, words
from breachbook.text import display
from breachbook.vocab import properties

TITLE_LENGTH = 80
"""Characters of a name in a page's title; browsers show fewer."""


@cache
def environment() -> Environment:
    """The Jinja environment of all pages."""
    made = Environment(
        loader=PackageLoader("breachbook.serve"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(
        date_words=words.date_words,
        source_words=words.source_words,
        status_word=words.status_word,
        certainty_word=words.certainty_word,
        facet_words=lambda value, facet: words.facet_words(facet, value),
        country_words=display.country,
        plural=words.plural,
        safe_link=words.safe_link,
        defanged=words.defanged,
        short=short,
        refusal_words=lambda code: rules.refusal_words().get(code, code),
    )
    made.globals.update(
        speaker_words=words.speaker_words,
        url=url,
        static_url=static_url,
        claim_url=claim_url,
        property_label=property_label,
        PLURALS=words.PLURALS,
        TITLES=words.TITLES,
        FACETS=words.FACETS,
        ROLES=words.ROLES,
        NAMING=words.NAMING,
        STATUS_MEANS=words.STATUS_MEANS,
        CERTAINTY_MEANS=words.CERTAINTY_MEANS,
    )
    return made


def render(template: str, context: dict[str, Any]) -> str:
    """A page as HTML."""
    return environment().get_template(template).render(context)


def short(text: str, length: int = TITLE_LENGTH) -> str:
    """The text, cut with an ellipsis where it is longer than `length` characters."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def url(*path: str, **query: str | int | None) -> str:
    """A link within the book: path parts are quoted, query parameters without value left out."""
    given = {name: value for name, value in query.items() if value not in (None, "")}
    return "/" + "/".join(quote(part, safe="") for part in path) + (f"?{urlencode(given)}" if given else "")


def claim_url(document: str, claim: str) -> str:
    """Where a claim's words stand marked in its source."""
    return f"{url('document', document, claim=claim)}#{quote(claim, safe='')}"


def property_label(name: str) -> str:
    """The label of a property, for people."""
    return properties.get(name).label


@cache
def static_url(name: str) -> str:
    """A file of `static/`, with a part that changes when the file does, so that browsers may keep it for good."""
    return f"/static/{name}?v={digest(files('breachbook.serve').joinpath('static', name).read_bytes())[:12]}"
