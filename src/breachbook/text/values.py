"""Quantities as people write them: counts ("nearly 143m", "over 310,000"), sizes ("6.5 GB"), money ("US$8.1 million", "100 bitcoin").

`NUMBER`, `SIZE` and `MONEY` find them in folded text; `count`, `size` and `money` read one match. A quantity that the words do
not give as a whole number (dollars, bytes, people) within bounds is left unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

LARGEST_COUNT = 10**13
"""A thousand times the people on earth: what is larger is no count of people or records."""

_SMALL = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
          "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}  # fmt: skip
_SCALES = {"thousand": 10**3, "k": 10**3, "lakh": 10**5, "million": 10**6, "mln": 10**6, "mn": 10**6, "m": 10**6, "mil": 10**6,
    "crore": 10**7,
           "billion": 10**9, "bn": 10**9, "b": 10**9, "trillion": 10**12, "hundred": 100, "dozen": 12}  # fmt: skip

_FIGURE = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,3}(?: \d{3}){1,3}(?!\d)|\d{1,12})(?:\.\d{1,3})?(?![\d])"
_SCALE = r"(?:thousand|million|billion|trillion|mln|bn|mn|mil\b|lakh|crore|k\b|m\b|b\b)"
_WORD = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|fifty)"

_QUALIFIERS = {
    "about": r"about|around|approximately|approx\.?|roughly|nearly|almost|some|close to|an estimated|estimated|circa|"
    r"in the region of|just under|"
    r"just over|an approximate|in the neighborhood of|somewhere around|upwards? of about|~",
    "at_least": r"more than|over|at least|upwards? of|no fewer than|in excess of|greater than|exceeding|well over|as few as|"
    r"a minimum of|north of",
    "up_to": r"up to|as many as|as much as|potentially|less than|fewer than|under|a maximum of|no more than|at most|possibly|"
    r"a potential|below",
}
QUALIFIER = r"(?P<qualifier>" + "|".join(f"(?:{words})" for words in _QUALIFIERS.values()) + r")"
_READ_QUALIFIER = {name: re.compile(rf"(?:{words})\Z", re.IGNORECASE) for name, words in _QUALIFIERS.items()}

NUMBER = (
    rf"(?:{QUALIFIER} (?:the |a |an )?)?(?<![\w.,:$\x80\xa3#/-])(?P<figure>{_FIGURE})(?:[ "
    rf"-]?(?P<scale>{_SCALE}))?(?P<plus>\+| or more| and counting| or so)?"
    rf"(?![\w%]|,\d|\.\d|[/:]\d| ?percent| per ?cent)"
    rf"|(?:(?P<word_qualifier>{QUALIFIER[len('(?P<qualifier>') : -1]}) (?:the |a )?)?\b(?P<word>{_WORD}|a|half a|a half|"
    rf"several)[ -](?P<word_scale>hundred|thousand|million|billion|dozen)\b"
)
"""A count, with its qualifier; for the scanner, or for `re` with IGNORECASE and ASCII."""

_UNITS = {
    "b": 0,
    "byte": 0,
    "k": 1,
    "kilo": 1,
    "m": 2,
    "meg": 2,
    "mega": 2,
    "g": 3,
    "gig": 3,
    "giga": 3,
    "t": 4,
    "tera": 4,
    "p": 5,
    "peta": 5,
}
SIZE = (
    r"(?<![\w.,$])(?P<size_figure>\d{1,3}(?:,\d{3}){1,3}|\d{1,7})(?P<size_decimals>\.\d{1,3})?(?:[ -]{0,2})"
    r"(?P<size_unit>(?-i:[KMGTPkmgtp]i?[Bb])s?|kilobytes?|megabytes?|gigabytes?|terabytes?|petabytes?|gigs?|megs?)\b(?!(?:it)?/s|ps|it)"
)
"""A volume of data."""

_SIGNS = {"$": "USD", "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "s$": "SGD", "hk$": "HKD", "nz$": "NZD",
    "nt$": "TWD",
          "\xa3": "GBP", "\x80": "EUR", "\xa5": "JPY"}  # fmt: skip
_CODES = (
    "USD",
    "EUR",
    "GBP",
    "CAD",
    "AUD",
    "NZD",
    "SGD",
    "HKD",
    "CHF",
    "JPY",
    "INR",
    "ZAR",
    "SEK",
    "NOK",
    "DKK",
    "BRL",
    "RUB",
    "KRW",
    "CNY",
    "BTC",
    "XMR",
    "ETH",
)
_NAMES = {"us dollar": "USD", "american dollar": "USD", "dollar": "USD", "canadian dollar": "CAD", "australian dollar": "AUD",
    "singapore dollar": "SGD",
          "hong kong dollar": "HKD", "euro": "EUR", "pound": "GBP", "pound sterling": "GBP", "sterling": "GBP", "rupee": "INR",
          "yen": "JPY", "swiss franc": "CHF",
          "bitcoin": "BTC", "monero": "XMR", "ether": "ETH", "ethereum": "ETH", "rand": "ZAR", "rouble": "RUB", "ruble": "RUB"}  # fmt: skip
_AMOUNT = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,8})?"
_CODE = "|".join(_CODES)
_CURRENCY = (
    r"(?:u\.?s\.? |american |canadian |australian |singapore |hong kong )?dollars?|euros?|pounds?(?: sterling)?|rupees?|yen|swiss francs?|"
    rf"bitcoins?|moneros?|ethers?|ethereum|rand|rou?bles?|{_CODE}"
)
MONEY = (
    rf"(?:(?P<sign>(?:US|AU?|CA?|S|HK|NZ|NT)?\$|[\xa3\x80\xa5]|"
    rf"\b(?-i:{_CODE})\$?) ?(?P<signed>{_AMOUNT})(?:[ -]?(?P<signed_scale>{_SCALE}))?(?![\w]|,\d)"
    rf"|(?<![\w.,$])(?P<named>{_AMOUNT}|{_WORD})(?:[ -]?(?P<named_scale>thousand|million|billion|m|bn))?[ -](?P<currency>{_CURRENCY})\b)"
)
"""An amount of money."""

_NUMBER, _SIZE, _MONEY = (re.compile(p, re.IGNORECASE | re.ASCII) for p in (NUMBER, SIZE, MONEY))


@dataclass(frozen=True, slots=True)
class Count:
    """A count and how exact it is (`exact`, `about`, `at_least`, `up_to`)."""

    value: int
    qualifier: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole units of a currency (ISO 4217; BTC, XMR and ETH as the market writes them)."""

    amount: int
    currency: str


