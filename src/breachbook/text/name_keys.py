"""What a name is looked up by in a large list: keys that are the same for the same name, and its words."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from breachbook.text.domains import label
from breachbook.text.names import Name, together
from breachbook.vocab.data_files import toml_file

SHORTEST_KEY = 3
"""Characters of a key: what is shorter stands for too much."""

SHORTEST_PREFIX = 5
"""Letters that the first words of a name must have together to be looked up alone: domains are often cut so
(`bathfitter` of "Bath Fitter Distributing")."""

MOST_WORDS = 24
"""Words of a name that are looked up."""

DOMAIN_MARK, INITIALS_MARK = "@", "~"
"""What keys that are domains, and initials, begin with."""


def words(name: Name) -> tuple[str, ...]:
    """The words a name is looked up by, each once, without those that only join others; of a domain its label."""
    return (label(name.domain),) if name.domain else _words(name.key)


@lru_cache(maxsize=65536)
def _words(key: str) -> tuple[str, ...]:
    found = [word for word in dict.fromkeys(key.split()) if word not in _joining()]
    return tuple(found[:MOST_WORDS] or key.split()[:MOST_WORDS])


def stored_keys(name: Name) -> frozenset[str]:
    """The keys that an organisation of this name is found by: the name written together, with its words in their order and
    sorted, without words such as "Group"; of a domain the domain and its label."""
    if name.domain:
        return frozenset({DOMAIN_MARK + name.domain, label(name.domain)})
    found = {name.squash, "".join(name.bare.split()), "".join(sorted(words(name)))}
    return frozenset(key for key in found if len(key) >= SHORTEST_KEY) or frozenset({name.squash})


def domain_keys(domains: tuple[str, ...] | frozenset[str]) -> frozenset[str]:
    """The keys of an organisation that has these domains."""
    return frozenset(key for domain in domains for key in (DOMAIN_MARK + domain, label(domain)) if len(key) >= SHORTEST_KEY)


def initials_key(name: Name) -> str | None:
    """The key under which a name of several words is found by its initials."""
    return INITIALS_MARK + name.acronym if name.acronym else None


def asked_keys(name: Name) -> tuple[str, ...]:
    """The keys to look a name up by, the surest first: its own, then its first words written together, as domains have them."""
    own = sorted(stored_keys(name))
    if name.domain:
        return tuple(own)
    beginnings, written = [], ""
    for word in name.key.split()[:MOST_WORDS]:
        written += word
        if len(written) >= SHORTEST_PREFIX:
            beginnings.append(written)
    return tuple(dict.fromkeys([*own, *_unstripped(name.text), *reversed(beginnings)]))


def acronym_keys(name: Name) -> tuple[str, ...]:
    """The keys of names whose initials this name may be, or that are this name's initials."""
    if name.domain:
        return (INITIALS_MARK + label(name.domain),)
    return (INITIALS_MARK + name.key,) if name.key.isalpha() else (name.acronym,) if name.acronym else ()


@lru_cache(maxsize=4096)
def _unstripped(text: str) -> tuple[str, ...]:
    """The whole name written together, with its legal form: `geminiindustriesinc`."""
    whole = together(text)
    return (whole,) if len(whole) >= SHORTEST_KEY else ()


@cache
def _joining() -> frozenset[str]:
    table: dict[str, Any] = toml_file("resolve_names.toml")
    return frozenset(table["joining"])
