"""Domain names: written harmlessly (`durham[.]ca`), read back, cut to the part that was registered, told from names."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import tldextract

from breachbook.vocab.data_files import toml_file

LONGEST_DOMAIN = 253
"""Characters of a domain name (RFC 1035)."""

LONGEST_URL = 2083
"""Characters of a web address that are looked at: no browser's limit is lower."""

_DOT = re.compile(r"\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?", re.IGNORECASE)
_SCHEME = re.compile(r"^(?:hxxps?|https?|ftp)(?:\[:\]|:)//", re.IGNORECASE)
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,10}[^\W\d_](?:[\w-]{0,61}[^\W_])")


@cache
def _suffixes() -> tldextract.TLDExtract:
    """The public suffix list as it comes with tldextract, with the domains under which governments register; nothing is fetched."""
    more = toml_file("resolve_names.toml")["shared"]["suffixes"]
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, extra_suffixes=more)


def defang(text: str) -> str:
    """A domain or address that no program makes a link of: `durham.ca` becomes `durham[.]ca`, `https` becomes `hxxps`."""
    return re.sub(r"^http", "hxxp", refang(text), flags=re.IGNORECASE).replace(".", "[.]")


def refang(text: str) -> str:
    """The working form of a defanged domain or address: `durham[.]ca`, `durham(dot)ca` and `hxxps://` are undone."""
    return re.sub(r"^hxxp", "http", _DOT.sub(".", text.strip()), flags=re.IGNORECASE)


@lru_cache(maxsize=65536)
def host(text: str) -> str | None:
    """The host name of a domain or web address in any of its forms, lower case, without `www`; None when it is neither."""
    if len(text) > LONGEST_URL:
        return None
    bare = _SCHEME.sub("", _DOT.sub(".", text.strip())).casefold()
    bare = re.split(r"[/?#]", bare, maxsplit=1)[0].partition(":")[0].rstrip(".").removeprefix("www.")
    if len(bare) > LONGEST_DOMAIN or not _HOST.fullmatch(bare):
        return None
    return bare if _suffixes().extract_str(bare).suffix else None


@lru_cache(maxsize=65536)
def registered(text: str) -> str | None:
    """The registered part of a domain or address (`www.durham.ca/en` gives `durham.ca`).

    None when it is no domain, or when it is a host on which many have their pages (`resolve_names.toml`, `shared`).
    """
    name = host(text)
    if name is None or name in _shared():
        return None
    domain = _suffixes().extract_str(name).top_domain_under_public_suffix.casefold() or name
    return None if domain in _shared() else domain


@lru_cache(maxsize=65536)
def label(domain: str) -> str:
    """What a domain says of its owner's name: `weisermemorial.org` gives `weisermemorial`; letters and digits only."""
    return "".join(c for c in _suffixes().extract_str(domain).domain.casefold() if c.isalnum())


@cache
def _shared() -> frozenset[str]:
    return frozenset(toml_file("resolve_names.toml")["shared"]["hosts"])
