"""Known makers of what is exploited, or found open, at those who use it (`vocab/data/supplier_products.toml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from breachbook.extract.lexicon import common_words, word_set
from breachbook.vocab.data_files import toml_file


@dataclass(frozen=True, slots=True)
class Known:
    """What a name tells: the maker, whether the name is (or goes on with) a product's, whether the maker is known for much else."""

    maker: str
    is_product: bool
    is_wide: bool


@cache
def _makers() -> Mapping[str, Known]:
    wide = word_set("third_parties", "wide")
    found: dict[str, Known] = {}
    for maker, products in toml_file("supplier_products.toml").items():
        is_wide = maker.lower().split()[0] in wide
        names, bar, rest = products.partition("|")
        for is_product, row in ((False, maker.lower()), (not bar, names), (True, rest)):
            for name in filter(None, (" ".join(part.split()) for part in row.split(";"))):
                found.setdefault(name, Known(maker, is_product, is_wide))
    return found


def known_supplier(name: str) -> Known | None:
    """What is known of a name, or of the words that it begins with ("Google Play Store"); None: nothing."""
    words = name.lower().split()
    for size in range(len(words), 0, -1):
        known = _makers().get(" ".join(words[:size]))
        if known is not None:
            if size == len(words):
                return known
            return Known(known.maker, True, known.is_wide) if size > 1 or words[0] not in common_words() else None
    return None


def maker_in(text: str, name: str, start: int) -> tuple[str, int, int] | None:
    """The maker's name as it stands in a text, for a product's name `text[start:…]`: at its beginning, else anywhere (None: nowhere)."""
    known = known_supplier(name)
    if known is None or not known.is_product:
        return None
    first = name.split()[0]
    if name.lower().startswith(known.maker.lower() + " "):
        return name[: len(known.maker)], start, start + len(known.maker)
    if first.lower() == known.maker.lower().split()[0] and first.lower() != name.lower():
        return first, start, start + len(first)
    for form in (known.maker, known.maker.split()[0]):
        match = re.search(rf"\b{re.escape(form)}\b", text) if len(form) > SHORTEST_MAKER else None
        if match:
            return match[0], *match.span()
    return None


SHORTEST_MAKER = 3
"""Letters that a maker's name has more than, to be looked for in a text."""
