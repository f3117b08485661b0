"""Country and sector of an organisation, from what stands in its name, beside it and around it, weighed by learned judges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from breachbook.extract.candidates import Candidate, facts_of
from breachbook.extract.context import Context, Finding
from breachbook.extract.lexicon import countries, word_set
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.mentions import Chunk, Token
from breachbook.extract.surveys import Hit, kinds, places

LIKELY_COUNTRY = 0.4
LIKELY_SECTOR = 0.3
"""Probability from which the likeliest value is stated; below, the field stays empty."""
NEAR = 4
"""Words between a name and what is said of it directly ("the Canadian internet provider KWIC")."""
MENTIONS_LOOKED_AT = 10
LEAD_SENTENCES = 3

US_STATES = word_set("organisation_facts", "us_states")
_SEATED = frozenset({"based", "located", "headquartered"})
"""Words behind a name that tell its seat (", based in Marietta, Ohio")."""
_TAG = re.compile(r"([A-Z]{2}|[A-Z][a-z]): ")
_TLD = re.compile(r"https?://[^/]{1,200}\.([a-z]{2})(?:[/:]|$)")
_SIGNS = {"£": "GB", "A$": "AU", "C$": "CA", "NZ$": "NZ", "HK$": "HK", "₹": "IN", "S$": "SG"}


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a fact may have: its signs, as feature names, and the words that show it best."""

    value: str
    features: list[str]
    start: int
    end: int


class Survey:
    """The places and kinds that a document names; made once for all its organisations."""

    def __init__(self, context: Context, tokens: Sequence[Sequence[Token]]) -> None:
        self.context = context
        self.places = places(context.sentences, tokens, context.text)
        self.kinds = kinds(context.sentences, tokens, context.text)
        self._by_sentence: dict[tuple[str, int], list[Hit]] = {}
        for name, hits in (("places", self.places), ("kinds", self.kinds)):
            for hit in hits:
                self._by_sentence.setdefault((name, hit.sentence.index), []).append(hit)

    def beside(self, survey: str, chunk: Chunk) -> Iterable[tuple[str, Hit]]:
        """What is said in the sentence of a mention, each with how it stands to it."""
        for hit in self._by_sentence.get((survey, chunk.sentence.index), ()):
            if chunk.start <= hit.start and hit.end <= chunk.end:
                yield "inside", hit
            elif 0 <= chunk.first - hit.last <= NEAR:
                yield ("touching" if chunk.first - hit.last <= 1 else "before"), hit
            elif 0 <= hit.first - chunk.last <= NEAR * 2:
                yield ("after" if hit.first - chunk.last <= NEAR else "behind"), hit
            else:
                yield "sentence", hit


class _Signs:
    """Signs gathered for the values of one fact, and the best words for each (the first of the highest rank)."""

    RANK = ("touching", "inside", "before", "after", "behind", "sentence", "title", "lead", "text")

    def __init__(self) -> None:
        self.features: dict[str, set[str]] = {}
        self._best: dict[str, tuple[int, int, int]] = {}

    def add(self, value: str, feature: str, how: str, start: int, end: int) -> None:
        """Notes a sign."""
        self.features.setdefault(value, set()).add(feature)
        rank = (self.RANK.index(how) if how in self.RANK else len(self.RANK), start, end)
        self._best[value] = min(self._best.get(value, rank), rank)

    def options(self) -> list[Option]:
        """The values with their signs."""
        return [Option(v, sorted(f), self._best[v][1], self._best[v][2]) for v, f in sorted(self.features.items())]


def country_options(candidate: Candidate, survey: Survey) -> list[Option]:
    """The countries that an organisation may be in."""
    signs = _Signs()
    for chunk in candidate.mentions[:MENTIONS_LOOKED_AT]:
        for how, hit in survey.beside("places", chunk):
            signs.add(hit.values[0], f"{how}-{hit.kind}", how, hit.start, hit.end)
    counts: Counter[str] = Counter(h.values[0] for h in survey.places)
    for hit in survey.places:
        value = hit.values[0]
        place = "title" if hit.sentence.passage == "title" else "lead" if hit.sentence.index <= LEAD_SENTENCES else "text"
        signs.add(value, f"{place}-{hit.kind}", place, hit.start, hit.end)
    _document_signs(signs, survey.context)
    most = counts.most_common(1)[0][1] if counts else 0
    for value, features in signs.features.items():
        features.add(f"count={min(counts[value], 5)}")
        features.add(f"most={counts[value] == most}")
        features.add(f"only={len(counts) == 1}")
        if value in ("US", "GB"):
            features.add(f"value={value}")
    return signs.options()


