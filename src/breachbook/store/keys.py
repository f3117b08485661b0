"""Keys under which names, domains and filter values are looked up."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from breachbook.model.ids import digest
from breachbook.text import names
from breachbook.text.partial_dates import earliest, is_partial_date, latest

LONGEST_KEY = 300
"""Characters; PostgreSQL indexes at most 2,704 bytes an entry, and no organisation's name is longer than this."""

_WORDS = re.compile(r"[^\W_]+")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,10}[a-z]{2,63}")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]{0,15}://")
_DEFANGED_DOTS = ("[.]", "(.)", "{.}", "[dot]", "(dot)")


def name_key(name: str) -> str:
    """A name without case, accents, punctuation and a leading "the": `The Café, Inc.` and `cafe inc` are one key."""
    folded = unicodedata.normalize("NFKD", name[: 4 * LONGEST_KEY]).casefold()
    words = _WORDS.findall("".join(c for c in folded if not unicodedata.combining(c)).replace("'", "").replace("’", ""))
    return bounded(" ".join(words[1:] if len(words) > 1 and words[0] == "the" else words))


def compared_key(name: str) -> str:
    """A name as resolving compares it, without legal form and turned round: `Regional Municipality of Durham` is `durham region`."""
    return bounded(names.parse(_storable(name[: 4 * LONGEST_KEY])).key)


@lru_cache(maxsize=65536)
def value_key(value: str) -> str:
    """A filter value without case: `ca` finds `CA`, `clop` finds `Clop`."""
    return bounded(" ".join(unicodedata.normalize("NFKC", value[: 4 * LONGEST_KEY]).casefold().split()))


def domain_key(text: str) -> str | None:
    """The domain that a text is, without scheme, path, `www.` and defanging (`hxxps://durham[.]ca/` is `durham.ca`); or None."""
    plain = text[: 4 * LONGEST_KEY].strip().casefold()
    for dot in _DEFANGED_DOTS:
        plain = plain.replace(dot, ".")
    host = _SCHEME.sub("", plain).partition("/")[0].partition("?")[0].partition(":")[0].rstrip(".").removeprefix("www.")
    return host if _DOMAIN.fullmatch(host) else None


def bounded(key: str) -> str:
    """The key itself, or when it is too long to be indexed, its beginning and its digest; U+0000 and surrogates go."""
    plain = _storable(key)
    if len(plain) <= LONGEST_KEY:
        return plain
    return f"{plain[:LONGEST_KEY]}~{digest(plain.encode())[:20]}"


def _storable(text: str) -> str:
    return "".join(c for c in text if c != "\x00" and not "\ud800" <= c <= "\udfff")


def date_span(date: str | None) -> tuple[str, str]:
    """The first and the last day that a partial date may mean, as ISO dates; two empty strings when there is none."""
    if date is None or not is_partial_date(date):
        return "", ""
    return earliest(date).isoformat(), latest(date).isoformat()