def qualifier_of(words: str | None) -> str:
    """The qualifier that words before a number mean; `exact` for none."""
    for name, pattern in _READ_QUALIFIER.items():
        if words and pattern.match(words.strip()):
            return name
    return "exact"


def _whole(figure: str, scale: str | None) -> int | None:
    value = Decimal(re.sub(r"[ ,]", "", figure)) * _SCALES.get((scale or "").lower(), 1)
    return int(value) if value == value.to_integral_value() else None


def count(match: re.Match[str]) -> Count | None:
    """The count of a match of `NUMBER`; None where it is no whole number, or only a loose word ("several thousand")."""
    if match["figure"] is None:
        number = {"a": 1, "half a": 0.5, "a half": 0.5}.get(match["word"].lower(), _SMALL.get(match["word"].lower()))
        scale = match["word_scale"].lower()
        if number is None or (match["word"].lower() == "a" and scale in ("dozen", "hundred", "thousand")):
            return None
        return Count(int(number * _SCALES[scale]), qualifier_of(match["word_qualifier"]))
    value = _whole(match["figure"], match["scale"])
    if value is None or value > LARGEST_COUNT:
        return None
    plus = (match["plus"] or "").strip()
    qualifier = qualifier_of(match["qualifier"])
    return Count(value, ("about" if plus == "or so" else "at_least") if plus and qualifier == "exact" else qualifier)


def size(match: re.Match[str]) -> int | None:
    """The bytes of a match of `SIZE`: decimal for GB (10^9), binary for GiB (2^30); None for bits or a fraction of a byte."""
    unit = match["size_unit"]
    word = unit.lower().removesuffix("s")
    if len(unit) <= 3 and unit.rstrip("s")[-1] == "b" and unit[0].isupper() and unit.rstrip("s") != unit.lower():
        return None  # "Mb", "Gb": bits, as often as not
    power = _UNITS[word[0] if word.endswith("b") and len(word) <= 3 else word.removesuffix("byte") or "b"]
    base = 1024 if word.endswith("ib") else 1000
    value = Decimal(match["size_figure"].replace(",", "") + (match["size_decimals"] or "")) * base**power
    return int(value)


def money(match: re.Match[str]) -> Money | None:
    """The amount of a match of `MONEY`; None where it is not a whole number of the currency's unit."""
    if match["sign"] is not None:
        sign = match["sign"]
        currency = _SIGNS.get(sign.lower()) or sign.upper().rstrip("$")
        value = _whole(match["signed"], match["signed_scale"])
    else:
        word = match["currency"].lower().replace(".", "")
        currency = word.upper() if word.upper() in _CODES else _NAMES[word.removesuffix("s")]
        figure = match["named"].lower()
        value = _whole(str(_SMALL.get(figure, figure)), match["named_scale"])
    return Money(value, currency) if value is not None and 0 < value <= LARGEST_COUNT else None


def counts(text: str) -> list[tuple[re.Match[str], Count]]:
    """The counts in a (folded) text."""
    return [(m, found) for m in _NUMBER.finditer(text) if (found := count(m))]


def sizes(text: str) -> list[tuple[re.Match[str], int]]:
    """The volumes of data in a (folded) text."""
    return [(m, found) for m in _SIZE.finditer(text) if (found := size(m)) is not None]


def monies(text: str) -> list[tuple[re.Match[str], Money]]:
    """The amounts of money in a (folded) text."""
    return [(m, found) for m in _MONEY.finditer(text) if (found := money(m))]
