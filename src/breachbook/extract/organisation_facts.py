"""Country and sector of an organisation, from what stands in its name, beside it and around it, weighed by learned judges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from breachbook.extract.candidates import Candidate, core_words, facts_of
from breachbook.extract.context import Context, Finding
from breachbook.extract.lexicon import countries, sector_words, word_set
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.mentions import Chunk, Token
from breachbook.extract.surveys import Hit, kinds, places
from breachbook.vocab.data_files import toml_file

LIKELY_COUNTRY = 0.4
LIKELY_SECTOR = 0.2
"""Probability from which the likeliest value is stated; below, the field stays empty."""
NEAR = 4
"""Words between a name and what is said of it directly ("the Canadian internet provider KWIC")."""
MENTIONS_LOOKED_AT = 10
LEAD_SENTENCES = 3

US_STATES = word_set("organisation_facts", "us_states")
_SEATED = frozenset({"based", "located", "headquartered"})
"""Words behind a name that tell its seat (", based in Marietta, Ohio")."""
_TELLS_WHAT = frozenset({",", "is", "(", "–", "—", "-"})
_ARTICLES = frozenset({"a", "an", "the", "one"})
"""Behind a name, what parts it from what it is ("Acme, a maker of …", "Acme is the largest …")."""
_MEANT = frozenset({"the", "this", "that"})
"""Words before a kind of organisation by which a report goes on to speak of one already named ("the bank said")."""
PRIORS = frozenset({"US", "GB", "RU", "CN", "KP", "IR"})
"""Countries that are named for other reasons than victims: most readers live there, or most attackers are said to."""
TAILS = word_set("organisation_facts", "tails")
"""Words behind a name in a headline that are no part of it ("Bell Ambulance Data Breach")."""
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
        self.tokens = tokens
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
                yield self._behind(chunk, hit), hit
            else:
                yield "sentence", hit

    def _behind(self, chunk: Chunk, hit: Hit) -> str:
        if chunk.possessive and hit.first - chunk.last <= 1:
            return "owned"
        if chunk.after(1) in _TELLS_WHAT and chunk.after(2) in _ARTICLES:
            return "defined"
        return "after" if hit.first - chunk.last <= NEAR else "behind"

    def around(self, hit: Hit) -> tuple[str, str]:
        """The lower-case words directly before and behind a phrase, in its sentence (empty: none)."""
        words = self.tokens[hit.sentence.index]
        before = words[hit.first - 1].lower if hit.first else ""
        return before, words[hit.last].lower if hit.last < len(words) else ""

    def phrase(self, hit: Hit) -> str:
        """The words of a phrase, lower case."""
        return self.context.text[hit.start : hit.end].lower()

    def in_name(self, hit: Hit) -> bool:
        """Whether a phrase is a part of a longer name ("Turkish" of "Turkish Crime Family")."""
        words, text = self.tokens[hit.sentence.index], self.context.text
        ahead = hit.last < len(words) and words[hit.last].word[0].isupper() and text[hit.end : words[hit.last].start] == " "
        return ahead or (hit.first > 1 and words[hit.first - 1].word[0].isupper() and text[words[hit.first - 1].end : hit.start] == " ")


class _Signs:
    """Signs gathered for the values of one fact, and the best words for each (the first of the highest rank)."""

    RANK = ("touching", "inside", "defined", "before", "owned", "after", "behind", "sentence", "title", "lead", "text")

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


def _is_main(candidate: Candidate) -> bool:
    """Whether a report is likely to speak of the candidate where it names nobody: it stands in the headline or the first sentence."""
    return any(c.sentence.passage == "title" or c.sentence.index <= 1 for c in candidate.mentions[:1])


def _spot(hit: Hit) -> str:
    return "title" if hit.sentence.passage == "title" else "lead" if hit.sentence.index <= LEAD_SENTENCES else "text"


@cache
def _homes() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 of the home country of widely known organisations, by lower-case name."""
    table: dict[str, str] = toml_file("organisation_homes.toml")
    return {name.strip(): code for code, names in table.items() for name in names.split(";")}


def _home(candidate: Candidate) -> str | None:
    """The home country of a widely known organisation of this name. A text that does not imply it leaves it unsaid."""
    homes = _homes()
    names = [" ".join(c.name.lower().replace("’", "'").split()) for c in candidate.forms()]
    return next((homes[name] for name in [*names, " ".join(candidate.words)] if name in homes), None)


