"""Where a document names places, and kinds of organisation: looked up once, word by word, in the gazetteers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from breachbook.extract.context import SentenceSpan
from breachbook.extract.lexicon import agencies, cities, countries, regions, sector_words
from breachbook.extract.mentions import Token

LONGEST_PHRASE = 4
"""Words of the longest phrase looked up."""
MOST_HITS = 400


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a gazetteer, `text[start:end]`: what it tells (countries or sectors), its kind, and the tokens it takes."""

    start: int
    end: int
    values: tuple[str, ...]
    kind: str
    sentence: SentenceSpan
    first: int
    last: int


@cache
def _places() -> Mapping[str, tuple[tuple[str, ...], str]]:
    table: dict[str, tuple[tuple[str, ...], str]] = {}
    for kind, names in (("city", cities()), ("agency", agencies()), ("region", regions()), ("country", countries())):
        for name, code in names.items():
            table[name.removesuffix(".")] = ((code,), kind)
    return table


@cache
def _kinds() -> Mapping[str, tuple[tuple[str, ...], str]]:
    audience = {word: (sectors, "audience") for word, sectors in sector_words("audience").items()}
    return audience | {word: (sectors, "kind") for word, sectors in sector_words("kind").items()}


def places(sentences: Sequence[SentenceSpan], tokens: Sequence[Sequence[Token]], text: str) -> list[Hit]:
    """The places (and authorities of one country) that a document names, as written with capitals."""
    table = _places()
    return _survey(sentences, tokens, text, table, lower=False)


def kinds(sentences: Sequence[SentenceSpan], tokens: Sequence[Sequence[Token]], text: str) -> list[Hit]:
    """The kinds of organisation, and of people, that a document speaks of."""
    return _survey(sentences, tokens, text, _kinds(), lower=True)


@cache
def _first_words(lower: bool) -> frozenset[str]:
    return frozenset(name.replace("-", " ").split()[0] for name in (_kinds() if lower else _places()))


def _survey(
    sentences: Sequence[SentenceSpan],
    tokens: Sequence[Sequence[Token]],
    text: str,
    table: Mapping[str, tuple[tuple[str, ...], str]],
    *,
    lower: bool,
) -> list[Hit]:
    found: list[Hit] = []
    starts = _first_words(lower)
    for span, words in zip(sentences, tokens, strict=True):
        forms = [t.lower if lower else t.word for t in words]
        at = 0
        while at < len(words):
            form = forms[at]
            begins = form in starts or "-" in form or (lower and form[:-1] in starts)
            at += _one(found, span, words, forms, at, table, starts, lower) if begins else 1
        if len(found) >= MOST_HITS:
            break
    return found


def _one(
    found: list[Hit],
    span: SentenceSpan,
    words: Sequence[Token],
    forms: Sequence[str],
    at: int,
    table: Mapping[str, tuple[tuple[str, ...], str]],
    starts: frozenset[str],
    lower: bool,
) -> int:
    """Notes the longest phrase of the table at a token; returns how many tokens to go on."""
    form = forms[at]
    head = form.partition("-")[0]
    if form not in starts and head not in starts and not (lower and form[:-1] in starts):
        return 1
    for size in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
        phrase = " ".join(forms[at : at + size])
        row = table.get(phrase) or (table.get(phrase[:-1]) if lower and phrase.endswith("s") else None)
        if row is None and size == 1 and "-" in phrase:
            row = table.get(head) if not lower else table.get(phrase.replace("-", " "))
        if row is not None:
            found.append(Hit(words[at].start, words[at + size - 1].end, row[0], row[1], span, at, at + size))
            return size
    return 1
