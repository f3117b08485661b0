"""Countries that a name of an organisation names: "Bank of China (Singapore)" names two."""

from __future__ import annotations

from functools import cache, lru_cache

import pycountry

from breachbook.text.names import fold
from breachbook.vocab.data_files import toml_file

LONGEST = 3
"""Words of a country's name that are looked for."""

SHORTEST = 3
"""Letters of one: shorter ones are words too ("US" is kept, as "us" is what "United States" becomes in a key)."""


@lru_cache(maxsize=16384)
def named_countries(key: str) -> frozenset[str]:
    """The ISO 3166-1 codes of the countries that a name's key (`text.names.Name.key`) names, by name or adjective."""
    words = key.split()
    runs = (" ".join(words[start : start + size]) for size in range(1, LONGEST + 1) for start in range(len(words) - size + 1))
    return frozenset(code for run in runs if (code := _codes().get(run)))


@cache
def _codes() -> dict[str, str]:
    found = {"us": "US", "uk": "GB"}
    for country in pycountry.countries:
        found.setdefault(fold(country.name.partition(",")[0]), country.alpha_2)
    for code, names in toml_file("places.toml")["names"].items():
        found.update((fold(name), code) for name in names.split("; ") if len(name) > SHORTEST)
    return found
