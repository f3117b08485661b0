"""The words that people read, on pages and on the command line: dates, speakers, certainty, status, kinds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import urlsplit

from breachbook.text import display
from breachbook.vocab import terms

PLURALS = {
    "incident": "incidents",
    "organisation": "organisations",
    "actor": "actors",
    "supplier": "suppliers",
    "campaign": "campaigns",
    "document": "documents",
}
"""The kinds of `model.listing.LISTS`, as the name of their list."""

TITLES = {
    "incident": "Incident",
    "organisation": "Organisation",
    "actor": "Threat actor",
    "supplier": "Supplier",
    "campaign": "Campaign",
    "document": "Source",
}
"""The kinds as a heading."""

FACETS = {
    "status": "Status",
    "country": "Country",
    "sector": "Sector",
    "attack_type": "Kind of attack",
    "data_class": "Kind of data",
    "actor": "Threat actor",
}
"""The filters that lists and searches have, in the order in which they are shown."""

ROLES = {"victim": "Victim", "third_party": "Supplier", "actor": "Threat actor", "member": "Part of it"}
"""How an entity takes part in an incident (`model.record.Participation`)."""

NAMING = ("victim", "third_party", "product", "actor", "campaign")
"""The properties whose value names the entity that it links to; of others (a country), the entity is whose value it is."""

STATUS_MEANS = {
    "alleged": "only the attacker says so",
    "reported": "others than the attacker say so",
    "confirmed": "the victim or an authority says so",
    "disputed": "the victim denies what others hold",
    "retracted": "whoever said it has taken it back",
}
"""What the status of an incident means."""

CERTAINTY_MEANS = {
    "stated": "said without a hedge",
    "likely": "said to be probable",
    "possible": "said to be possible, or not clear",
    "denied": "said not to be so",
}
"""What the certainty of a claim means."""

BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the direction of the text after them (Unicode, UAX 9)."""


def date_words(value: str | None) -> str:
    """A partial date, or the day of a moment, in words: `2021-03-25` is `25 March 2021`; None is empty."""
    return display.date(value[: len("YYYY-MM-DD")]) if value else ""


def speaker_words(role: str, name: str | None) -> str:
    """Who says it: the name where the text gives one, and always the role."""
    label = terms.label("speaker_role", role)
    return f"{name} ({label[:1].lower()}{label[1:]})" if name else label


def source_words(source: Mapping[str, str | None]) -> str:
    """A source in short: its publisher, else its title or id, and when it said so."""
    return f"{source['publisher'] or source['title'] or source['document']} {source['said'] or ''}".strip()


def certainty_word(certainty: str) -> str:
    """`Stated`, `Likely`, `Possible` or `Denied`."""
    return terms.label("certainty", certainty)


def status_word(status: str) -> str:
    """The status in one word; `STATUS_MEANS` explains it."""
    return terms.check("status", status).capitalize()


def facet_words(facet: str, value: str) -> str:
    """A value of a filter in words: `CA` is `Canada`, `92` is `Public administration`."""
    if facet == "country":
        return display.country(value)
    if facet == "kind":
        return PLURALS.get(value, value).capitalize()
    if facet == "status":
        return status_word(value)
    if facet in terms.vocabularies():
        return terms.label(facet, value)
    return value


def plural(count: int, word: str) -> str:
    """`1 incident`, `2 incidents`, `1,545 people`."""
    return f"{count:,} {word if count == 1 else word + 's'}"


def visible(text: str) -> str:
    """Text made safe for a terminal: control and direction-changing characters become visible escapes.

    Hostile names could otherwise move the cursor, change colours or reverse what stands after them.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character in "\n\t":
        return " "
    if character in BIDI_CONTROLS or unicodedata.category(character) in ("Cc", "Cs"):
        return f"\\u{ord(character):04x}"
    return character


def safe_link(url: str | None) -> str | None:
    """The URL when a page may link to it: http or https, and not an onion address; else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host and not host.endswith(".onion") else None


def defanged(url: str) -> str:
    """The URL written so that no program takes it for a link: `hxxps://durham[.]ca/`."""
    return url.replace("http", "hxxp", 1).replace(".", "[.]") if url.startswith("http") else url.replace(".", "[.]")


def without_password(value: str) -> str:
    """A setting's value with the password of a URL masked."""
    return re.sub(r"(://[^/@:]{0,200}:)[^/]{1,500}@", r"\1***@", value)
