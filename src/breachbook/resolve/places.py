"""Countries' parts: states, provinces and regions as codes, so that "Ohio" and "OH" agree and "Ohio" and "Illinois" do not."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache

import pycountry

from breachbook.text.names import fold


@lru_cache(maxsize=16384)
def region_codes(written: str) -> frozenset[str]:
    """The ISO 3166-2 codes that a region may mean, as written ("Ohio", "OH", "Marietta, Ohio"); none when it is not known.

    The last part after a comma counts, and only the uppermost parts of countries.
    """
    last = written.rpartition(",")[2].strip().strip(".")
    found = _by_name().get(fold(last), frozenset())
    if not found and len(last) == 2 and last.isupper():
        found = frozenset(code for code in (f"US-{last}", f"CA-{last}") if code in _codes())
    return found


@cache
def _by_name() -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for part in pycountry.subdivisions:
        if part.parent_code is None:
            names[fold(part.name.partition(" [")[0].rpartition("(")[0].strip() or part.name)].add(part.code)
    return {name: frozenset(codes) for name, codes in names.items()}


@cache
def _codes() -> frozenset[str]:
    return frozenset(part.code for part in pycountry.subdivisions)