def _document_signs(signs: _Signs, context: Context) -> None:
    """Signs that the document as a whole gives: money, the publisher's domain."""
    text = context.text
    for sign, code in _SIGNS.items():
        at = text.find(sign)
        if at >= 0:
            signs.add(code, "money", "text", at, at + len(sign))
    top = _TLD.match(context.document.url or "")
    if top and context.sentences:
        code = {"uk": "GB"}.get(top.group(1), top.group(1).upper())
        if code in signs.features:
            signs.features[code].add("publisher")


def sector_options(candidate: Candidate, survey: Survey) -> list[Option]:
    """The sectors that an organisation may be of."""
    signs, facts, full = _Signs(), facts_of(candidate), candidate.fullest
    for rank, sector in enumerate(facts.sectors[:4]):
        signs.add(sector, f"name-{min(rank, 2)}", "touching", full.start, full.end)
    if facts.registered:
        signs.add(facts.registered, "register", "touching", full.start, full.end)
    for chunk in candidate.mentions[:MENTIONS_LOOKED_AT]:
        for how, hit in survey.beside("kinds", chunk):
            for value in hit.values:
                signs.add(value, f"{how}-{hit.kind}", how, hit.start, hit.end)
    counts: Counter[str] = Counter(v for h in survey.kinds for v in h.values)
    for hit in survey.kinds:
        place = "title" if hit.sentence.passage == "title" else "lead" if hit.sentence.index <= LEAD_SENTENCES else "text"
        for value in hit.values:
            signs.add(value, f"{place}-{hit.kind}", place, hit.start, hit.end)
    most = counts.most_common(1)[0][1] if counts else 0
    known = facts.registered is not None or bool(facts.sectors)
    for value, features in signs.features.items():
        features |= {f"{f},name-tells-nothing" for f in list(features) if not known}
        features.add(f"count={min(counts[value], 6)}")
        features.add(f"most={counts[value] == most}")
        features.add(f"value={value}")
        if facts.place == "city" and value == "92":
            features.add("city-92")
    return signs.options()


def best(options: Sequence[Option], model: LinearModel, least: float) -> Option | None:
    """The likeliest value, when it is likely enough."""
    scored = [(model.probability(o.features), o) for o in options]
    top = max(scored, key=lambda pair: pair[0], default=None)
    return top[1] if top and top[0] >= least else None


def facts(candidate: Candidate, survey: Survey, models: Mapping[str, LinearModel]) -> list[Finding]:
    """Country, region and sector of an organisation, as far as the text tells them."""
    found: list[Finding] = []
    country = _tagged(candidate, survey) or best(country_options(candidate, survey), models["country"], LIKELY_COUNTRY)
    if country:
        found.append(Finding("country", country.value, country.start, country.end, "stated"))
        region = _region(candidate, survey, country.value)
        if region:
            found.append(region)
    sector = best(sector_options(candidate, survey), models["sector"], LIKELY_SECTOR)
    if sector:
        found.append(Finding("sector", sector.value, sector.start, sector.end, "stated"))
    return found


def _tagged(candidate: Candidate, survey: Survey) -> Option | None:
    """The country of a headline's place tag ("CA: …" is a state, "Ca: …" a country), for an organisation that the headline names."""
    tag = _TAG.match(survey.context.text)
    if tag is None or not any(c.sentence.passage == "title" for c in candidate.mentions):
        return None
    code = tag.group(1)
    value = "US" if code in US_STATES else {"UK": "GB", "EU": None}.get(code.upper(), code.upper())
    return Option(value, [], tag.start(1), tag.end(1)) if value in set(countries().values()) else None


def _region(candidate: Candidate, survey: Survey, country: str) -> Finding | None:
    """The state or province that stands in or beside the name."""
    for chunk in candidate.mentions[:MENTIONS_LOOKED_AT]:
        for how, hit in survey.beside("places", chunk):
            seat = how == "behind" and chunk.after(1) == "," and chunk.after(2) in _SEATED and chunk.after(3) == "in"
            if hit.kind == "region" and hit.values[0] == country and (seat or how in ("inside", "touching", "before", "after")):
                return Finding("region", survey.context.text[hit.start : hit.end], hit.start, hit.end, "stated")
    return None
