"""Values in words, for people: dates, counts, sizes, money, countries, flags, domains. Bytes count decimally (1 GB is 10^9)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from breachbook.vocab.data_files import toml_file

SIZES = (("PB", 10**15), ("TB", 10**12), ("GB", 10**9), ("MB", 10**6), ("kB", 10**3))
"""Decimal units (IEC 80000-13 leaves these names to powers of ten)."""

LARGE = (("billion", 10**9), ("million", 10**6))
"""Number words of the short scale."""

WITH_ARTICLE = frozenset({"US", "GB", "NL", "PH", "AE", "BS", "MV", "GM", "DO", "CF", "KM", "MH", "SB", "SC", "VA", "CG", "KY", "FK"})
"""Countries that take `the` within a sentence."""

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
"""In English whatever the machine's locale (`calendar.month_name` follows it)."""

DATE_QUALIFIERS = {"about": "about {}", "up_to": "by {}", "at_least": "{} or later"}
"""How a qualified date is said; `up_to` is the latest day it can have been."""

COUNT_QUALIFIERS = {"about": "about {}", "up_to": "up to {}", "at_least": "at least {}"}
"""How a qualified count, size or amount is said."""

SHORT_COUNTRIES = {"RU": "Russia", "SY": "Syria", "BN": "Brunei", "CD": "DR Congo", "CG": "Republic of the Congo", "FM": "Micronesia",
                   "PS": "Palestine", "VA": "Vatican City", "FK": "Falkland Islands", "XK": "Kosovo"}  # fmt: skip
"""Everyday English names where the ISO 3166-1 list has only the official one, or (Kosovo) none."""


def date(value: str, qualifier: str | None = None) -> str:
    """A partial date in words: `20 January 2021`, `January 2021`, `2021`; with `up_to`, `by 9 April 2021`."""
    parts = value.split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return DATE_QUALIFIERS.get(qualifier or "", "{}").format(" ".join(words))


def number(value: int) -> str:
    """A whole number: `1,545`, `147.9 million`; a number word only where nothing is lost by it."""
    for word, unit in LARGE:
        if value >= unit and value % (unit // 100) == 0:
            return f"{_decimals(value, unit)} {word}"
    return f"{value:,}"


def count(value: int, qualifier: str | None = None) -> str:
    """A count: `1,545`, `about 1.6 million`, `at least 310,000`."""
    return COUNT_QUALIFIERS.get(qualifier or "", "{}").format(number(value))


def size(value: int, qualifier: str | None = None) -> str:
    """A number of bytes: `6.5 GB`, `up to 1.2 TB`; two decimals at most."""
    for unit, factor in SIZES:
        if value >= factor:
            return COUNT_QUALIFIERS.get(qualifier or "", "{}").format(f"{_decimals(value, factor)} {unit}")
    return COUNT_QUALIFIERS.get(qualifier or "", "{}").format(f"{value} bytes")


def _decimals(value: int, unit: int) -> str:
    whole, hundredths = divmod((value * 100 + unit // 2) // unit, 100)
    return f"{whole:,}.{hundredths:02d}".rstrip("0").rstrip(".")


def money(value: int, unit: str | None = None, qualifier: str | None = None) -> str:
    """An amount in whole units of a currency: `8.1 million US dollars`; without a currency, the number alone."""
    amount = count(value, qualifier)
    return f"{amount} {toml_file('currencies.toml').get(unit, unit)}" if unit else amount


@cache
def country(code: str) -> str:
    """The English name of a country by its ISO 3166-1 alpha-2 code; the code itself when the list has no such country."""
    if code in SHORT_COUNTRIES:
        return SHORT_COUNTRIES[code]
    import pycountry  # here, because its lists are read from disk on import

    found = pycountry.countries.get(alpha_2=code)
    return code if found is None else str(getattr(found, "common_name", None) or found.name)


def in_country(code: str) -> str:
    """A country within a sentence: `Canada`, `the United States`."""
    name = country(code)
    return f"the {name}" if code in WITH_ARTICLE and not name.startswith("The ") else name


def flag(value: bool) -> str:
    """`yes` or `no`."""
    return "yes" if value else "no"


def defanged(domain: str) -> str:
    """A domain or URL that no program takes for a link: `durham[.]ca`."""
    plain = domain.replace("[.]", ".").replace(".", "[.]")
    return "hxx" + plain[3:] if plain[:4].lower() == "http" else plain


def listed(parts: Sequence[str]) -> str:
    """Words joined as a list: `a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""
