"""The role of a publisher, where the kind of publisher is known (`ingest_publishers.toml`)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from breachbook.text.domains import host as host_name
from breachbook.vocab.data_files import toml_file

_NOT_IN_NAMES = re.compile(r"[^\w$]+")
_APOSTROPHES = re.compile("['’`]")
_AUTHORITY_HOST = re.compile(
    r"(?:^|\.)(?:gov|gouv|gob|gc|govt|gv|bund|europa|admin)\.[a-z]{2,4}$|\.gov$|\.(?:gc|gov\.[a-z]{2})\.ca$|\.mil$"
)
"""Hosts on which only authorities have pages: national government domains and those of the European Union."""


def _key(name: str) -> str:
    """A name without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name))
    return _NOT_IN_NAMES.sub(" ", "".join(c for c in plain if not unicodedata.combining(c)).casefold()).strip()


@cache
def _by_name() -> dict[str, str]:
    return {_key(name): role for role, row in toml_file("ingest_publishers.toml").items() for name in row.get("names", ())}


@cache
def _by_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    tables = toml_file("ingest_publishers.toml").items()
    return tuple(
        (role, re.compile(rf"\b(?:{'|'.join(re.escape(_key(w)) for w in words)}){end}"))
        for role, row in tables
        for words, end in ((row.get("words", ()), r"\b"), (row.get("ends", ()), "$"))
        if words
    )


@cache
def _by_domain() -> dict[str, str]:
    return {domain: role for role, row in toml_file("ingest_publishers.toml").items() for domain in row.get("domains", ())}


@lru_cache(maxsize=4096)
def publisher_role(publisher: str | None, address: str | None = None, *, stated: bool = False) -> str | None:
    """The role (`speaker_role`) of who published a document, or None when its kind is not known.

    Args:
        publisher: its name.
        address: the URL or host that it was published at.
        stated: the one who adds the document named the publisher. Otherwise the name is the document's word for itself, and
            an authority by name alone is believed only on an authority's address or on none: anyone can call his page a
            commissioner's.
    """
    place = _bare_host(address)
    by_place = _role_of_host(place)
    if by_place is not None or publisher is None:
        return by_place
    key = _key(publisher)
    role = (
        _by_name().get(key) or next((role for role, words in _by_words() if words.search(key)), None) or _role_of_host(host_name(publisher))
    )
    if role == "regulator" and not stated and place is not None and not _AUTHORITY_HOST.search(place):
        return None
    return role


def _bare_host(address: str | None) -> str | None:
    if not address:
        return None
    bare = re.sub(r"^[a-z]{2,6}://", "", address[:2083].strip().casefold())
    return re.split(r"[/?#]", bare, maxsplit=1)[0].rpartition("@")[2].partition(":")[0].rstrip(".").removeprefix("www.") or None


def _role_of_host(place: str | None) -> str | None:
    """The role by the longest listed domain that a host is under."""
    while place:
        if place in _by_domain():
            return _by_domain()[place]
        place = place.partition(".")[2]
    return None