def country_options(candidate: Candidate, survey: Survey) -> list[Option]:
    """The countries that an organisation may be in."""
    signs = _Signs()
    for chunk in candidate.mentions[:MENTIONS_LOOKED_AT]:
        for how, hit in survey.beside("places", chunk):
            signs.add(hit.values[0], f"{how}-{hit.kind}", how, hit.start, hit.end)
    counts: Counter[str] = Counter(h.values[0] for h in survey.places)
    main = "main" if _is_main(candidate) else "other"
    for hit in survey.places:
        value, spot = hit.values[0], _spot(hit)
        kind = f"{hit.kind}-in-name" if hit.kind != "agency" and survey.in_name(hit) else hit.kind
        before, behind = survey.around(hit)
        for feature in (f"{spot}-{kind}", f"{spot}-{kind}-{main}", f"{hit.kind}<{before}", f"{hit.kind}>{behind}"):
            signs.add(value, feature, spot, hit.start, hit.end)
    _document_signs(signs, survey.context)
    home = _home(candidate)
    most = counts.most_common(1)[0][1] if counts else 0
    for value, features in signs.features.items():
        features.add(f"count={min(counts[value], 5)}")
        features.add(f"most={counts[value] == most}")
        features.add(f"only={len(counts) == 1}")
        features.add(f"share={counts[value] * 4 // max(1, len(survey.places))}")
        features.add(main)
        if home:
            features.add(f"home={home == value}")
        if value in PRIORS:
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


def _told_by_name(candidate: Candidate) -> list[tuple[str, str]]:
    """The sectors that words of the name tell, with the words; longer phrases first, of equals the last of the name."""
    words = list(core_words(candidate.name))
    while len(words) > 1 and words[-1] in TAILS:
        words.pop()
    table, found = sector_words("name"), dict[str, str]()
    for size in (3, 2, 1):
        for at in range(len(words) - size, -1, -1):
            phrase = " ".join(words[at : at + size])
            for sector in table.get(phrase, ()):
                found.setdefault(sector, phrase)
    return list(found.items())


def sector_options(candidate: Candidate, survey: Survey) -> list[Option]:
    """The sectors that an organisation may be of."""
    signs, facts, full = _Signs(), facts_of(candidate), candidate.fullest
    for rank, (sector, word) in enumerate(_told_by_name(candidate)[:4]):
        for feature in (f"name-{min(rank, 2)}", f"name={word}"):
            signs.add(sector, feature, "touching", full.start, full.end)
    if facts.registered:
        signs.add(facts.registered, "register", "touching", full.start, full.end)
    for chunk in candidate.mentions[:MENTIONS_LOOKED_AT]:
        for how, hit in survey.beside("kinds", chunk):
            _add_kind(signs, hit, how, [f"{how}-{hit.kind}", f"{how}:{survey.phrase(hit)}"])
    main = "main" if _is_main(candidate) else "other"
    for hit in survey.kinds:
        spot = _spot(hit)
        found = [f"{spot}-{hit.kind}", f"{spot}-{hit.kind}-{main}", f"text:{survey.phrase(hit)}"]
        if hit.kind == "kind" and survey.around(hit)[0] in _MEANT:
            found += ["the-kind", f"the-kind-{main}"]
        _add_kind(signs, hit, spot, found)
    counts: Counter[str] = Counter(v for h in survey.kinds for v in h.values)
    most = counts.most_common(1)[0][1] if counts else 0
    known = facts.registered is not None or bool(facts.sectors)
    for value, features in signs.features.items():
        features |= {f"{f},name-tells-nothing" for f in list(features) if not known and ":" not in f}
        features.add(f"count={min(counts[value], 6)}")
        features.add(f"most={counts[value] == most}")
        features.add(f"value={value}")
        features.add(f"registered={facts.registered is not None}")
        features.add(f"named={bool(facts.sectors)}")
        if facts.place == "city" and value == "92":
            features.add("city-92")
    return signs.options()


def _add_kind(signs: _Signs, hit: Hit, how: str, features: Iterable[str]) -> None:
    for value in hit.values:
        for feature in features:
            signs.add(value, feature, how, hit.start, hit.end)


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
